"""What may admins order in Telegram, and who of them? In his private chat, with new messages and presses."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from telegram.ext import CommandHandler, MessageHandler, filters

from bot.authoring.desk import confirming, wording
from bot.authoring.desk.desk import Desk, Fetched
from bot.authoring.desk.orders import Orders
from bot.authoring.desk.suggestions import ACTS, SHOW, SuggestionDesk
from bot.authoring.spreadsheet.safety import MAX_BYTES
from bot.channels.telegram.screen.notices import sentence, ways_on
from bot.channels.telegram.screen.render import keyboard
from bot.channels.telegram.screen.show import acknowledge
from bot.channels.telegram.visits import Handler, OnPress, Press, Visit, visited
from bot.conversation.reply import Reply, bullets, heading, text
from bot.conversation.turn import Action, ActionKind, Outcome
from bot.reports.desk import LogDesk
from bot.reports.pages import LOG, STATISTICS
from bot.storage.inbox import Inbox, UpdateState
from bot.storage.log.querylog import QueryLog

Order = Callable[[int, Sequence[str]], Awaitable[Reply | Fetched]]
"""What a command does: who wrote it, and the words behind it."""


@dataclass(frozen=True)
class Powers:
    """What everybody with one right may do; ``telegram.menu_<name>`` says what a command is for."""

    may: Callable[[int], bool]
    commands: Mapping[str, Order]
    acts: Collection[str]  # what its buttons name
    decided: Callable[[int, Action], Awaitable[Reply]]  # who pressed one, and what it stands for

    def are_meant(self, press: Press) -> bool:
        """Whether somebody pressed one of these buttons who may."""
        is_order = press.action.kind is ActionKind.ADMIN and press.action.service in self.acts
        return is_order and press.is_private and self.may(press.user)

    async def pressed(self, press: Press) -> None:
        """Do what a button says; what becomes of it stands in place of the message it is under."""
        await acknowledge(press.query)
        await press.replace(await self.decided(press.user, press.action))


@dataclass(frozen=True)
class Admins:
    """All handlers of admins; they come before everybody's, and others fall through.

    Looks at what people ask are recorded under the name that ``name_of`` gives an admin.
    """

    suggestions: SuggestionDesk
    log: LogDesk
    name_of: Callable[[int], str]

    def handlers(self) -> list[Handler]:
        """Commands, files and buttons."""
        anybody = self._from(lambda _: True)
        found: list[Handler] = [
            CommandHandler("start", visited(self.guided), filters=anybody, has_args=False),
            CommandHandler(("bantuan", "help"), visited(self.guided), filters=anybody),
        ]
        for one in self._powers:
            heard = self._from(one.may)
            acts = {name: partial(_ordered, order=order) for name, order in one.commands.items()}
            found += [CommandHandler(name, visited(act), heard) for name, act in acts.items()]
            found.append(OnPress(one.pressed, one.are_meant))
        files = self._from(self._desk.access.is_admin) & filters.Document.ALL
        return [*found, MessageHandler(files, visited(self.received))]

    def menus(self) -> Mapping[int, Sequence[str]]:
        """The commands of each admin."""
        return {person: self._commands(person) for person in self._desk.access.admins}

    async def guided(self, visit: Visit) -> None:
        """Tell an admin what he may do here."""
        phrases = self._desk.knowledge.phrases
        commands = [f"/{name}: {sentence(phrases, f'menu_{name}')}" for name in self._commands(visit.user)]
        blocks = [heading(sentence(phrases, "admin_judul"))]
        if self._desk.access.is_admin(visit.user):
            blocks.append(text(sentence(phrases, "admin_berkas")))
        blocks += [bullets(commands, sentence(phrases, "admin_perintah")), text(sentence(phrases, "admin_warga"))]
        await visit.say(Reply("", Outcome.HELP, tuple(blocks), ways_on(phrases)))

    async def received(self, visit: Visit) -> None:
        """Look at a file that was sent."""
        document = visit.message.document
        if document is None or (document.file_size or 0) > MAX_BYTES:
            reply = wording.told(self._desk.knowledge.phrases, "terlalu_besar", mega=MAX_BYTES // 1_000_000)
        else:
            file = await visit.bot.get_file(document.file_id)
            raw = bytes(await file.download_as_bytearray())
            reply = await self._desk.upload(visit.user, raw, document.file_name or "", visit.message.caption or "")
        await visit.say(reply)

    @property
    def _desk(self) -> Desk:
        return self.suggestions.desk

    def _from(self, may: Callable[[int], bool]) -> filters.BaseFilter:
        """New messages in the private chats of admins with a right."""
        people = frozenset(filter(may, self._desk.access.admins))
        return filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.User(people)

    def _commands(self, person: int) -> tuple[str, ...]:
        return tuple(name for one in self._powers if one.may(person) for name in one.commands)

    @cached_property
    def _powers(self) -> tuple[Powers, ...]:
        """Over the knowledge, over what is not confirmed of it, over suggestions for it, and over the log."""
        access, desk, orders = self._desk.access, self._desk, Orders(self._desk)
        confirmations = confirming.Confirming(desk)
        over_knowledge: dict[str, Order] = {
            "status": self._status,
            "kepatuhan": self._compliance,
            "riwayat": lambda user, words: desk.history(user, "".join(words[:1]).casefold()),
            "ambil": lambda user, words: desk.fetched(user, " ".join(words)[:64]),
            "kembalikan": lambda user, words: desk.restored(user, "".join(words[:1])),
            "tarik": _of_subject(orders.withdraw),
            "pasang": _of_subject(orders.put_back),
            "pemberitahuan": _of_subject(orders.notice),
        }
        over_drafts: dict[str, Order] = {"konfirmasi": confirmations.ordered}
        over_suggestions: dict[str, Order] = {"saran": lambda user, _: self._suggested(user, _SHOWN)}
        over_log: dict[str, Order] = {
            "log": lambda user, words: self.log.log(self.name_of(user), " ".join(words)),
            "statistik": lambda user, words: self.log.statistics(self.name_of(user), " ".join(words)),
        }
        return (
            Powers(access.is_admin, over_knowledge, (wording.APPLY, wording.CANCEL), desk.decided),
            Powers(access.is_admin, over_drafts, confirming.ACTS, confirmations.decided),
            Powers(access.is_admin, over_suggestions, ACTS, self._suggested),
            Powers(access.may_read_log, over_log, (LOG, STATISTICS), self._looked),
        )

    async def _status(self, _user: int, _words: Sequence[str]) -> Reply:
        waiting = (await Inbox(self.log.database).counts())[UpdateState.OPEN]
        return self._desk.state(max(0, waiting - 1))  # this very command is one of them

    async def _compliance(self, user: int, _words: Sequence[str]) -> Reply:
        return self._desk.compliance(user)

    async def _suggested(self, user: int, action: Action) -> Reply:
        if action.service == SHOW:
            await QueryLog(self.log.database).looked(self.name_of(user), "saran", "", 1, self.log.now())
        return await self.suggestions.decided(user, action)

    async def _looked(self, user: int, action: Action) -> Reply:
        return await self.log.pressed(self.name_of(user), action)


_SHOWN = Action(ActionKind.ADMIN, SHOW)


def _of_subject(order: Order) -> Order:
    """An order whose first word is an id, however it is written."""
    return lambda user, words: order(user, [*map(str.casefold, words[:1]), *words[1:]])


async def _ordered(visit: Visit, order: Order) -> None:
    found = await order(visit.user, visit.args)
    if isinstance(found, Fetched):
        await visit.bot.send_document(
            visit.place.chat,
            found.raw,
            filename=found.name,
            caption=found.remark,
            parse_mode=None,
            reply_markup=keyboard(found.buttons),
        )
    else:
        await visit.say(found)
