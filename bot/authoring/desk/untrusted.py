"""What does a YAML file say that anybody may have made? Read in a process of its own."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import structlog

from bot.authoring.sandbox import SandboxLimits, TooHeavyError, read_apart
from bot.knowledge.model import Agency, Referral, Service
from bot.knowledge.problems import Problem, in_file
from bot.knowledge.reading.document import parse
from bot.knowledge.reading.loader import AGENCY, REFERRALS
from bot.knowledge.reading.validation import validated

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
LIMITS = SandboxLimits(memory=160_000_000, cpu_s=2, wait_s=5.0)  # with the program itself less than 200 MB
_MOST_VALUES, _MOST_KEYS = 10_000, 200  # of a file, of one group; ours have 500 and 30
_MOST_PROBLEMS = 50
_KINDS: tuple[tuple[str, type[Service | Referral | Agency], str], ...] = (  # the key that tells it, and where it goes
    ("lembaga", Referral, f"{REFERRALS}/{{}}.yaml"),
    ("singkatan", Agency, f"{{}}/{AGENCY}"),
    ("", Service, ""),
)


@dataclass(frozen=True)
class Parsed:
    """The subject of a file, or why there is none."""

    problems: tuple[Problem, ...] = ()
    subject: str = ""  # id
    file: str = ""  # path below the knowledge folder; of a service somebody else has to say it


async def read_upload_apart(raw: bytes, name: str) -> Parsed:
    """Read a file; what takes too much time or memory is a problem, too. Its name is only told in problems."""
    try:
        told = await asyncio.to_thread(read_apart, told_of, raw, LIMITS, name)
    except TooHeavyError:
        _log.warning("a file could not be read")
        hint = "Kirim berkas yang lebih sederhana."
        return Parsed((Problem(name, 1, "berkas terlalu berat untuk dibaca.", hint),))
    return Parsed(tuple(Problem(**problem) for problem in told["problems"]), told["subject"], told["file"])


def told_of(raw: bytes, name: str) -> Mapping[str, Any]:
    """What a file holds, as it comes out of the process of its own."""
    return asdict(_read(raw, name))


def _read(raw: bytes, name: str) -> Parsed:
    document = parse(raw)
    if document.problems or document.root is None:
        return Parsed(in_file(name, document.problems))
    if not isinstance(document.data, dict):
        return Parsed((Problem(name, 1, "isi berkas harus berupa kelompok kunci, misalnya `id: …`."),))
    if _values(document.data) > _MOST_VALUES:
        return Parsed((Problem(name, 1, f"isi terlalu banyak: paling banyak {_MOST_VALUES} nilai."),))
    model, place = next((model, place) for key, model, place in _KINDS if not key or key in document.data)
    value, problems = validated(document, model)
    return (
        Parsed(in_file(name, problems[:_MOST_PROBLEMS]))
        if value is None
        else Parsed((), value.id, place.format(value.id))
    )


def _values(data: Any) -> int:
    """How many values a file holds; endless when a group has more keys than any group of ours."""
    if isinstance(data, dict):
        return _MOST_VALUES + 1 if len(data) > _MOST_KEYS else sum(1 + _values(value) for value in data.values())
    return sum(1 + _values(item) for item in data) if isinstance(data, list) else 0
