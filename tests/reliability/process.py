"""The real bot as a process of its own, to be killed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parent.parent.parent
T = TypeVar("T")


def wait(holds: Callable[[], T], what: str) -> T:
    """Wait for something that must come within a minute; what came. For tests that share their loop with nobody."""
    deadline = time.monotonic() + 60
    while not (came := holds()):
        assert time.monotonic() < deadline, f"never came: {what}"
        time.sleep(0.01)
    return came


class Process:
    """``python -m bot run`` on its own data folder; started as often as needed."""

    def __init__(self, api_url: str, token: str, data: Path, **settings: str) -> None:
        self.data = data
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        self._env = {
            **kept,
            "TELEGRAM_API_URL": api_url,
            "TELEGRAM_BOT_TOKEN": token,
            "DATA_DIR": str(data),
            "WEB_PORT": "0",
            "RATE_LIMIT_PER_MINUTE": "100000",
            **settings,
        }
        self._running: subprocess.Popen[bytes] | None = None
        self.log = data.parent / "log.txt"

    def start(self) -> None:
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "bot", "run"]
            self._running = subprocess.Popen(command, cwd=ROOT, env=self._env, stdin=subprocess.DEVNULL, stderr=log)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def terminate(self) -> tuple[int, float]:
        """Exit code, and how many seconds it took."""
        began = time.monotonic()
        return self._end(signal.SIGTERM), time.monotonic() - began

    def ended(self, within_s: float = 30) -> int:
        """Wait until it has ended by itself; its exit code."""
        assert self._running is not None
        code = self._running.wait(within_s)
        self._running = None
        return code

    def _end(self, number: int) -> int:
        if self._running is None:
            return 0
        self._running.send_signal(number)
        code = self._running.wait(20)
        self._running = None
        return code

    @property
    def alive(self) -> bool:
        return self._running is not None and self._running.poll() is None

    @property
    def pid(self) -> int:
        assert self._running is not None
        return self._running.pid

    def rows(self, statement: str) -> list[tuple]:
        with closing(sqlite3.connect(self.data / "tanya.db")) as connection:
            return connection.execute(statement).fetchall()
