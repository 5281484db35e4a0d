"""Who came, with what, and what became of it? Its handler says so once Telegram has accepted the reply."""

from collections.abc import Awaitable, Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Self

from telegram import Bot, CallbackQuery, Chat, Message, Update
from telegram.ext import Application, BaseHandler, CallbackContext, CallbackQueryHandler, ExtBot

from bot.assistant import Handled
from bot.channels.telegram.screen.render import render
from bot.channels.telegram.screen.show import Destination, send, show
from bot.conversation.reply import Reply
from bot.conversation.turn import OLD_BUTTON, Action, Turn

Context = CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]
App = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]
Handler = BaseHandler[Update, Context, None]


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

    @staticmethod
    def current() -> "Receipt":
        """That of the update which this task processes."""
        return _current.get()

    def settle(self, kept: Kept | None = None) -> None:
        """The update is done."""
        self.settled, self.kept = True, kept


_current: ContextVar[Receipt] = ContextVar("receipt")


@dataclass(frozen=True)
class Caller:
    """Who came, and where the answer goes."""

    bot: Bot
    update: int  # number of the update
    user: int  # who wrote or pressed; who writes in the name of a chat is that chat
    place: Destination

    async def say(self, reply: Reply) -> None:
        """Send a reply."""
        await send(self.bot, self.place, render(reply))


@dataclass(frozen=True)
class Visit(Caller):
    """A message or a command."""

    message: Message
    is_edited: bool  # written anew, in place of what it was

    @classmethod
    def of(cls, update: Update) -> Self:
        """The visit of an update with a message."""
        message, user, place = update.effective_message, update.effective_user, Destination.of(update)
        if message is None or place is None:
            raise _WRONG
        who = user.id if user else message.chat.id
        return cls(message.get_bot(), update.update_id, who, place, message, update.edited_message is not None)

    @property
    def args(self) -> tuple[str, ...]:
        """The words behind a command."""
        return tuple((self.message.text or "").split()[1:])


@dataclass(frozen=True)
class Press(Caller):
    """A press of a button; ``action`` is ``OLD_BUTTON`` where that is unknown, broken or from an older bot."""

    query: CallbackQuery
    action: Action

    @classmethod
    def of(cls, update: Update) -> Self:
        """The press of an update with one."""
        query = update.callback_query
        if query is None:
            raise _WRONG
        user = query.from_user.id
        place = Destination.of(update) or Destination(user)
        action = Action.decode(query.data or "") or OLD_BUTTON
        return cls(query.get_bot(), update.update_id, user, place, query, action)

    @property
    def is_private(self) -> bool:
        """Whether it was pressed in the private chat with the bot."""
        return self.query.message is not None and self.query.message.chat.type == Chat.PRIVATE

    async def replace(self, reply: Reply) -> None:
        """Put a reply in place of the message whose button was pressed; one that is out of reach stays."""
        shown = self.query.message.message_id if self.query.message else None
        await show(self.bot, self.place, render(reply), shown)


_WRONG = TypeError("a handler was given an update of another kind")

VisitAct = Callable[[Visit], Awaitable[Kept | None]]
"""What is done about a message: it is answered, and what is to be kept of it comes back."""

PressAct = Callable[[Press], Awaitable[Kept | None]]
"""The same about a press."""

Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


def visited(act: VisitAct) -> Callback:
    """An act as the library calls it; the update is settled once the act has ended."""
    return settling(lambda update: act(Visit.of(update)))


def settling(act: Callable[[Update], Awaitable[Kept | None]]) -> Callback:
    """The same for what is done about any update."""

    async def callback(update: Update, _context: Context) -> None:
        Receipt.current().settle(await act(update))

    return callback


class OnPress(CallbackQueryHandler[Context, None]):
    """Does an act for the presses that are meant; all others fall through to the next handler."""

    def __init__(self, act: PressAct, is_meant: Callable[[Press], bool] = lambda _: True) -> None:
        super().__init__(settling(lambda update: act(Press.of(update))))
        self._is_meant = is_meant

    def check_update(self, update: object) -> bool:
        """Whether this update is such a press."""
        return isinstance(update, Update) and update.callback_query is not None and self._is_meant(Press.of(update))
