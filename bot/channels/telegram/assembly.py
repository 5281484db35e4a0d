"""What does Telegram need to run? All parts of the channel, connected."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.access import Access
from bot.assistant import Assistant
from bot.authoring.desk.suggestions import SuggestionDesk
from bot.channels.telegram.admin.handlers import Admins
from bot.channels.telegram.app import build, connected
from bot.channels.telegram.citizen.door import Door
from bot.channels.telegram.citizen.guard import Guard
from bot.channels.telegram.citizen.handlers import Citizen
from bot.channels.telegram.context import App
from bot.channels.telegram.delivery.answering import Answering
from bot.channels.telegram.delivery.delivery import Delivery
from bot.channels.telegram.delivery.intake import Intake
from bot.channels.telegram.delivery.sending import Sending
from bot.channels.telegram.delivery.waiting import Clocks
from bot.channels.telegram.delivery.workers import Slots
from bot.channels.telegram.screen.notices import present
from bot.privacy import mask
from bot.reports.desk import LogDesk
from bot.storage.engine.database import Database
from bot.storage.log.erasing import forget
from bot.storage.sessions import Replies, StoredSessions


@dataclass(frozen=True)
class Plan:
    """What the operator decided about Telegram."""

    token: str
    api_url: str  # base of the Bot API server, without a slash at the end
    per_minute: int  # messages of one person
    concurrency: int  # updates worked on at once
    access: Access  # who is an admin of what


@dataclass(frozen=True)
class TelegramChannel:
    """Telegram, ready to run."""

    application: App
    delivery: Delivery
    sessions: StoredSessions
    welcome: Callable[[], Awaitable[None]]


def open_channel(
    plan: Plan,
    assistant: Assistant,
    database: Database,
    pseudonym: Callable[[int], str],
    clocks: Clocks,
    *,
    offered: SuggestionDesk,
) -> TelegramChannel:
    """Connect the parts of the channel; nothing is sent yet. ``pseudonym`` gives a number of Telegram's its own."""
    slots, sessions, replies = Slots(plan.concurrency, clocks.sleep), StoredSessions(database), Replies(database)
    door = Door(pseudonym, mask, clocks.now)
    citizen = Citizen(assistant, sessions, replies, door, lambda who: forget(database, sessions, who, clocks.now()))
    admins = Admins(offered, LogDesk(database, lambda: assistant.snapshot.knowledge, clocks.now), pseudonym)
    bot = connected(plan.token, plan.api_url, Sending(slots, clocks.seconds))
    guard = Guard(plan.per_minute, clocks, lambda: citizen.phrases)
    application = build(bot, citizen, guard, admins.handlers())
    answering = Answering(application, database, sessions, replies, slots, clocks, lambda: citizen.phrases)

    async def welcome() -> None:
        await present(application.bot, citizen.phrases, admins.menus())

    return TelegramChannel(application, Delivery(answering, Intake(mask)), sessions, welcome)
