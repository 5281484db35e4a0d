"""What does a log admin get who asks for questions or figures? A Reply; every look is recorded first."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.reply import Reply
from bot.conversation.turn import Action
from bot.knowledge.base import KnowledgeBase
from bot.reports.pages import LOG, log_in_full, log_page, not_counted, place_of, statistics_page
from bot.reports.query import LogQuery, services_of
from bot.reports.statistics import PERIODS, Statistics, statistics
from bot.storage.engine.database import Database
from bot.storage.log.filters import Cursor
from bot.storage.log.querylog import Page, QueryLog

_PAGE = 8


@dataclass(frozen=True)
class LogDesk:
    """Looks at the query log; ``who`` is how the record of looks names the one who looks."""

    database: Database
    knowledge: Callable[[], KnowledgeBase]
    now: Callable[[], datetime]  # in the region's zone

    async def log(self, who: str, said: str, after: Cursor | None = None) -> Reply:
        """Questions as a phone shows them: the newest, or those that fit the words."""
        query = LogQuery.of(said, self.knowledge(), self.now())
        page = await self._page(who, query, _PAGE, after)
        return log_page(page, query, after, self.knowledge(), self.now())

    async def log_in_full(self, who: str, query: LogQuery, most: int) -> Reply:
        """The newest questions that are wanted, with everything that tells them apart."""
        page = await self._page(who, query, most)
        return log_in_full(page.rows, query, self.knowledge(), self.now())

    async def statistics(self, who: str, said: str) -> Reply:
        """Figures of today, 7 and 30 days, or of the days and the agency that are named."""
        query = LogQuery.of(said, self.knowledge(), self.now())
        agency = next((one for one in self.knowledge().agencies if one in query.filter.services), "")
        figures = await self.figures(who, query.days, agency)
        shown = statistics_page(figures, agency, self.knowledge())
        return replace(shown, blocks=(*not_counted(query, agency, self.knowledge()), *shown.blocks))

    async def figures(self, who: str, days: int = 0, agency: str = "") -> tuple[Statistics, ...]:
        """The figures themselves, of one agency or of everything."""
        await QueryLog(self.database).looked(who, "statistik", agency, 0, self.now())
        services = services_of(agency, self.knowledge()) if agency else ()
        return await statistics(self.database, self.now(), (days,) if days else PERIODS, services)

    async def pressed(self, who: str, action: Action) -> Reply:
        """Turn the page, or go from questions to figures and back."""
        if action.service == LOG:
            return await self.log(who, action.aspect, place_of(action))
        return await self.statistics(who, action.aspect)

    async def _page(self, who: str, query: LogQuery, size: int, after: Cursor | None = None) -> Page:
        log = QueryLog(self.database)
        page = await log.page(query.filter, size, after)
        await log.looked(who, "log", query.filter, len(page.rows), self.now())
        return page
