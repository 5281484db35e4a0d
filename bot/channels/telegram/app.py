"""Who handles what? The table of handlers, and the Application around it."""

import logging
from collections.abc import Sequence

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

from bot.channels.telegram.citizen.door import Addressed
from bot.channels.telegram.citizen.guard import Guard
from bot.channels.telegram.citizen.handlers import Citizen
from bot.channels.telegram.context import App, Context, Handler
from bot.channels.telegram.delivery.lines import Lines
from bot.channels.telegram.visits import OnPress, VisitAct, visited
from bot.conversation.turn import Action, ActionKind

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


def build(bot: ExtBot[None], citizen: Citizen, guard: Guard, for_admins: Sequence[Handler]) -> App:
    """The Application with every handler, not yet initialised.

    Args:
        bot: Talks to Telegram.
        citizen: Handles what anybody sends.
        guard: Stands around all handlers.
        for_admins: Handlers that come before everybody's; each looks at the rights itself.
    """
    for talkative in _TALKATIVE:
        logging.getLogger(talkative).setLevel(logging.CRITICAL + 1)
    application = (
        ApplicationBuilder().bot(bot).context_types(ContextTypes(context=Context)).updater(None).job_queue(None).build()
    )
    application.add_handlers({-1: _admitting(guard), 0: [*for_admins, *_commands(citizen), *_others(citizen, guard)]})
    application.add_error_handler(guard.failed)
    return application


def connected(token: str, api_url: str, sending: BaseRateLimiter[None]) -> ExtBot[None]:
    """The bot of a token, not yet initialised; ``sending`` stands before Telegram and knows when to try again."""
    return ExtBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=Lines(_CONNECTIONS, _READ_TIMEOUT_S),
        rate_limiter=sending,
        defaults=Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)),
    )


def _admitting(guard: Guard) -> list[Handler]:
    """Before all others: what would be answered is counted."""
    return [
        MessageHandler(_HEARD | _TEXT | (_NEW & filters.COMMAND), guard.admit),
        CallbackQueryHandler(guard.admit),
        InlineQueryHandler(guard.admit),
    ]


def _commands(citizen: Citizen) -> list[Handler]:
    acts: dict[tuple[str, ...], VisitAct] = {
        ("start",): citizen.opened,
        ("bantuan", "help"): citizen.doing(Action(ActionKind.MENU)),
        ("layanan",): citizen.doing(Action(ActionKind.BROWSE)),
        ("kontak",): citizen.doing(Action(ActionKind.PERSON)),
        ("privasi", "privacy"): citizen.saying("privasi"),
        ("id",): citizen.saying("id"),
    }
    erasing = CommandHandler("hapus_data", visited(citizen.erasing), filters=_NEW & _PRIVATE)
    return [*(CommandHandler(names, visited(act), filters=_NEW) for names, act in acts.items()), erasing]


def _others(citizen: Citizen, guard: Guard) -> list[Handler]:
    return [
        OnPress(citizen.erased, lambda press: press.is_private and press.action == Action(ActionKind.ERASE)),
        OnPress(citizen.pressed),
        InlineQueryHandler(citizen.searched),
        MessageHandler(_HEARD & filters.COMMAND, visited(citizen.saying("perintah_asing"))),
        MessageHandler(_TEXT, visited(citizen.asked)),
        *(MessageHandler(_HEARD & kind, visited(citizen.received(name))) for name, kind in _KINDS.items()),
        TypeHandler(Update, guard.ignore),
    ]
