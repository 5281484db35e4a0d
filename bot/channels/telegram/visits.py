"""Who came, and with what? Made once for the handler of an update; nothing in it is missing."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Self

from telegram import Bot, CallbackQuery, Chat, Message, Update
from telegram.ext import CallbackQueryHandler

from bot.channels.telegram.context import Context, Kept
from bot.channels.telegram.screen.render import render
from bot.channels.telegram.screen.show import Destination, send, show
from bot.conversation.reply import Reply
from bot.conversation.turn import OLD_BUTTON, Action


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
    return _settling(lambda update: act(Visit.of(update)))


def _settling(act: Callable[[Update], Awaitable[Kept | None]]) -> Callback:
    async def callback(update: Update, context: Context) -> None:
        context.receipt.settle(await act(update))

    return callback


class OnPress(CallbackQueryHandler[Context, None]):
    """Does an act for the presses that are meant; all others fall through to the next handler."""

    def __init__(self, act: PressAct, is_meant: Callable[[Press], bool] = lambda _: True) -> None:
        super().__init__(_settling(lambda update: act(Press.of(update))))
        self._is_meant = is_meant

    def check_update(self, update: object) -> bool:
        """Whether this update is such a press."""
        return isinstance(update, Update) and update.callback_query is not None and self._is_meant(Press.of(update))
