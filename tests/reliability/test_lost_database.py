"""F27: the database is damaged while the real process runs."""

import sqlite3
from contextlib import closing

from tests.reliability.citizens import QUESTION
from tests.reliability.process import wait
from tests.reliability.test_killed import sent


async def test_F27_it_ends_with_3_and_the_next_one_goes_on_with_what_could_be_saved(telegram, process):
    process.start()
    for chat in range(1, 11):
        telegram.say(QUESTION, chat=chat)
    wait(lambda: len(sent(telegram)) == 10, "ten answers")
    wait(lambda: process.rows("SELECT count(*) FROM inbox WHERE state = 'open'") == [(0,)], "the end of all")
    with closing(sqlite3.connect(process.data / "tanya.db")) as other, other:
        other.execute("UPDATE query_words_data SET block = randomblob(length(block))")
    telegram.say(QUESTION, chat=11)
    assert process.ended() == 3
    assert "the database was damaged while the bot ran" in process.log.read_text()
    process.start()
    telegram.say(QUESTION, chat=12)
    wait(lambda: {11, 12} <= set(sent(telegram)), "the rest")
    wait(lambda: process.rows("SELECT count(*) FROM inbox WHERE state = 'open'") == [(0,)], "the end of all")
    assert process.rows("SELECT count(*) FROM queries") == [(12,)]
    assert len(sent(telegram)) <= 13  # the one whose commit failed may come twice
    assert process.terminate()[0] == 0
