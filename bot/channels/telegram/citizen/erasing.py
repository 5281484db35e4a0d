"""How does a citizen have everything about himself erased? By a command, and a button that asks once more."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from telegram import Chat, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.channels.telegram.context import Context
from bot.channels.telegram.delivery.keeping import Memory
from bot.channels.telegram.screen.notices import notice, sentence, ways_on
from bot.channels.telegram.screen.render import render
from bot.channels.telegram.screen.show import Destination, acknowledge, send, show
from bot.conversation.reply import Button
from bot.conversation.turn import Action, ActionKind
from bot.knowledge.phrases import Phrases

_ERASE = Action(ActionKind.ERASE)


class _Pressed(CallbackQueryHandler[Context, None]):
    """The button that erases, pressed in a private chat."""

    def check_update(self, update: object) -> bool | Any:
        """Whether this press is one."""
        if not isinstance(update, Update) or update.callback_query is None or update.effective_chat is None:
            return False
        action = Action.decode(update.callback_query.data or "")
        return update.effective_chat.type == Chat.PRIVATE and action == _ERASE


@dataclass(frozen=True)
class Erasing:
    """The handlers. ``pseudonym`` is the name a person is kept under, ``phrases`` the bot's sentences of now."""

    memory: Memory
    pseudonym: Callable[[int], str]
    phrases: Callable[[], Phrases]

    def handlers(self) -> list[CommandHandler[Context, None] | CallbackQueryHandler[Context, None]]:
        """They come before those for every button."""
        heard = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        return [CommandHandler("hapus_data", self.asked, filters=heard), _Pressed(self.confirmed)]

    async def asked(self, update: Update, context: Context) -> None:
        """Say what would be erased; nothing is, yet."""
        place = Destination.of(update)
        if place is not None:
            phrases = self.phrases()
            erase = Button(sentence(phrases, "tombol_hapus_data"), _ERASE)
            reply = notice(phrases, "hapus_data")
            await send(context.bot, place, render(replace(reply, buttons=(erase, *ways_on(phrases)))))
        context.receipt.settle()

    async def confirmed(self, update: Update, context: Context) -> None:
        """Erase whatever is kept about the person who pressed, and say so in place of the question.

        Raises:
            StorageError: Not everything is erased; the press is tried again.
        """
        query, place = update.callback_query, Destination.of(update)
        if query is not None and place is not None:
            await acknowledge(query)
            await self.memory.forget(self.pseudonym(query.from_user.id))
            shown = query.message.message_id if query.message else None
            await show(context.bot, place, render(notice(self.phrases(), "data_terhapus")), shown)
        context.receipt.settle()
