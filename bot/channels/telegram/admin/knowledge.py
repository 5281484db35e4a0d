"""How does an agency admin reach the desk from Telegram? Each handler reads, awaits the reply and sends it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog
from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import CommandHandler, ExtBot, MessageHandler, filters

from bot.authoring.desk import wording
from bot.authoring.desk.desk import Desk, Fetched
from bot.authoring.desk.orders import Orders
from bot.authoring.spreadsheet.safety import MAX_BYTES
from bot.channels.telegram.admin.rights import AdminPress, FromAdmin
from bot.channels.telegram.context import Act, Context, Handler
from bot.channels.telegram.screen.render import render
from bot.channels.telegram.screen.show import Destination, acknowledge, send, show
from bot.conversation.reply import Reply
from bot.conversation.turn import Action
from bot.knowledge.problems import Problem
from bot.storage.inbox import Inbox, UpdateState

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

MENU = ("status", "kepatuhan", "riwayat", "ambil", "kembalikan", "tarik", "pasang", "pemberitahuan")
"""Commands of agency admins, for their menu."""

Order = Callable[[int, Sequence[str]], Awaitable[Reply]]
"""What a command does: who wrote it, and the words behind it."""


@dataclass(frozen=True)
class KnowledgeAdmin:
    """The handlers of those who may change knowledge."""

    desk: Desk
    inbox: Inbox

    def handlers(self) -> list[Handler]:
        """To be asked before everybody else's; others than admins fall through."""
        heard, orders = FromAdmin(self.desk.access), Orders(self.desk)
        commands: dict[str, Act] = {
            "status": self._ordered(self._status),
            "kepatuhan": self._ordered(self._compliance),
            "riwayat": self._ordered(lambda user, said: self.desk.history(user, "".join(said[:1]))),
            "kembalikan": self._ordered(lambda user, said: self.desk.restored(user, "".join(said[:1]))),
            "tarik": self._ordered(orders.withdraw),
            "pasang": self._ordered(orders.put_back),
            "pemberitahuan": self._ordered(orders.notice),
            "ambil": self.fetched,
        }
        return [
            *(CommandHandler(name, act, filters=heard) for name, act in commands.items()),
            MessageHandler(heard & filters.Document.ALL, self.sent),
            AdminPress(self.pressed, self.desk.access, {wording.APPLY, wording.CANCEL}),
        ]

    async def sent(self, update: Update, context: Context) -> None:
        """Look at a file that was sent."""
        message, user = _message(update)
        document = message.document
        if document is None or (document.file_size or 0) > MAX_BYTES:
            reply = wording.told(self.desk.knowledge.phrases, "terlalu_besar", mega=MAX_BYTES // 1_000_000)
        else:
            file = await context.bot.get_file(document.file_id)
            raw = bytes(await file.download_as_bytearray())
            reply = await self.desk.upload(user, raw, document.file_name or "", message.caption or "")
        await self._tell(message, context, reply)

    async def pressed(self, update: Update, context: Context) -> None:
        """Apply a change or let it go; the buttons go with its preview's last message."""
        query, place = update.callback_query, Destination.of(update)
        action = Action.decode(query.data or "") if query else None
        if query is None or place is None or action is None:
            raise TypeError("a handler of admins' buttons was given something else")
        await acknowledge(query)
        reply = await self.desk.decided(query.from_user.id, action)
        await show(context.bot, place, render(reply), query.message.message_id if query.message else None)
        context.receipt.settle()

    async def fetched(self, update: Update, context: Context) -> None:
        """Send the file of a subject."""
        message, user = _message(update)
        found = await self.desk.fetched(user, "".join(context.args or ())[:64])
        if isinstance(found, Fetched):
            await context.bot.send_document(
                message.chat_id, found.raw, filename=found.name, caption=found.remark, parse_mode=None
            )
            context.receipt.settle()
        else:
            await self._tell(message, context, found)

    def _ordered(self, order: Order) -> Act:
        async def act(update: Update, context: Context) -> None:
            message, user = _message(update)
            await self._tell(message, context, await order(user, context.args or ()))

        return act

    async def _status(self, _user: int, _said: Sequence[str]) -> Reply:
        return self.desk.state((await self.inbox.counts()).get(UpdateState.OPEN, 0))

    async def _compliance(self, user: int, _said: Sequence[str]) -> Reply:
        return self.desk.compliance(user)

    async def _tell(self, message: Message, context: Context, reply: Reply) -> None:
        await send(context.bot, Destination(message.chat_id), render(reply))
        context.receipt.settle()


class Alarm:
    """Tells admins what is wrong with their files, and when all is right again."""

    def __init__(self, bot: ExtBot[None], desk: Desk) -> None:
        self._bot, self._desk = bot, desk
        self._told: frozenset[int] = frozenset()

    async def __call__(self, problems: tuple[Problem, ...]) -> None:
        """Tell whom it concerns; what cannot be sent is logged and left to /status."""
        access, knowledge = self._desk.access, self._desk.knowledge
        concerned = frozenset(person for problem in problems for person in access.concerned(problem.file))
        for person in concerned:
            own = [problem for problem in problems if person in access.concerned(problem.file)]
            await self._send(person, wording.alarm(own, knowledge.phrases))
        if not problems:
            for person in self._told:
                await self._send(person, wording.told(knowledge.phrases, "beres", versi=knowledge.version))
        self._told = concerned

    async def _send(self, person: int, reply: Reply) -> None:
        try:
            await send(self._bot, Destination(person), render(reply))
        except TelegramError as error:
            _log.warning("an admin could not be told", cause=type(error).__name__)


def _message(update: Update) -> tuple[Message, int]:
    message = update.message
    if message is None or message.from_user is None:
        raise TypeError("a handler of admins' messages was given something else")
    return message, message.from_user.id
