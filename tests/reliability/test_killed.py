"""The real process is killed while citizens ask: nobody is forgotten."""

import random
import time

import pytest

from tests.reliability.citizens import QUESTION
from tests.reliability.process import Process, wait
from tests.telegram_server.faults import slow
from tests.telegram_server.people import Telegram

CONCURRENCY = 32


def sent(telegram: Telegram) -> list[int]:
    """Chats that got an answer, as often as they got one."""
    return telegram.server.on_loop(lambda: [message.chat for message in telegram.server.methods.chats.sent])


def kill_again_and_again(telegram, process, citizens: int, kills: int, seed: int) -> int:
    """Ask, kill at random moments while it answers, let it end; how many copies were sent."""
    rng = random.Random(seed)
    for chat in range(1, citizens + 1):
        telegram.say(QUESTION, chat=chat)
    for number in range(kills):
        process.start()
        least = min(citizens, len(sent(telegram)) + rng.randint(0, citizens // (kills + 1)))
        wait(lambda least=least: len(sent(telegram)) >= least, f"kill {number}")
        time.sleep(rng.random() * 0.1)
        process.kill()
    process.start()
    wait(lambda: len(set(sent(telegram))) == citizens, "an answer for everybody")
    wait(lambda: process.rows("SELECT count(*) FROM inbox WHERE state = 'open'") == [(0,)], "the end of all")
    assert process.terminate()[0] == 0
    assert process.rows("SELECT count(*), count(DISTINCT turn) FROM queries") == [(citizens, citizens)]
    assert telegram.pending() == 0
    return len(sent(telegram)) - citizens


async def test_P1_P2_P4_F18_two_kills_lose_nobody_and_double_only_what_was_being_sent(telegram, process):
    telegram.trouble(slow("sendMessage", 0.05, 10**6))
    assert kill_again_and_again(telegram, process, citizens=80, kills=2, seed=1) <= 2 * CONCURRENCY


TWENTY_TIMES = [pytest.param(200, 0.1, marks=pytest.mark.reliability)] * 20


@pytest.mark.parametrize(("citizens", "send_s"), [(80, 0.05), *TWENTY_TIMES])
async def test_P7_told_to_stop_under_load_it_ends_in_time_and_the_next_one_goes_on(telegram, process, citizens, send_s):
    telegram.trouble(slow("sendMessage", send_s, 10**6))
    for chat in range(1, citizens + 1):
        telegram.say(QUESTION, chat=chat)
    process.start()
    wait(lambda: len(sent(telegram)) >= citizens // 4, "the first answers")
    code, took_s = process.terminate()
    assert (code, took_s < 10) == (0, True)
    process.start()
    wait(lambda: len(set(sent(telegram))) == citizens, "an answer for everybody")
    assert process.terminate()[0] == 0
    assert sorted(sent(telegram)) == list(range(1, citizens + 1))
    assert process.rows("SELECT count(*) FROM queries") == [(citizens,)]


@pytest.mark.reliability
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("send_s", [0.0, 0.1])
async def test_P1_P2_P4_five_kills_lose_none_of_five_hundred(telegram, process, send_s, seed):
    if send_s:
        telegram.trouble(slow("sendMessage", send_s, 10**6))
    assert kill_again_and_again(telegram, process, citizens=500, kills=5, seed=seed) <= 5 * CONCURRENCY


async def test_F25_a_second_process_on_the_same_data_doubles_nothing_and_takes_over(telegram, process, tmp_path):
    telegram.trouble(slow("sendMessage", 0.1, 10**6))
    second = Process(telegram.url, telegram.token, process.data)
    second.log = tmp_path / "second.txt"
    for chat in range(1, 61):
        telegram.say(QUESTION, chat=chat)
    try:
        process.start()
        wait(lambda: sent(telegram), "the first answer")
        second.start()
        wait(lambda: b"stand-by" in second.log.read_bytes(), "the stand-by")
        wait(lambda: process.rows("SELECT count(*) FROM inbox WHERE state = 'open'") == [(0,)], "the end of all")
        assert sorted(sent(telegram)) == list(range(1, 61))
        process.kill()
        telegram.say(QUESTION, chat=99)
        wait(lambda: 99 in sent(telegram), "an answer of the second")
    finally:
        second.kill()
