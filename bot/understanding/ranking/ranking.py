"""Which subjects come first, and is the first one good enough? Three views in one score."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from bot.knowledge.language import Language
from bot.understanding.logistic import CONSTANT, likelihood, within
from bot.understanding.ranking.bayes import Floats, telling, with_pairs
from bot.understanding.ranking.index import Index, likeness
from bot.understanding.ranking.linear import UNLEARNED, LinearView, Weights
from bot.understanding.ranking.phrases import DECOY
from bot.understanding.result import Verdict

LIKENESS_WEIGHT = 25.0  # log odds for full likeness; 10 to 50 differ by less than a point (benchmarks/RESULTS.md)
TELLING = 1.2  # weight from which a word says something of its own; "syarat" weighs 0, "hilang" 2
LINEAR_WEIGHT = 6.0  # log odds for those of the linear view; 5 to 8 are equally good
_UNKNOWN_WEIGHT = 2.0  # of a word nobody knows; a word of the middle of the knowledge weighs about 3
_LIKELY = 10  # subjects the classifier passes on; 8 to 16 are equally good
_KEPT = 8  # subjects of a ranking
_MOST = 24.0  # log odds beyond which nothing gets surer
_MOST_LINEAR = 6.0
_LONG = 9.0  # words from which a message is long
_RARELY, _OFTEN = 0.15, 0.3  # share of a subject's phrases that name a thing: it is not called by it, it is
_NEVER, _AT_TIMES = 0.03, 0.15  # share of those that name what is done: the subject never does it, it does
BEYOND_DOUBT = 0.9  # confidence from which even what names no thing is answered: "tambah anak"
_HALF = 0.5  # of the weight of an event in life, where something is done to its paper
_NEW = 1  # operations that make a thing: the first of the list, "baru"
_SOBRIETY = 0.2  # the views take words for independent and shout; this brings their log odds down to belief
# Of a knowledge on which nothing was learned.
_OURS = {CONSTANT: -5.0, "lead": 0.4, "likeness": 8.0}
_FIRST = {CONSTANT: -2.0, "margin": 0.5, "likeness": 6.0}
_THRESHOLDS = {"sure": 0.8, "unsure": 0.4}
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

    @property
    def likeliest(self) -> tuple[str, ...]:
        """Subjects meant, then the others, the best first."""
        return tuple(dict.fromkeys((*self.meant, *self.subjects)))

    def led_by(self, subjects: Iterable[str], verdict: Verdict, meant: tuple[str, ...] = ()) -> "Ranking":
        """The same with some subjects before all others."""
        return replace(self, subjects=tuple(dict.fromkeys((*subjects, *self.subjects))), verdict=verdict, meant=meant)

    def without(self, subjects: Collection[str]) -> "Ranking":
        """The same less some subjects, unless one of them is meant."""
        kept = tuple(one for one in self.subjects if one not in subjects)
        return self if set(self.meant) & set(subjects) else replace(self, subjects=kept)


NOTHING = Ranking((), (), 0.0, Verdict.UNKNOWN)


class Ranker:
    """Ranks subjects for words."""

    def __init__(self, index: Index, language: Language) -> None:
        events = language.events
        self._index = index
        # Learned numbers by name; those of the code where none were learned.
        self._ours = language.numbers.ours or _OURS
        self._first = language.numbers.first or _FIRST
        self._thresholds = _THRESHOLDS | language.numbers.thresholds
        self._general = frozenset((*events.general, *events.operations))
        self._named = frozenset((*events.objects, *events.life, *events.people))
        self._life, self._changing = frozenset(events.life), frozenset(events.operations[_NEW:])
        self._telling = self._named | frozenset(events.operations)
        self._paired = telling(events)
        self._weights = {word: float(index.weights[number]) for word, number in index.vocabulary.items()}
        self._things = {word: index.shares(word) for word in events.objects if word in index.vocabulary}
        self._operations = {word: index.shares(word) for word in self._changing if word in index.vocabulary}
        self.view = LinearView(Weights.decoded(language.numbers.weights) if language.numbers.weights else UNLEARNED)
        self.silence: Floats = np.zeros(len(self.view.labels), np.float32)  # of a linear view that says nothing
        self._label = np.array([self.view.labels.get(subject, len(self.view.labels)) for subject in index.subjects])

    def rank(self, words: WordWeights, said: Floats | None = None) -> Ranking:
        """The best subjects for official words: the classifiers choose them, all views rank them.

        Args:
            words: Official words and how surely they were read.
            said: What the linear view says of the text as it was typed; of the words themselves when not given.
        """
        words = self._done_to_a_thing(words)
        known = self._known(words)
        if not known:
            return NOTHING
        linear = self._linear(self.view.scores(tuple(words)) if said is None else said)
        odds = self._index.bayes.odds(known)
        decoy = self._index.numbers.get(DECOY)
        both = odds + np.float32(LINEAR_WEIGHT) * linear
        likely = np.argpartition(-both, _LIKELY)[:_LIKELY].tolist() if len(odds) > _LIKELY else list(range(len(odds)))
        among = likely if decoy in likely or decoy is None else [*likely, decoy]
        alike = self._alike(words, known, among)
        points = {i: float(both[i]) + LIKENESS_WEIGHT * one for i, one in alike.items()}
        order = sorted((i for i in among if i != decoy), key=lambda i: -points[i])[:_KEPT]
        traits = self._traits(words, order, points, alike, linear)
        others = -math.inf if decoy is None else points[decoy]
        bare = self._is_bare(words)
        ours = likelihood(self._ours, traits)
        confidence = ours * likelihood(self._first, traits)
        verdict = self._verdict(confidence, ours)
        if bare and confidence < BEYOND_DOUBT:
            verdict = Verdict.UNSURE
        not_ours = others > points[order[0]] and verdict is Verdict.UNKNOWN
        subjects = tuple(self._index.subjects[number] for number in order)
        meant = subjects[:1] if verdict is Verdict.SURE else ()
        shares = _shares([points[i] for i in order], others)
        return Ranking(subjects, shares, confidence, verdict, not_ours, meant, traits)

    def _done_to_a_thing(self, words: WordWeights) -> WordWeights:
        """The words; of an event in life only half, where something is done to its paper: "akta kematian rusak"."""
        said = words.keys()
        if said.isdisjoint(self._life) or said.isdisjoint(self._changing) or said.isdisjoint(self._things):
            return words
        return {word: quality * _HALF if word in self._life else quality for word, quality in words.items()}

    def _linear(self, said: Floats) -> Floats:
        """What the linear view says of each subject; one it has not seen is as good as the best that it has."""
        best: Floats = np.append(said, np.float32(0))[self._label]
        unseen = self._label == len(self.view.labels)
        if unseen.any() and not unseen.all():
            best[unseen] = best[~unseen].max()
        return best

    def _traits(
        self,
        words: WordWeights,
        order: Sequence[int],
        points: Mapping[int, float],
        alike: Mapping[int, float],
        linear: Floats,
    ) -> Mapping[str, float]:
        """What confidence is calibrated on.

        ``margin`` of the first over the second and its ``lead`` over what is not ours (log odds); ``linmargin`` and
        ``linlead`` the same of the linear view alone, ``linear`` what it says of the first; the ``likeness`` of its
        best phrases; ``obj``: a thing is named that the first is not called by while a rival is; ``contrary``: the same
        of what is done to it; telling words that the first uses (``met``) and lacks (``unmet``); ``split``: the views
        disagree; ``long``: by how much a message is longer than a question.
        """
        first, *rest = order
        decoy = self._index.numbers.get(DECOY)
        telling = [word for word in words if self.tells(word) or word not in self._weights]
        met = sum(self._index.vocabulary.get(word) in self._index.used[first] for word in telling)
        return {
            "margin": min(points[first] - points[rest[0]], _MOST) if rest else _MOST,
            "lead": within(points[first] - points[decoy], _MOST) if decoy is not None else _MOST,
            "linmargin": within(float(linear[first] - linear[rest].max()), _MOST_LINEAR) if rest else _MOST_LINEAR,
            "linlead": within(float(linear[first] - linear[decoy]), _MOST_LINEAR) if decoy is not None else 0.0,
            "linear": within(float(linear[first]), _MOST_LINEAR),
            "likeness": alike[first],
            "obj": float(self._names_a_rivals(words, order)),
            "contrary": float(self._does_a_rivals(words, order)),
            "met": math.log1p(met),
            "unmet": math.log1p(len(telling) - met),
            "split": float(max(order, key=lambda i: alike[i]) != first),
            "long": max(0.0, math.log((len(words) + 1) / _LONG)),
        }

    def _does_a_rivals(self, words: WordWeights, order: Sequence[int]) -> bool:
        """Whether something is to be done that the first never does, while a rival does: "keluarkan", not "tambah"."""
        done = [self._operations[word][order] for word in words if word in self._operations]
        return any(one[0] < _NEVER and one.max() >= _AT_TIMES for one in done)

    def _names_a_rivals(self, words: WordWeights, order: Sequence[int]) -> bool:
        """Whether a thing is named that the first is hardly called by, while another is."""
        called = [self._things[word][order] for word in words if word in self._things]
        return bool(called) and max(one[0] for one in called) < _RARELY and max(one.max() for one in called) >= _OFTEN

    def concerned(self, words: WordWeights) -> str:
        """The subject of the things and events alone that words name: of a complaint, whatever else is told.

        Empty when no thing is named, or none that the subject is called by.
        """
        telling = {word: quality for word, quality in words.items() if word in self._telling}
        first = self.rank(telling, self.silence).first
        things = [self._things[word] for word in telling if word in self._things]
        number = self._index.numbers.get(first)
        return first if number is not None and any(shares[number] >= _OFTEN for shares in things) else ""

    def among(self, words: WordWeights, subjects: Collection[str]) -> tuple[tuple[str, float], ...]:
        """Some subjects by their points for words, best first; points are log odds."""
        known = self._known(words)
        numbers = {self._index.numbers[subject]: subject for subject in subjects if subject in self._index.numbers}
        if not known or not numbers:
            return ()
        odds = self._index.bayes.odds(known)
        alike = self._alike(words, known, tuple(numbers))
        found = ((numbers[i], float(odds[i]) + LIKENESS_WEIGHT * one) for i, one in alike.items())
        return tuple(sorted(found, key=lambda pair: -pair[1]))

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

    def _alike(self, words: WordWeights, known: Mapping[int, float], among: Sequence[int]) -> Mapping[int, float]:
        """The mean likeness of the three best phrases of some subjects (0..1), by number."""
        unknown = sum(word not in self._weights for word in words)
        total = sum(map(self.weight, words)) + _UNKNOWN_WEIGHT * unknown
        return dict(zip(among, likeness(self._index, known, total, among).tolist(), strict=True))

    def _verdict(self, confidence: float, ours: float) -> Verdict:
        """Answer, offer when it is likely ours, or decline."""
        if confidence >= self._thresholds["sure"]:
            return Verdict.SURE
        return Verdict.UNSURE if ours >= self._thresholds["unsure"] else Verdict.UNKNOWN

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
