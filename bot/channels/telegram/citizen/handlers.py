"""What does the bot do with what a citizen sends? Each handler reads, awaits the answer and sends it."""

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import chain

from telegram import CallbackQuery, InlineKeyboardMarkup, Message

from bot.assistant import Assistant, Handled
from bot.channels.telegram.citizen.door import Door, words
from bot.channels.telegram.context import Kept
from bot.channels.telegram.screen.notices import notice, sentence, with_opening, with_remark
from bot.channels.telegram.screen.render import keyboard, plain, render
from bot.channels.telegram.screen.show import acknowledge, change_keyboard, renew, send, show
from bot.channels.telegram.visits import Caller, Press, Visit, VisitAct
from bot.conversation.reply import Button, Reply
from bot.conversation.turn import WELCOME, Action, ActionKind, Turn
from bot.knowledge.phrases import Phrases
from bot.privacy.kinds import ACCOUNT, BPJS, CARD, KK, NIK, NPWP, PASSPORT
from bot.storage.sessions import Replies, StoredSessions

_LATE = timedelta(minutes=30)  # an answer that comes later than this owns up to it
_ALBUMS = 1000  # remembered, the last ones
_BETTER_DELETED = frozenset({NIK, KK, NPWP, BPJS, PASSPORT, CARD, ACCOUNT})


class Albums:
    """Which message of an album speaks for all of them? The first that came; every other message speaks for itself."""

    def __init__(self) -> None:
        self._first: OrderedDict[tuple[int, str], int] = OrderedDict()

    def speaks(self, message: Message) -> bool:
        """Whether a message is not just another picture of an album."""
        if message.media_group_id is None:
            return True
        first = self._first.setdefault((message.chat.id, message.media_group_id), message.message_id)
        if len(self._first) > _ALBUMS:
            self._first.popitem(last=False)
        return first == message.message_id


@dataclass(frozen=True)
class Citizen:
    """The handlers for everybody."""

    assistant: Assistant
    sessions: StoredSessions
    replies: Replies
    door: Door
    albums: Albums = field(default_factory=Albums)

    @property
    def phrases(self) -> Phrases:
        """The bot's sentences as they stand now."""
        return self.assistant.snapshot.knowledge.phrases

    # Messages and commands

    async def asked(self, visit: Visit) -> Kept:
        """Answer a question written in plain words; one that was changed, in place of its earlier answer."""
        return await self._answer(visit, words(visit.message))

    async def opened(self, visit: Visit) -> Kept:
        """Answer /start: with the subject a link names, or with a welcome."""
        subject = "".join(visit.args).casefold()
        return await self._answer(visit, Action(ActionKind.SHOW, subject) if subject else WELCOME)

    def doing(self, action: Action) -> VisitAct:
        """A command that does what a button does."""

        async def act(visit: Visit) -> Kept:
            return await self._answer(visit, action)

        return act

    def saying(self, name: str) -> VisitAct:
        """A command that is answered with a sentence of the channel's own."""

        async def act(visit: Visit) -> None:
            await send(visit.bot, visit.place, render(notice(self.phrases, name, id=visit.user)))

        return act

    def received(self, name: str) -> VisitAct:
        """Something that is no text: its caption is answered, and what cannot be read is said, of an album once."""
        hint = self.saying(name)

        async def act(visit: Visit) -> Kept | None:
            if caption := words(visit.message):
                return await self._answer(visit, caption, sentence(self.phrases, name))
            return await hint(visit) if self.albums.speaks(visit.message) else None

        return act

    # Buttons

    async def pressed(self, press: Press) -> Kept:
        """Do what a button says; an old or a forged one leads to the menu."""
        turn, handled = await self._handle(press, press.action)
        await acknowledge(press.query, plain(handled.reply) if handled.decision.rated else "")
        if handled.decision.rated:
            await change_keyboard(press.bot, press.query.message, _after_rating(press.query, handled.reply))
        else:
            instead = press.shown if press.action.kind is ActionKind.BROWSE else None
            await show(press.bot, press.place, render(handled.reply), instead)
        return Kept(turn, handled)

    # What all of them share

    async def _answer(self, visit: Visit, said: str | Action, remark: str = "") -> Kept:
        turn, handled = await self._handle(visit, said, is_anew=visit.is_edited)
        question = visit.message.message_id
        earlier = await self.replies.of(turn.conversation, question) if visit.is_edited else ()
        screen = render(self._opened_late(visit.message, self._remarked(handled, remark)))
        answers = await renew(visit.bot, visit.place, screen, earlier)
        return Kept(turn, handled, question, answers)

    async def _handle(self, caller: Caller, said: str | Action, *, is_anew: bool = False) -> tuple[Turn, Handled]:
        turn = self.door.turn(caller, said)
        session = await self.sessions.get(turn.conversation)
        if is_anew:  # written anew, not written on
            session = replace(session, unanswered="")
        return turn, self.assistant.handle(turn, session)

    def _opened_late(self, message: Message, reply: Reply) -> Reply:
        asked = message.edit_date or message.date
        late = self.door.now() - asked > _LATE
        return with_opening(reply, sentence(self.phrases, "terlambat")) if late else reply

    def _remarked(self, handled: Handled, remark: str) -> Reply:
        reply = with_remark(handled.reply, remark) if remark else handled.reply
        found = handled.record.turn.found if handled.record else ()
        if _BETTER_DELETED.isdisjoint(found):
            return reply
        return with_remark(reply, sentence(self.phrases, "hapus_pesan"))


def _after_rating(query: CallbackQuery, reply: Reply) -> InlineKeyboardMarkup | None:
    """The buttons under the rated answer: the rating gone, what the reply offers instead at the end."""
    markup = query.message.reply_markup if isinstance(query.message, Message) else None
    rows = markup.inline_keyboard if markup else ()
    shown = [(key.text, Action.decode(str(key.callback_data))) for key in chain.from_iterable(rows)]
    kept = [Button(label, action) for label, action in shown if action and action.kind is not ActionKind.RATE]
    known = {button.action for button in kept}
    return keyboard([*kept, *(button for button in reply.buttons if button.action not in known)])
