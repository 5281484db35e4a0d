"""Does somebody write too much? A bucket a person, so that one flood slows nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

_SWEEP_AT = 10_000  # people, before those who have been quiet are forgotten
_NOTICE_EVERY_S = 60.0


class Allowance(Enum):
    """What happens to a message."""

    PASS = auto()
    NOTICE = auto()  # too many: say so, once a minute
    SILENCE = auto()


@dataclass
class _Bucket:
    tokens: float
    at: float
    noticed: float = float("-inf")


class Limits:
    """Token buckets by person.

    Args:
        per_minute: How many messages a person may write in a row, and how many a minute bring back.
        clock: Seconds that only go forward.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._most = float(per_minute)
        self._clock = clock
        self._buckets: dict[int, _Bucket] = {}

    def take(self, person: int) -> Allowance:
        """Count one message of a person."""
        now = self._clock()
        if len(self._buckets) > _SWEEP_AT:
            self._sweep(now)
        bucket = self._buckets.setdefault(person, _Bucket(self._most, now))
        bucket.tokens = self._filled(bucket, now)
        bucket.at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return Allowance.PASS
        if now - bucket.noticed >= _NOTICE_EVERY_S:
            bucket.noticed = now
            return Allowance.NOTICE
        return Allowance.SILENCE

    def _filled(self, bucket: _Bucket, now: float) -> float:
        return min(self._most, bucket.tokens + (now - bucket.at) * self._most / 60)

    def _sweep(self, now: float) -> None:
        kept = {who: one for who, one in self._buckets.items() if self._filled(one, now) < self._most}
        self._buckets = kept
