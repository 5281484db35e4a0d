"""What does an admin get who asks which questions lack an answer, and who accepts or dismisses one? A Reply."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from bot.authoring.desk.desk import Desk, who
from bot.authoring.desk.orders import Orders
from bot.authoring.suggestions.board import Board, Suggestion
from bot.conversation.reply import Block, Button, Reply, bullets, heading, text
from bot.conversation.turn import Action, ActionKind, Outcome
from bot.knowledge.base import KnowledgeBase
from bot.storage.log.missed import MarkState, Suggestions

SHOW, ACCEPT, HANDLED, IGNORED = "saran", "saran-terima", "saran-selesai", "saran-abaikan"
ACTS = frozenset({SHOW, ACCEPT, HANDLED, IGNORED})
LOOKED_BACK = timedelta(days=30)
_STATES = {HANDLED: MarkState.HANDLED, IGNORED: MarkState.IGNORED}
_MOST_PAGES = 999


@dataclass(frozen=True)
class SuggestionDesk:
    """Suggestions one by one; every act asks for the right to do it."""

    desk: Desk
    suggestions: Suggestions

    async def page(self, user: int, number: int = 0) -> Reply:
        """A suggestion of those an admin may act on.

        Args:
            user: Numeric id of the admin.
            number: Which, from 0, those of the most people first.
        """
        board = await self._board()
        own = board.suggestions(self._may_see(user))
        found = await asyncio.to_thread(lambda: list(islice(own, number, number + 2)))
        if not found:
            return self._told("kosong" if number == 0 else "habis")
        return self._shown(found[0], number, more=len(found) > 1)

    async def decided(self, user: int, action: Action) -> Reply:
        """Do what a button says: the next page, accept, or mark as dealt with."""
        if action.service == SHOW:
            return await self.page(user, int(action.aspect) if action.aspect.isdecimal() else 0)
        found = await asyncio.to_thread((await self._board()).of, action.turn)
        if found is None or not self._may_see(user)(found.subject):
            return self._told("sudah")
        if action.service in _STATES:
            state = _STATES[action.service]
            await self.suggestions.mark(found.marked(state, self.desk.changes.now(), who(user)))
            return self._told("ditandai" if state is MarkState.HANDLED else "diabaikan", self._next(0))
        if found.addition is None:
            return self._told("sudah")
        reply = await Orders(self.desk).phrase(user, found.subject, found.addition.key, found.addition.phrase)
        return reply if reply.buttons else replace(reply, buttons=(self._next(0),))

    async def _board(self) -> Board:
        since = self.desk.changes.now() - LOOKED_BACK
        rows, marks = await self.suggestions.missed(since), await self.suggestions.marks()
        return await asyncio.to_thread(Board, rows, marks, self.desk.changes.live.snapshot)

    def _may_see(self, user: int) -> Callable[[str], bool]:
        access, files = self.desk.access, self.desk.knowledge.files
        return lambda subject: access.may_change(user, files.get(subject, ""))

    def _shown(self, one: Suggestion, number: int, *, more: bool) -> Reply:
        buttons = [self._button("selesai", HANDLED, one.turn), self._button("abaikan", IGNORED, one.turn)]
        if one.addition:
            buttons.insert(0, self._button("terima", ACCEPT, one.turn))
        if more and number < _MOST_PAGES:
            buttons.append(self._next(number + 1))
        return Reply("", Outcome.HELP, tuple(blocks_of(one, self.desk.knowledge)), tuple(buttons))

    def _told(self, name: str, *buttons: Button) -> Reply:
        return Reply("", Outcome.HELP, (text(self.desk.knowledge.phrases.say(f"saran.{name}")),), buttons)

    def _next(self, number: int) -> Button:
        label = self.desk.knowledge.phrases.say("saran.berikutnya")
        return Button(label, Action(ActionKind.ADMIN, SHOW, str(number)))

    def _button(self, name: str, act: str, turn: str) -> Button:
        return Button(self.desk.knowledge.phrases.say(f"saran.{name}"), Action(ActionKind.ADMIN, act, turn=turn))


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
        yield text(phrases.say("saran.periksa_jawaban"))
