"""Learn how sure the matcher may be: `python -m benchmarks.calibrate [--questions FILE …]` writes bahasa/angka.yaml.

Every question is judged by a knowledge that has never seen it: examples and decoys are held out by fifths, `uji` and
the questions that cannot be answered yet are never used to find anything, and the questions of FILE are not part of
the knowledge. First the linear view is learned (bot/understanding/learning.py). Then logistic regressions are fitted
on the traits of what it had not seen: whether a text is ours, and of ours whether the first candidate is right
(ranking/ranking.py); whether it is an act (ranking/acts.py); where there is enough to learn from, whether a stored
question was asked (stored/score.py). Nothing needs the result to be correct: with another knowledge the numbers are a
little less sharp.
"""

import argparse
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import questions, stored
from benchmarks.questions import Question
from bot.errors import KnowledgeError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Act, Learned, Numbers
from bot.knowledge.reading.folder import files_of
from bot.knowledge.reading.loader import read_files
from bot.understanding.learning import learn
from bot.understanding.logistic import CONSTANT
from bot.understanding.matcher import Matcher
from bot.understanding.ranking.acts import ACTS
from bot.understanding.ranking.phrases import asked_of, fingerprint, texts_of

RIDGE = 1.0
OFF_TOPIC_WEIGHT = 2.0  # of a question that is not ours: a false answer costs a citizen a day
GIVEN_WEIGHT = 4.0  # of a message as people write it, and of a question of FILE: a stranger's words say more than ours
FIRST_LINE = (
    "# Angka hasil belajar untuk menilai keyakinan jawaban. Ditulis oleh `make calibrate`, jangan diubah. "
    "Contoh: ambang.sure.\n"
)
STILL = 1e-8  # step at which the fit stands still
NUMBERS = "bahasa/angka.yaml"
FIRST_LINE_OF_ASKING = (
    "# Angka hasil belajar dari pesan.yaml: apa yang ditanyakan. Ditulis oleh `make calibrate`, jangan diubah. "
    "Contoh: bobot.\n"
)
ASKING = "bahasa/angka-aspek.yaml"
THRESHOLDS = {"sure": 0.5, "unsure": 0.4}
"""Most right answers while about 7 % of people's messages and 2 % of tidy questions are answered wrong: sure at
.45 / .5 / .55 gives right .774 .759 .708 and wrong .088 .073 .073 on 137 messages, right .959 .954 .949 and wrong .027
on 803 questions. Unsure at .3 instead of .4 offers the right one for 1 in 1 000 more, but what is nobody's then takes
more turns of conversations over."""
_JUDGED = ("in", "oos", "ambiguous")


@dataclass(frozen=True)
class Judged:
    """A question, what the matcher's ranking rests on, and whether it was right."""

    asked: Question
    traits: Mapping[str, float]
    first: bool
    weight: float
    acts: Mapping[Act, Mapping[str, float]]  # traits

    @property
    def ours(self) -> bool:
        return self.asked.kind != "oos"


def judge(matcher: Matcher, asked: Iterable[Question], weight: float) -> Iterable[Judged]:
    for question in asked:
        ranking, acts = matcher.traits(question.text)
        if not ranking.traits:
            continue
        first = ranking.first in question.services
        factor = OFF_TOPIC_WEIGHT if question.kind != "in" else 1.0
        factor *= GIVEN_WEIGHT if question.source == "messages" else 1.0
        yield Judged(question, ranking.traits, first, weight * factor, acts)


def taught(knowledge: KnowledgeBase) -> KnowledgeBase:
    """The knowledge with weights that were learned of it."""
    asked = Matcher(knowledge).hearer.asked
    weights, asking = learn(texts_of(knowledge)).encoded(), learn(tuple(asked_of(knowledge, asked))).encoded()
    numbers = knowledge.language.numbers.model_copy(update={"weights": weights})
    learned = {"numbers": numbers, "asking_numbers": Learned(weights=asking)}
    return replace(knowledge, language=knowledge.language.model_copy(update=learned))


def _judged_without(fold: tuple[KnowledgeBase, tuple[Question, ...]]) -> list[Judged]:
    less, asked = fold
    return list(judge(Matcher(taught(less)), asked, 1.0))


def collect(knowledge: KnowledgeBase, given: Sequence[Question]) -> list[Judged]:
    """What a taught knowledge makes of questions it has not learned from."""
    with ProcessPoolExecutor() as pool:
        judged = [one for fold in pool.map(_judged_without, questions.held_out(knowledge)) for one in fold]
    matcher = Matcher(knowledge)
    judged += judge(matcher, (*questions.tests_of(knowledge), *questions.not_yet()), 2.0)
    judged += judge(matcher, questions.bare_objects(knowledge), 2.0)
    judged += judge(matcher, given, GIVEN_WEIGHT)
    return judged


def fitted(judged: Sequence[Judged], knowledge: KnowledgeBase) -> Numbers:
    """How sure the matcher may be: whether a question is ours, and of ours whether the first is right."""
    ways = knowledge.region.grievances
    asked = [one for one in judged if one.asked.kind in _JUDGED]
    ours = [one for one in asked if one.ours]
    return Numbers(
        ours=fit(asked, [one.ours for one in asked]),
        first=fit(ours, [one.first for one in ours]),
        acts={act: _of_act(judged, act, ways) for act in ACTS},
        thresholds=THRESHOLDS,
        weights=knowledge.language.numbers.weights,
    )


def fit(judged: Sequence[Judged], right: Sequence[bool]) -> dict[str, float]:
    """Weights of a logistic regression by trait; "tetap" is the constant; ``long`` may only add doubt."""
    traits, weights = [one.traits for one in judged], [one.weight for one in judged]
    found = _fit(traits, right, weights)
    if found["long"] > 0:
        found = _fit([{**one, "long": 0.0} for one in traits], right, weights)
    return found


def _of_act(judged: Sequence[Judged], act: Act, ways: Collection[str]) -> dict[str, float]:
    """Weights for an act; who asks how to complain may be heard as complaining or not."""
    judged = [one for one in judged if act in one.asked.acts or not set(ways) & set(one.asked.services)]
    traits = [one.acts[act] for one in judged]
    return _fit(traits, [act in one.asked.acts for one in judged], [one.weight for one in judged])


def _fit(traits: Sequence[Mapping[str, float]], right: Sequence[bool], weights: Sequence[float]) -> dict[str, float]:
    names = sorted(traits[0])
    x = np.array([[one[name] for name in names] for one in traits])
    mean, scale = x.mean(0), x.std(0) + 1e-9
    z = np.hstack([np.ones((len(x), 1)), (x - mean) / scale])
    w = _newton(z, np.array(right, dtype=float), np.array(weights))
    slopes = w[1:] / scale
    return {CONSTANT: round(float(w[0] - slopes @ mean), 4)} | {
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


def without_numbers(folder: Path) -> KnowledgeBase:
    """The knowledge that numbers are learned from: without those that were learned before, whatever they are.

    Raises:
        KnowledgeError: The folder holds no good knowledge.
    """
    loaded = read_files({name: content for name, content in files_of(folder).items() if name != NUMBERS})
    if loaded.knowledge is None:
        raise KnowledgeError(loaded.problems)
    return loaded.knowledge


def write(path: Path, texts: str, numbers: Numbers) -> None:
    lines = [FIRST_LINE, f"\npengetahuan: {texts}\n"]
    of_trait = {"urusan_kita": numbers.ours, "benar_pertama": numbers.first, "ambang": numbers.thresholds}
    of_trait |= {"tanya_jawab": numbers.stored} if numbers.stored else {}
    for key, found in of_trait.items():
        lines.append(f"{key}:\n")
        lines += [f"  {name}: {value}\n" for name, value in found.items()]
    lines.append("maksud:\n")
    for act, found in numbers.acts.items():
        lines.append(f"  {act}: {{{', '.join(f'{name}: {value}' for name, value in found.items())}}}\n")
    lines.append(f"bobot: '{numbers.weights}'\n")
    path.write_text("".join(lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=Path, nargs="*", default=(), help="more to fit on, one JSON object a line")
    parser.add_argument("--stored", type=Path, nargs="*", default=(), help="talks that ask stored questions")
    parser.add_argument("--knowledge", type=Path, default=Path("knowledge"))
    arguments = parser.parse_args()
    knowledge = taught(without_numbers(arguments.knowledge))
    given = [one for file in arguments.questions for one in questions.known(questions.read(file), knowledge)]
    judged = collect(knowledge, given)
    numbers = fitted(judged, knowledge)
    if asked := stored.candidates(knowledge, Matcher(knowledge), arguments.stored):
        found = _fit([one.traits for one in asked], [one.right for one in asked], [one.weight for one in asked])
        numbers = numbers.model_copy(update={"stored": found})
    write(arguments.knowledge / NUMBERS, fingerprint(knowledge), numbers)
    asking = f"{FIRST_LINE_OF_ASKING}\nbobot: '{knowledge.language.asking_numbers.weights}'\n"
    (arguments.knowledge / ASKING).write_text(asking, encoding="utf-8")
    print(f"{len(judged)} questions; first right {np.mean([one.first for one in judged if one.ours]):.3f}")


if __name__ == "__main__":
    main()
