"""A file from anybody is read apart: what takes too much ends there."""

import time

import pytest

from bot.authoring.sandbox import SandboxLimits, TooHeavyError, read_apart

LIMITS = SandboxLimits(memory=150_000_000, cpu_s=1, wait_s=20)


def letters(raw: bytes, more: str) -> list[str]:
    return [raw.decode(), more]


def hungry(raw: bytes) -> int:
    return len(raw * 300_000_000)


def busy(raw: bytes) -> str:
    until = time.process_time() + 4
    while time.process_time() < until:
        pass
    return raw.decode()


def idle(raw: bytes) -> str:
    time.sleep(60)
    return raw.decode()


def failing(raw: bytes) -> None:
    raise ValueError(raw)


def test_what_was_read_comes_back() -> None:
    assert read_apart(letters, "é".encode(), LIMITS, "x") == ["é", "x"]


@pytest.mark.parametrize("reader", [hungry, busy, failing], ids=lambda reader: reader.__name__)
def test_a_reader_that_takes_too_much_is_ended(reader) -> None:
    with pytest.raises(TooHeavyError):
        read_apart(reader, b"x", LIMITS)


def test_a_reader_that_does_nothing_is_not_waited_for() -> None:
    begun = time.monotonic()
    with pytest.raises(TooHeavyError):
        read_apart(idle, b"x", SandboxLimits(LIMITS.memory, 1, wait_s=0.5))
    assert time.monotonic() - begun < 30
