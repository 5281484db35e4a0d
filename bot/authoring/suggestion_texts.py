"""Which questions were asked in the same words, and by how many people?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from operator import attrgetter

from bot.authoring.suggestion_words import unmasked
from bot.conversation.session import IDLE
from bot.conversation.turn import Outcome
from bot.storage.suggestions import Missed
from bot.understanding.text import normalise

_IDLE_MS = IDLE // timedelta(milliseconds=1)


@dataclass(frozen=True)
class Text:
    """Everybody who asked the same in the same words."""

    plain: str  # normalised, without what stands in place of personal data
    rows: tuple[Missed, ...]  # oldest first

    @property
    def question(self) -> str:
        """As it was asked last, masked."""
        return self.rows[-1].question

    @cached_property
    def people(self) -> frozenset[str]:
        """Pseudonyms."""
        return frozenset(row.person for row in self.rows)


def texts_of(rows: Iterable[Missed]) -> list[Text]:
    """The texts that were missed, those of the most people first, then those that were asked last."""
    by_question: dict[str, list[Missed]] = {}
    for row in _without_requests(rows):
        by_question.setdefault(row.question, []).append(row)
    by_text: dict[str, list[Missed]] = {}
    for question, same in by_question.items():
        by_text.setdefault(normalise(unmasked(question)), []).extend(same)
    texts = [Text(plain, tuple(sorted(same, key=attrgetter("at_ms")))) for plain, same in by_text.items()]
    return sorted(texts, key=lambda text: (-len(text.people), -text.rows[-1].at_ms, text.plain))


def _without_requests(rows: Iterable[Missed]) -> Iterator[Missed]:
    """All but the wishes for a person that came out of the blue."""
    declined: dict[str, int] = {}  # by person: when last
    for row in rows:
        if row.outcome == Outcome.PERSON and row.at_ms - declined.get(row.person, -_IDLE_MS) > _IDLE_MS:
            continue
        if row.outcome in {Outcome.DECLINE, Outcome.PERSON}:
            declined[row.person] = row.at_ms
        yield row
