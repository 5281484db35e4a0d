"""What may be stored of what comes in, whatever it holds?"""

import json

import pytest

from bot.channels.telegram.delivery.intake import Intake
from bot.privacy import mask
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_url
from bot.storage.inbox import Inbox, UpdateState
from tests.channels.telegram.running import MORNING

ADMIN = 900
INTAKE = Intake(mask, {ADMIN}.__contains__)


def message(**fields):
    chat = {"id": 1, "type": "private"}
    return {"message_id": 1, "date": 1, "chat": chat, "from": {"id": 1, "is_bot": False}, **fields}


def stored(**fields) -> dict:
    (arrival,) = INTAKE.arrivals([{"update_id": 1, "message": message(**fields)}])
    return json.loads(arrival.body)["message"]


ODD = [
    message(text="biaya \ud800 ktp"),
    message(text="\udfff\udbff"),
    message(text="a\0b"),
    message(text="/mulai \ud83d", entities=[{"type": "bot_command", "offset": 0, "length": 6}]),
    message(caption="\ud800", photo=[{"file_id": "\ud800", "file_unique_id": "\0"}]),
    message(document={"file_id": "x", "file_unique_id": "\udc00", "file_name": "\ud800.xlsx"}),
    message(media_group_id="\ud800", text="x"),
]
UNSTORABLE = [
    message(message_id=2**63, text="x"),
    message(message_id=-(2**63) - 1, text="x"),
    message(message_id=10**4000, text="x"),
    message(chat={"id": 2**63, "type": "private"}, text="x"),
    message(date=2**40, text="x"),
    message(date=-1, text="x"),
    message(edit_date=2**62, text="x"),
    message(message_thread_id=1e300, text="x"),
    message(document={"file_id": "x", "file_unique_id": "x", "file_size": 2**64}),
    {**message(text="x"), "from": {"id": 2**70, "is_bot": False}},
]


async def test_F24_odd_letters_are_stored_and_odd_numbers_are_set_aside_alone(tmp_path):
    updates = [{"update_id": number, "message": one} for number, one in enumerate([*ODD, *UNSTORABLE])]
    updates += [{"update_id": 2**63, "message": message(text="x")}, {"update_id": 100, "message": message(text="x")}]
    async with await Database.open(sqlite_url(tmp_path / "tanya.db")) as database:
        inbox = Inbox(database)
        waiting = await inbox.store(list(INTAKE.arrivals(updates)), MORNING)
        assert [one.update_id for one in waiting] == [*range(len(ODD)), 100]
        assert await inbox.counts() == {
            UpdateState.OPEN: len(ODD) + 1,
            UpdateState.DONE: 0,
            UpdateState.BAD: len(UNSTORABLE),
        }


@pytest.mark.parametrize("fault", [IndexError, RecursionError, MemoryError])
def test_F24_a_fault_while_reading_one_update_is_its_own(fault):
    def broken(_text):
        raise fault

    arrivals = Intake(broken, lambda _: False).arrivals([{"update_id": 1, "message": message(text="x")}])
    assert [one.state for one in arrivals] == [UpdateState.BAD]


def test_photos_of_an_album_keep_that_they_belong_together():
    assert stored(photo=[{"file_id": "a", "file_unique_id": "b"}], media_group_id="17")["media_group_id"] == "17"


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [
        ("Data Loket (2).docx", True),
        ("lembar_kerja.xlsx", True),
        ("tanpa jenis", True),
        ("3174052005880003.xlsx", False),
        ("KTP_3174052005880003.xlsx", False),
        ("dari budi@contoh.id.xlsx", False),
        ("laporan.3174052005880003", False),
        ("../../etc/budi@contoh.id", False),
    ],
)
def test_only_an_admins_file_keeps_its_name_and_not_what_is_personal_in_it(name, is_kept):
    document = {"file_id": "x", "file_unique_id": "y", "file_name": name}
    assert "file_name" not in stored(document=document)["document"]
    kept = stored(document=document, **{"from": {"id": ADMIN, "is_bot": False}})["document"]["file_name"]
    assert (kept == name, kept.endswith(".xlsx")) == (is_kept, name.endswith(".xlsx"))
    assert not any(personal in kept for personal in ("3174052", "budi@", "/"))


@pytest.mark.parametrize("kind", ["rich_message", "hologram", "poll", "dice"])
def test_of_a_kind_that_is_not_known_it_is_kept_that_it_came(kind):
    assert stored(**{kind: {"secret": "rahasia"}}).keys() == {"message_id", "date", "chat", "from"}


@pytest.mark.parametrize("said", ["pinned_message", "new_chat_title", "message_auto_delete_timer_changed"])
def test_what_telegram_itself_says_in_a_chat_is_over_at_once(said):
    (arrival,) = INTAKE.arrivals([{"update_id": 1, "message": message(**{said: {}})}])
    assert arrival.state is UpdateState.DONE
