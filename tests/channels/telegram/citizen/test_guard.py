"""Who writes too much is held off, and nobody else."""

from bot.channels.telegram.citizen import guard
from bot.channels.telegram.citizen.guard import Allowance, Limits

PASS, NOTICE, SILENCE = Allowance.PASS, Allowance.NOTICE, Allowance.SILENCE


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def test_a_person_has_so_many_messages_a_minute_and_one_notice():
    clock = Clock()
    limited = Limits(2, clock)
    assert [limited.take(1) for _ in range(4)] == [PASS, PASS, NOTICE, SILENCE]
    assert limited.take(2) is PASS
    clock.now += 30
    assert [limited.take(1) for _ in range(2)] == [PASS, SILENCE]


def test_the_notice_comes_again_after_a_minute():
    clock = Clock()
    limited = Limits(1, clock)
    assert [limited.take(1), limited.take(1)] == [PASS, NOTICE]
    clock.now += 61
    assert [limited.take(1), limited.take(1)] == [PASS, NOTICE]


def test_who_has_been_quiet_is_forgotten(monkeypatch):
    monkeypatch.setattr(guard, "_SWEEP_AT", 10)
    clock = Clock()
    limited = Limits(5, clock)
    for person in range(11):
        limited.take(person)
    clock.now += 60
    limited.take(99)
    assert set(limited._buckets) == {99}
