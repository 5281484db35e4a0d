"""What is wrong in a file? Problems as values, worded for a clerk."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

_NEAR = 70  # of 100; below it a suggestion puzzles more than it helps


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend in one place.

    ``file`` is a path below the knowledge folder, ``line`` counts from 1; 0 when there are no lines (a sheet's cell).
    Of two places that contradict each other one is named; ``twin`` tells the same of the other.
    """

    file: str
    line: int
    message: str
    hint: str = ""
    twin: "Problem | None" = field(default=None, compare=False, repr=False, kw_only=True)

    def in_one_of(self, files: Collection[str]) -> "Problem":
        """The side of a clash that lies in one of some files; as it is when none does, or this one."""
        twin = self.twin
        return twin if twin and twin.file in files and self.file not in files else self

    def __str__(self) -> str:
        """As printed: ``file:line: message``."""
        text = f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"
        return f"{text} {self.hint}" if self.hint else text


def in_file(file: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems of a file without a name, told of one."""
    return tuple(replace(one, file=file) for one in problems)


def nearest(key: str, known: Sequence[str]) -> str:
    """The known key that looks most like the given one; empty when none does."""
    found = process.extractOne(key, known, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return found[0] if found else ""


def alike(part: str, known: Sequence[str]) -> list[str]:
    """At most three known texts that a part of one may have meant, the likest first."""
    found = process.extract(
        part, known, scorer=fuzz.token_set_ratio, processor=str.casefold, limit=3, score_cutoff=_NEAR
    )
    return [text for text, *_ in found]
