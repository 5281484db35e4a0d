"""How is nothing lost? Updates go through a durable inbox; each ends exactly once, with all it leaves behind."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.delivery.answering import Answering
from bot.channels.telegram.delivery.intake import Intake
from bot.channels.telegram.delivery.lines import Lines
from bot.channels.telegram.delivery.poller import POLL_TIMEOUT_S, Poller, fetching
from bot.channels.telegram.delivery.waiting import Clocks, GrowingWait, beside, going_on
from bot.channels.telegram.delivery.workers import Workers
from bot.channels.telegram.visits import App
from bot.errors import SettingsError, StorageError, TanyaError

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

_STANDSTILL_S = 120.0
_STOP_S = 8.0  # for what is being sent when the bot is told to stop
_ROUND = timedelta(minutes=1)
_REFUSALS = 4  # of the token, one after the other in seven seconds, until it counts as wrong
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 30.0


class StandstillError(TanyaError):
    """No poll ended for two minutes: only a fresh process helps."""

    exit_code = 3


class Delivery:
    """Takes updates in, has them answered, and lets nothing fall between; its application is not initialised yet."""

    def __init__(self, answering: Answering, intake: Intake) -> None:
        self._application, self._inbox, self._clocks = answering.application, answering.inbox, answering.clocks
        self._intake = intake
        self._line = Lines(1, POLL_TIMEOUT_S)
        self._workers = Workers(answering.answer, answering.slots)
        fetch = fetching(self._line, self._application.bot.base_url)
        self.poller = Poller(fetch, self._take_in, self._workers.room.wait, self._clocks)

    async def run(self, stop: asyncio.Event, connected: Callable[[], Awaitable[None]]) -> None:
        """Answer until ``stop`` is set; then let end what is being sent, and disconnect.

        ``connected`` is awaited beside the polling once Telegram knows the bot: menus, for instance.

        Raises:
            StandstillError: Nothing came in for two minutes, not even an error.
        """
        try:
            await beside(stop.wait(), self._serve(connected))
        finally:
            await self._workers.stop(_STOP_S)
            if stop.is_set():
                with suppress(StorageError):  # then these tries count, as after a crash
                    await self._inbox.survived()
            await self._application.shutdown()
            await self._application.bot.shutdown()  # for one that never connected

    async def _serve(self, connected: Callable[[], Awaitable[None]]) -> None:
        """Everything that goes on side by side, until it is cancelled or fails."""
        await connect(self._application, self._clocks)
        _log.info("connected", bot=self._application.bot.username)
        await self._take_up(timedelta.min)
        sleep = self._clocks.sleep
        async with self._line:
            await beside(
                self._watch(),
                going_on("polling", self.poller.run, sleep),
                going_on("taking up what is left", self._look_again, sleep),
                going_on("presenting the bot", connected, sleep),
            )

    async def _take_in(self, updates: list[Any]) -> None:
        """Store a batch and have it answered; what could not be stored must not be confirmed."""
        for waiting in await self._inbox.store(list(self._intake.arrivals(updates)), self._clocks.now()):
            self._workers.add(waiting)

    async def _take_up(self, open_for: timedelta) -> None:
        """Have answered what is open for longer and in nobody's hands."""
        before = self._workers.ids()
        left = [one for one in await self._inbox.open() if self._clocks.now() - one.received > open_for]
        if left:
            _log.warning("updates are still open", updates=len(left))
        in_hands = before | self._workers.ids()
        for one in left:
            if one.update_id not in in_hands:
                self._workers.add(one)

    async def _look_again(self) -> None:
        while True:
            await self._clocks.sleep(_ROUND.total_seconds())
            await self._take_up(_ROUND)

    async def _watch(self) -> None:
        while True:
            await self._clocks.sleep(_STANDSTILL_S / 12)
            if self._clocks.seconds() - self.poller.polled_at > _STANDSTILL_S:
                raise StandstillError("no poll of Telegram ended for two minutes; start again")


def stop_on_signals() -> asyncio.Event:
    """An event on the running loop that SIGINT, SIGTERM and, but for ``nohup``, SIGHUP set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    hung_up = () if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else (signal.SIGHUP,)
    for number in (signal.SIGINT, signal.SIGTERM, *hung_up):
        loop.add_signal_handler(number, stop.set)
    return stop


async def connect(application: App, clocks: Clocks) -> None:
    """Initialise the application as soon as Telegram answers.

    Raises:
        SettingsError: The token is refused again and again: a proxy's page is no refusal, and one may be a fault.
    """
    wait, refused, told = GrowingWait(clocks.sleep, _LONGEST_WAIT_S, _FIRST_WAIT_S), 0, ""
    while True:
        try:
            return await application.initialize()
        except TelegramError as error:  # the library writes the token into some: nothing is logged in their presence
            kind = type(error)
        refused = refused + 1 if kind is InvalidToken else 0
        if refused == _REFUSALS:
            raise SettingsError("Telegram does not accept TELEGRAM_BOT_TOKEN; copy it again from @BotFather")
        trouble = "Telegram refuses TELEGRAM_BOT_TOKEN" if refused else "Telegram cannot be reached"
        if trouble != told:
            told = trouble
            _log.warning(f"{trouble}; trying again", cause=kind.__name__)
        await wait()
