"""What is a question about, as numbers that can be compared? Its telling words, and the services it leans towards."""

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from bot.live import Snapshot
from bot.privacy.kinds import KINDS
from bot.understanding.result import Cue

Vector = Mapping[str, float]
"""Weights of words, and of subjects after ``#``; of length 1, or empty when a question says nothing of its own."""

TELLING = 0.6
"""Weight from which a word tells topics apart: "syarat" weighs 0.2, "hilang" 0.9."""

_ENOUGH = 1.2  # weight of all words together from which a question is about something
_UNKNOWN = 2.0  # weight of a word nobody knows; a word of the middle of the knowledge weighs about 3
_SCRAP = 0.5  # weight of a number, and of a letter or two
_LETTERS = 2
_LEANING = 2  # subjects, the best first
_NO_TOPIC = frozenset({Cue.OWN_FILE, Cue.PERSON, Cue.EMERGENCY, Cue.NONE_OF_THESE})
_MASKS = re.compile(rf"\[(?:{'|'.join(map(re.escape, KINDS))})\]")


@dataclass(frozen=True)
class MissedTopic:
    """What a question is about: its words by weight, and its direction among all topics."""

    words: Vector  # official words
    vector: Vector
    life: frozenset[str] = frozenset()  # what happened in somebody's life: born, dead, married

    def contradicts(self, other: "MissedTopic") -> bool:
        """Whether they tell of different events: a lost birth certificate is no lost death certificate."""
        return bool(self.life and other.life) and self.life.isdisjoint(other.life)


NO_TOPIC = MissedTopic({}, {})


class Topics:
    """Reads questions by one knowledge base."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._matcher = snapshot.matcher
        decoys = snapshot.knowledge.language.decoys.root
        self._topics = len(decoys) + 1
        self._decoys = Counter(word for texts in decoys.values() for word in self._used(texts))
        self._life = frozenset(self._used(snapshot.knowledge.language.events.life))
        self.weight: Callable[[str], float] = cache(self._weigh)
        """How much a word tells topics apart, those that are not ours included."""

    def read(self, question: str, scores: str = "[]", wrong: str = "[]") -> MissedTopic:
        """The topic of a question.

        Args:
            question: Masked.
            scores: JSON of what it may have been about when it was asked: [[id, score 0..1], …].
            wrong: JSON of the ids that it was not about.
        """
        tokens, cues = self._matcher.read(unmasked(question))
        if cues & _NO_TOPIC:
            return NO_TOPIC
        words: dict[str, float] = {}
        for token in tokens:
            weight = (token.quality or 1.0) * self.weight(token.word)
            words[token.word] = max(words.get(token.word, 0.0), weight)
        refused = set(json.loads(wrong))
        leaning = [(subject, score) for subject, score in json.loads(scores) if subject not in refused]
        return self._topic(words, dict(leaning[:_LEANING]))

    def of_words(self, words: Iterable[str]) -> MissedTopic:
        """The topic that official words name."""
        return self._topic({word: self.weight(word) for word in words}, {})

    def _weigh(self, word: str) -> float:
        known = self._matcher.weight(word)
        if word.isdigit() or (not known and len(word) <= _LETTERS):
            return _SCRAP
        if known and word in self._decoys:
            # For the matcher all decoys are one subject: a word that many of their topics use tells them not apart.
            return min(known, math.log(self._topics / (self._decoys[word] + 0.5)))
        return known or _UNKNOWN

    def _topic(self, words: Vector, leaning: Vector) -> MissedTopic:
        if sum(words.values()) < _ENOUGH:
            return NO_TOPIC
        subjects = {f"#{subject}": score for subject, score in leaning.items()}
        return MissedTopic(words, _unit({**_unit(words), **subjects}), self._life & words.keys())

    def _used(self, texts: Iterable[str]) -> set[str]:
        return {token.word for text in texts for token in self._matcher.read(text)[0]}


def unmasked(question: str) -> str:
    """A question without what stands in place of personal data."""
    return _MASKS.sub(" ", question)


def likeness(one: Vector, other: Vector) -> float:
    """0 nothing in common, 1 the same."""
    return sum(value * other[name] for name, value in one.items() if name in other)


def _unit(weights: Vector) -> Vector:
    length = math.hypot(*weights.values()) or 1.0
    return {name: weight / length for name, weight in weights.items()}
