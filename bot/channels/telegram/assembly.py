"""What does Telegram need to run? All parts of the channel, connected."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.access import Access
from bot.assistant import Assistant
from bot.authoring.desk.suggestions import SuggestionDesk
from bot.channels.telegram.admin.handlers import Admins
from bot.channels.telegram.admin.powers import powers_over_knowledge, powers_over_log, powers_over_suggestions
from bot.channels.telegram.app import build, connected
from bot.channels.telegram.citizen.door import Door
from bot.channels.telegram.citizen.guard import Guard, Limits
from bot.channels.telegram.citizen.handlers import Citizen
from bot.channels.telegram.context import App
from bot.channels.telegram.delivery.answering import Answering
from bot.channels.telegram.delivery.delivery import Delivery
from bot.channels.telegram.delivery.intake import Intake
from bot.channels.telegram.delivery.sending import Sending
from bot.channels.telegram.delivery.waiting import Clocks
from bot.channels.telegram.delivery.workers import Slots
from bot.channels.telegram.screen.menus import present
from bot.channels.telegram.screen.notices import sentence
from bot.knowledge.base import KnowledgeBase
from bot.privacy import mask
from bot.reports.desk import LogDesk
from bot.storage.engine.database import Database
from bot.storage.inbox import Inbox
from bot.storage.log.erasing import forget
from bot.storage.log.querylog import QueryLog
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

    def knowledge() -> KnowledgeBase:
        return assistant.snapshot.knowledge

    slots, sessions, replies = Slots(plan.concurrency, clocks.sleep), StoredSessions(database), Replies(database)
    citizen = Citizen(
        assistant,
        sessions,
        replies,
        Door(pseudonym, mask, clocks.now),
        lambda person: forget(database, sessions, person, clocks.now()),
    )
    admins = _admins(offered, LogDesk(database, knowledge, clocks.now), pseudonym)
    bot = connected(plan.token, plan.api_url, Sending(slots, clocks.seconds))
    application = build(bot, citizen, _guard(plan, clocks, citizen), admins.handlers())
    answering = Answering(
        application,
        database,
        Inbox(database),
        sessions,
        replies,
        QueryLog(database),
        slots,
        clocks,
        apology=lambda: sentence(knowledge().phrases, "tidak_terjawab"),
    )
    delivery = Delivery(answering, Intake(mask))

    async def welcome() -> None:
        await present(application.bot, knowledge().phrases, admins.menus())

    return TelegramChannel(application, delivery, sessions, welcome)


def _guard(plan: Plan, clocks: Clocks, citizen: Citizen) -> Guard:
    """What holds off who writes too much."""
    messages, presses = Limits(plan.per_minute), Limits(plan.per_minute)
    return Guard(messages, presses, clocks.seconds, clocks.now(), lambda: citizen.phrases)


def _admins(offered: SuggestionDesk, log: LogDesk, pseudonym: Callable[[int], str]) -> Admins:
    """The handlers of everybody who has a right."""
    powers = (
        powers_over_knowledge(offered.desk, Inbox(log.database)),
        powers_over_suggestions(offered, QueryLog(log.database), pseudonym),
        powers_over_log(log, offered.desk.access, pseudonym),
    )
    return Admins(offered.desk, powers)
