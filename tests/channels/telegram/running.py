"""A running bot: the real Application, over HTTP, against the stand-in, on the small knowledge."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace

from bot.assistant import Assistant
from bot.channels.telegram.app import Parts, build
from bot.channels.telegram.door import Door
from bot.channels.telegram.limits import Limits
from bot.channels.telegram.memory import InMemory
from bot.channels.telegram.menus import present
from bot.channels.telegram.polling import run
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Aspect
from bot.live import Snapshot
from bot.privacy import mask
from bot.understanding.result import Candidate, Topic, Understanding, Verdict
from tests.telegram_server.server import TOKEN

MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
PER_MINUTE = 40


ASPECTS = {"syarat": Aspect.REQUIREMENTS, "biaya": Aspect.COST}


class Hearing:
    """Understands a lost KTP and what follows it, so that these tests speak of the channel alone."""

    def understand(self, text: str, about: Topic | None) -> Understanding:
        subjects = ("ktp-hilang",) if "ktp hilang" in text else about.subjects if about and "nya?" in text else ()
        return Understanding(
            text=text,
            tokens=(),
            candidates=tuple(Candidate(subject, 0.9) for subject in subjects),
            verdict=Verdict.SURE if subjects else Verdict.UNKNOWN,
            meant=subjects,
            aspects=tuple(aspect for word, aspect in ASPECTS.items() if word in text),
        )


class Remembering(InMemory):
    """Memory that also shows its receipts."""

    def __init__(self) -> None:
        super().__init__()
        self.receipts = []

    async def keep(self, receipt) -> None:
        self.receipts.append(receipt)
        await super().keep(receipt)


class Running:
    """The bot and what a test may turn: its clock and its matcher."""

    def __init__(self, url: str, knowledge: KnowledgeBase, token: str = TOKEN) -> None:
        self.seconds = 0.0
        self.memory = Remembering()
        self.live = SimpleNamespace(snapshot=Snapshot(knowledge, Hearing()))
        parts = Parts(
            assistant=Assistant(self.live, lambda: 0.0),
            memory=self.memory,
            door=Door(lambda number: f"p{number}", mask, lambda: MORNING),
            limits=Limits(PER_MINUTE, lambda: self.seconds),
        )
        self.application = build(token, url, parts)
        self.stop = asyncio.Event()

    @property
    def receipts(self):
        return self.memory.receipts

    @property
    def phrases(self):
        return self.live.snapshot.knowledge.phrases

    async def run(self) -> None:
        await run(self.application, self.stop, self.welcome)

    async def welcome(self) -> None:
        await present(self.application.bot, self.phrases, {5: ["id"]})
