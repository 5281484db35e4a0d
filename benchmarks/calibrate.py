"""Learn how sure the matcher may be: `python -m benchmarks.calibrate [--questions FILE]` writes bahasa/angka.yaml.

Every question is judged by a knowledge that has never seen it: examples and decoys are held out by fifths, `uji` and
the questions that cannot be answered yet are never used to find anything, and the questions of FILE are not part of
the knowledge. Two logistic regressions are fitted on the traits of a ranking (bot/understanding/ranking/ranking.py):
the first candidate is right; the right one is among four. Nothing needs the result to be correct: with another
knowledge the numbers are a little less sharp.
"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import questions
from benchmarks.questions import Question
from bot.errors import KnowledgeError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.folder import files_of
from bot.knowledge.reading.loader import load, read_files
from bot.understanding.matcher import Matcher

RIDGE = 1.0
OFF_TOPIC_WEIGHT = 2.0  # of a question that is not ours: a false answer costs a citizen a day
GIVEN_WEIGHT = 4.0  # of a question of FILE: a stranger's words say more than our own
FIRST_LINE = (
    "# Angka hasil belajar untuk menilai keyakinan jawaban. Ditulis oleh `make calibrate`, jangan diubah. "
    "Contoh: ambang.sure.\n"
)
STILL = 1e-8  # step at which the fit stands still
NUMBERS = "bahasa/angka.yaml"
THRESHOLDS = {"sure": 0.7, "unsure": 0.4}
"""Most right answers subject to at most 3 % of off-topic questions answered and 2 % wrong, on a tenth left out:
sure at .60 / .65 / .70 / .75 / .80 gives right .946 .942 .931 .925 .907, wrong .016 .015 .015 .013 .013 and off-topic
answered .018 .018 .018 .018 .009; on other people's questions off-topic ones answered fall from .033 to .017 and wrong
ones from .010 to .005 between .65 and .70, hence .70. Twenty more traits (agreement of both views, share of known
words, lead in likeness, …) move no figure by a point."""


@dataclass(frozen=True)
class Judged:
    """A question, what the matcher's ranking rests on, and whether it was right."""

    asked: Question
    traits: dict[str, float]
    first: bool
    four: bool
    weight: float


def judge(matcher: Matcher, asked: Iterable[Question], weight: float) -> Iterable[Judged]:
    for question in asked:
        traits, subjects = matcher.traits(question.text)
        if not traits:
            continue
        first = bool(set(subjects[:1]) & set(question.services))
        four = bool(set(subjects[:4]) & set(question.services)) or question.kind == "ambiguous"
        yield Judged(question, traits, first, four, weight * (OFF_TOPIC_WEIGHT if question.kind != "in" else 1.0))


def collect(knowledge: KnowledgeBase, given: Sequence[Question]) -> list[Judged]:
    judged = [j for less, asked in questions.held_out(knowledge) for j in judge(Matcher(less), asked, 1.0)]
    matcher = Matcher(knowledge)
    judged += judge(matcher, (*questions.tests_of(knowledge), *questions.not_yet()), 2.0)
    judged += judge(matcher, questions.bare_objects(knowledge), 2.0)
    judged += judge(matcher, [q for q in given if q.kind in ("in", "oos", "ambiguous")], GIVEN_WEIGHT)
    return judged


def fit(judged: Sequence[Judged], right: Sequence[bool]) -> dict[str, float]:
    """Weights of a logistic regression by trait; "tetap" is the constant."""
    names = sorted(judged[0].traits)
    x = np.array([[j.traits[name] for name in names] for j in judged])
    mean, scale = x.mean(0), x.std(0) + 1e-9
    z = np.hstack([np.ones((len(x), 1)), (x - mean) / scale])
    w = _newton(z, np.array(right, dtype=float), np.array([j.weight for j in judged]))
    slopes = w[1:] / scale
    return {"tetap": round(float(w[0] - slopes @ mean), 4)} | {
        n: round(float(s), 4) for n, s in zip(names, slopes, strict=True)
    }


def _newton(z: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    w = np.zeros(z.shape[1])
    penalty = RIDGE * np.eye(z.shape[1])
    penalty[0, 0] = 0
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ w))
        gradient = z.T @ (weight * (y - p)) - penalty @ w
        step = np.linalg.solve(z.T @ (z * (weight * p * (1 - p))[:, None]) + penalty, gradient)
        w += step
        if np.abs(step).max() < STILL:
            break
    return w


def version_without_numbers(folder: Path) -> str:
    """Version of the knowledge that numbers are learned from, which they themselves do not change.

    Raises:
        KnowledgeError: The folder holds no good knowledge.
    """
    files = {name: content for name, content in files_of(folder).items() if name != NUMBERS}
    loaded = read_files(files)
    if loaded.knowledge is None:
        raise KnowledgeError(loaded.problems)
    return loaded.knowledge.version


def write(path: Path, version: str, first: dict[str, float], four: dict[str, float]) -> None:
    lines = [FIRST_LINE, f"\npengetahuan: {version}\n"]
    for key, numbers in (("benar_pertama", first), ("benar_empat", four), ("ambang", THRESHOLDS)):
        lines.append(f"{key}:\n")
        lines += [f"  {name}: {value}\n" for name, value in numbers.items()]
    path.write_text("".join(lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=Path, help="more questions to fit on, one JSON object a line")
    parser.add_argument("--knowledge", type=Path, default=Path("knowledge"))
    arguments = parser.parse_args()
    knowledge = load(arguments.knowledge)
    given = questions.known(questions.read(arguments.questions), knowledge) if arguments.questions else ()
    judged = collect(knowledge, given)
    first, four = fit(judged, [j.first for j in judged]), fit(judged, [j.four for j in judged])
    write(arguments.knowledge / NUMBERS, version_without_numbers(arguments.knowledge), first, four)
    print(f"{len(judged)} questions; first right {np.mean([j.first for j in judged]):.3f}")


if __name__ == "__main__":
    main()
