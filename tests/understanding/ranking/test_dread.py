"""What messages sound like danger, by what was learned of others."""

from dataclasses import replace

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import NO_DANGER, Act, DangerMessages
from bot.understanding.learning import learn
from bot.understanding.ranking.dread import Dread
from bot.understanding.ranking.phrases import Labelled, dangers_of

_WRITTEN = {
    (Act.DANGER, "medis"): ["kakek jatuh tidak bangun", "nenek tidak bangun", "ibu jatuh lalu kejang", "ayah kejang"],
    (Act.DANGER, "kebakaran"): ["rumah terbakar", "pasar terbakar besar", "api besar di pasar", "api di rumah"],
    (): ["jam buka pasar", "syarat ktp", "biaya ktp rumah", "ktp kakek", "akta ibu", "jam buka kantor"],
}


@pytest.fixture(scope="module")
def dread() -> Dread:
    texts = [Labelled(tuple(text.split()), labels) for labels, texts in _WRITTEN.items() for text in texts * 5]
    return Dread(learn(texts, 30.0).encoded())


@pytest.mark.parametrize(
    ("text", "kind"), [("paman jatuh tidak bangun", "medis"), ("api di kantor", "kebakaran"), ("syarat akta", "")]
)
def test_danger_is_known_by_how_it_is_written_without_a_cue(dread: Dread, text: str, kind: str) -> None:
    assert dread.kind(text.split(), (), "") == kind


def test_a_cue_says_which_danger_it_is(dread: Dread) -> None:
    assert dread.kind(["api", "besar"], (), "gas") == "gas"


def test_a_cue_is_not_believed_where_all_else_speaks_of_papers(dread: Dread) -> None:
    assert dread.kind(["biaya", "syarat", "ktp", "jam", "buka", "kantor"], (), "medis") == ""


def test_who_learned_nothing_believes_the_cues() -> None:
    assert [Dread("").kind(["ktp"], (), heard) for heard in ("medis", "")] == ["medis", ""]


def test_a_phrase_in_which_a_cue_is_heard_teaches_neither(small: KnowledgeBase) -> None:
    messages = DangerMessages({"medis": ("ibu pingsan",), NO_DANGER: ("pingsan lihat antrian",)})
    language = small.language.model_copy(update={"danger_messages": messages})
    texts = [*dangers_of(replace(small, language=language), lambda text: ((), "x" if "ktp" in text else ""))]
    assert not [one for one in texts if "ktp" in one.words]
    assert [one.labels for one in texts[-2:]] == [(Act.DANGER, "medis"), ()]
