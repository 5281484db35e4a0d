"""Which questions mean the same? Each joins the most like of the groups before it, or begins one of its own."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from operator import attrgetter

from bot.authoring.suggestions.topics import MissedTopic, Vector, likeness, unmasked
from bot.conversation.turn import IDLE, Outcome
from bot.storage.log.missed import Missed
from bot.understanding.reading.text import normalise

ALIKE = 0.5
"""Likeness from which two questions fall together.

Of 781 questions whose service is known 583 find company so, and 97 in 100 of these stand with others of their own
service (652 at 0.45, 538 at 0.55, as many of them right; by words alone, without the services they lean towards, 83 in
100).
"""


def grouped(topics: Sequence[MissedTopic], alike: float = ALIKE) -> list[list[int]]:
    """Groups of numbers of topics, each headed by the first of its own.

    Args:
        topics: The most important first; one that is empty belongs to no group.
        alike: Likeness to the head from which a topic joins a group.
    """
    vectors = [topic.vector for topic in topics]
    spread = Counter(name for vector in vectors for name in vector)
    heads: dict[str, list[int]] = defaultdict(list)  # by name: the groups whose head may be found by it
    groups: list[list[int]] = []
    for number, vector in enumerate(vectors):
        if not vector:
            continue
        names = _telling(vector, spread, alike)
        near = sorted({group for name in names for group in heads[name]})
        heads_near = [(group, topics[groups[group][0]]) for group in near]
        like = [
            (likeness(vector, head.vector), -group)
            for group, head in heads_near
            if not head.contradicts(topics[number])
        ]
        best, found = max(like, default=(0.0, 0))
        if best >= alike:
            groups[-found].append(number)
            continue
        for name in names:
            heads[name].append(len(groups))
        groups.append([number])
    return groups


def _telling(vector: Vector, spread: Counter[str], alike: float) -> Iterable[str]:
    """The rarest names of a vector: whoever shares none of them with it cannot be alike.

    What is left out is shorter than ``alike``, so that its product with anything of length 1 is less.
    """
    names = sorted(vector, key=lambda name: (-spread[name], name))
    left_out = 0.0
    for at, name in enumerate(names):
        left_out += vector[name] ** 2
        if left_out >= alike * alike:
            return names[at:]
    return names


_IDLE_MS = IDLE // timedelta(milliseconds=1)


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
    """The texts that were missed, those of the most people first, then those that were asked last."""
    by_question: dict[str, list[Missed]] = {}
    for row in _without_requests(rows):
        by_question.setdefault(row.question, []).append(row)
    by_text: dict[str, list[Missed]] = {}
    for question, same in by_question.items():
        by_text.setdefault(normalise(unmasked(question)), []).extend(same)
    texts = [AskedText(plain, tuple(sorted(same, key=attrgetter("at_ms")))) for plain, same in by_text.items()]
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
