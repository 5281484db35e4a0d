"""How does a screen reach its reader? Sending, editing in place, acknowledging a press."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    Message,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.screen.render import Part, Screen

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
MOST_NOTICE = 200  # letters of a notice that pops up


@dataclass(frozen=True)
class Destination:
    """Where an answer goes: a chat, its topic, and in groups the message that is answered."""

    chat: int
    topic: int | None = None
    answers: int | None = None

    @staticmethod
    def of(update: Update) -> "Destination | None":
        """Where an update is answered, a press under the message that shows its button; None: it came from no chat."""
        query = update.callback_query
        message = query.message if query else update.effective_message
        if message is None:
            return None
        topic = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
        is_answered = query is None and message.chat.type != Chat.PRIVATE
        return Destination(message.chat.id, topic, message.message_id if is_answered else None)


async def send(bot: Bot, place: Destination, screen: Screen) -> tuple[int, ...]:
    """Send every part, the keyboard under the last; ids of the messages."""
    last = len(screen.parts) - 1
    return tuple(
        [
            await _send(bot, place, part, screen.keyboard if number == last else None)
            for number, part in enumerate(screen.parts)
        ]
    )


async def _send(bot: Bot, place: Destination, part: Part, keyboard: InlineKeyboardMarkup | None) -> int:
    where: dict[str, Any] = {"chat_id": place.chat, "message_thread_id": place.topic, "reply_markup": keyboard}
    if place.answers:
        where["reply_parameters"] = ReplyParameters(place.answers, allow_sending_without_reply=True)
    try:
        message = await bot.send_message(text=part.html, **where)
    except BadRequest as refusal:
        if "parse entities" not in refusal.message.casefold():
            raise
        _log.error("markup refused, sent as plain text", reason=refusal.message)
        message = await bot.send_message(text=part.plain, parse_mode=None, **where)
    return message.message_id


async def show(bot: Bot, place: Destination, screen: Screen, instead: int | None) -> tuple[int, ...]:
    """Put a screen in place of a message; anew without one, and where it cannot be replaced. Ids of its messages."""
    if instead is None or len(screen.parts) != 1:
        return await send(bot, place, screen)
    try:
        await bot.edit_message_text(
            screen.parts[0].html, chat_id=place.chat, message_id=instead, reply_markup=screen.keyboard
        )
    except BadRequest as refusal:
        if "not modified" not in refusal.message.casefold():
            return await send(bot, place, screen)
    return (instead,)


async def renew(bot: Bot, place: Destination, screen: Screen, earlier: Sequence[int]) -> tuple[int, ...]:
    """Put a screen in place of the messages of an earlier one; anew without any. Ids of its messages."""
    shown = await show(bot, place, screen, earlier[0] if len(earlier) == 1 else None)
    for message in set(earlier).difference(shown):
        with suppress(BadRequest):  # older than two days, or deleted already
            await bot.delete_message(place.chat, message)
    return shown


async def change_keyboard(
    bot: Bot, message: MaybeInaccessibleMessage | None, keyboard: InlineKeyboardMarkup | None
) -> None:
    """Give a message other buttons; one that is out of reach keeps those it has."""
    if isinstance(message, Message):
        try:
            await bot.edit_message_reply_markup(message.chat_id, message.message_id, reply_markup=keyboard)
        except BadRequest as refusal:
            _log.debug("buttons not changed", reason=refusal.message)


async def acknowledge(query: CallbackQuery, notice: str = "") -> None:
    """Stop the button's waiting sign; an answer to the press must not depend on it."""
    text = notice if len(notice) <= MOST_NOTICE else f"{notice[: MOST_NOTICE - 1]}…"
    try:
        await query.answer(text or None)
    except TelegramError as error:
        _log.debug("press not acknowledged", reason=type(error).__name__)
