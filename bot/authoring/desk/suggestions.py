"""What does an admin get who asks which questions lack an answer, and who accepts or dismisses one? A Reply."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from bot.authoring.desk.desk import Desk
from bot.authoring.desk.orders import Orders
from bot.authoring.suggestions.board import Board, Suggestion, addition, near
from bot.authoring.suggestions.boards import OLD, Boards
from bot.conversation.reply import Block, Button, Reply, bullets, heading, note, text
from bot.conversation.turn import Action, ActionKind, Outcome
from bot.knowledge.base import KnowledgeBase
from bot.storage.log.missed import Mark, MarkState

SHOW, ACCEPT, OTHERS, CHOSEN = "saran", "saran-terima", "saran-lain", "saran-ke"
_STATES = {"saran-selesai": MarkState.HANDLED, "saran-abaikan": MarkState.IGNORED, "saran-baru": MarkState.NEW}
ACTS = frozenset({SHOW, ACCEPT, OTHERS, CHOSEN, *_STATES})
_EMPTY = timedelta(seconds=10)  # old: what is missed meanwhile is looked for again
_LETTERS = 3  # of a page's number in a button


@dataclass(frozen=True)
class SuggestionDesk:
    """Suggestions one by one; every act asks for the right to do it."""

    desk: Desk
    boards: Boards

    async def page(self, user: int, number: int = 0) -> Reply:
        """A suggestion of those an admin may act on, by its number from 0; those of the most people come first."""
        board, found = await self._found(user, number)
        if board and not found:
            board, found = await self._found(user, number, _EMPTY)
        while found and not await self._is_kept(found[0]):
            await self.boards.renew()
            board, found = await self._found(user, number)
        if board is None:
            return self._told("disusun", self._next(number))
        if not found:
            told = "kosong" if user in self.desk.access.chief_editors else "kosong_instansi"
            reply = self._told("habis" if number else told)
            return replace(reply, blocks=(*reply.blocks, self._age(board)))
        return self._shown(found[0], number, self._age(board), more=len(found) > 1)

    async def decided(self, user: int, action: Action) -> Reply:
        """Do what a button says: the next page, accept, choose another service, or mark as dealt with."""
        if action.service == SHOW:
            is_number = action.aspect.isdecimal() and len(action.aspect) <= _LETTERS
            return await self.page(user, int(action.aspect) if is_number else 0)
        board = await self.boards.board()
        if board is None:
            return self._told("disusun", self._next(0))
        found = await asyncio.to_thread(board.of, action.turn, self.desk.changes.live.snapshot)
        if found is None or not self._may_see(user)(found.subject) or not await self._is_kept(found):
            return self._told("sudah")
        if action.service in _STATES:
            return await self._marked(user, board, found, _STATES[action.service])
        if action.service == OTHERS:
            return self._others(user, found)
        return await self._added(user, found, action.aspect if action.service == CHOSEN else found.subject)

    async def _found(
        self, user: int, number: int, oldest: timedelta = OLD
    ) -> tuple[Board | None, Sequence[Suggestion]]:
        """The board, and of it the suggestion of a number and the next one; None while it is being built."""
        board = await self.boards.board(oldest)
        if board is None:
            return None, ()
        own = board.suggestions(self.desk.changes.live.snapshot, self._may_see(user))
        return board, await asyncio.to_thread(lambda: list(islice(own, number, number + 2)))

    async def _is_kept(self, found: Suggestion) -> bool:
        """Whether nobody whose words are shown was forgotten since the board was built."""
        return await self.boards.suggestions.are_kept(found.turns)

    async def _marked(self, user: int, board: Board, found: Suggestion, state: MarkState) -> Reply:
        mark = Mark(found.words, state, self.desk.changes.now(), self.desk.who(user))
        await self.boards.suggestions.mark(mark)
        board.mark(mark)
        return self._told(f"ditandai_{state.value}", self._next(0))

    def _others(self, user: int, found: Suggestion) -> Reply:
        snapshot = self.desk.changes.live.snapshot
        subjects = near(found, snapshot, self._may_see(user))
        if not subjects:
            return self._told("tanpa_pilihan", self._next(0))
        choices = (
            Button(snapshot.knowledge.subjects[one].name, Action(ActionKind.ADMIN, CHOSEN, one, found.turns[0]))
            for one in subjects
        )
        return self._told("pilih_layanan", *choices, self._next(0), kalimat=found.examples[0])

    async def _added(self, user: int, found: Suggestion, subject: str) -> Reply:
        snapshot = self.desk.changes.live.snapshot
        add = found.addition if subject == found.subject else addition(found.examples, subject, snapshot)
        if add is None:
            return self._told("sudah")
        orders = Orders(self.desk)
        if add.key == "pesan":
            reply = await orders.message(user, subject, add.phrase)
        else:
            reply = await orders.phrase(user, subject, add.key, add.phrase)
        return reply if reply.buttons else replace(reply, buttons=(self._next(0),))

    def _may_see(self, user: int) -> Callable[[str], bool]:
        access, files = self.desk.access, self.desk.knowledge.files
        return lambda subject: access.may_change(user, files.get(subject, ""))

    def _shown(self, one: Suggestion, number: int, age: Block, *, more: bool) -> Reply:
        offered = [("terima", ACCEPT)] if one.addition else []
        offered += [("layanan_lain", OTHERS)]
        offered += [("topik_baru", "saran-baru")] if one.subject else []
        offered += [("selesai", "saran-selesai"), ("abaikan", "saran-abaikan")]
        buttons = [self._button(name, act, turn=one.turns[0]) for name, act in offered]
        if more and number + 1 < 10**_LETTERS:
            buttons.append(self._next(number + 1))
        return Reply("", Outcome.HELP, (*blocks_of(one, self.desk.knowledge), age), tuple(buttons))

    def _age(self, board: Board) -> Block:
        knowledge = self.desk.knowledge
        return note(knowledge.phrases.say("saran.keadaan", jam=f"{knowledge.region.local(board.at):%H.%M}"))

    def _told(self, name: str, *buttons: Button, **values: object) -> Reply:
        return Reply("", Outcome.HELP, (text(self.desk.knowledge.phrases.say(f"saran.{name}", **values)),), buttons)

    def _next(self, number: int) -> Button:
        return self._button("berikutnya", SHOW, aspect=str(number))

    def _button(self, name: str, act: str, *, aspect: str = "", turn: str = "") -> Button:
        return Button(self.desk.knowledge.phrases.say(f"saran.{name}"), Action(ActionKind.ADMIN, act, aspect, turn))


def in_full(suggestions: Iterable[Suggestion], knowledge: KnowledgeBase) -> Reply:
    """All suggestions at once."""
    blocks = [block for one in suggestions for block in blocks_of(one, knowledge)]
    return Reply("", Outcome.HELP, tuple(blocks or [text(knowledge.phrases.say("saran.kosong"))]))


def blocks_of(one: Suggestion, knowledge: KnowledgeBase) -> Iterator[Block]:
    """A suggestion in words: who asked what, what is nearest, and what to add."""
    phrases = knowledge.phrases
    yield heading(phrases.say("saran.judul", orang=one.people, kali=one.times))
    yield bullets(one.examples, phrases.say("saran.ditanyakan"))
    if one.voted_down:
        yield text(phrases.say("saran.dinilai_kurang", jumlah=one.voted_down))
    if not one.subject:
        yield text(phrases.say("saran.tanpa_layanan"))
        return
    yield text(phrases.say("saran.terdekat", nama=knowledge.subjects[one.subject].name, id=one.subject))
    if one.addition:
        yield text(phrases.say("saran.usul", kunci=one.addition.key, kalimat=one.addition.phrase))
    else:
        yield text(phrases.say("saran.periksa_jawaban" if one.voted_down else "saran.tanpa_usul"))
