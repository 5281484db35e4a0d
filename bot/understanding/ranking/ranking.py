"""Which subjects come first, and is the first one good enough? Two views of their phrases in one score."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from bot.knowledge.language import Language
from bot.understanding.ranking.bayes import Floats, telling, with_pairs
from bot.understanding.ranking.index import Index, likeness
from bot.understanding.result import Verdict

DECOY = "-"  # the subject of all topics that are not ours
LIKENESS_WEIGHT = 25.0  # log odds for full likeness; 10 to 50 differ by less than a point (benchmarks/RESULTS.md)
TELLING = 1.2  # weight from which a word says something of its own; "syarat" weighs 0, "hilang" 2
_UNKNOWN_WEIGHT = 2.0  # of a word nobody knows; a word of the middle of the knowledge weighs about 3
_LIKELY = 10  # subjects the classifier passes on; 8 to 16 are equally good
_KEPT = 8  # subjects of a ranking
_MOST = 12.0  # log odds beyond which nothing gets surer
_SOBRIETY = 0.4  # naive Bayes takes words for independent and shouts; this brings its log odds down to belief
_CONSTANT = "tetap"
_FIRST = {_CONSTANT: -7.0, "margin": 0.5, "lead": 0.3, "likeness": 6.0, "words": 1.0}
_FOUR = {_CONSTANT: -5.0, "margin": 0.1, "lead": 0.4, "likeness": 8.0, "words": 1.5}
_THRESHOLDS = {"sure": 0.7, "unsure": 0.4}
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
    traits: Mapping[str, float] = field(default_factory=dict)  # what the confidence is calibrated on

    @property
    def first(self) -> str:
        """The best subject; empty when there is none."""
        return self.subjects[0] if self.subjects else ""

    def led_by(self, subjects: Iterable[str], verdict: Verdict, meant: tuple[str, ...] = ()) -> "Ranking":
        """The same with some subjects before all others."""
        return replace(self, subjects=tuple(dict.fromkeys((*subjects, *self.subjects))), verdict=verdict, meant=meant)


NOTHING = Ranking((), (), 0.0, Verdict.UNKNOWN)


class Ranker:
    """Ranks subjects for words."""

    def __init__(self, index: Index, language: Language) -> None:
        events = language.events
        self._index = index
        # Learned numbers by name; those of the code where none were learned.
        self._first = language.numbers.first or _FIRST
        self._four = language.numbers.four or _FOUR
        self._thresholds = _THRESHOLDS | language.numbers.thresholds
        self._general = frozenset((*events.general, *events.operations))
        self._named = frozenset((*events.objects, *events.life, *events.people))
        self._telling = self._named | frozenset(events.operations)
        self._paired = telling(events)
        self._weights = {word: float(index.weights[number]) for word, number in index.vocabulary.items()}

    def rank(self, words: WordWeights) -> Ranking:
        """The best subjects for official words: the classifier chooses them, both views rank them.

        Traits: ``margin`` of the first over the second, its ``lead`` over what is not ours (log odds), the ``likeness``
        of its three best phrases, and how many ``words`` were asked (log). Nine more were tried and told nothing new.
        """
        known = self._known(words)
        if not known:
            return NOTHING
        odds = self._index.bayes.odds(known)
        likely = np.argpartition(-odds, _LIKELY)[:_LIKELY].tolist() if len(odds) > _LIKELY else list(range(len(odds)))
        decoy = self._index.numbers.get(DECOY)
        found = self._points(words, known, odds, likely if decoy in likely or decoy is None else [*likely, decoy])
        order = sorted((i for i in found if i != decoy), key=lambda i: -found[i][0])[:_KEPT]
        points = [found[i][0] for i in order]
        others = -math.inf if decoy is None else found[decoy][0]
        traits = {
            "margin": min(points[0] - points[1], _MOST) if len(points) > 1 else _MOST,
            "lead": max(min(points[0] - others, _MOST), -_MOST),
            "likeness": found[order[0]][1],
            "words": math.log1p(len(words)),
        }
        bare = self._is_bare(words)
        not_ours = others > points[0] and not bare
        confidence = _logistic(self._first, traits)
        judged = Verdict.UNSURE if bare else self._verdict(confidence, traits)
        verdict = Verdict.UNKNOWN if not_ours else judged
        subjects = tuple(self._index.subjects[number] for number in order)
        meant = subjects[:1] if verdict is Verdict.SURE else ()
        return Ranking(subjects, _shares(points, others), confidence, verdict, not_ours, meant, traits)

    def among(self, words: WordWeights, subjects: Collection[str]) -> tuple[tuple[str, float], ...]:
        """Some subjects by their points for words, best first; points are log odds."""
        known = self._known(words)
        numbers = {self._index.numbers[subject]: subject for subject in subjects if subject in self._index.numbers}
        if not known or not numbers:
            return ()
        found = self._points(words, known, self._index.bayes.odds(known), numbers)
        return tuple(sorted(((numbers[i], points) for i, (points, _) in found.items()), key=lambda pair: -pair[1]))

    def weight(self, word: str) -> float:
        """How much a word tells subjects apart; 0 when the knowledge does not use it."""
        return self._weights.get(word, 0.0)

    def tells(self, word: str) -> bool:
        """Whether a word says something of its own: it names a thing or an event, or few subjects use it."""
        return word in self._telling or self.weight(word) >= TELLING

    def uses(self, subject: str, word: str) -> bool:
        """Whether a subject's own phrases hold a word."""
        number = self._index.numbers.get(subject)
        return number is not None and self._index.vocabulary.get(word) in self._index.used[number]

    def _known(self, words: WordWeights) -> dict[int, float]:
        """By number of a known word or pair of words, the quality with which it was read."""
        numbers = self._index.vocabulary
        return {numbers[word]: quality for word, quality in with_pairs(words, self._paired).items() if word in numbers}

    def _points(
        self, words: WordWeights, known: Mapping[int, float], odds: Floats, among: Collection[int]
    ) -> dict[int, tuple[float, float]]:
        """Log odds of some subjects, and the mean likeness of their three best phrases (0..1), by number."""
        unknown = sum(word not in self._weights for word in words)
        total = sum(map(self.weight, words)) + _UNKNOWN_WEIGHT * unknown
        alike = likeness(self._index, known, total, among).tolist()
        return {i: (float(odds[i]) + LIKENESS_WEIGHT * one, one) for i, one in zip(among, alike, strict=True)}

    def _verdict(self, confidence: float, traits: Mapping[str, float]) -> Verdict:
        """Answer, offer when the right one is likely among four, or decline."""
        if confidence >= self._thresholds["sure"]:
            return Verdict.SURE
        return Verdict.UNSURE if _logistic(self._four, traits) >= self._thresholds["unsure"] else Verdict.UNKNOWN

    def _is_bare(self, words: WordWeights) -> bool:
        """Whether all that is said is something general, or something that happened to nothing: "surat saya hilang"."""
        said = words.keys()
        if said & self._named or not said & self._general or not said <= self._weights.keys():
            return False
        return all(word in self._general or self.weight(word) < TELLING for word in words)


def _shares(points: Sequence[float], others: float) -> tuple[float, ...]:
    """Probabilities of the best subjects against each other and what is not ours."""
    top = max(points[0], others)
    weights = [math.exp((one - top) * _SOBRIETY) for one in points]
    total = sum(weights) + math.exp((others - top) * _SOBRIETY)
    return tuple(weight / total for weight in weights)


def _logistic(weights: Mapping[str, float], traits: Mapping[str, float]) -> float:
    z = sum(weight * traits.get(name, 1.0 if name == _CONSTANT else 0.0) for name, weight in weights.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
