"""What became of one update? Its handler says so once Telegram has accepted the reply."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Self

from telegram import Update
from telegram.ext import Application, BaseHandler, CallbackContext, ExtBot

from bot.assistant import Handled
from bot.conversation.turn import Turn


@dataclass(frozen=True)
class Kept:
    """What an answered update leaves behind: session, log row or rating, and which messages answered it."""

    turn: Turn
    handled: Handled
    question: int = 0  # id of the message that was answered
    answers: tuple[int, ...] = ()  # ids of the messages that answer it; empty when none can be edited later


@dataclass
class Receipt:
    """Filled while one update is handled; as long as nobody has settled it, the update may be tried again."""

    settled: bool = False
    kept: Kept | None = None  # None: nothing of this update is to be kept
    incident: str = ""  # id in the log of what went wrong; empty when nothing did

    @classmethod
    def opened(cls) -> Self:
        """A fresh receipt for the update that this task processes next."""
        receipt = cls()
        _current.set(receipt)
        return receipt

    def settle(self, kept: Kept | None = None) -> None:
        """The update is done."""
        self.settled, self.kept = True, kept


_current: ContextVar[Receipt | None] = ContextVar("receipt", default=None)


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """What a handler is given besides the update: the bot, and the receipt to fill."""

    receipt: Receipt

    @classmethod
    def from_update(cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]) -> Self:
        """The context of one update, carrying the receipt that was opened for it."""
        context = super().from_update(update, application)
        context.receipt = _current.get() or Receipt()
        return context


App = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]
Handler = BaseHandler[Update, Context, None]
