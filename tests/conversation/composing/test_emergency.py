"""What somebody in danger reads: whom to call, at a glance."""

import pytest

from bot.channels.terminal import render
from bot.conversation.turn import ActionKind
from bot.understanding.result import Cue, Understanding
from tests.conversation.conftest import Conversation, heard, unknown


def danger(kind: str) -> Understanding:
    return unknown(cues=frozenset({Cue.EMERGENCY}), danger=kind)


@pytest.mark.parametrize(
    ("kind", "first"),
    [("kekerasan", ("129", "112")), ("bunuh_diri", ("119 ext 8", "healing119.id")), ("kejahatan", ("110", "112"))],
)
def test_in_danger_the_number_that_fits_comes_first(talk: Conversation, kind: str, first: tuple[str, str]) -> None:
    (numbers,) = (block for block in talk.hears(danger(kind)).blocks if block.numbers)
    assert numbers.numbers[:2] == first


def test_who_cannot_speak_aloud_can_write(talk: Conversation) -> None:
    assert "08111-129-129: WhatsApp" in talk.says(danger("kekerasan"))


def test_in_danger_there_are_few_lines_and_no_services(talk: Conversation) -> None:
    talk.hears(heard("ktp-hilang", near=("kia",)))
    for kind in talk.knowledge.language.danger.kinds:
        reply = talk.hears(danger(kind))
        assert len(render(reply, numbered=False).split("\n")) <= 8
        assert [button.action.kind for button in reply.buttons] == [ActionKind.BROWSE]


def test_who_wants_to_die_hears_kind_words(talk: Conversation) -> None:
    said = talk.says(danger("bunuh_diri")).lower()
    assert said.startswith("anda tidak sendirian")
    assert not [word for word in ("korban", "menjauh") if word in said]


def test_of_an_unknown_danger_all_numbers_are_told_from_the_first(talk: Conversation) -> None:
    assert "112: Layanan darurat\n119: Ambulans" in talk.says(danger(""))
