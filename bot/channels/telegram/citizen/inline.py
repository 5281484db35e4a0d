"""What can be shared into any chat? A service's card, found by what is typed after the bot's name."""

from contextlib import suppress
from dataclasses import dataclass

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.helpers import create_deep_linked_url

from bot.assistant import Assistant
from bot.channels.telegram.citizen.door import Door
from bot.channels.telegram.context import Context
from bot.channels.telegram.screen.notices import sentence
from bot.channels.telegram.screen.render import plain, render
from bot.channels.telegram.screen.show import Destination
from bot.channels.telegram.visits import Caller
from bot.conversation.turn import Action, ActionKind, Session

_CACHED_S = 30
_SHOWN_LETTERS = 120  # of a card's description in the list


@dataclass(frozen=True)
class Sharing:
    """The handler of inline queries."""

    assistant: Assistant
    door: Door

    async def searched(self, update: Update, context: Context) -> None:
        """Offer a card for every subject that the text may mean; nothing is logged or remembered."""
        if (query := update.inline_query) is not None:
            user = query.from_user.id
            searcher = Caller(query.get_bot(), update.update_id, user, Destination(user))
            handled = self.assistant.handle(self.door.turn(searcher, query.query), Session())
            cards = [self._card(searcher, subject) for subject in handled.reply.answered]
            with suppress(BadRequest):  # the person has typed on; a newer query is on its way
                await query.answer(cards, cache_time=_CACHED_S)
        context.receipt.settle()

    def _card(self, searcher: Caller, subject: str) -> InlineQueryResultArticle:
        knowledge = self.assistant.snapshot.knowledge
        turn = self.door.turn(searcher, Action(ActionKind.SHOW, subject))
        reply = self.assistant.handle(turn, Session()).reply
        content = InputTextMessageContent(render(reply).parts[0].html, parse_mode=ParseMode.HTML)
        link = InlineKeyboardButton(
            sentence(knowledge.phrases, "buka_di_bot"), url=create_deep_linked_url(searcher.bot.username, subject)
        )
        return InlineQueryResultArticle(
            id=subject,
            title=knowledge.subjects[subject].name,
            description=plain(reply)[:_SHOWN_LETTERS],
            input_message_content=content,
            reply_markup=InlineKeyboardMarkup([[link]]),
        )
