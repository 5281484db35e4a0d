"""What would the folder answer with some of its files changed, and are they written by now?"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.problems import Problem
from bot.knowledge.reading.folder import Files, Marks
from bot.live.snapshot import Snapshot


@dataclass(frozen=True)
class Candidate:
    """What the folder would answer with some of its files changed; nothing is written.

    ``problems`` are those of the change: what is wrong in other files already does not forbid it.
    """

    files: Files  # of the folder, once the change is written
    problems: tuple[Problem, ...]
    snapshot: Snapshot | None  # None with problems
    answering: Files  # that the snapshot is made of: of what is broken the last good version
    marks: Marks  # of the folder it was made from
    changes: frozenset[str]  # names of the files that change

    def stands_in(self, folder: Path, marks: Marks) -> bool:
        """Whether a folder with these marks holds the candidate's files; only the changed ones are read."""
        if _others(marks, self.changes) != _others(self.marks, self.changes):
            return False
        return all(_content(folder / name) == self.files.get(name) for name in self.changes)


def changed(files: Files, changes: Mapping[str, bytes | None]) -> Files:
    """Files with some changed, in the order in which a folder is read."""
    after = {name: raw for name, raw in {**files, **changes}.items() if raw is not None}
    return dict(sorted(after.items()))


def _others(marks: Marks, names: frozenset[str]) -> Marks:
    return {name: mark for name, mark in marks.items() if name not in names}


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
