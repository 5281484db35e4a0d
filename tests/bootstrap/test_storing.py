"""Whose is the database at start, and is it whole?"""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from bot.bootstrap.house import assemble
from bot.bootstrap.storing import answering_database, names_of_people, open_database, recording
from bot.channels.terminal import Interview
from bot.errors import SettingsError
from bot.settings import Settings
from bot.storage.engine.files import copies
from bot.storage.inbox import Arrival, Inbox
from tests.storage.conftest import NOON


@pytest.fixture
def settings(tmp_path):
    return Settings(_env_file=None, data_dir=tmp_path / "data")


async def test_F27_a_database_that_was_damaged_meanwhile_is_repaired_before_anybody_is_answered(settings):
    async with answering_database(settings) as database:
        await Inbox(database).store([Arrival(number, 7, "body " * 500) for number in range(50)], NOON)
    path = settings.data_dir / "tanya.db"
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'queries_by_time'").fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\x99" * 4096)
    async with answering_database(settings) as database:
        assert len(await Inbox(database).open()) == 50
    assert [copy.name[:14] for copy, _ in copies(path)] == ["tanya.db.rusak"]


async def test_F25_commands_use_the_database_while_one_answers_and_a_second_one_waits(settings):
    async with answering_database(settings), open_database(settings):
        second = asyncio.create_task(answering_database(settings).__aenter__())
        await asyncio.sleep(0.1)
        assert not second.done()
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)


async def test_T14_without_the_key_that_names_its_people_a_database_is_not_used(settings):
    async with open_database(settings) as database:
        name_of = await names_of_people(settings, database)
        assert (await names_of_people(settings, database))(42) == name_of(42)
        (settings.data_dir / "pseudonym.key").unlink()
        with pytest.raises(SettingsError, match="another pseudonym key"):
            await names_of_people(settings, database)


def test_what_is_picked_and_rated_in_the_terminal_is_kept_as_in_telegram(folder, settings):
    house = assemble(folder)
    with recording(settings) as keep:
        interview = Interview(house.assistant, house.now, keep, dialogue=True)
        for line in ("hilang", ">1"):
            reply = interview.ask(line).handled.reply
        good = next(i for i, button in enumerate(reply.buttons, 1) if button.label.startswith("👍"))
        interview.ask(f">{good}")
    with closing(sqlite3.connect(settings.data_dir / "tanya.db")) as connection:
        rows = connection.execute("SELECT question, outcome, picked, feedback FROM queries").fetchall()
    assert rows == [("hilang", "clarify", "ktp-hilang", "baik")]
