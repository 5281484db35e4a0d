"""How is a text read by one knowledge? Its words as official words, places among them, and what is known already."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Self

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Language
from bot.understanding.ranking.phrases import told
from bot.understanding.ranking.ranking import WordWeights
from bot.understanding.reading import lexicon
from bot.understanding.reading.places import Places
from bot.understanding.reading.reader import Reader, Token


class Texts:
    """Reads texts.

    Args:
        knowledge: Whose words are known.
        before: One of an earlier version; what both read alike is not read again.
    """

    def __init__(self, knowledge: KnowledgeBase, before: Self | None) -> None:
        self.directions = knowledge.language.events.directions
        self.places = Places(knowledge.region, self.directions)
        self.lexicon = lexicon.build(knowledge.language, _texts(knowledge), self.places.words())
        self._reader = Reader(self.lexicon)
        self.known: Mapping[str, tuple[Token, ...]] = before.known if before and self._reads_as(before) else {}
        self.known = {text: self.read(text) for text in dict.fromkeys(_texts(knowledge))}

    def _reads_as(self, other: Self) -> bool:
        same = (self.directions, self.places.villages) == (other.directions, other.places.villages)
        return same and self.lexicon.reads_as(other.lexicon)

    def read(self, text: str) -> tuple[Token, ...]:
        """All words of a text."""
        return self.known.get(text) or self.places.with_unlisted(self.places.with_villages(self._reader.read(text)))

    def all_words(self, text: str) -> tuple[str, ...]:
        """Its official words."""
        return tuple(token.word for token in self.read(text))

    def content_words(self, text: str) -> tuple[str, ...]:
        """The same without fillers."""
        return tuple(token.word for token in self.read(text) if not token.filler)

    def weighed(self, tokens: Sequence[Token]) -> WordWeights:
        """Official words with how surely they were read, and the directions that they tell."""
        words: dict[str, float] = {}
        for token in tokens:
            words[token.word] = max(words.get(token.word, 0.0), token.quality)
        return words | dict.fromkeys(self.places.moves(tokens), 1.0)


def typed(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Words as they were typed."""
    return tuple(word for token in tokens for word in token.typed.split())


def _texts(knowledge: KnowledgeBase) -> Iterator[str]:
    """Every text whose words are known forms; other wordings of stored questions are read as people's texts are."""
    yield from (text for _, text in told(knowledge))
    yield from (faq.wordings[0] for subject in knowledge.subjects.values() for faq in subject.faq)
    language = knowledge.language
    yield from chain(language.days.ways, *language.days.ways.values(), language.days.dates)
    yield from (cue.replace("/", " ") for cue in _cues(language))


def _cues(language: Language) -> Iterator[str]:
    """All that is listened for, so that a typo in it is one."""
    yield from (*language.aspects.all(), *language.small_talk.cues(), *language.danger.cues(), *language.danger.ways())
    yield from chain(*language.frames.cues().values())


def read_of(knowledge: KnowledgeBase) -> tuple[object, ...]:
    """All that a matcher reads of a knowledge; what an answer says is not among it."""
    kinds = (knowledge.agencies.keys(), knowledge.services.keys(), knowledge.referrals.keys())
    subjects = (
        (
            *(one.id, one.name, one.summary, one.names, one.examples, getattr(one, "agency", "")),
            tuple((*faq.wordings, faq.answer) for faq in one.faq),
            tuple((case.title, case.names) for case in getattr(one, "variants", ())),
        )
        for one in knowledge.subjects.values()
    )
    return knowledge.region, knowledge.language, *map(tuple, kinds), *subjects
