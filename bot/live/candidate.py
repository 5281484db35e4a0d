"""What would the folder answer with some of its files changed?"""

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.reading.folder import Files, Marks
from bot.live.trial import Trial


@dataclass(frozen=True, kw_only=True)
class CandidateKnowledge(Trial):
    """What the folder would answer with some of its files changed; nothing is written.

    ``problems`` are those of the change: what is wrong in other files already does not forbid it.
    """

    written: Files  # of the folder, once the change is
    marks: Marks  # of the folder it was made from
    changes: frozenset[str]  # names of the files that change

    def stands_in(self, folder: Path, marks: Marks) -> bool:
        """Whether a folder with these marks holds the candidate's files; only the changed ones are read."""
        if self._others(marks) != self._others(self.marks):
            return False
        return all(_content(folder / name) == self.written.get(name) for name in self.changes)

    def _others(self, marks: Marks) -> Marks:
        return {name: mark for name, mark in marks.items() if name not in self.changes}


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
