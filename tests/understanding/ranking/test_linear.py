"""The linear view says what a text is about by how people write; what it has not seen it neither praises nor blames."""

import numpy as np
import pytest

from bot.understanding.learning import learn
from bot.understanding.ranking.linear import UNLEARNED, LinearView, Weights
from bot.understanding.ranking.phrases import Labelled

_TEXTS = {
    "ktp-hilang": ("dompet saya raib sama ktp", "ktp saya raib di pasar", "ktp kecopetan di pasar"),
    "kk-baru": ("habis nikah mau kk sendiri", "mau kk sendiri sama istri", "istri belum punya kk"),
}


@pytest.fixture(scope="module")
def weights() -> Weights:
    return learn([Labelled(tuple(text.split()), (label,)) for label, texts in _TEXTS.items() for text in texts])


def best(view: LinearView, text: str) -> str:
    return max(view.labels, key=lambda label: view.scores(text.split())[view.labels[label]])


@pytest.mark.parametrize(
    ("text", "label"),
    [("raib di pasar nih", "ktp-hilang"), ("mau punya sendiri sama istri", "kk-baru"), ("kecopetaan", "ktp-hilang")],
)
def test_a_text_is_about_what_those_like_it_are_about(weights: Weights, text: str, label: str) -> None:
    assert best(LinearView(weights), text) == label


def test_weights_kept_as_text_say_the_same(weights: Weights) -> None:
    kept = LinearView(Weights.decoded(weights.encoded()))
    said = ["ktp", "raib", "sama", "istri", "di", "pasar"]
    assert kept.scores(said) == pytest.approx(LinearView(weights).scores(said), abs=0.1)


def test_without_anything_learned_or_said_there_is_no_score_but_the_constant(weights: Weights) -> None:
    assert LinearView(UNLEARNED).scores(["ktp"]).size == 0
    assert np.array_equal(LinearView(weights).scores([]), weights.constant)


@pytest.mark.parametrize("broken", ["", "abc", "P)h>@EdT%j"])
def test_what_are_no_weights_is_told(broken: str) -> None:
    with pytest.raises(ValueError, match="not weights"):
        Weights.decoded(broken)
