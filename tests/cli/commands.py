"""How tests call a command: in this process, with nothing loaded twice, or apart, where the process is the point."""

import io
import logging
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import pytest
import structlog

from bot.bootstrap import house
from bot.cli import main
from bot.live import Live
from tests.conftest import REAL_KNOWLEDGE

ROOT = Path(__file__).parent.parent.parent
_KEPT = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}


def tanya(*arguments: str, stdin: str = "", cwd: Path = ROOT, **settings: str) -> subprocess.CompletedProcess[str]:
    """What a command says, and its exit code."""
    given, said, complained = _stream(stdin), _stream(), _stream()
    with pytest.MonkeyPatch.context() as patch, _logging_as_before():
        patch.chdir(cwd)
        patch.setattr(os, "environ", {**_KEPT, **settings})
        patch.setattr(house, "Live", _live)
        patch.setattr(sys, "argv", ["tanya", *arguments])
        for name, stream in (("stdin", given), ("stdout", said), ("stderr", complained)):
            patch.setattr(sys, name, stream)
        code = main.main()
    return subprocess.CompletedProcess(arguments, code, _text(said), _text(complained))


def apart(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own, as an operator starts it."""
    env = {**_KEPT, "PYTHONPATH": str(ROOT), **settings}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=env, timeout=60, check=False
    )


def at_a_terminal(arguments: list[str], typed: str, settings: dict[str, str]) -> str:
    """What stands on a terminal's screen after a command, its keys typed beforehand."""
    keys, screen = pty.openpty()
    os.write(keys, typed.encode())
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        **dict.fromkeys(("stdin", "stdout", "stderr"), screen),
        env={**_KEPT, "PYTHONPATH": str(ROOT), **settings},
    )
    os.close(screen)
    shown = b""
    with suppress(OSError):  # the terminal is gone once its last process has ended
        while part := os.read(keys, 4096):
            shown += part
    process.wait(60)
    os.close(keys)
    return shown.decode()


@contextmanager
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:], root.level = handlers, level
        structlog.reset_defaults()


def _live(folder: Path, last_good: Path | None = None) -> Live:
    return _shipped() if folder.resolve() == REAL_KNOWLEDGE and last_good is None else Live(folder, last_good)


@cache
def _shipped() -> Live:
    """The shipped knowledge, understood once: no command changes it."""
    return Live(REAL_KNOWLEDGE)


def _stream(text: str = "") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text.encode("utf-8", "surrogateescape")))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode()
