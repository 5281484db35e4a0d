"""How does the bot come to be connected, and how is it told to stop?"""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.context import App
from bot.errors import SettingsError

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 30.0


def stop_on_signals() -> asyncio.Event:
    """An event that SIGINT and SIGTERM set, once each, on the running loop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop


async def connect(application: App, stop: asyncio.Event) -> bool:
    """Initialise the application as soon as Telegram answers; False when told to stop before that.

    Raises:
        SettingsError: Telegram does not accept the token.
    """
    wait_s = _FIRST_WAIT_S
    while not stop.is_set():
        try:
            await application.initialize()
        except InvalidToken:
            await application.bot.shutdown()
            raise SettingsError("Telegram does not accept TELEGRAM_BOT_TOKEN; copy it again from @BotFather") from None
        except TelegramError as error:
            if wait_s == _FIRST_WAIT_S:
                _log.warning("Telegram cannot be reached; trying until it can", cause=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait_s)
            wait_s = min(_LONGEST_WAIT_S, wait_s * 2)
        else:
            return True
    await application.bot.shutdown()
    return False
