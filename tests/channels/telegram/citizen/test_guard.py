"""Who writes too much is held off, and nobody else."""

from itertools import count

from bot.channels.telegram.citizen import guard
from bot.channels.telegram.citizen.guard import Allowance, Limits

PASS, NOTICE, SILENCE = Allowance.PASS, Allowance.NOTICE, Allowance.SILENCE


def taking(per_minute):
    """Takes for a person at a moment, each an update of its own."""
    limits, numbers = Limits(per_minute), count()
    return lambda at, person=1: limits.take(person, next(numbers), at)


def test_a_person_has_so_many_messages_a_minute_and_one_notice():
    take = taking(2)
    assert [take(100) for _ in range(4)] == [PASS, PASS, NOTICE, SILENCE]
    assert take(100, person=2) is PASS
    assert [take(130) for _ in range(2)] == [PASS, SILENCE]


def test_the_notice_comes_again_after_a_minute():
    take = taking(1)
    assert [take(100), take(100)] == [PASS, NOTICE]
    assert [take(161), take(161)] == [PASS, NOTICE]


def test_what_was_asked_over_an_hour_is_not_too_much_when_it_comes_at_once():
    take = taking(20)
    assert {take(minute * 60 / 2) for minute in range(120)} == {PASS}


def test_an_update_is_counted_once_however_often_it_is_tried():
    limits = Limits(2)
    assert [limits.take(1, 7, 100.0) for _ in range(9)] == [PASS] * 9
    assert [limits.take(1, update, 100.0) for update in (8, 9, 9, 10)] == [PASS, NOTICE, NOTICE, SILENCE]


def test_a_moment_of_the_past_brings_nothing_back_and_takes_nothing_away():
    take = taking(1)
    assert [take(100), take(40), take(100)] == [PASS, NOTICE, NOTICE]
    assert take(160) is PASS


def test_who_has_been_quiet_is_forgotten(monkeypatch):
    monkeypatch.setattr(guard, "_SWEEP_AT", 10)
    limits = Limits(5)
    for person in range(11):
        limits.take(person, person, 100.0)
    limits.take(99, 99, 160.0)
    assert set(limits._buckets) == {99}
