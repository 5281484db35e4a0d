"""What does the process take that reads a file apart?"""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

from bot.authoring.sandbox import SandboxLimits

# A child's peak counts what its parent held when it forked, so a small process of its own starts the reader.
_TAKEN = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "bot.authoring.sandbox", *sys.argv[1:]], capture_output=True, stdin=sys.stdin)
taken = resource.getrusage(resource.RUSAGE_CHILDREN)
print(taken.ru_maxrss / 1000, taken.ru_utime + taken.ru_stime)
"""


def taken(read: Callable[..., Any], raw: bytes, limits: SandboxLimits, *words: str) -> tuple[float, float]:
    """The most megabytes that a reader holds, and its seconds of the processor, until it is done or ended."""
    order = [f"{read.__module__}:{read.__name__}", str(limits.memory), str(limits.cpu_s), *words]
    done = subprocess.run([sys.executable, "-c", _TAKEN, *order], input=raw, capture_output=True, check=True)
    memory_mb, cpu_s = map(float, done.stdout.split())
    return memory_mb, cpu_s
