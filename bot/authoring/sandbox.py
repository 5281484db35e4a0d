"""How is a file read that anybody may have made? In a process of its own, with little memory and time.

What takes too much of them ends that process and nothing else. Run as ``python -m bot.authoring.sandbox``: the file
on standard input, what was read as JSON on standard output. Only ``read_apart`` speaks with it.
"""

import importlib
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SandboxLimits:
    """What reading one file may take."""

    memory: int  # bytes of data; the program itself takes some 50 MB of them
    cpu_s: int
    wait_s: float  # by the clock on the wall: what runs out of memory does not always end by itself


class TooHeavyError(Exception):
    """Reading took more than it may."""


def read_apart(read: Callable[..., Any], raw: bytes, limits: SandboxLimits, *words: str) -> Any:
    """What a reader makes of a file. Waits for it: call it in a thread of its own.

    The reader is a function of a module, given the bytes and the words; what it returns must be JSON.

    Raises:
        TooHeavyError: It took too much, or the reader failed.
    """
    order = (f"{read.__module__}:{read.__name__}", str(limits.memory), str(limits.cpu_s), *words)
    command = [sys.executable, "-m", __name__, *order]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the file goes in as standard input
            command, input=raw, capture_output=True, timeout=limits.wait_s, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise TooHeavyError from error
    return json.loads(done.stdout)


def main() -> None:
    """Read one file, as ``read_apart`` orders."""
    place, memory, cpu_s, *words = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_DATA, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(cpu_s), int(cpu_s)))
    module, _, name = place.partition(":")
    json.dump(getattr(importlib.import_module(module), name)(sys.stdin.buffer.read(), *words), sys.stdout)


if __name__ == "__main__":
    main()
