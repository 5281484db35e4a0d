"""What may admins order, and who of them? Tables, of which handlers, menus and help are made."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.access import Access
from bot.authoring.desk import wording
from bot.authoring.desk.desk import Desk, Fetched
from bot.authoring.desk.orders import Orders
from bot.authoring.desk.suggestions import ACTS, SHOW, SuggestionDesk
from bot.conversation.reply import Reply
from bot.conversation.turn import Action, ActionKind
from bot.reports.desk import LogDesk
from bot.reports.pages import LOG, STATISTICS
from bot.storage.inbox import Inbox, UpdateState
from bot.storage.log.querylog import QueryLog

Order = Callable[[int, Sequence[str]], Awaitable[Reply | Fetched]]
"""What a command does: who wrote it, and the words behind it."""


@dataclass(frozen=True)
class Powers:
    """What everybody with one right may do; ``telegram.menu_<name>`` says what a command is for."""

    may: Callable[[int], bool]
    commands: Mapping[str, Order]
    acts: Collection[str]  # what its buttons name
    pressed: Callable[[int, Action], Awaitable[Reply]]  # who pressed one, and what it stands for


def powers_over_knowledge(desk: Desk, inbox: Inbox) -> Powers:
    """Of those who may change any knowledge."""
    orders = Orders(desk)

    async def status(_user: int, _words: Sequence[str]) -> Reply:
        waiting = (await inbox.counts()).get(UpdateState.OPEN, 0)
        return desk.state(max(0, waiting - 1))  # this very command is one of them

    async def compliance(user: int, _words: Sequence[str]) -> Reply:
        return desk.compliance(user)

    commands: dict[str, Order] = {
        "status": status,
        "kepatuhan": compliance,
        "riwayat": lambda user, words: desk.history(user, "".join(words[:1]).casefold()),
        "ambil": lambda user, words: desk.fetched(user, " ".join(words)[:64]),
        "kembalikan": lambda user, words: desk.restored(user, "".join(words[:1])),
        "tarik": _of_subject(orders.withdraw),
        "pasang": _of_subject(orders.put_back),
        "pemberitahuan": _of_subject(orders.notice),
    }
    return Powers(desk.access.is_admin, commands, (wording.APPLY, wording.CANCEL), desk.decided)


def _of_subject(order: Order) -> Order:
    """An order whose first word is an id, however it is written."""
    return lambda user, words: order(user, [*map(str.casefold, words[:1]), *words[1:]])


def powers_over_suggestions(suggestions: SuggestionDesk, looks: QueryLog, name_of: Callable[[int], str]) -> Powers:
    """Of the same people; every look is recorded under the name that ``name_of`` gives."""

    async def pressed(user: int, action: Action) -> Reply:
        if action.service == SHOW:
            await looks.looked(name_of(user), "saran", "", 1, suggestions.desk.changes.now())
        return await suggestions.decided(user, action)

    commands: dict[str, Order] = {"saran": lambda user, _words: pressed(user, Action(ActionKind.ADMIN, SHOW))}
    return Powers(suggestions.desk.access.is_admin, commands, ACTS, pressed)


def powers_over_log(log: LogDesk, access: Access, name_of: Callable[[int], str]) -> Powers:
    """Of those who may read what people ask."""

    async def pressed(user: int, action: Action) -> Reply:
        return await log.pressed(name_of(user), action)

    commands: dict[str, Order] = {
        "log": lambda user, words: log.log(name_of(user), " ".join(words)),
        "statistik": lambda user, words: log.statistics(name_of(user), " ".join(words)),
    }
    return Powers(access.may_read_log, commands, (LOG, STATISTICS), pressed)
