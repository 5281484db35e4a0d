"""How is a YAML file read that anybody may have made? In a process of its own, with little time and memory.

Run as ``python -m bot.authoring.untrusted NAME``: the file on standard input, a JSON object on standard output. Only
``read_apart`` speaks with it.
"""

import asyncio
import json
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import structlog

from bot.knowledge.document import parse
from bot.knowledge.loader import validated
from bot.knowledge.model import Agency, Referral, Service
from bot.knowledge.problems import Problem

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_MOST_MEMORY = 160_000_000  # bytes of data; with the program itself less than 200 MB
_MOST_CPU_S = 2
_MOST_WAIT_S = 5.0  # what runs out of memory does not always end by itself
_MOST_VALUES, _MOST_KEYS = 10_000, 200  # of a file, of one group; ours have 500 and 30
_MOST_PROBLEMS = 50


class UploadKind(StrEnum):
    """What a file is about."""

    SERVICE = "service"
    REFERRAL = "referral"
    AGENCY = "agency"


@dataclass(frozen=True)
class Parsed:
    """The subject of a file, or why there is none."""

    problems: tuple[Problem, ...] = ()
    kind: UploadKind = UploadKind.SERVICE
    subject: str = ""  # id


async def read_apart(raw: bytes, name: str) -> Parsed:
    """Read a file in a process of its own.

    Args:
        raw: Its bytes, at most as many as a knowledge file may have.
        name: What it is called in problems; decides nothing.

    Returns:
        What was found. What takes too much time or memory is a problem, too.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.authoring.desk.untrusted", name),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, _ = await asyncio.wait_for(process.communicate(raw), _MOST_WAIT_S)
    except TimeoutError:
        process.kill()
        await process.wait()
        return _too_heavy(name)
    if process.returncode != 0:
        _log.warning("a file could not be read", code=process.returncode)
        return _too_heavy(name)
    told = json.loads(out)
    return Parsed(tuple(Problem(**problem) for problem in told["problems"]), UploadKind(told["kind"]), told["subject"])


def _too_heavy(name: str) -> Parsed:
    return Parsed((Problem(name, 1, "berkas terlalu berat untuk dibaca.", "Kirim berkas yang lebih sederhana."),))


# --- what runs in the process of its own ------------------------------------------------------------------------------


def main() -> None:
    """Read one file."""
    resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_CPU_S, _MOST_CPU_S))
    found = _read(sys.stdin.buffer.read(), sys.argv[1])
    problems = [asdict(problem) for problem in found.problems]
    json.dump({"problems": problems, "kind": found.kind, "subject": found.subject}, sys.stdout)


def _read(raw: bytes, name: str) -> Parsed:
    document, problems = parse(raw, name)
    if problems or document.root is None:
        return Parsed(tuple(problems))
    if not isinstance(document.data, dict):
        return Parsed((Problem(name, 1, "isi berkas harus berupa kelompok kunci, misalnya `id: …`."),))
    if _values(document.data) > _MOST_VALUES:
        return Parsed((Problem(name, 1, f"isi terlalu banyak: paling banyak {_MOST_VALUES} nilai."),))
    kind = _kind(document.data)
    model: type[Service | Referral | Agency] = _MODELS[kind]
    value, problems = validated(document, model, name)
    return Parsed(tuple(problems[:_MOST_PROBLEMS])) if value is None else Parsed(kind=kind, subject=value.id)


def _values(data: Any) -> int:
    """How many values a file holds; endless when a group has more keys than any group of ours."""
    if isinstance(data, dict):
        return _MOST_VALUES + 1 if len(data) > _MOST_KEYS else sum(1 + _values(value) for value in data.values())
    return sum(1 + _values(item) for item in data) if isinstance(data, list) else 0


def _kind(data: Mapping[str, Any]) -> UploadKind:
    if "lembaga" in data:
        return UploadKind.REFERRAL
    return UploadKind.AGENCY if "singkatan" in data else UploadKind.SERVICE


_MODELS: Mapping[UploadKind, type[Service | Referral | Agency]] = {
    UploadKind.SERVICE: Service,
    UploadKind.REFERRAL: Referral,
    UploadKind.AGENCY: Agency,
}

if __name__ == "__main__":
    main()
