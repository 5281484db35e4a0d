"""How likely is it that a stored question was asked? Traits of the two texts, and a logistic score of them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from bot.knowledge.language import YES_OR_NO
from bot.understanding.logistic import CONSTANT
from bot.understanding.stored.entries import Owner, Telling, Wording
from bot.understanding.stored.question import FRAME, FRAMED, Question, Window

_YES = FRAME + YES_OR_NO
_MOST = 12.0  # weight of shared words beyond which nothing gets surer
_LEAST_MET = 0.5  # weight of shared words below which a wording is not looked at
_BARE = 2.0  # weight of all other words below which nothing but an aspect is asked
_WHOLE = 0.6  # cover from which an entry that asks for an aspect was asked all the same
_USUAL = 6.0  # weight that makes the traits of weights about 1
LIKELY = {
    CONSTANT: -4.17, "agency": -2.22, "agree": -0.55, "answer": 2.60, "asks": -0.46, "aspect": 0.51,
    "beside": -0.44, "both": 0.80, "cover": 2.57, "differ": -1.24, "far": -2.50, "first": -0.49, "lacking": -0.86,
    "letters": 0.25, "long": 0.06, "miss": -0.71, "missing": 0.24, "other": -0.62, "own": 0.86, "precision": 0.49,
    "shared": 0.28, "sure": 1.21, "topic": -0.22, "unnamed": -0.92, "weight": 0.55, "yes": 0.12,
}  # fmt: skip
"""Weights of the traits where none were learned (MATCHER §8.4)."""


@dataclass(frozen=True)
class Fit:
    """A wording beside the window of the question that fits it best."""

    wording: Wording
    window: Window
    met: frozenset[str]  # words and frames of both
    both: float  # harmonic mean of the next two
    cover: float  # share of the wording that stands in the window
    precision: float  # share of the window that the wording says


@dataclass(frozen=True)
class Standing:
    """Where the owner of an entry stands in what was understood."""

    first: bool = False  # it was meant, or ranked first
    topic: bool = False  # it is what was spoken of
    sure: bool = False  # there is no doubt about what was meant
    agency: bool = False  # its services are


def fits(question: Question, owner: Owner, weights: Telling) -> list[Fit]:
    """For each wording of an owner that shares a word with a question, the window that fits it best."""
    framed = question.by_frame
    own = [weights.of(word) * owner.left(word) * (FRAMED if word in framed else 1.0) for word in question.words]
    sums = [0.0]
    for weight in own:
        sums.append(sums[-1] + weight)
    met: dict[int, list[tuple[str, int, int]]] = {}
    for at, word in enumerate(question.words):
        for place in owner.postings.get(word, ()):
            met.setdefault(place, []).append((word, at, at + 1))
    extra: list[tuple[int, int, float]] = []
    for name, hits in question.frames.items():
        frame = FRAME + name
        worth = weights.of(frame) * owner.left(frame)
        extra += ((hit.start, hit.end, worth) for hit in hits[:1])
        for place in owner.postings.get(frame, ()):
            met.setdefault(place, []).extend((frame, hit.start, hit.end) for hit in hits)
    totals = {
        (start, end): sums[end] - sums[start] + sum(worth for a, b, worth in extra if start <= a and b <= end)
        for start, end in question.windows
    }
    wordings = owner.wordings
    return [
        _best(wordings[place], hits, totals)
        for place, hits in met.items()
        if sum(wordings[place].weights[word] for word in {word for word, _, _ in hits}) >= _LEAST_MET
    ]


def _best(wording: Wording, hits: list[tuple[str, int, int]], totals: Mapping[Window, float]) -> Fit:
    best, at, weights = (0.0, 0.0, 0.0), (0, 0), wording.weights
    for window, total in totals.items():
        start, end = window
        worth = sum(weights[word] for word in {word for word, a, b in hits if start <= a and b <= end})
        if worth:
            cover, precision = worth / wording.total, min(1.0, worth / (total or 1.0))
            fit = (2 * cover * precision / (cover + precision), cover, precision)
            if fit > best:
                best, at = fit, window
    met = frozenset(word for word, a, b in hits if at[0] <= a and b <= at[1])
    return Fit(wording, at, met, *best)


def is_no_answer(question: Question, fit: Fit, rest: float) -> bool:
    """Whether a wording cannot have been asked: another number is named, or nothing but an aspect or a name said.

    "Bayi 3 bulan" asks nothing of four months; "syarat kk" no stored question of more words.

    Args:
        question: What was said.
        fit: The wording.
        rest: Weight of what was said besides the aspect and the subject's name.
    """
    named = fit.wording.numbers
    if named and question.numbers and not named & question.numbers:
        return True
    if not question.aspects and not question.frames:
        return fit.cover < _WHOLE and rest < _BARE
    if not question.aspects or fit.wording.deciding & question.all_frames:
        return False
    if fit.wording.deciding:
        met = (word for word in fit.met - question.asking if not word.startswith(FRAME))
        return sum(fit.wording.weights[word] for word in met) < _BARE
    return fit.cover < _WHOLE and rest < _BARE


def besides(question: Question, owner: Owner, weights: Telling) -> float:
    """The weight of what was said besides an aspect and a subject's name."""
    return sum(weights.of(word) * owner.left(word) for word in set(question.words) - question.asking)


def traits(question: Question, owner: Owner, fit: Fit, standing: Standing, weights: Telling) -> dict[str, float]:
    """What speaks for and against a wording having been asked."""
    start, end = fit.window
    said, frames = question.words[start:end], question.framed(fit.window)
    missing = [word for word in fit.wording.weights if word not in fit.met]
    lost = fit.wording.frames - frames
    answer, aspects = owner.answers[fit.wording.entry], owner.aspects[fit.wording.entry]
    worth = {word: weights.of(word) * owner.left(word) for word in (*said, *frames)}
    worth |= {word: FRAMED * worth[word] for word in question.by_frame.intersection(said)}
    told = sum(value for word, value in worth.items() if word in answer and word not in fit.wording.weights)
    letters = question.grams(fit.window)
    own = sum(fit.wording.weights[word] for word in fit.met - question.asking)
    shared = len(letters & fit.wording.grams)
    return {
        "cover": fit.cover,
        "precision": fit.precision,
        "both": fit.both,
        "weight": min(sum(fit.wording.weights[word] for word in fit.met), _MOST) / _USUAL,
        "answer": told / (sum(worth.values()) or 1.0),
        "letters": shared / math.sqrt(len(letters) * len(fit.wording.grams) or 1),
        "miss": max((fit.wording.weights[word] for word in missing), default=0.0) / _USUAL,
        "shared": float(len(fit.met & frames)),
        "missing": float(len(lost - fit.wording.deciding)),
        "lacking": float(len(fit.wording.deciding - question.all_frames)),
        "own": min(own, _MOST) / _USUAL,
        "aspect": float(bool(question.aspects)),
        "yes": float(_YES in frames),
        "agree": float(_YES in frames and (_YES in fit.wording.frames)),
        "differ": float(_YES not in frames and (_YES in fit.wording.frames)),
        "beside": float(len(frames - fit.wording.frames)),
        "other": float(bool(question.aspects and aspects) and not question.aspects & aspects),
        "asks": float(bool(question.aspects) and not aspects),
        "first": float(standing.first),
        "topic": float(standing.topic),
        "sure": float(standing.sure),
        "far": float(not standing.first and not standing.topic and not standing.agency),
        "unnamed": float(not standing.first and not standing.topic and owner.unnamed(question.words)),
        "agency": float(standing.agency),
        "long": math.log1p(len(question.words)),
    }
