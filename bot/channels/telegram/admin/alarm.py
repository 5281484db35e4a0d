"""Who hears that a file is broken? Whom it concerns, once; else those who may mend everything, and the log admins."""

import asyncio
from collections.abc import Iterable

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.authoring.desk import wording
from bot.authoring.desk.desk import Desk
from bot.channels.telegram.screen.render import render
from bot.channels.telegram.screen.show import Destination, send
from bot.conversation.reply import Reply
from bot.knowledge.problems import Problem

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Alarm:
    """Tells admins what is wrong with their files, and when all is right again."""

    def __init__(self, bot: ExtBot[None], desk: Desk) -> None:
        self._bot, self._desk = bot, desk
        self._told: dict[int, frozenset[Problem]] = {}
        self._one_by_one = asyncio.Lock()

    async def __call__(self, problems: tuple[Problem, ...]) -> None:
        """Tell whom it concerns; what cannot be sent is logged and left to /status."""
        async with self._one_by_one:
            access = self._desk.access
            reached = {
                person
                for person in sorted({one for problem in problems for one in access.concerned(problem.file)})
                if await self._reached(person, (one for one in problems if person in access.concerned(one.file)))
            }
            unheard = [problem for problem in problems if reached.isdisjoint(access.concerned(problem.file))]
            for person in sorted(access.chief_editors | access.log_admins) if unheard else ():
                await self._reached(person, unheard)
            await self._relieve(frozenset(problems))

    async def _reached(self, person: int, problems: Iterable[Problem]) -> bool:
        """Whether somebody knows of problems; told of those that are new to him."""
        told, own = self._told.get(person, frozenset()), frozenset(problems)
        if own <= told:
            return True
        good, phrases = self._desk.changes.live.good, self._desk.knowledge.phrases
        if not await self._send(person, wording.alarm(sorted(own - told), good, phrases)):
            return False
        self._told[person] = told | own
        return True

    async def _relieve(self, problems: frozenset[Problem]) -> None:
        for person, told in list(self._told.items()):
            self._told[person] = told & problems
            if not self._told[person]:
                del self._told[person]
                knowledge = self._desk.knowledge
                await self._send(person, wording.told(knowledge.phrases, "beres", versi=knowledge.version))

    async def _send(self, person: int, reply: Reply) -> bool:
        try:
            await send(self._bot, Destination(person), render(reply))
        except TelegramError as error:
            _log.warning("an admin could not be told", admin=person, cause=type(error).__name__)
            return False
        return True
