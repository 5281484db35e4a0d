"""How fast are answers delivered? `python -m benchmarks.delivery` prints the product beside a bare echo bot.

200 citizens ask real questions in a closed loop over HTTP: each asks anew as soon as it is answered. In the same run:
the product, python-telegram-bot's own echo one by one, and with ``concurrent_updates(True)``; sends of 0 and 50 ms.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from bot.knowledge.loader import load
from bot.settings import default_knowledge
from tests.telegram_server.faults import slow
from tests.telegram_server.people import Telegram

CITIZENS = 200
WARM_S, MEASURED_S = 2.0, 8.0
SYSTEMS = ("product", "echo", "echo at once")
ROOT = Path(__file__).parent.parent


@dataclass
class Loop:
    """The closed loop; it runs where the server's state lives."""

    telegram: Telegram
    questions: list[str]
    asked_at: dict[int, float] = field(default_factory=dict)
    waits_s: list[float] = field(default_factory=list)
    seen: int = 0
    asked: int = 0
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
        while not self.stopped:
            new, self.seen = sent[self.seen :], len(sent)
            now = time.perf_counter()
            for message in new:
                if message.chat in self.asked_at:
                    self.waits_s.append(now - self.asked_at.pop(message.chat))
                    self.ask(message.chat)
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
            loop.stopped = True
            running.result(10)
            memory = resident_mb(process.pid)
        finally:
            process.terminate()
            process.wait(20)
    count = len(waits)
    p50, p99 = waits[count // 2] * 1000, waits[int(count * 0.99)] * 1000
    return Result(system, send_ms, count / took_s, p50, p99, first_poll_s, memory)


def resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", action="store_true", help="also the memory after 20 000 questions")
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    knowledge = load(default_knowledge())
    questions = [text for subject in knowledge.subjects.values() for text in subject.questions]
    print(f"{'system':<14}{'send ms':>8}{'answers/s':>11}{'p50 ms':>9}{'p99 ms':>9}{'first poll s':>14}{'MB':>7}")
    for _ in range(given.rounds):
        for send_ms in (0, 50):
            results = {system: measure(system, send_ms, questions) for system in SYSTEMS}
            for one in results.values():
                print_row(one)
            peers = results["echo"].per_second, results["echo at once"].per_second
            product = results["product"].per_second
            print(f"product ÷ faster echo bot {product / max(peers):.2f}, ÷ echo at once {product / peers[1]:.2f}")
    if given.memory:
        print_row(measure("product", 0, questions, until=20_000))


def print_row(one: Result) -> None:
    print(
        f"{one.system:<14}{one.send_ms:>8}{one.per_second:>11.0f}{one.p50_ms:>9.0f}{one.p99_ms:>9.0f}"
        f"{one.first_poll_s:>14.2f}{one.memory_mb:>7.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
