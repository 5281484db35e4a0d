"""Who waits when Telegram asks for a pause, and which other way does a refusal name?"""

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.channels.telegram.delivery.sending import Pauses, other_way
from tests.channels.telegram.turned import Turned


@pytest.fixture
def turned():
    return Turned()


@pytest.fixture
def pauses(turned):
    return Pauses(lambda: turned.at)


def test_F29_three_groups_that_must_pause_hold_nobody_else(pauses):
    for group in (-1, -2, -3):
        pauses.hold(group, 40)
    assert pauses.left(1) == 0
    assert [pauses.left(group) for group in (-1, -2, -3)] == [40, 40, 40]


def test_F1_three_people_who_must_pause_hold_everybody_for_a_moment(pauses, turned):
    pauses.hold(1, 40)
    pauses.hold(2, 40)
    assert pauses.left(4) == 0
    pauses.hold(3, 40)
    assert pauses.left(4) == 1
    turned.at = 1
    assert [pauses.left(chat) for chat in (1, 2, 3, 4)] == [39, 39, 39, 0]


def test_people_who_paused_a_while_ago_are_no_storm(pauses, turned):
    for chat in (1, 2, 3):
        pauses.hold(chat, 2)
        turned.at += 6
    assert pauses.left(4) <= 0


DATA = {"chat_id": -5, "text": "x", "message_thread_id": 7, "reply_parameters": object()}


@pytest.mark.parametrize(
    ("refusal", "left"),
    [
        (BadRequest("Bad Request: message thread not found"), {"chat_id", "text", "reply_parameters"}),
        (BadRequest("Bad Request: TOPIC_CLOSED"), {"chat_id", "text", "reply_parameters"}),
        (BadRequest("Bad Request: message to be replied not found"), {"chat_id", "text", "message_thread_id"}),
        (BadRequest("Bad Request: REPLY_MESSAGE_ID_INVALID"), {"chat_id", "text", "message_thread_id"}),
        (ChatMigrated(-1005), {"chat_id", "text"}),
    ],
)
def test_F26_a_refusal_that_names_another_way_is_taken_at_its_word(refusal, left):
    assert set(other_way(refusal, DATA)) == left


def test_F26_a_group_that_moved_is_written_to_where_it_is_now():
    assert other_way(ChatMigrated(-1005), DATA)["chat_id"] == -1005


@pytest.mark.parametrize("refusal", [BadRequest("Bad Request: chat not found"), Forbidden("Forbidden: blocked")])
def test_F6_a_refusal_that_names_none_stays_one(refusal):
    assert other_way(refusal, DATA) is None


def test_F26_what_was_left_out_already_is_no_other_way():
    assert other_way(BadRequest("Bad Request: TOPIC_CLOSED"), {"chat_id": -5}) is None
