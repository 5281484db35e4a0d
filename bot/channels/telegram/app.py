"""What does Telegram need to run? All parts of the channel, connected, and the table of who handles what."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import (
    ApplicationBuilder,
    BaseRateLimiter,
    CallbackQueryHandler,
    CommandHandler,
    Defaults,
    ExtBot,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.assistant import Assistant
from bot.authoring.desk.suggestions import SuggestionDesk
from bot.channels.telegram.admin.handlers import Admins
from bot.channels.telegram.citizen.door import Addressed, Door
from bot.channels.telegram.citizen.guard import Guard
from bot.channels.telegram.citizen.handlers import Citizen
from bot.channels.telegram.delivery.answering import Answering
from bot.channels.telegram.delivery.delivery import Delivery
from bot.channels.telegram.delivery.intake import Intake
from bot.channels.telegram.delivery.lines import Lines
from bot.channels.telegram.delivery.sending import Sending
from bot.channels.telegram.delivery.waiting import Clocks
from bot.channels.telegram.delivery.workers import Slots
from bot.channels.telegram.screen.notices import present
from bot.channels.telegram.visits import App, Handler, OnPress, VisitAct, settling, visited
from bot.conversation.turn import Action, ActionKind
from bot.privacy import mask
from bot.reports.desk import LogDesk
from bot.settings import Settings
from bot.storage.engine.database import Database
from bot.storage.log.erasing import forget
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
class TelegramChannel:
    """Telegram, ready to run."""

    application: App
    delivery: Delivery
    sessions: StoredSessions
    welcome: Callable[[], Awaitable[None]]


def open_channel(
    settings: Settings,
    assistant: Assistant,
    database: Database,
    pseudonym: Callable[[int], str],
    clocks: Clocks,
    *,
    offered: SuggestionDesk,
) -> TelegramChannel:
    """Connect the parts of the channel; nothing is sent yet. ``pseudonym`` gives a number of Telegram's its own."""
    slots, sessions, replies = Slots(settings.concurrency, clocks.sleep), StoredSessions(database), Replies(database)
    door = Door(pseudonym, mask, clocks.now)
    citizen = Citizen(assistant, sessions, replies, door, lambda who: forget(database, sessions, who, clocks.now()))
    admins = Admins(offered, LogDesk(database, lambda: assistant.snapshot.knowledge, clocks.now), pseudonym)
    bot = _connected(settings, Sending(slots, clocks.seconds))
    guard = Guard(settings.rate_limit_per_minute, clocks, lambda: citizen.phrases)
    application = _application(bot, citizen, guard, admins.handlers())
    answering = Answering(application, database, sessions, replies, slots, clocks, lambda: citizen.phrases)

    async def welcome() -> None:
        await present(application.bot, citizen.phrases, admins.menus())

    return TelegramChannel(
        application, Delivery(answering, Intake(mask, offered.desk.access.is_admin)), sessions, welcome
    )


def _application(bot: ExtBot[None], citizen: Citizen, guard: Guard, for_admins: Sequence[Handler]) -> App:
    """The Application with every handler, not yet initialised; ``for_admins`` look at the rights themselves."""
    for talkative in _TALKATIVE:
        logging.getLogger(talkative).setLevel(logging.CRITICAL + 1)
    application = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
    application.add_handlers({-1: _admitting(guard), 0: [*for_admins, *_commands(citizen), *_others(citizen)]})
    application.add_error_handler(guard.failed)
    return application


def _connected(settings: Settings, sending: BaseRateLimiter[None]) -> ExtBot[None]:
    """The bot, not yet initialised; ``sending`` stands before Telegram and knows when to try again."""
    return ExtBot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
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
        ("bantuan", "help"): partial(citizen.answer, said=Action(ActionKind.MENU)),
        ("layanan",): partial(citizen.answer, said=Action(ActionKind.BROWSE)),
        ("kontak",): partial(citizen.answer, said=Action(ActionKind.PERSON)),
        ("privasi", "privacy"): partial(citizen.told, name="privasi"),
        ("id",): partial(citizen.told, name="id"),
    }
    erasing = CommandHandler("hapus_data", visited(citizen.erasing), filters=_NEW & _PRIVATE)
    acts["hapus_data",] = partial(citizen.told, name="hapus_data_grup")
    return [erasing, *(CommandHandler(names, visited(act), filters=_NEW) for names, act in acts.items())]


def _others(citizen: Citizen) -> list[Handler]:
    return [
        OnPress(citizen.erased, lambda press: press.is_private and press.action == Action(ActionKind.ERASE)),
        OnPress(citizen.pressed),
        InlineQueryHandler(settling(citizen.searched)),
        MessageHandler(_HEARD & filters.COMMAND, visited(partial(citizen.told, name="perintah_asing"))),
        MessageHandler(_TEXT, visited(citizen.asked)),
        *(
            MessageHandler(_HEARD & kind, visited(partial(citizen.received, name=name)))
            for name, kind in _KINDS.items()
        ),
        TypeHandler(Update, settling(_ignored)),
    ]


async def _ignored(_: Update) -> None:
    """Nobody here answers this kind of update; it is done."""
