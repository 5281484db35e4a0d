"""What does one system cost? Run in a process of its own, so that time and memory are its own.

``python -m benchmarks.peers.cost`` reads a ``Case`` as JSON from standard input and prints a ``Cost`` as JSON.
"""

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.peers.figures import is_right
from benchmarks.peers.generator import questions_about, with_services
from benchmarks.peers.questions import IN_SCOPE, questions_of
from benchmarks.peers.systems import build
from benchmarks.questions import Question
from bot.knowledge.reading.loader import load

_WARMING = 10  # questions asked before the clock runs
_LONGEST = 4096  # letters of a message
_PATIENCE = 5.0  # seconds of questions; who is slow is asked fewer


@dataclass(frozen=True)
class Case:
    """What is measured: a system on a knowledge folder, or on generated services."""

    system: str
    folder: str
    questions: str  # a file; empty: the knowledge's own
    services: int = 0  # generated; 0: the real knowledge
    asked: int = 1000  # at most
    seed: int = 1


@dataclass(frozen=True)
class Cost:
    """What was measured."""

    system: str
    services: int
    build_s: float
    memory_mb: float  # beyond a process that holds the knowledge
    p50_us: float
    p99_us: float
    longest_us: float  # p99 of texts of 4096 letters
    asked: int
    first: float  # share whose first subject is right


def measured(case: Case) -> Cost:
    """The cost of a case, measured in a new process.

    Raises:
        subprocess.CalledProcessError: The system failed; its own words are on standard error.
    """
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.peers.cost"]
    done = subprocess.run(command, input=json.dumps(asdict(case)), stdout=subprocess.PIPE, text=True, check=True)
    return Cost(**json.loads(done.stdout))


def measure(case: Case) -> Cost:
    """The cost of a case, in this process."""
    knowledge = load(Path(case.folder))
    if case.services:
        knowledge = with_services(knowledge, case.services, case.seed)
        questions = questions_about(tuple(knowledge.services.values()), case.asked, case.seed)
    else:
        questions = questions_of(knowledge, case.questions)[: case.asked]
    gc.collect()
    before = _resident_mb()
    started = time.perf_counter()
    system = build(case.system, knowledge)
    build_s = time.perf_counter() - started
    gc.collect()
    memory_mb = _resident_mb() - before
    for question in questions[:_WARMING]:
        system.rank(question.text)
    times, first = _asked(system.rank, questions)
    longest, _ = _asked(system.rank, _long(questions))
    p50, p99 = np.percentile(times, [50, 99])
    return Cost(
        case.system,
        case.services or len(knowledge.subjects),
        build_s,
        memory_mb,
        float(p50),
        float(p99),
        float(np.percentile(longest, 99)),
        len(times),
        first,
    )


def _asked(
    rank: Callable[[str], Sequence[tuple[str, float]]], questions: Sequence[Question]
) -> tuple[list[float], float]:
    """Microseconds of each question, and the share of those in scope whose first subject is right."""
    times: list[float] = []
    right: list[bool] = []
    until = time.perf_counter() + _PATIENCE
    for question in questions:
        started = time.perf_counter()
        ranked = rank(question.text)
        ended = time.perf_counter()
        times.append((ended - started) * 1e6)
        if question.kind == IN_SCOPE:
            right.append(is_right(question, [subject for subject, _ in ranked[:1]]))
        if ended > until:
            break
    return times, float(np.mean(right)) if right else 0.0


def _long(questions: Sequence[Question]) -> list[Question]:
    """Questions run together until they are as long as a message can be."""
    text = " ".join(question.text for question in questions)
    text *= 1 + _LONGEST * 20 // len(text)
    return [Question(text[place : place + _LONGEST], "long") for place in range(0, len(text) - _LONGEST, _LONGEST)][:20]


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    print(json.dumps(asdict(measure(Case(**json.load(sys.stdin))))))
