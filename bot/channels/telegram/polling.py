"""How does the bot stay connected? Polling until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.receipt import App
from bot.errors import SettingsError

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

ALLOWED = ("message", "edited_message", "callback_query", "inline_query")
_LONG_POLL = timedelta(seconds=30)
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 30.0


def stop_on_signals() -> asyncio.Event:
    """An event that SIGINT and SIGTERM set, once each, on the running loop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop


async def run(application: App, stop: asyncio.Event, connected: Callable[[], Awaitable[None]]) -> None:
    """Answer until ``stop`` is set; then finish what is under way and disconnect.

    Args:
        application: Built, not yet initialised.
        stop: Ends the run.
        connected: Awaited beside the polling once Telegram knows the bot: menus, for instance.

    Raises:
        SettingsError: Telegram does not accept the token.
    """
    updater = application.updater
    if updater is None:
        raise TypeError("the application was built without an updater")
    if not await _connect(application, stop):
        return
    await updater.start_polling(
        timeout=_LONG_POLL, bootstrap_retries=-1, allowed_updates=ALLOWED, error_callback=_not_answering
    )
    await application.start()
    _log.info("connected", bot=application.bot.username)
    welcome = asyncio.ensure_future(connected())
    await stop.wait()
    welcome.cancel()
    with suppress(asyncio.CancelledError):
        await welcome
    await updater.stop()
    await application.stop()
    await application.shutdown()


async def _connect(application: App, stop: asyncio.Event) -> bool:
    """Try until Telegram answers; False when told to stop before that."""
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


def _not_answering(error: TelegramError) -> None:
    _log.warning("polling failed, trying again", cause=type(error).__name__)
