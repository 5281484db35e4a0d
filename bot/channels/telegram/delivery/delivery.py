"""How is nothing lost? Updates go through a durable inbox; each ends exactly once, with all it leaves behind."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.context import App
from bot.channels.telegram.delivery.answering import Answering
from bot.channels.telegram.delivery.beside import beside, going_on
from bot.channels.telegram.delivery.intake import Intake
from bot.channels.telegram.delivery.lines import Lines
from bot.channels.telegram.delivery.poller import POLL_TIMEOUT_S, Health, Poller, fetching
from bot.channels.telegram.delivery.waiting import Clocks, GrowingWait
from bot.channels.telegram.delivery.workers import Workers
from bot.errors import SettingsError, StorageError, TanyaError

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

_STALE = timedelta(seconds=60)
_STANDSTILL_S = 120.0
_STOP_S = 8.0  # for what is being sent when the bot is told to stop
_ROUND_S = 60.0
_REFUSALS = 4  # of the token, one after the other in seven seconds, until it counts as wrong
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 30.0


class StandstillError(TanyaError):
    """No poll ended for two minutes: only a fresh process helps."""

    exit_code = 3


class Delivery:
    """Takes updates in, has them answered, and lets nothing fall between.

    Args:
        application: Built, not yet initialised.
        address: Of the bot at the Bot API server, token included.
        answering: Brings single updates to their end.
        intake: Turns raw updates into what may be stored.
    """

    def __init__(self, application: App, address: str, answering: Answering, intake: Intake) -> None:
        self._application = application
        self._address = address
        self._inbox = answering.inbox
        self._clocks = answering.clocks
        self._intake = intake
        self.workers = Workers(answering.answer, answering.slots)
        self.health = Health(self._clocks.seconds())

    async def run(self, stop: asyncio.Event, connected: Callable[[], Awaitable[None]]) -> None:
        """Answer until ``stop`` is set; then let end what is being sent, and disconnect.

        Args:
            stop: Ends the run.
            connected: Awaited beside the polling once Telegram knows the bot: menus, for instance.

        Raises:
            SettingsError: Telegram does not accept the token.
            StorageError: The inbox cannot be read at the start.
            StandstillError: Nothing came in for two minutes, not even an error.
        """
        try:
            await beside(stop.wait(), self._serve(connected))
        finally:
            await self.workers.stop(_STOP_S)
            if stop.is_set():
                with suppress(StorageError):  # then these tries count, as after a crash
                    await self._inbox.survived()
            await self._application.shutdown()
            await self._application.bot.shutdown()  # for one that never connected

    async def resume(self) -> None:
        """Take up what is not over from before."""
        waiting = await self._inbox.open()
        if waiting:
            _log.info("taking up what was left open", updates=len(waiting))
        for one in waiting:
            self.workers.add(one)

    async def take_in(self, updates: list[Any]) -> None:
        """Store a batch and have it answered.

        Raises:
            StorageError: Nothing was stored; the batch must not be confirmed.
        """
        arrivals = list(self._intake.arrivals(updates))
        for waiting in await self._inbox.store(arrivals, self._clocks.now()):
            self.workers.add(waiting)

    async def _serve(self, connected: Callable[[], Awaitable[None]]) -> None:
        """Everything that goes on side by side, until it is cancelled or fails."""
        await connect(self._application, self._clocks)
        _log.info("connected", bot=self._application.bot.username)
        await self.resume()
        async with Lines(1, POLL_TIMEOUT_S) as line:
            fetch = fetching(line, self._address)
            poller = Poller(fetch, self.take_in, self.workers.room, self.health, self._clocks)
            sleep = self._clocks.sleep
            await beside(
                self._watch(),
                going_on("polling", poller.run, sleep),
                going_on("taking up what is left", self._reconcile, sleep),
                going_on("presenting the bot", connected, sleep),
            )

    async def _reconcile(self) -> None:
        """Once a minute: whatever is open but in nobody's hands is taken up again."""
        while True:
            await self._clocks.sleep(_ROUND_S)
            await self.reconcile()

    async def reconcile(self) -> None:
        """Take up what is open for over a minute and in nobody's hands."""
        before = self.workers.ids()
        stale = [one for one in await self._inbox.open() if self._clocks.now() - one.received > _STALE]
        if stale:
            _log.warning("updates are open for over a minute", updates=len(stale))
        for one in stale:
            if one.update_id not in before | self.workers.ids():
                self.workers.add(one)

    async def _watch(self) -> None:
        while True:
            await self._clocks.sleep(_STANDSTILL_S / 12)
            if self._clocks.seconds() - self.health.polled_at > _STANDSTILL_S:
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
        SettingsError: Telegram does not accept the token, however often it is asked: a proxy's page is no refusal,
            and a single one may be a fault of its own.
    """
    wait, refused, told = GrowingWait(clocks.sleep, _LONGEST_WAIT_S, _FIRST_WAIT_S), 0, ""
    while error := await _initialised(application):
        refused = refused + 1 if isinstance(error, InvalidToken) else 0
        if refused == _REFUSALS:
            raise SettingsError("Telegram does not accept TELEGRAM_BOT_TOKEN; copy it again from @BotFather")
        trouble = "Telegram refuses TELEGRAM_BOT_TOKEN" if refused else "Telegram cannot be reached"
        if trouble != told:
            told = trouble
            _log.warning(f"{trouble}; trying again", cause=type(error).__name__)
        await wait()


async def _initialised(application: App) -> TelegramError | None:
    try:
        await application.initialize()
    except TelegramError as error:  # the library writes the token into some: nothing is logged in their presence
        return error
    return None
