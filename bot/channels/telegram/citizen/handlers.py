"""What does the bot do with what a citizen sends? Each handler reads, awaits the answer and sends it."""

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update

from bot.assistant import Assistant, Handled
from bot.channels.telegram.citizen.door import Door, words
from bot.channels.telegram.context import Act, Context, Kept
from bot.channels.telegram.delivery.keeping import Memory
from bot.channels.telegram.screen.notices import notice, sentence, with_opening, with_remark
from bot.channels.telegram.screen.render import keyboard, plain, render
from bot.channels.telegram.screen.show import Destination, acknowledge, change_keyboard, renew, send, show
from bot.conversation.reply import Button, Reply
from bot.conversation.turn import OLD_BUTTON, WELCOME, Action, ActionKind
from bot.knowledge.phrases import Phrases
from bot.privacy import ACCOUNT, BPJS, CARD, KK, NIK, NPWP, PASSPORT

_LATE = timedelta(minutes=30)  # an answer that comes later than this owns up to it
_BETTER_DELETED = frozenset({NIK, KK, NPWP, BPJS, PASSPORT, CARD, ACCOUNT})


@dataclass(frozen=True)
class Citizen:
    """The handlers for everybody."""

    assistant: Assistant
    memory: Memory
    door: Door

    @property
    def phrases(self) -> Phrases:
        """The bot's sentences as they stand now."""
        return self.assistant.snapshot.knowledge.phrases

    # Messages and commands

    async def asked(self, update: Update, context: Context) -> None:
        """Answer a question written in plain words; one that was changed, in place of its earlier answer."""
        await self._answer(update, context, words(_message(update)))

    async def opened(self, update: Update, context: Context) -> None:
        """Answer /start: with the subject a link names, or with a welcome."""
        subject = "".join(context.args or ())
        await self._answer(update, context, Action(ActionKind.SHOW, subject) if subject else WELCOME)

    def doing(self, action: Action) -> Act:
        """A command that does what a button does."""

        async def act(update: Update, context: Context) -> None:
            await self._answer(update, context, action)

        return act

    def saying(self, name: str) -> Act:
        """A command that is answered with a sentence of the channel's own."""

        async def act(update: Update, context: Context) -> None:
            user = update.effective_user
            reply = notice(self.phrases, name, id=user.id if user else "")
            await self._tell(update, context, reply)

        return act

    def received(self, name: str) -> Act:
        """Something that is no text: its caption is answered, and what cannot be read is said."""

        async def act(update: Update, context: Context) -> None:
            if caption := words(_message(update)):
                await self._answer(update, context, caption, sentence(self.phrases, name))
            else:
                await self._tell(update, context, notice(self.phrases, name))

        return act

    # Buttons

    async def pressed(self, update: Update, context: Context) -> None:
        """Do what a button says; an old or a forged one leads to the menu."""
        query, place = _query(update), _place(update)
        action = Action.decode(query.data or "") or OLD_BUTTON
        key, handled = await self._handle(update, action)
        await acknowledge(query, plain(handled.reply) if handled.rated else "")
        if handled.rated:
            await change_keyboard(context.bot, query.message, _after_rating(query, handled.reply))
        else:
            instead = query.message.message_id if query.message and action.kind is ActionKind.BROWSE else None
            await show(context.bot, place, render(handled.reply), instead)
        context.receipt.settle(Kept(key, handled))

    # What all of them share

    async def _answer(self, update: Update, context: Context, said: str | Action, remark: str = "") -> None:
        key, handled = await self._handle(update, said)
        question = _message(update).message_id
        earlier = await self.memory.answers(key, question) if update.edited_message else ()
        screen = render(self._opened_late(update, self._remarked(handled, remark)))
        answers = await renew(context.bot, _place(update), screen, earlier)
        context.receipt.settle(Kept(key, handled, question, answers))

    async def _handle(self, update: Update, said: str | Action) -> tuple[str, Handled]:
        turn = self.door.turn(update, said)
        key = self.door.conversation(turn)
        session = await self.memory.session(key)
        if update.edited_message:  # written anew, not written on
            session = replace(session, unanswered="")
        return key, self.assistant.handle(turn, session)

    async def _tell(self, update: Update, context: Context, reply: Reply) -> None:
        await send(context.bot, _place(update), render(reply))
        context.receipt.settle()

    def _opened_late(self, update: Update, reply: Reply) -> Reply:
        message = _message(update)
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


def _message(update: Update) -> Message:
    message = update.effective_message
    if message is None:
        raise TypeError("a handler of messages was given an update without one")
    return message


def _query(update: Update) -> CallbackQuery:
    query = update.callback_query
    if query is None:
        raise TypeError("a handler of buttons was given an update without one")
    return query


def _place(update: Update) -> Destination:
    place = Destination.of(update)
    if place is None:
        raise TypeError("a handler of messages and buttons was given an update from no chat")
    return place
