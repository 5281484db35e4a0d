"""How does an update become a Turn? Here people get their pseudonyms and personal data is masked."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from telegram import Chat, Message, MessageEntity
from telegram.ext.filters import MessageFilter

from bot.channels.telegram.visits import Caller, Visit
from bot.conversation.turn import Action, Turn
from bot.privacy import Masked


@dataclass(frozen=True)
class Door:
    """Makes turns; ``pseudonym`` gives a number of Telegram's its stable pseudonym."""

    pseudonym: Callable[[int], str]
    mask: Callable[[str], Masked]
    now: Callable[[], datetime]

    def turn(self, caller: Caller, said: str | Action) -> Turn:
        """The turn of an update; the same message gives the same id however often it comes."""
        at = self.now()
        # What is stored was masked before; done again it tells the kinds that were found, which are not stored.
        masked = self.mask(said) if isinstance(said, str) else Masked("", ())
        return Turn(
            id=_turn_id(caller, at),
            at=at,
            channel="telegram",
            chat=self.pseudonym(caller.place.chat),
            user=self.pseudonym(caller.user),
            said=masked.text if isinstance(said, str) else said,
            found=masked.found,
        )


def words(message: Message) -> str:
    """What a message says: its text or caption, without the mention that addresses the bot."""
    text = message.text or message.caption or ""
    if message.chat.type == Chat.PRIVATE:
        return text
    mention = re.compile(rf"@{re.escape(message.get_bot().username)}\b", re.IGNORECASE)
    return mention.sub(" ", text).strip()


class Addressed(MessageFilter):
    """A message of a group that is meant for the bot: it mentions it or replies to it."""

    def filter(self, message: Message) -> bool:
        """Whether the message is meant for the bot."""
        bot = message.get_bot()
        replied = message.reply_to_message
        if replied and replied.from_user and replied.from_user.id == bot.id:
            return True
        named = {
            **message.parse_entities([MessageEntity.MENTION]),
            **message.parse_caption_entities([MessageEntity.MENTION]),
        }
        return f"@{bot.username}".casefold() in {name.casefold() for name in named.values()}


def _turn_id(caller: Caller, at: datetime) -> str:
    # Telegram starts its ids anew after a quiet week, so the date of the message goes with them.
    moment = caller.message.date if isinstance(caller, Visit) else at
    return "-".join(np.base_repr(number, 36).lower() for number in (caller.update, int(moment.timestamp())))
