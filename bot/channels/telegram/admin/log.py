"""What does a log admin see in Telegram? Questions by page and figures; everybody else meets the ordinary handlers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Chat, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.access import Access
from bot.assistant import Assistant
from bot.channels.telegram.context import Act, Context, Handler
from bot.channels.telegram.screen.render import render
from bot.channels.telegram.screen.show import Destination, acknowledge, send, show
from bot.conversation.reply import Reply
from bot.conversation.turn import Action, ActionKind
from bot.reports.pages import LOG, STATISTICS, Shown, log_page, shown_of, statistics_page
from bot.reports.statistics import statistics
from bot.storage.engine.database import Database
from bot.storage.log.querylog import QueryLog

MENU = ("log", "statistik")
"""Commands for log admins, for their menu."""

_PAGE = 8


class FromLogAdmin(filters.UpdateFilter):
    """A new message in the private chat of somebody who may read the log."""

    def __init__(self, access: Access) -> None:
        super().__init__()
        self._access = access

    def filter(self, update: Update) -> bool:
        """Whether it is one."""
        return update.message is not None and _may_read(update, self._access)


class LogPress(CallbackQueryHandler[Context, None]):
    """A button of the log, pressed by somebody who may read it."""

    def __init__(self, act: Act, access: Access) -> None:
        super().__init__(act)
        self._access = access

    def check_update(self, update: object) -> bool | Any:
        """Whether this press is one."""
        if not isinstance(update, Update) or update.callback_query is None or not _may_read(update, self._access):
            return False
        action = Action.decode(update.callback_query.data or "")
        return action is not None and action.kind is ActionKind.ADMIN and action.service in {LOG, STATISTICS}


def _may_read(update: Update, access: Access) -> bool:
    user, chat = update.effective_user, update.effective_chat
    return user is not None and chat is not None and chat.type == Chat.PRIVATE and access.may_read_log(user.id)


@dataclass(frozen=True)
class LogDesk:
    """The handlers for log admins; ``name_of`` is how a person is named in the record of looks."""

    access: Access
    assistant: Assistant
    database: Database
    name_of: Callable[[int], str]
    now: Callable[[], datetime]  # in the region's zone

    def handlers(self) -> list[Handler]:
        """They come before everybody else's."""
        heard = FromLogAdmin(self.access)
        return [
            CommandHandler("log", self.opened, filters=heard),
            CommandHandler("statistik", self.counted, filters=heard),
            LogPress(self.pressed, self.access),
        ]

    async def opened(self, update: Update, context: Context) -> None:
        """Answer /log: the newest questions, those left open, or those that hold some words."""
        shown = Shown.asked(" ".join(context.args or ()), self.assistant.snapshot.knowledge.phrases)
        await self._send(update, context, await self._log(update, shown))

    async def counted(self, update: Update, context: Context) -> None:
        """Answer /statistik."""
        await self._send(update, context, await self._statistics(update))

    async def pressed(self, update: Update, context: Context) -> None:
        """Turn the page, or go from questions to figures and back."""
        query, place = update.callback_query, Destination.of(update)
        action = Action.decode(query.data or "") if query else None
        if query is None or action is None or place is None:
            return
        await acknowledge(query)
        wants_log = action.service == LOG
        reply = await (self._log(update, shown_of(action)) if wants_log else self._statistics(update))
        await show(context.bot, place, render(reply), query.message.message_id if query.message else None)
        context.receipt.settle()

    async def _log(self, update: Update, shown: Shown) -> Reply:
        log = QueryLog(self.database)
        page = await log.page(shown.filter(), _PAGE, shown.after)
        await log.looked(self._who(update), "log", shown.filter(), len(page.rows), self.now())
        return log_page(page, shown, self.assistant.snapshot.knowledge, self.now())

    async def _statistics(self, update: Update) -> Reply:
        periods = await statistics(self.database, self.now())
        await QueryLog(self.database).looked(self._who(update), "statistik", "", 0, self.now())
        return statistics_page(periods, self.assistant.snapshot.knowledge)

    def _who(self, update: Update) -> str:
        return self.name_of(update.effective_user.id) if update.effective_user else ""

    @staticmethod
    async def _send(update: Update, context: Context, reply: Reply) -> None:
        place = Destination.of(update)
        if place is not None:
            await send(context.bot, place, render(reply))
        context.receipt.settle()
