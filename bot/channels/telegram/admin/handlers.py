"""How does an admin reach his powers from Telegram? New messages and presses in his private chat, nobody else's."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from telegram.ext import CommandHandler, MessageHandler, filters

from bot.authoring.desk import wording
from bot.authoring.desk.desk import Desk, Fetched
from bot.authoring.spreadsheet.safety import MAX_BYTES
from bot.channels.telegram.admin.powers import Order, Powers
from bot.channels.telegram.context import Handler
from bot.channels.telegram.screen.notices import sentence, ways_on
from bot.channels.telegram.screen.render import render
from bot.channels.telegram.screen.show import acknowledge, send, show
from bot.channels.telegram.visits import OnPress, Press, Visit, VisitAct, visited
from bot.conversation.reply import Reply, bullets, heading, text
from bot.conversation.turn import ActionKind, Outcome


@dataclass(frozen=True)
class Admins:
    """All handlers of admins; they come before everybody's, and others fall through."""

    desk: Desk  # where files are sent to
    powers: Sequence[Powers]

    def handlers(self) -> list[Handler]:
        """Commands, files and buttons."""
        anybody = self._from(lambda _: True)
        found: list[Handler] = [
            CommandHandler("start", visited(self.guided), filters=anybody, has_args=False),
            CommandHandler(("bantuan", "help"), visited(self.guided), filters=anybody),
        ]
        for one in self.powers:
            heard = self._from(one.may)
            found += [CommandHandler(name, visited(_told(order)), heard) for name, order in one.commands.items()]
            found.append(_on_press(one))
        files = self._from(self.desk.access.is_admin) & filters.Document.ALL
        return [*found, MessageHandler(files, visited(_sent_to(self.desk)))]

    def menus(self) -> Mapping[int, Sequence[str]]:
        """The commands of each admin."""
        return {person: self._commands(person) for person in self.desk.access.admins}

    async def guided(self, visit: Visit) -> None:
        """Tell an admin what he may do here."""
        phrases = self.desk.knowledge.phrases
        commands = [f"/{name}: {sentence(phrases, f'menu_{name}')}" for name in self._commands(visit.user)]
        blocks = [heading(sentence(phrases, "admin_judul"))]
        if self.desk.access.is_admin(visit.user):
            blocks.append(text(sentence(phrases, "admin_berkas")))
        blocks += [bullets(commands, sentence(phrases, "admin_perintah")), text(sentence(phrases, "admin_warga"))]
        await send(visit.bot, visit.place, render(Reply("", Outcome.HELP, tuple(blocks), ways_on(phrases))))

    def _from(self, may: Callable[[int], bool]) -> filters.BaseFilter:
        """New messages in the private chats of admins with a right."""
        people = frozenset(filter(may, self.desk.access.admins))
        return filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.User(people)

    def _commands(self, person: int) -> tuple[str, ...]:
        return tuple(name for one in self.powers if one.may(person) for name in one.commands)


def _told(order: Order) -> VisitAct:
    async def act(visit: Visit) -> None:
        found = await order(visit.user, visit.args)
        if isinstance(found, Fetched):
            await visit.bot.send_document(
                visit.place.chat, found.raw, filename=found.name, caption=found.remark, parse_mode=None
            )
        else:
            await send(visit.bot, visit.place, render(found))

    return act


def _on_press(powers: Powers) -> OnPress:
    """The buttons of some powers; what becomes of one stands in place of the message it is under."""

    async def act(press: Press) -> None:
        await acknowledge(press.query)
        await show(press.bot, press.place, render(await powers.pressed(press.user, press.action)), press.shown)

    def is_meant(press: Press) -> bool:
        is_order = press.action.kind is ActionKind.ADMIN and press.action.service in powers.acts
        return is_order and press.is_private and powers.may(press.user)

    return OnPress(act, is_meant)


def _sent_to(desk: Desk) -> VisitAct:
    """Look at a file that was sent."""

    async def act(visit: Visit) -> None:
        document = visit.message.document
        if document is None or (document.file_size or 0) > MAX_BYTES:
            reply = wording.told(desk.knowledge.phrases, "terlalu_besar", mega=MAX_BYTES // 1_000_000)
        else:
            file = await visit.bot.get_file(document.file_id)
            raw = bytes(await file.download_as_bytearray())
            reply = await desk.upload(visit.user, raw, document.file_name or "", visit.message.caption or "")
        await send(visit.bot, visit.place, render(reply))

    return act
