"""What a conversation remembers of how a turn ended."""

from datetime import UTC, datetime

import pytest

from bot.conversation.decision import Decision, Reason, remembered
from bot.conversation.turn import Outcome, Session
from bot.understanding.result import Topic

NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)


def declined(reason: Reason, **fields: object) -> Session:
    return remembered(
        Session(Topic(("kia",)), declines=1), Decision("t", NOON, Outcome.DECLINE, reason=reason, **fields)
    )


@pytest.mark.parametrize(
    ("reason", "counted"),
    [
        (Reason.UNKNOWN, 2),
        (Reason.NOT_OURS, 2),
        (Reason.NONE_FITS, 2),
        (Reason.DECLINED_TWICE, 2),
        (Reason.ELSEWHERE, 1),
        (Reason.OWN_FILE, 1),
    ],
)
def test_only_what_was_not_understood_counts_towards_a_person_who_helps(reason: Reason, counted: int) -> None:
    assert declined(reason).declines == counted


def test_a_question_about_ones_own_file_leaves_the_service_that_it_named_to_be_spoken_of() -> None:
    assert declined(Reason.OWN_FILE, near=("ktp-hilang",)).topic == Topic(("ktp-hilang",))
    assert declined(Reason.OWN_FILE).topic == declined(Reason.UNKNOWN, near=("ktp-hilang",)).topic == Topic(("kia",))
