"""A running bot: the real Application, over HTTP, against the stand-in, on the small knowledge."""

import asyncio
import sqlite3
import tempfile
import time
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from bot.access import Access
from bot.assistant import Assistant
from bot.authoring.changing.changes import Changes
from bot.authoring.desk.desk import Desk
from bot.authoring.desk.suggestions import SuggestionDesk
from bot.authoring.suggestions.boards import Boards
from bot.channels.telegram.app import TelegramChannel, open_channel
from bot.channels.telegram.delivery.waiting import Clocks
from bot.channels.telegram.screen.notices import present
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.vocabulary import Aspect
from bot.live import Snapshot
from bot.settings import Settings
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_url
from bot.storage.history import ChangeLog
from bot.storage.log.missed import Suggestions
from bot.understanding.result import Candidate, Cue, Topic, Understanding, Verdict
from tests.telegram_server.server import TOKEN

MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
PER_MINUTE = 40
ADMIN, CLERK = 900, 901


ASPECTS = {"syarat": Aspect.REQUIREMENTS, "biaya": Aspect.COST}


class Hearing:
    """Understands a lost KTP and what follows it, so that these tests speak of the channel alone."""

    def read(self, text: str) -> tuple[list[str], frozenset[Cue]]:
        return text.split(), frozenset()

    def understand(self, text: str, about: Topic | None) -> Understanding:
        subjects = ("ktp-hilang",) if "ktp hilang" in text else about.subjects if about and "nya?" in text else ()
        offered = ("ktp-hilang", "kia") if text == "ktp atau kia" else ()
        unsure = Verdict.UNSURE if offered else Verdict.UNKNOWN
        return Understanding(
            text=text,
            tokens=(),
            candidates=tuple(Candidate(subject, 0.9) for subject in (*subjects, *offered)),
            verdict=Verdict.SURE if subjects else unsure,
            meant=subjects,
            aspects=tuple(aspect for word, aspect in ASPECTS.items() if word in text),
        )


class Running:
    """The bot and what a test may turn: its clock and its matcher. Its data goes with it unless ``data`` is given."""

    def __init__(self, url: str, knowledge: KnowledgeBase, token: str = TOKEN, data: Path | None = None) -> None:
        self.ahead = 0.0
        self.live = SimpleNamespace(snapshot=Snapshot(knowledge, Hearing()))
        self.stop = asyncio.Event()
        self.settings = Settings(
            _env_file=None, telegram_bot_token=token, telegram_api_url=url, rate_limit_per_minute=PER_MINUTE
        )
        self.access = Access(frozenset({ADMIN}), {"dukcapil": frozenset({CLERK})})
        self.task: asyncio.Task[None] | None = None
        self._given = data
        self.data = data or Path()
        self.sleep = asyncio.sleep
        self.channel: TelegramChannel | None = None
        self.now = lambda: MORNING
        self.standing_at: float | None = None  # a clock that stands still, but for ``ahead``

    @property
    def phrases(self):
        return self.live.snapshot.knowledge.phrases

    def seconds(self) -> float:
        return self.ahead + (time.monotonic() if self.standing_at is None else self.standing_at)

    async def run(self) -> None:
        with tempfile.TemporaryDirectory() if self._given is None else nullcontext(self._given) as data:
            self.data = Path(data)
            await self._run()

    async def _run(self) -> None:
        async with await Database.open(sqlite_url(self.data / "tanya.db")) as database:
            clocks, assistant = Clocks(self.now, self.seconds, self.sleep), Assistant(self.live, lambda: 0.0)
            desk = Desk(self.access, Changes(self.live, ChangeLog(database), self.now))
            offered = SuggestionDesk(desk, Boards(Suggestions(database), self.live, self.now))
            named = lambda number: f"p{number}"  # noqa: E731
            self.channel = open_channel(self.settings, assistant, database, named, clocks, offered=offered)
            await self.serve(desk)

    async def serve(self, _desk: Desk) -> None:
        await self.channel.delivery.run(self.stop, self.welcome)

    async def end(self) -> None:
        """Tell it to stop, and wait until it has."""
        self.stop.set()
        await asyncio.wait_for(asyncio.gather(self.task, return_exceptions=True), 30)

    async def welcome(self) -> None:
        await present(self.channel.application.bot, self.phrases, {5: ["id"]})

    def rows(self, statement: str) -> list:
        """What stands in the database now; nothing before it was opened."""
        if self.channel is None:
            return []
        with closing(sqlite3.connect(self.data / "tanya.db")) as connection:
            return connection.execute(statement).fetchall()

    def states(self) -> list[str]:
        """How every update stands, oldest first."""
        return [state for (state,) in self.rows("SELECT state FROM inbox ORDER BY update_id")]

    def stored(self) -> bytes:
        """Every byte that was written."""
        return b"".join(file.read_bytes() for file in self.data.iterdir())
