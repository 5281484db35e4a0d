"""Which questions mean the same? Each joins the most like of the groups before it, or begins one of its own."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property

from bot.authoring.suggestions.topics import MissedTopic, unmasked
from bot.conversation.turn import IDLE, Outcome
from bot.storage.log.missed import Missed
from bot.understanding.reading.text import normalise

ALIKE = 0.5
"""Likeness from which two questions fall together.

Of 781 questions whose service is known 583 find company so, and 97 in 100 of these stand with others of their own
service (652 at 0.45, 538 at 0.55, as many of them right; by words alone, without the services they lean towards, 83 in
100).
"""


def grouped(topics: Sequence[MissedTopic]) -> list[list[int]]:
    """Numbers of topics, the most important first, by groups that their first one heads; empty ones are in none."""
    heads = defaultdict[str, list[tuple[int, float]]](list)  # by name: the heads with its weight in them
    groups: dict[int, list[int]] = {}  # by head
    for number, topic in ((number, topic) for number, topic in enumerate(topics) if topic.vector):
        likeness = defaultdict[int, float](float)  # to each head that has anything in common
        for name, weight in topic.vector.items():
            for head, there in heads[name]:
                likeness[head] += weight * there
        near = (head for head, alike in likeness.items() if alike >= ALIKE)
        fitting = [(likeness[head], -head) for head in near if not topics[head].contradicts(topic)]
        best = -max(fitting, default=(0.0, -number))[1]
        groups.setdefault(best, []).append(number)
        if best == number:
            for name, weight in topic.vector.items():
                heads[name].append((number, weight))
    return [*groups.values()]


@dataclass(frozen=True)
class AskedText:
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


def texts_of(rows: Iterable[Missed]) -> list[AskedText]:
    """What was missed, oldest first, by text: those of the most people first, then those that were asked last."""
    plain = cache(lambda question: normalise(unmasked(question)))
    same: dict[str, list[Missed]] = defaultdict(list)
    for row in _without_requests(rows):
        same[plain(row.question)].append(row)
    texts = [AskedText(text, tuple(asked)) for text, asked in same.items()]
    return sorted(texts, key=lambda text: (-len(text.people), -text.rows[-1].at.timestamp(), text.plain))


def _without_requests(rows: Iterable[Missed]) -> Iterator[Missed]:
    """All but the wishes for a person that came out of the blue."""
    declined: dict[str, datetime] = {}  # by person: when last
    for row in rows:
        before = declined.get(row.person)
        if row.outcome == Outcome.PERSON and not (before and row.at - before <= IDLE):
            continue
        if row.outcome in {Outcome.DECLINE, Outcome.PERSON}:
            declined[row.person] = row.at
        yield row
