"""How likely is it that a stored question was asked? Traits of the two texts, and a logistic score of them."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np

from bot.knowledge.language import YES_OR_NO
from bot.understanding.logistic import CONSTANT
from bot.understanding.stored.entries import Owner, Telling, Wording
from bot.understanding.stored.question import FRAME, FRAMED, Part, Question

_YES = FRAME + YES_OR_NO
_MOST = 12.0  # weight of shared words beyond which nothing gets surer
_LIKELIEST = 16  # wordings of one owner that are looked at
_TINY = 1e-6
_LEAST_MET = 0.5  # weight of shared words below which a wording is not looked at
_BARE = 2.0  # weight of all other words below which nothing but an aspect is asked
_WHOLE = 0.6  # cover from which an entry that asks for an aspect was asked all the same
_USUAL = 6.0  # weight that makes the traits of weights about 1
LIKELY = {
    CONSTANT: -4.56, "agency": -1.82, "agree": -0.64, "answer": 2.61, "asks": -2.24, "aspect": 0.68, "beside":
    -0.43, "both": 1.21, "cover": 4.12, "differ": 0.03, "far": -0.84, "first": 0.16, "lacking": -0.30,
    "letters": 1.18, "long": -0.34, "miss": 0.73, "missing": -0.13, "other": -2.49, "own": 0.34, "precision":
    0.08, "shared": 0.23, "sure": 0.07, "topic": 0.73, "unnamed": -0.32, "weight": 0.37, "yes": 0.55,
}  # fmt: skip
"""Weights of the traits where none were learned (MATCHER §8.4)."""


@dataclass(frozen=True)
class Standing:
    """Where the owner of an entry stands in what was understood."""

    first: bool = False  # it was meant, or ranked first
    topic: bool = False  # it is what was spoken of
    sure: bool = False  # there is no doubt about what was meant
    agency: bool = False  # its services are


class Beside:
    """A question beside the stored ones of one owner: what its words weigh there."""

    def __init__(self, question: Question, owner: Owner, weights: Telling, under: str, standing: Standing) -> None:
        self.question, self.owner, self.under, self.standing = question, owner, under, standing
        worth = {name: weights.of(name) * owner.left(name) for name in question.whole.names}
        self.rest = sum(worth[word] for word in question.besides)
        self.worth = worth | {word: FRAMED * worth[word] for word in question.by_frame}

    def worth_of_windows(self) -> list[float]:
        """The weight of all that each window says."""
        sums = list(accumulate((self.worth[word] for word in self.question.words), initial=0.0))
        frames = [(hits[0].start, hits[0].end, self.worth[FRAME + name]) for name, hits in self.question.frames.items()]
        return [
            sums[end] - sums[start] + sum(one for first, last, one in frames if start <= first and last <= end)
            for start, end in self.question.windows
        ]

    @cached_property
    def stands(self) -> dict[str, float]:
        """The traits that all its entries share."""
        first, topic, agency = self.standing.first, self.standing.topic, self.standing.agency
        return {
            "aspect": float(bool(self.question.aspects)),
            "first": float(first),
            "topic": float(topic),
            "sure": float(self.standing.sure),
            "far": float(not first and not topic and not agency),
            "unnamed": float(not first and not topic and self.owner.unnamed(self.question.words)),
            "agency": float(agency),
            "long": math.log1p(len(self.question.words)),
        }


@dataclass(frozen=True)
class Fit:
    """An entry by the wording that fits a question best, beside the window that it fits."""

    beside: Beside
    wording: Wording
    part: Part
    both: float  # harmonic mean of the next two
    cover: float  # share of the wording that stands in the window
    precision: float  # share of the window that the wording says


def fits(question: Question, besides: Sequence[Beside]) -> Iterator[Fit]:
    """The entries of some owners that may have been asked, the best first."""
    names = [name for name in question.whole.order if any(name in one.owner.rows for one in besides)]
    if not names:
        return
    parts = [question.part(window) for window in question.windows]
    within = np.array([[name in part.names for name in names] for part in parts], np.float32)
    shared = np.concatenate([one.owner.rows_of(names) for one in besides], axis=1)
    worth = within @ shared
    cover = worth / np.concatenate([one.owner.totals for one in besides])
    said = np.array([one.worth_of_windows() for one in besides], np.float32).T
    sizes = [len(one.owner.wordings) for one in besides]
    precision = np.minimum(1, worth / np.maximum(said, _TINY).repeat(sizes, axis=1))
    both = 2 * cover * precision / np.maximum(cover + precision, _TINY)
    best = np.where(shared.sum(axis=0) < _LEAST_MET, 0, both.max(axis=0))
    windows = both.argmax(axis=0).tolist()
    of_place = [(one, wording) for one in besides for wording in one.owner.wordings]
    looked, seen = Counter[str](), set[tuple[str, int]]()
    for place in np.argsort(-best, kind="stable")[: np.count_nonzero(best)].tolist():
        beside, wording = of_place[place]
        subject, at = beside.owner.subject, windows[place]
        looked[subject] += 1
        if looked[subject] > _LIKELIEST or (subject, wording.entry) in seen:
            continue
        if not is_no_answer(beside, wording, parts[at], cover[at, place]):
            seen.add((subject, wording.entry))
            yield Fit(beside, wording, parts[at], *(float(share[at, place]) for share in (both, cover, precision)))


def is_no_answer(beside: Beside, wording: Wording, part: Part, cover: float) -> bool:
    """Whether a wording cannot have been asked: another number is named, or nothing but an aspect or a name said.

    "Bayi 3 bulan" asks nothing of four months; "syarat kk" no stored question of more words.

    Args:
        beside: The question.
        wording: Of a stored one.
        part: The window that it fits.
        cover: Share of the wording that stands there.
    """
    question = beside.question
    if wording.numbers and question.numbers and not wording.numbers & question.numbers:
        return True
    if not question.aspects and not question.frames:
        return cover < _WHOLE and beside.rest < _BARE
    if question.aspects and not beside.rest and not question.frames:
        return True
    if not question.aspects or wording.deciding & question.whole.frames:
        return False
    if wording.deciding:
        met = (part.names & wording.weights.keys()) - question.asking
        return sum(wording.weights[word] for word in met if not word.startswith(FRAME)) < _BARE
    return cover < _WHOLE and beside.rest < _BARE


def traits(fit: Fit) -> dict[str, float]:
    """What speaks for and against a wording having been asked."""
    question, owner, wording, part = fit.beside.question, fit.beside.owner, fit.wording, fit.part
    weights, worth, frames = wording.weights, fit.beside.worth, part.frames
    answer, aspects = owner.answers[wording.entry], owner.aspects[wording.entry]
    told = sum(worth[name] for name in part.order if name in answer and name not in weights)
    met, yes = part.names & weights.keys(), _YES in frames
    own = sum(map(weights.__getitem__, met - question.asking))
    shared = len(part.grams & wording.grams)
    return fit.beside.stands | {
        "cover": fit.cover,
        "precision": fit.precision,
        "both": fit.both,
        "weight": min(sum(map(weights.__getitem__, met)), _MOST) / _USUAL,
        "answer": told / (sum(map(worth.__getitem__, part.order)) or 1.0),
        "letters": shared / math.sqrt(len(part.grams) * len(wording.grams) or 1),
        "miss": max((weight for word, weight in weights.items() if word not in met), default=0.0) / _USUAL,
        "shared": float(len(met & frames)),
        "missing": float(len(wording.frames - frames - wording.deciding)),
        "lacking": float(len(wording.deciding - question.whole.frames)),
        "own": min(own, _MOST) / _USUAL,
        "yes": float(yes),
        "agree": float(yes and _YES in wording.frames),
        "differ": float(not yes and _YES in wording.frames),
        "beside": float(len(frames - wording.frames)),
        "other": float(bool(question.aspects and aspects) and not question.aspects & aspects),
        "asks": float(bool(question.aspects) and not aspects),
    }
