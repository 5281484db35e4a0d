"""Which stored question was asked, of which subject? Candidates by what was understood, the likeliest one taken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.vocabulary import Aspect
from bot.understanding.hearing.book import CueBook, Read
from bot.understanding.logistic import log_odds
from bot.understanding.reading.reader import Token
from bot.understanding.stored import question as questions
from bot.understanding.stored.entries import Aspects, Preparing
from bot.understanding.stored.question import Question
from bot.understanding.stored.score import LIKELY, Beside, Standing, fits, traits

_LOOKED_AT = 8  # entries whose traits are counted
_NEXT = 3  # subjects of a ranking whose entries may have been asked
_MEANT = (-1.3, -0.6)  # log odds from which an entry of what was meant is told; where an aspect was asked, its
_TOPIC = (-4.8, -3.0)  # section is told anyway. The same of who goes on about what was spoken of
_UNSURE_TOPIC = -3.2  # the same where it is not sure what was meant
_ANOTHER = 2.2  # log odds from which it is told although its subject was not meant
_CERTAIN = 9.0  # log odds of a question asked word for word
Entry = tuple[str, int]  # a subject and the place among its stored questions


@dataclass(frozen=True)
class Found:
    """A stored question that was asked, and the subject under which it is answered."""

    entry: Entry
    under: str
    odds: float


class Finder:
    """Finds stored questions."""

    def __init__(self, knowledge: KnowledgeBase, read: Read, aspects: Aspects) -> None:
        language = knowledge.language
        self._frames = CueBook(language.frames.cues(), read)
        self._owners, self._weights = Preparing(self._frames, language.frames.deciding, read, aspects).prepared(
            knowledge.subjects.values()
        )
        self._joints = frozenset(language.small_talk.joints)
        self._agency = {service.id: service.agency for service in knowledge.services.values()}
        self._likely = language.numbers.stored or LIKELY
        self._word_for_word: dict[tuple[str, ...], dict[str, int]] = {}
        for owner in self._owners.values():
            for wording in owner.wordings:
                self._word_for_word.setdefault(wording.words, {}).setdefault(owner.subject, wording.entry)

    def asked(self, tokens: Sequence[Token], aspects: Iterable[Aspect], asking: frozenset[str]) -> Question:
        """The question of a text's content; ``asking`` are the words that ask for an aspect."""
        return questions.asked(tokens, self._joints, self._frames, aspects, asking)

    def word_for_word(self, words: tuple[str, ...], about: Sequence[str], ranked: Sequence[str]) -> Found | None:
        """A stored question that words are word for word.

        It is one of the topic's or of its agency's; or the only one of these words, where they also lead to its owner.
        """
        found = self._word_for_word.get(words, {})
        for topic in about:
            for owner in (topic, self._agency.get(topic, "")):
                if owner in found:
                    return Found((owner, found[owner]), topic, _CERTAIN)
        owner = next(iter(found), "")
        return Found((owner, found[owner]), owner, _CERTAIN) if len(found) == 1 and owner in ranked else None

    def candidates(
        self, asked: Question, ranked: Sequence[str], about: Sequence[str], *, sure: bool
    ) -> list[tuple[Entry, str, Mapping[str, float]]]:
        """Entries that may have been asked, the subject each is answered under, and its traits."""
        besides = [
            Beside(asked, self._owners[owner], self._weights, under, standing)
            for owner, (under, standing) in self._standing(ranked, about, sure=sure).items()
        ]
        found = islice(fits(asked, besides), _LOOKED_AT)
        return [((fit.beside.owner.subject, fit.wording.entry), fit.beside.under, traits(fit)) for fit in found]

    def find(
        self, asked: Question, ranked: Sequence[str], about: Sequence[str], *, sure: bool
    ) -> tuple[Found | None, tuple[Entry, ...]]:
        """The stored question that was asked, None when none was; and the others, the nearest first.

        Args:
            asked: What was said.
            ranked: Subjects it may be about, the best first.
            about: What was spoken of before.
            sure: Whether the first of them was meant.
        """
        scored = [
            Found(entry, under, log_odds(self._likely, one))
            for entry, under, one in self.candidates(asked, ranked, about, sure=sure)
        ]
        scored.sort(key=lambda one: -one.odds)
        told = (one for one in scored if one.odds >= self._least(one, asked, ranked, about, sure=sure))
        return next(told, None), tuple(one.entry for one in scored)

    @staticmethod
    def _least(best: Found, asked: Question, ranked: Sequence[str], about: Sequence[str], *, sure: bool) -> float:
        """The log odds from which an entry is told."""
        of_topic, meant = best.under in about, sure and best.under in ranked[:1]
        if of_topic:
            return _TOPIC[bool(asked.aspects)] if meant else _ANOTHER if sure else _UNSURE_TOPIC
        return _MEANT[bool(asked.aspects)] if meant else _ANOTHER

    def is_asked_of(self, subject: str, asked: Question) -> bool:
        """Whether a stored question of a subject or of its agency is clearly asked."""
        found, _ = self.find(asked, (subject,), (subject,), sure=True)
        return found is not None and found.odds >= _ANOTHER

    def _standing(
        self, ranked: Sequence[str], about: Sequence[str], *, sure: bool
    ) -> Mapping[str, tuple[str, Standing]]:
        """By owner of entries: under which subject it is answered, and where it stands."""
        found: dict[str, tuple[str, Standing]] = {}
        first = ranked[:1]
        near = [
            (one, Standing(one in first, one in about, sure))
            for one in dict.fromkeys((*first, *about, *ranked[1:_NEXT]))
        ]
        for one, standing in near:
            found.setdefault(one, (one, standing))
        for one, standing in near:
            if standing.first or standing.topic:
                agency = Standing(standing.first, standing.topic, sure, agency=True)
                found.setdefault(self._agency.get(one, ""), (one, agency))
        return {owner: one for owner, one in found.items() if owner in self._owners}
