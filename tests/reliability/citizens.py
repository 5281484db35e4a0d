"""Citizens who ask, and the accounts of it: who was answered, how often, and what the log says."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable

from tests.channels.telegram.running import Running
from tests.telegram_server.people import Telegram, until

QUESTION = "biaya ktp hilang"
ANSWER = "Gratis"
HEALTHY = range(101, 131)
ONCE = dict.fromkeys(HEALTHY, 1)
"""What each of them must have got."""


def ask(telegram: Telegram, chats: Iterable[int], times: int = 1) -> None:
    for number in range(times):
        for chat in chats:
            telegram.say(f"{QUESTION} {number}", chat=chat)


def ask_at_once(telegram: Telegram, chats: Iterable[int]) -> None:
    """So that one poll brings all of it."""
    bodies = [telegram._body(chat, {"text": QUESTION}) for chat in chats]
    updates = telegram.server.methods.updates
    telegram.server.on_loop(lambda: [updates.push("message", body) for body in bodies])


def answers(telegram: Telegram) -> Counter[int]:
    """How many answers each chat got."""
    sent = telegram.server.on_loop(lambda: list(telegram.server.methods.chats.sent))
    return Counter(message.chat for message in sent if ANSWER in message.text)


async def all_answered(telegram: Telegram, chats: Iterable[int], times: int = 1, within_s: float = 30) -> None:
    """Wait until everybody has all answers.

    Raises:
        AssertionError: Somebody waits in vain.
    """
    deadline = time.monotonic() + within_s
    missing = set(chats)
    while missing:
        got = answers(telegram)
        missing = {chat for chat in missing if got[chat] < times}
        assert time.monotonic() < deadline, f"not answered: {sorted(missing)[:10]} of {len(missing)}"
        await asyncio.sleep(0.01)


async def settled(bot: Running, within_s: float = 30) -> None:
    """Wait until nothing is open."""
    deadline = time.monotonic() + within_s
    while "open" in bot.states():
        assert time.monotonic() < deadline, f"still open: {bot.states().count('open')}"
        await asyncio.sleep(0.01)


async def healthy(telegram: Telegram, bot: Running) -> dict[int, int]:
    """Thirty citizens ask, and the log knows each of them once; how many answers each got."""
    ask(telegram, HEALTHY)
    await all_answered(telegram, HEALTHY)
    await settled(bot)
    asked = Counter(person for (person,) in bot.rows("SELECT person FROM queries"))
    assert {chat: asked[f"p{chat}"] for chat in HEALTHY} == ONCE
    assert not bot.task.done()
    got = answers(telegram)
    return {chat: got[chat] for chat in HEALTHY}


async def all_over(telegram: Telegram, bot: Running) -> None:
    """Wait until the thirty are answered and nothing is on its way that could bring another answer."""
    await all_answered(telegram, HEALTHY)
    await until(lambda: telegram.pending() == 0, "that all is confirmed")
    await settled(bot)
