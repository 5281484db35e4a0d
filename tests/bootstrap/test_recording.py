"""What a conversation of the terminal leaves in the query log."""

import sqlite3
from contextlib import closing

import pytest

from bot.bootstrap.house import assemble
from bot.bootstrap.storing import recording
from bot.channels.terminal import Interview
from bot.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(_env_file=None, data_dir=tmp_path / "data")


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
