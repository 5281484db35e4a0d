"""Which subjects come first, and is the first one good enough? Evidence and confidence put together."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.knowledge.language import Events
from bot.understanding.ranking import evidence
from bot.understanding.ranking.bayes import telling
from bot.understanding.ranking.confidence import Confidence
from bot.understanding.ranking.evidence import Scored
from bot.understanding.ranking.index import Index
from bot.understanding.result import Verdict

TELLING = 1.2  # weight from which a word says something of its own; "syarat" weighs 0, "hilang" 2
_SOBRIETY = 0.4  # naive Bayes takes words for independent and shouts; this brings its log odds down to belief
WordWeights = Mapping[str, float]  # official words and the quality with which they were read


@dataclass(frozen=True)
class Ranking:
    """Subjects by what speaks for them."""

    subjects: tuple[str, ...]  # best first
    shares: tuple[float, ...]  # of the probability, in the same order
    confidence: float  # P(the first is right)
    verdict: Verdict
    not_ours: bool = False  # a topic that is not ours speaks louder than any of ours
    meant: tuple[str, ...] = ()  # when sure

    @property
    def first(self) -> str:
        """The best subject; empty when there is none."""
        return self.subjects[0] if self.subjects else ""


NOTHING = Ranking((), (), 0.0, Verdict.UNKNOWN)


class Ranker:
    """Ranks subjects for words."""

    def __init__(self, index: Index, confidence: Confidence, events: Events) -> None:
        self.index = index
        self._general = frozenset((*events.general, *events.operations))
        self._named = frozenset((*events.objects, *events.life, *events.people))
        self._telling = self._named | frozenset(events.operations)
        self._paired = telling(events)
        self._confidence = confidence
        self._weights = {word: float(index.weights[number]) for word, number in index.vocabulary.items()}

    def rank(self, words: WordWeights) -> Ranking:
        """The best subjects for official words."""
        asked = evidence.question(self.index, words, self._paired)
        if not asked.words:
            return NOTHING
        return self._judged(evidence.score(self.index, asked), bare=self._is_bare(words))

    def traits(self, words: WordWeights) -> tuple[Mapping[str, float], tuple[str, ...]]:
        """What a ranking's confidence is calibrated on, and the ranked subjects; empty when no word is known."""
        asked = evidence.question(self.index, words, self._paired)
        if not asked.words:
            return {}, ()
        scored = evidence.score(self.index, asked)
        return scored.traits, tuple(self.index.subjects[number] for number in scored.order)

    def _is_bare(self, words: WordWeights) -> bool:
        """Whether all that is said is something general, or something that happened to nothing: "surat saya hilang"."""
        known = self.index.vocabulary.keys()
        if words.keys() & self._named or not words.keys() & self._general or not words.keys() <= known:
            return False
        return all(word in self._general or self.weight(word) < TELLING for word in words)

    def _judged(self, scored: Scored, *, bare: bool) -> Ranking:
        subjects = tuple(self.index.subjects[number] for number in scored.order)
        not_ours = scored.decoy > scored.points[0] and not bare
        confidence = self._confidence.first_is_right(scored.traits)
        judged = Verdict.UNSURE if bare else self._confidence.verdict(confidence, scored.traits)
        verdict = Verdict.UNKNOWN if not_ours else judged
        return Ranking(
            subjects,
            _shares(scored),
            confidence,
            verdict,
            not_ours,
            subjects[:1] if verdict is Verdict.SURE else (),
        )

    def among(self, words: WordWeights, subjects: Collection[str]) -> tuple[tuple[str, float], ...]:
        """Some subjects by their points for words, best first; points are log odds."""
        asked = evidence.question(self.index, words, self._paired)
        numbers = {self.index.numbers[subject]: subject for subject in subjects if subject in self.index.numbers}
        if not asked.words or not numbers:
            return ()
        found = evidence.points(self.index, asked, numbers)
        return tuple(sorted(((numbers[i], points) for i, (points, _) in found.items()), key=lambda pair: -pair[1]))

    def weight(self, word: str) -> float:
        """How much a word tells subjects apart; 0 when the knowledge does not use it."""
        return self._weights.get(word, 0.0)

    def tells(self, word: str) -> bool:
        """Whether a word says something of its own: it names a thing or an event, or few subjects use it."""
        return word in self._telling or self.weight(word) >= TELLING

    def uses(self, subject: str, word: str) -> bool:
        """Whether a subject's own phrases hold a word."""
        number = self.index.numbers.get(subject)
        return number is not None and self.index.vocabulary.get(word) in self.index.used[number]


def _shares(scored: Scored) -> tuple[float, ...]:
    """Probabilities of the best subjects against each other and what is not ours."""
    top = max(scored.points[0], scored.decoy)
    weights = [math.exp((points - top) * _SOBRIETY) for points in scored.points]
    total = sum(weights) + math.exp((scored.decoy - top) * _SOBRIETY)
    return tuple(weight / total for weight in weights)
