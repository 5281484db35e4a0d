"""How well are questions understood? `python -m benchmarks.accuracy --questions FILE` prints figures and misses.

Questions of FILE that `make calibrate` was fitted on flatter the figures; `--cross` fits the calibrators anew without
each tenth of them before it is judged.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import calibrate, questions
from benchmarks.questions import Question
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.loader import load
from bot.understanding.matcher import Matcher
from bot.understanding.result import Cue, Understanding, Verdict

TENTHS = 10


@dataclass(frozen=True)
class Outcome:
    asked: Question
    heard: Understanding

    @property
    def first(self) -> bool:
        return bool(self.heard.candidates) and self.heard.candidates[0].subject in self.asked.services

    @property
    def fate(self) -> str:
        """right, wrong, tap (asked back with the right one offered), asked (without it), declined."""
        heard, wanted = self.heard, set(self.asked.services)
        if taken := [*(heard.cues & {Cue.EMERGENCY}), *heard.acts]:
            return "taken for " + ", ".join(sorted(taken))
        if Cue.ELSEWHERE in heard.cues:
            return "right" if self.first else "taken for elsewhere"
        if heard.verdict is Verdict.SURE:
            return "right" if set(heard.meant) & wanted else "wrong"
        if heard.verdict is Verdict.UNSURE:
            return "tap" if {c.subject for c in heard.candidates[:4]} & wanted else "asked"
        return "declined"


def ask(matcher: Matcher, asked: Iterable[Question]) -> list[Outcome]:
    return [Outcome(question, matcher.understand(question.text)) for question in asked]


def ask_crosswise(knowledge: KnowledgeBase, asked: Sequence[Question]) -> list[Outcome]:
    """Each tenth is judged by calibrators that were fitted without it."""
    judged = calibrate.collect(knowledge, asked)
    outcomes: list[Outcome] = []
    for tenth in range(TENTHS):
        left_out = set(asked[tenth::TENTHS])
        rest = [j for j in judged if j.asked not in left_out]
        numbers = calibrate.fitted(rest, knowledge)
        language = knowledge.language.model_copy(update={"numbers": numbers})
        outcomes += ask(Matcher(replace(knowledge, language=language)), asked[tenth::TENTHS])
    return outcomes


def report(outcomes: Sequence[Outcome], *, misses: bool) -> None:
    for source in sorted({o.asked.source for o in outcomes if o.asked.kind == "in"}):
        _report_in([o for o in outcomes if o.asked.kind == "in" and o.asked.source == source], source)
    for kind in ("ambiguous", "oos", "region", "status", "emergency", "person", "greet", "thanks"):
        of_kind = [o for o in outcomes if o.asked.kind == kind]
        if of_kind:
            verdicts = Counter(o.heard.verdict.value for o in of_kind)
            cues = Counter(cue.value for o in of_kind for cue in o.heard.cues)
            print(f"{kind:10} {len(of_kind):4}  {dict(verdicts)}  cues {dict(cues)}")
    if misses:
        _misses(outcomes)


def _report_in(outcomes: Sequence[Outcome], source: str) -> None:
    n = len(outcomes)
    fates = Counter(o.fate for o in outcomes)
    asked = [o for o in outcomes if o.asked.aspects]
    aspects = sum(set(o.asked.aspects) <= {a.value for a in o.heard.aspects} for o in asked)
    print(
        f"in/{source:8} {n:4}  first {sum(o.first for o in outcomes) / n:.3f}  right {fates['right'] / n:.3f}  "
        f"one tap {(fates['right'] + fates['tap']) / n:.3f}  wrong {fates['wrong'] / n:.3f}  "
        f"aspects {aspects / max(len(asked), 1):.3f}  {dict(fates)}"
    )


def _misses(outcomes: Sequence[Outcome]) -> None:
    for o in outcomes:
        heard = o.heard
        first = [(c.subject, c.score) for c in heard.candidates[:3]]
        cues = sorted(cue.value for cue in heard.cues)
        if o.asked.kind == "in" and o.fate != "right":
            print(f"  {o.fate:9} {o.asked.text} | {o.asked.services} | {heard.meant} {first} {cues}")
        if o.asked.kind == "in" and not set(o.asked.aspects) <= {a.value for a in heard.aspects}:
            print(f"  aspects   {o.asked.text} | {o.asked.aspects} | {[a.value for a in heard.aspects]}")
        if o.asked.kind != "in":
            print(f"  {o.asked.kind:9} {o.asked.text} | {heard.verdict.value} {heard.meant} {first} {cues}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--knowledge", type=Path, default=Path("knowledge"))
    parser.add_argument("--cross", action="store_true", help="fit the calibrators without what they judge")
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    arguments = parser.parse_args()
    knowledge = load(arguments.knowledge)
    asked = questions.known(questions.read(arguments.questions), knowledge)
    outcomes = ask_crosswise(knowledge, asked) if arguments.cross else ask(Matcher(knowledge), asked)
    report(outcomes, misses=arguments.misses)


if __name__ == "__main__":
    main()
