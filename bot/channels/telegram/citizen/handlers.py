"""What does the bot do with what a citizen sends? Each handler reads, awaits the answer and sends it."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import chain

from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.helpers import create_deep_linked_url

from bot.assistant import Assistant, Handled
from bot.channels.telegram.citizen.door import Door, words
from bot.channels.telegram.screen.notices import notice, sentence
from bot.channels.telegram.screen.render import keyboard, plain, render
from bot.channels.telegram.screen.show import Destination, acknowledge, change_keyboard, renew
from bot.channels.telegram.visits import Caller, Kept, Press, Visit
from bot.conversation.reply import Button, Reply, note
from bot.conversation.turn import WELCOME, Action, ActionKind, Session, Turn
from bot.knowledge.phrases import Phrases
from bot.privacy.kinds import ACCOUNT, BPJS, CARD, KK, NIK, NPWP, PASSPORT
from bot.storage.sessions import Replies, StoredSessions

_LATE = timedelta(minutes=30)  # an answer that comes later than this owns up to it
_ALBUMS = 1000  # remembered, the last ones
_CACHED_S = 30  # a list of cards at Telegram
_SHOWN_LETTERS = 120  # of a card's description in the list
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
    """The handlers for everybody; ``forget`` erases what is kept of a person, by his pseudonym."""

    assistant: Assistant
    sessions: StoredSessions
    replies: Replies
    door: Door
    forget: Callable[[str], Awaitable[int]]
    albums: Albums = field(default_factory=Albums)

    @property
    def phrases(self) -> Phrases:
        """The bot's sentences as they stand now."""
        return self.assistant.snapshot.knowledge.phrases

    # Messages and commands

    async def asked(self, visit: Visit) -> Kept:
        """Answer a question written in plain words."""
        return await self.answer(visit, words(visit.message))

    async def opened(self, visit: Visit) -> Kept:
        """Answer /start: with the subject a link names, or with a welcome."""
        subject = "".join(visit.args).casefold()
        return await self.answer(visit, Action(ActionKind.SHOW, subject) if subject else WELCOME)

    async def told(self, visit: Visit, name: str) -> None:
        """Answer a command with a sentence of the channel's own."""
        await visit.say(notice(self.phrases, name, id=visit.user))

    async def received(self, visit: Visit, name: str) -> Kept | None:
        """Answer the caption of what is no text, and say that the rest cannot be read, of an album once."""
        if caption := words(visit.message):
            return await self.answer(visit, caption, sentence(self.phrases, name))
        if self.albums.speaks(visit.message):
            await self.told(visit, name)
        return None

    async def erasing(self, visit: Visit) -> None:
        """Say what would be erased; nothing is, until the button is pressed."""
        phrases = self.phrases
        erase = Button(sentence(phrases, "tombol_hapus_data"), Action(ActionKind.ERASE))
        reply = notice(phrases, "hapus_data")
        await visit.say(replace(reply, buttons=(erase, *reply.buttons)))

    # Buttons and searches

    async def pressed(self, press: Press) -> Kept:
        """Do what a button says; an old or a forged one leads to the menu."""
        turn, handled = await self._handle(press, press.action)
        await acknowledge(press.query, plain(handled.reply) if handled.decision.rated else "")
        if handled.decision.rated:
            await change_keyboard(press.bot, press.query.message, _after_rating(press.query, handled.reply))
        elif press.action.kind is ActionKind.BROWSE:
            await press.replace(handled.reply)
        else:
            await press.say(handled.reply)
        return Kept(turn, handled)

    async def erased(self, press: Press) -> None:
        """Erase whatever is kept about the person who pressed, and say so in place of the question."""
        await acknowledge(press.query)
        await self.forget(self.door.pseudonym(press.user))
        await press.replace(notice(self.phrases, "data_terhapus"))

    async def searched(self, update: Update) -> None:
        """Offer a card for every subject that the text may mean; nothing is logged or remembered."""
        if (query := update.inline_query) is not None:
            user = query.from_user.id
            searcher = Caller(query.get_bot(), update.update_id, user, Destination(user))
            handled = self.assistant.handle(self.door.turn(searcher, query.query), Session())
            cards = [self._card(searcher, subject) for subject in handled.reply.answered]
            with suppress(BadRequest):  # the person has typed on; a newer query is on its way
                await query.answer(cards, cache_time=_CACHED_S)

    def _card(self, searcher: Caller, subject: str) -> InlineQueryResultArticle:
        turn = self.door.turn(searcher, Action(ActionKind.SHOW, subject))
        reply = self.assistant.handle(turn, Session()).reply
        address = create_deep_linked_url(searcher.bot.username, subject)
        link = InlineKeyboardButton(sentence(self.phrases, "buka_di_bot"), url=address)
        return InlineQueryResultArticle(
            id=subject,
            title=self.assistant.snapshot.knowledge.subjects[subject].name,
            description=plain(reply)[:_SHOWN_LETTERS],
            input_message_content=InputTextMessageContent(render(reply).parts[0].html, parse_mode=ParseMode.HTML),
            reply_markup=InlineKeyboardMarkup([[link]]),
        )

    # What all of them share

    async def answer(self, visit: Visit, said: str | Action, remark: str = "") -> Kept:
        """Answer a message or a command that does what a button does; a changed one in place of its earlier answer."""
        turn, handled = await self._handle(visit, said, is_anew=visit.is_edited)
        question = visit.message.message_id
        earlier = await self.replies.of(turn.conversation, question) if visit.is_edited else ()
        reply = self._remarked(visit.message, handled, remark)
        answers = await renew(visit.bot, visit.place, render(reply), earlier)
        return Kept(turn, handled, question, answers)

    async def _handle(self, caller: Caller, said: str | Action, *, is_anew: bool = False) -> tuple[Turn, Handled]:
        turn = self.door.turn(caller, said)
        session = await self.sessions.get(turn.conversation)
        if is_anew:  # written anew, not written on
            session = replace(session, unanswered="")
        return turn, self.assistant.handle(turn, session)

    def _remarked(self, message: Message, handled: Handled, remark: str) -> Reply:
        """The reply, and what must be said about the message: that it waited long, or is better deleted."""
        late = self.door.now() - (message.edit_date or message.date) > _LATE
        found = handled.record.turn.found if handled.record else ()
        opening = [note(sentence(self.phrases, "terlambat"))] if late else []
        closing = [note(remark)] if remark else []
        if not _BETTER_DELETED.isdisjoint(found):
            closing.append(note(sentence(self.phrases, "hapus_pesan")))
        return replace(handled.reply, blocks=(*opening, *handled.reply.blocks, *closing))


def _after_rating(query: CallbackQuery, reply: Reply) -> InlineKeyboardMarkup | None:
    """The buttons under the rated answer: the rating gone, what the reply offers instead at the end."""
    markup = query.message.reply_markup if isinstance(query.message, Message) else None
    rows = markup.inline_keyboard if markup else ()
    shown = [(key.text, Action.decode(str(key.callback_data))) for key in chain.from_iterable(rows)]
    kept = [Button(label, action) for label, action in shown if action and action.kind is not ActionKind.RATE]
    known = {button.action for button in kept}
    return keyboard([*kept, *(button for button in reply.buttons if button.action not in known)])
