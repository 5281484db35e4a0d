"""What is each rule good for? ``python -m benchmarks.rules [--messages F…] [--dialogues F…] … [--write]``.

Everything is asked with all rules, and again without each: how many replies and how many aspects get worse or better?
Nothing is learned anew, so a list that learning leans on looks a little more needed than it is.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.report import table
from benchmarks.people.asking import Reached
from benchmarks.results import write_section
from benchmarks.rules import code, words
from benchmarks.rules.grading import Grades, Material
from benchmarks.rules.rule import Rule
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.loader import load
from bot.understanding.matcher import Matcher

SECTION = "rules"
_SETS = ("messages", "stored", "danger", "dialogues")
_PARTS = ("reply", "aspects")


@dataclass(frozen=True)
class Without:
    """What changes without a rule: texts by what is graded."""

    rule: str
    worse: dict[str, tuple[str, ...]]
    better: dict[str, tuple[str, ...]]

    @staticmethod
    def of(rule: str, before: Grades, after: Grades) -> "Without":
        """What changed between two gradings."""

        def changed(part: str, sign: int) -> tuple[str, ...]:
            return tuple(key[1] for key in before if key[0] == part and (after.get(key, 0) - before[key]) * sign > 0)

        return Without(rule, {p: changed(p, -1) for p in _PARTS}, {p: changed(p, 1) for p in _PARTS})

    @property
    def worth(self) -> int:
        """Replies and aspects that the rule makes better, less those that it makes worse."""
        return sum(map(len, self.worse.values())) - sum(map(len, self.better.values()))

    @property
    def row(self) -> tuple[str, ...]:
        """Its row in the table."""
        numbers = (str(len(kind[part])) for part in _PARTS for kind in (self.worse, self.better))
        return (self.rule, *numbers, f"{self.worth:+d}")


def measured(knowledge: KnowledgeBase, material: Material, rules: Iterable[Rule]) -> Iterator[tuple[Without, int]]:
    """What changes without each rule, one after the other, of how many grades."""
    whole = Matcher(knowledge)
    before = material.graded(Reached.by(knowledge, whole))
    for rule in rules:
        with rule.without(knowledge) as less:
            after = material.graded(Reached.by(less, Matcher(less, whole)))
        yield Without.of(rule.name, before, after), len(before)


def tabled(found: Sequence[tuple[Without, int]]) -> str:
    """The table for RESULTS.md: rules that do harm or nothing first."""
    ordered = sorted((one for one, _ in found), key=lambda one: (one.worth, one.rule))
    asked = max((number for _, number in found), default=0)
    head = ("without", "replies worse", "better", "aspects worse", "better", "worth")
    return (
        f"## Rules\n\nEverything asked again without each rule and each word list, {asked} replies and aspects; "
        "nothing is learned anew.\n\n" + table(head, [one.row for one in ordered])
    )


def main() -> None:
    given = _arguments()
    knowledge = load(given.knowledge)
    material = Material.of(knowledge, {name: getattr(given, name) for name in _SETS})
    rules = [one for one in (*code.RULES, *words.lists(knowledge.language)) if re.search(given.only, one.name)]
    found: list[tuple[Without, int]] = []
    for one, graded in measured(knowledge, material, rules):
        found.append((one, graded))
        print(" | ".join(one.row), file=sys.stderr, flush=True)
        if given.show:
            _show(one)
    text = tabled(found)
    print(text)
    if given.write:
        write_section(SECTION, text)


def _show(one: Without) -> None:
    for title, kind in (("worse", one.worse), ("better", one.better)):
        for part in _PARTS:
            for text in kind[part]:
                print(f"    {title:6} {part:7} {text}", file=sys.stderr)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.rules", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in _SETS:
        parser.add_argument(f"--{name}", type=Path, nargs="*", default=(), help="one JSON object a line")
    parser.add_argument("--knowledge", type=Path, default=Path("knowledge"))
    parser.add_argument("--only", default="", help="a pattern: only rules whose names hold it")
    parser.add_argument("--show", action="store_true", help="list what gets worse and better")
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
