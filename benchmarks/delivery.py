"""How fast are answers delivered? `python -m benchmarks.delivery` prints the product beside a bare echo bot.

200 citizens ask real questions in a closed loop over HTTP: each asks anew as soon as it is answered. In the same run:
the product, python-telegram-bot's own echo one by one, and with ``concurrent_updates(True)``; sends of 0 and 50 ms.
With ``--write`` the figures go into RESULTS.md.
"""

import argparse
import asyncio
import concurrent.futures
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.results import write_section
from bot.knowledge.reading.loader import load
from bot.settings import default_knowledge
from tests.telegram_server.faults import slow
from tests.telegram_server.people import Telegram

CITIZENS = 200
WARM_S, MEASURED_S, PATIENCE_S = 2.0, 8.0, 20.0
SYSTEMS = ("product", "echo", "echo at once")
SENDS_MS = (0, 50)
MANY = 20_000
ROOT = Path(__file__).parent.parent
NAMES = {
    "product": "Tanya Layanan",
    "echo": "bare echo bot",
    "echo at once": "bare echo bot, `concurrent_updates(True)`",
}
HEAD = (
    "## Delivery",
    "",
    "|   | ms a send | answers/s | p50 ms | p99 ms | unanswered | copies | start to first poll, s |",
    "| - | --------: | --------: | -----: | -----: | ---------: | -----: | ---------------------: |",
)
FOOT = """\
200 citizens in a closed loop, each asking anew when answered, over HTTP to a stand-in of the Bot API beside it.
The product understands, masks, stores and answers real questions, safe against `kill -9`; an echo bot sends back what
it got and loses what it holds when it is killed. Median of all rounds, in brackets the lowest and the highest."""


@dataclass
class Loop:
    """The closed loop; it runs where the server's state lives."""

    telegram: Telegram
    questions: list[str]
    asked_at: dict[int, float] = field(default_factory=dict)
    waits_s: list[float] = field(default_factory=list)
    seen: int = 0
    asked: int = 0
    copies: int = 0
    stopped: bool = False

    def ask(self, chat: int) -> None:
        self.asked += 1
        methods = self.telegram.server.methods
        methods.chats.known.setdefault(chat, {"id": chat, "type": "private", "first_name": "W"})
        person = {"id": chat, "is_bot": False, "first_name": "W"}
        text = self.questions[self.asked % len(self.questions)]
        message = {
            "message_id": methods.chats.new_id(),
            "date": int(time.time()),
            "chat": methods.chats.known[chat],
            "from": person,
            "text": text,
        }
        self.asked_at[chat] = time.perf_counter()
        methods.updates.push("message", message)

    async def run(self) -> None:
        for chat in range(1, CITIZENS + 1):
            self.ask(chat)
        sent = self.telegram.server.methods.chats.sent
        while self.asked_at or not self.stopped:
            new, self.seen = sent[self.seen :], len(sent)
            now = time.perf_counter()
            for message in new:
                if message.chat in self.asked_at:
                    self.waits_s.append(now - self.asked_at.pop(message.chat))
                    if not self.stopped:
                        self.ask(message.chat)
                else:
                    self.copies += 1
            await asyncio.sleep(0.001)


@dataclass(frozen=True)
class Result:
    system: str
    send_ms: int
    per_second: float
    p50_ms: float
    p99_ms: float
    first_poll_s: float
    memory_mb: float
    unanswered: int
    copies: int


def start(system: str, telegram: Telegram, data: str) -> subprocess.Popen[bytes]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    settings = {
        "TELEGRAM_API_URL": telegram.url,
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "DATA_DIR": data,
        "WEB_PORT": "0",
        "RATE_LIMIT_PER_MINUTE": "1000000",
    }
    echo = ["-m", "benchmarks.echo", telegram.url, telegram.token, *(["at-once"] if system == "echo at once" else [])]
    command = [sys.executable, *(["-m", "bot", "run"] if system == "product" else echo)]
    return subprocess.Popen(command, cwd=ROOT, env={**kept, **settings}, stderr=subprocess.DEVNULL)


def measure(system: str, send_ms: int, questions: list[str], until: int = 0) -> Result:
    """Measure for some seconds, or until so many answers were given."""
    with Telegram() as telegram, tempfile.TemporaryDirectory() as data:
        if send_ms:
            telegram.trouble(slow("sendMessage", send_ms / 1000, 10**9))
        began = time.perf_counter()
        process = start(system, telegram, data)
        try:
            while not telegram.server.methods.updates.polls:
                time.sleep(0.005)
            first_poll_s = time.perf_counter() - began
            loop = Loop(telegram, questions)
            running = asyncio.run_coroutine_threadsafe(loop.run(), telegram.server._loop)  # noqa: SLF001 - the state lives there
            time.sleep(WARM_S)
            before, began = len(loop.waits_s), time.perf_counter()
            while len(loop.waits_s) < until if until else time.perf_counter() - began < MEASURED_S:
                time.sleep(0.05)
            waits = sorted(loop.waits_s[before:])
            took_s = time.perf_counter() - began
            memory = resident_mb(process.pid)
            loop.stopped = True
            settle(running)
        finally:
            process.terminate()
            process.wait(20)
    count = len(waits)
    p50, p99 = waits[count // 2] * 1000, waits[int(count * 0.99)] * 1000
    unanswered = len(loop.asked_at)
    return Result(system, send_ms, count / took_s, p50, p99, first_poll_s, memory, unanswered, loop.copies)


def settle(running: concurrent.futures.Future[None]) -> None:
    """Let those who still wait have their answers; who has none after a while is counted."""
    with contextlib.suppress(concurrent.futures.TimeoutError):
        running.result(PATIENCE_S)


def resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", action="store_true", help="also the memory after 20 000 questions")
    parser.add_argument("--write", action="store_true", help="all of it, into RESULTS.md")
    given = parser.parse_args()
    knowledge = load(default_knowledge())
    questions = [text for subject in knowledge.subjects.values() for text in subject.questions]
    results = [
        measured(system, send_ms, questions) for _ in range(given.rounds) for send_ms in SENDS_MS for system in SYSTEMS
    ]
    used = measured("product", 0, questions, until=MANY) if given.memory or given.write else None
    page = table(results, used)
    print(page)
    if given.write:
        write_section("delivery", page)


def measured(system: str, send_ms: int, questions: list[str], until: int = 0) -> Result:
    """Measure, and say so while the others wait."""
    one = measure(system, send_ms, questions, until)
    print(f"{system}, {send_ms} ms a send: {one.per_second:.0f}/s", file=sys.stderr, flush=True)
    return one


def table(results: Sequence[Result], used: Result | None) -> str:
    """The figures as Markdown: medians, and in brackets the lowest and the highest of all rounds."""
    rows = [row(system, send_ms, results) for send_ms in SENDS_MS for system in SYSTEMS]
    ratios = [ratio(send_ms, results) for send_ms in SENDS_MS]
    memory = [f"Memory after {MANY} questions: {used.memory_mb:.0f} MB."] if used else []
    return "\n".join([*HEAD, *rows, "", *ratios, *memory, "", FOOT])


def row(system: str, send_ms: int, results: Sequence[Result]) -> str:
    ours = [one for one in results if (one.system, one.send_ms) == (system, send_ms)]
    cells = [
        NAMES[system],
        f"{send_ms}",
        spread([one.per_second for one in ours], "{:.0f}"),
        spread([one.p50_ms for one in ours], "{:.0f}"),
        spread([one.p99_ms for one in ours], "{:.0f}"),
        f"{sum(one.unanswered for one in ours)}",
        f"{sum(one.copies for one in ours)}",
        spread([one.first_poll_s for one in ours], "{:.1f}"),
    ]
    return f"| {' | '.join(cells)} |"


def ratio(send_ms: int, results: Sequence[Result]) -> str:
    def rates(system: str) -> list[float]:
        return [one.per_second for one in results if (one.system, one.send_ms) == (system, send_ms)]

    rounds = list(zip(*(rates(system) for system in SYSTEMS), strict=True))
    faster = spread([ours / max(echoes) for ours, *echoes in rounds], "{:.2f}")
    at_once = spread([ours / echo for ours, _, echo in rounds], "{:.2f}")
    return f"{send_ms} ms a send: product ÷ faster echo bot {faster}, ÷ echo bot at once {at_once}.  "


def spread(figures: Sequence[float], form: str) -> str:
    shown: Callable[[float], str] = form.format
    return f"{shown(median(figures))} ({shown(min(figures))} – {shown(max(figures))})"


if __name__ == "__main__":
    main()
