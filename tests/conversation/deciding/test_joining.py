"""Which messages are read as one."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.deciding.joining import joined
from bot.conversation.turn import TOGETHER, Action, ActionKind, Session, Turn

NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)


def turn(said):
    return Turn("t", NOON, "telegram", "c", "u", said)


def test_a_number_written_in_two_messages_is_masked_when_they_are_joined():
    together = joined(turn("08900001 hilang"), Session(unanswered="ktp 36030117"))
    assert (together.said, together.found) == ("ktp [NIK] hilang", ("NIK",))


@pytest.mark.parametrize("said", [Action(ActionKind.MENU), "x" * 61, "syarat " * 8])
def test_a_button_and_a_long_text_are_joined_to_nothing(said):
    before = "y" * 90 if said == "syarat " * 8 else "min"
    assert joined(turn(said), Session(unanswered=before)) is None


@pytest.mark.parametrize(("later", "kept"), [(TOGETHER, "min"), (TOGETHER + timedelta(seconds=1), "")])
def test_what_is_left_open_waits_for_seconds_only(later, kept):
    assert Session(at=NOON, unanswered="min").fresh(NOON + later).unanswered == kept
