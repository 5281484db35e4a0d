"""How does a citizen have everything about himself erased? By a command, and a button that asks once more."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from telegram.ext import CommandHandler, filters

from bot.channels.telegram.context import Handler
from bot.channels.telegram.screen.notices import notice, sentence, ways_on
from bot.channels.telegram.screen.render import render
from bot.channels.telegram.screen.show import acknowledge, send, show
from bot.channels.telegram.visits import OnPress, Press, Visit, visited
from bot.conversation.reply import Button
from bot.conversation.turn import Action, ActionKind
from bot.knowledge.phrases import Phrases

_ERASE = Action(ActionKind.ERASE)


@dataclass(frozen=True)
class Erasing:
    """The handlers. ``forget`` erases a person by his pseudonym, ``phrases`` gives the bot's sentences of now."""

    forget: Callable[[str], Awaitable[int]]
    pseudonym: Callable[[int], str]
    phrases: Callable[[], Phrases]

    def handlers(self) -> list[Handler]:
        """They come before those for every button."""
        heard = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        pressed = OnPress(self.confirmed, lambda press: press.is_private and press.action == _ERASE)
        return [CommandHandler("hapus_data", visited(self.asked), filters=heard), pressed]

    async def asked(self, visit: Visit) -> None:
        """Say what would be erased; nothing is, yet."""
        phrases = self.phrases()
        erase = Button(sentence(phrases, "tombol_hapus_data"), _ERASE)
        reply = notice(phrases, "hapus_data")
        await send(visit.bot, visit.place, render(replace(reply, buttons=(erase, *ways_on(phrases)))))

    async def confirmed(self, press: Press) -> None:
        """Erase whatever is kept about the person who pressed, and say so in place of the question.

        Raises:
            StorageError: Not everything is erased; the press is tried again.
        """
        await acknowledge(press.query)
        await self.forget(self.pseudonym(press.user))
        await show(press.bot, press.place, render(notice(self.phrases(), "data_terhapus")), press.shown)
