"""Who handles what? The table of handlers, and the Application around it."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import (
    ApplicationBuilder,
    BaseRateLimiter,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    ExtBot,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.assistant import Assistant
from bot.channels.telegram.citizen.door import Addressed, Door
from bot.channels.telegram.citizen.erasing import Erasing
from bot.channels.telegram.citizen.guard import Guard
from bot.channels.telegram.citizen.handlers import Citizen
from bot.channels.telegram.citizen.inline import Sharing
from bot.channels.telegram.context import App, Context, Handler
from bot.channels.telegram.delivery.lines import Lines
from bot.channels.telegram.visits import OnPress, VisitAct, visited
from bot.conversation.turn import Action, ActionKind
from bot.storage.sessions import Replies, StoredSessions

_CONNECTIONS = 256  # many more than are worked on at once: a request that hangs holds its own
_READ_TIMEOUT_S = 30.0  # a send that ends later than this may have arrived and is sent again: be patient
_NEW = filters.UpdateType.MESSAGE
_PRIVATE = filters.ChatType.PRIVATE
_GROUP = filters.ChatType.GROUPS
_CHANGED = filters.UpdateType.EDITED_MESSAGE
_MEANT = (_PRIVATE | (_GROUP & Addressed())) & ~filters.VIA_BOT
_HEARD = _NEW & _MEANT
_TEXT = (_NEW | _CHANGED) & _MEANT & filters.TEXT & ~filters.COMMAND
_KINDS = {
    "foto": filters.PHOTO,
    "suara": filters.VOICE | filters.AUDIO,
    "video": filters.VIDEO | filters.VIDEO_NOTE | filters.ANIMATION,
    "berkas": filters.Document.ALL,
    "stiker": filters.Sticker.ALL,
    "kontak_orang": filters.CONTACT,
    "lokasi": filters.LOCATION | filters.VENUE,
    "bukan_teks": ~filters.StatusUpdate.ALL & ~filters.TEXT,
}
"""What is no text, by the name of its hint; the first that fits."""

_TALKATIVE = ("telegram.request.BaseRequest", "telegram.ext.ExtBot", "telegram.ext.Application", "telegram.ext.Updater")
"""Loggers of the library that write whole messages of citizens into their errors; what went wrong is logged here."""


@dataclass(frozen=True)
class Parts:
    """What the channel is made of."""

    assistant: Assistant
    sessions: StoredSessions
    replies: Replies
    forget: Callable[[str], Awaitable[int]]  # erases what is kept of a person
    door: Door
    guard: Guard


def build(
    token: str, api_url: str, parts: Parts, sending: BaseRateLimiter[None], for_admins: Sequence[Handler] = ()
) -> App:
    """The Application with every handler, not yet initialised.

    Args:
        token: Of the bot.
        api_url: Base of the Bot API server, without a slash at the end.
        parts: What the handlers work with.
        sending: Stands between the bot and Telegram, and knows when to try again.
        for_admins: Handlers that come before everybody's; each looks at the rights itself.
    """
    for talkative in _TALKATIVE:
        logging.getLogger(talkative).setLevel(logging.CRITICAL + 1)
    citizen = Citizen(parts.assistant, parts.sessions, parts.replies, parts.door)
    sharing = Sharing(parts.assistant, parts.door)
    guard = parts.guard
    erasing = Erasing(parts.forget, parts.door.pseudonym, lambda: citizen.phrases)
    application = (
        ApplicationBuilder()
        .bot(_bot(token, api_url, sending))
        .context_types(ContextTypes(context=Context))
        .updater(None)
        .job_queue(None)
        .build()
    )
    application.add_handlers(
        {
            -1: _admitting(guard),
            0: [*for_admins, *_commands(citizen), *erasing.handlers(), *_others(citizen, sharing, guard)],
        }
    )
    application.add_error_handler(guard.failed)
    return application


def _bot(token: str, api_url: str, sending: BaseRateLimiter[None]) -> ExtBot[None]:
    return ExtBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=Lines(_CONNECTIONS, _READ_TIMEOUT_S),
        rate_limiter=sending,
        defaults=Defaults(
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
    )


def _admitting(guard: Guard) -> list[Handler]:
    """Before all others: what would be answered is counted."""
    return [
        MessageHandler(_HEARD | _TEXT | (_NEW & filters.COMMAND), guard.admit),
        CallbackQueryHandler(guard.admit),
        InlineQueryHandler(guard.admit),
    ]


def _commands(citizen: Citizen) -> list[Handler]:
    menu = citizen.doing(Action(ActionKind.MENU))
    acts: dict[tuple[str, ...], VisitAct] = {
        ("start",): citizen.opened,
        ("bantuan", "help"): menu,
        ("layanan",): citizen.doing(Action(ActionKind.BROWSE)),
        ("kontak",): citizen.doing(Action(ActionKind.PERSON)),
        ("privasi", "privacy"): citizen.saying("privasi"),
        ("id",): citizen.saying("id"),
    }
    return [CommandHandler(names, visited(act), filters=_NEW) for names, act in acts.items()]


def _others(citizen: Citizen, sharing: Sharing, guard: Guard) -> list[Handler]:
    return [
        OnPress(citizen.pressed),
        InlineQueryHandler(sharing.searched),
        MessageHandler(_HEARD & filters.COMMAND, visited(citizen.saying("perintah_asing"))),
        MessageHandler(_TEXT, visited(citizen.asked)),
        *(MessageHandler(_HEARD & kind, visited(citizen.received(name))) for name, kind in _KINDS.items()),
        TypeHandler(Update, guard.ignore),
    ]
