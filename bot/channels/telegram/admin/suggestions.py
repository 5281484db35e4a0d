"""How does an admin see in Telegram which questions lack an answer? /saran and its buttons."""

from collections.abc import Callable
from dataclasses import dataclass

from telegram import Update
from telegram.ext import CommandHandler

from bot.authoring.desk.suggestions import ACTS, SHOW, SuggestionDesk
from bot.channels.telegram.admin.rights import AdminPress, FromAdmin
from bot.channels.telegram.context import Context, Handler
from bot.channels.telegram.screen.render import render
from bot.channels.telegram.screen.show import Destination, acknowledge, send, show
from bot.conversation.turn import Action
from bot.storage.log.querylog import QueryLog

MENU = ("saran",)
"""Commands for everybody who may change knowledge, for their menu."""


@dataclass(frozen=True)
class SuggestionAdmin:
    """The handlers of suggestions; every look is recorded under the name that ``name_of`` gives."""

    desk: SuggestionDesk
    log: QueryLog
    name_of: Callable[[int], str]

    def handlers(self) -> list[Handler]:
        """To be asked before everybody else's; others than admins fall through."""
        access = self.desk.desk.access
        return [
            CommandHandler("saran", self.opened, filters=FromAdmin(access)),
            AdminPress(self.pressed, access, ACTS),
        ]

    async def opened(self, update: Update, context: Context) -> None:
        """Answer /saran: the suggestion that concerns the most people."""
        place, user = Destination.of(update), update.effective_user
        if place is not None and user is not None:
            await self._looked(user.id)
            await send(context.bot, place, render(await self.desk.page(user.id)))
        context.receipt.settle()

    async def pressed(self, update: Update, context: Context) -> None:
        """Turn the page, accept a suggestion, or mark it."""
        query, place = update.callback_query, Destination.of(update)
        action = Action.decode(query.data or "") if query else None
        if query is None or place is None or action is None:
            raise TypeError("a handler of admins' buttons was given something else")
        await acknowledge(query)
        if action.service == SHOW:
            await self._looked(query.from_user.id)
        reply = await self.desk.decided(query.from_user.id, action)
        await show(context.bot, place, render(reply), query.message.message_id if query.message else None)
        context.receipt.settle()

    async def _looked(self, user: int) -> None:
        await self.log.looked(self.name_of(user), "saran", "", 1, self.desk.desk.changes.now())
