"""Which messages are read as one."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from bot.conversation.deciding.joining import joined, left_open
from bot.conversation.decision import Decision, Reason
from bot.conversation.turn import TOGETHER, Action, ActionKind, Outcome, Session, Turn
from bot.understanding.result import Cue

NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)


def turn(said):
    return Turn("t", NOON, "telegram", "c", "u", said)


def read(text):
    cues = {"tolong": Cue.EMERGENCY, "makasih": Cue.THANKS, "petugas": Cue.PERSON, "halo": Cue.GREETING}
    words = text.split()
    return words, {cues[word] for word in words if word in cues}


READER = SimpleNamespace(read=read)


def test_a_few_words_go_on_with_what_was_left_open():
    assert joined(turn("halo ktp hilang"), Session(unanswered="syarat"), READER).said == "syarat halo ktp hilang"


def test_a_number_written_in_two_messages_is_masked_when_they_are_joined():
    together = joined(turn("08900001 hilang"), Session(unanswered="ktp 36030117"), READER)
    assert (together.said, together.found) == ("ktp [NIK] hilang", ("NIK",))


@pytest.mark.parametrize("said", [Action(ActionKind.MENU), "x" * 61, "syarat " * 3, "biaya ganti ktp hilang"])
def test_a_button_a_long_text_and_a_whole_question_are_joined_to_nothing(said):
    before = "y" * 100 if said == "syarat " * 3 else "min"
    assert joined(turn(said), Session(unanswered=before), READER) == turn(said)


@pytest.mark.parametrize("said", ["tolong", "makasih", "petugas dong"])
def test_what_says_something_of_itself_is_never_mixed_with_what_was_left_open(said):
    assert joined(turn(said), Session(unanswered="syarat ktp"), READER) == turn(said)


@pytest.mark.parametrize(("later", "kept"), [(TOGETHER, "min"), (TOGETHER + timedelta(seconds=1), "")])
def test_what_is_left_open_waits_for_seconds_only(later, kept):
    assert Session(at=NOON, unanswered="min").fresh(NOON + later).unanswered == kept


def left(said, outcome=Outcome.DECLINE, reason=Reason.UNKNOWN):
    return left_open(turn(said), Decision("t", NOON, outcome, reason=reason))


@pytest.mark.parametrize(("outcome", "reason"), [(Outcome.DECLINE, Reason.UNKNOWN), (Outcome.GREET, Reason.ASKED)])
def test_a_short_text_that_got_neither_an_answer_nor_a_question_back_is_left_open(outcome, reason):
    assert left("min", outcome, reason) == "min"


@pytest.mark.parametrize("outcome", [Outcome.ANSWER, Outcome.CLARIFY, Outcome.REFER, Outcome.EMERGENCY, Outcome.THANKS])
def test_what_was_answered_is_not_left_open(outcome):
    assert left("min", outcome) == ""


@pytest.mark.parametrize("reason", sorted({*Reason} - {Reason.ASKED, Reason.UNKNOWN, Reason.DECLINED_TWICE}))
def test_what_was_understood_and_declined_for_a_reason_is_not_left_open(reason):
    assert left("bikin ktp di jakarta", reason=reason) == ""


def test_a_long_text_is_not_kept_to_be_completed():
    assert (left("x" * 120), left("x" * 121), left(Action(ActionKind.MENU))) == ("x" * 120, "", "")
