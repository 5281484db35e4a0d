"""How are people served? ``python -m benchmarks.people [--messages F] [--stored F] [--danger F] [--misses]``.

Prints the figures of the files that are given; of the knowledge's own material, held out, when none is.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.people import sets, shown
from benchmarks.people.figures import of_dangers, of_messages, of_stored
from bot.knowledge.reading.loader import load


def main() -> None:
    given = _arguments()
    knowledge = load(given.knowledge)
    files = (given.messages, given.stored, given.danger)
    is_own = not any(files)
    if given.messages or is_own:
        for name, file in _named(given.messages):
            shown.messages(name, of_messages(sets.messages(knowledge, file)), misses=given.misses)
    if given.stored or is_own:
        for name, file in _named(given.stored):
            shown.stored(name, of_stored(sets.stored(knowledge, file)), misses=given.misses)
    if given.danger or is_own:
        for name, file in _named(given.danger):
            shown.dangers(name, of_dangers(sets.dangers(knowledge, file)), misses=given.misses)


def _named(files: Sequence[Path] | None) -> list[tuple[str, Path | None]]:
    return [(file.name, file) for file in files] if files else [("own, held out", None)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.people",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    what = "one JSON object a line"
    parser.add_argument("--messages", type=Path, nargs="+", help=f"messages (q) or questions: {what}")
    parser.add_argument("--stored", type=Path, nargs="+", help=f"turns whose answer is stored: {what}")
    parser.add_argument("--danger", type=Path, nargs="+", help=f"danger and what looks like it: {what}")
    parser.add_argument("--knowledge", type=Path, default=Path("knowledge"))
    parser.add_argument("--misses", action="store_true", help="list what went wrong, with the reply")
    return parser.parse_args()


if __name__ == "__main__":
    main()
