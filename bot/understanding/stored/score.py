"""How likely is it that a stored question was asked? Traits of the two texts, and a logistic score of them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bot.knowledge.language import YES_OR_NO
from bot.understanding.logistic import CONSTANT
from bot.understanding.stored.entries import Floats, Owner, Telling, Wording
from bot.understanding.stored.question import FRAME, FRAMED, Question, Window

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
class Fit:
    """A wording beside the window of the question that fits it best."""

    wording: Wording
    window: Window
    said: frozenset[str]  # words and frames of the window that the wording's subject asks of
    both: float  # harmonic mean of the next two
    cover: float  # share of the wording that stands in the window
    precision: float  # share of the window that the wording says

    @cached_property
    def met(self) -> frozenset[str]:
        """Words and frames of both."""
        return self.said & self.wording.weights.keys()


@dataclass(frozen=True)
class Standing:
    """Where the owner of an entry stands in what was understood."""

    first: bool = False  # it was meant, or ranked first
    topic: bool = False  # it is what was spoken of
    sure: bool = False  # there is no doubt about what was meant
    agency: bool = False  # its services are


def fits(question: Question, owner: Owner, weights: Telling) -> Iterator[Fit]:
    """The wordings of an owner that share most with a question, each with its best window, the best first."""
    hits = [(word, at, at + 1) for at, word in enumerate(question.words) if word in owner.rows]
    for name, found in question.frames.items():
        if FRAME + name in owner.rows:
            hits += ((FRAME + name, hit.start, hit.end) for hit in found)
    if not hits:
        return
    said = [frozenset(name for name, a, b in hits if start <= a and b <= end) for start, end in question.windows]
    names = list(dict.fromkeys(name for name, _, _ in hits))
    within = np.array([[name in one for name in names] for one in said], np.float32)
    shared = owner.matrix[[owner.rows[name] for name in names]]
    worth = within @ shared
    cover = worth / owner.totals
    precision = np.minimum(1, worth / _worth_of_windows(question, owner, weights)[:, None])
    both = 2 * cover * precision / np.maximum(cover + precision, _TINY)
    best = np.where(shared.sum(axis=0) < _LEAST_MET, 0, both.max(axis=0))
    windows = both.argmax(axis=0)
    for place in np.argsort(-best, kind="stable")[:_LIKELIEST].tolist():
        if best[place] <= 0:
            return
        at = windows[place]
        shares = (float(one[at, place]) for one in (both, cover, precision))
        yield Fit(owner.wordings[place], question.windows[at], said[at], *shares)


def _worth_of_windows(question: Question, owner: Owner, weights: Telling) -> Floats:
    """The weight of all that each window says."""
    framed = question.by_frame
    sums = [0.0]
    for word in question.words:
        sums.append(sums[-1] + weights.of(word) * owner.left(word) * (FRAMED if word in framed else 1.0))
    frames = [
        (hits[0].start, hits[0].end, weights.of(FRAME + name) * owner.left(FRAME + name))
        for name, hits in question.frames.items()
    ]
    worth = [
        sums[end] - sums[start] + sum(one for first, last, one in frames if start <= first and last <= end)
        for start, end in question.windows
    ]
    return np.maximum(np.array(worth, np.float32), _TINY)


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
    if question.aspects and not rest and not question.frames:
        return True
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
