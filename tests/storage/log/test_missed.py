"""Which questions were left without a good answer."""

from datetime import timedelta

import pytest

from bot.conversation.turn import Outcome, Picked, Rated, Rating
from bot.storage.log.missed import Mark, MarkState, Suggestions
from tests.storage.conftest import NOON, record


@pytest.fixture
def suggestions(database):
    return Suggestions(database)


async def missed(suggestions):
    return [row.turn for row in await suggestions.missed(NOON)]


async def test_what_was_declined_asked_back_or_led_to_a_person_is_missed(log, suggestions):
    for number, outcome in enumerate(Outcome):
        await log.keep(record(number, user=f"warga-{number}", outcome=outcome))
    assert [row.outcome for row in await suggestions.missed(NOON)] == ["clarify", "decline", "person"]


async def test_what_was_chosen_by_a_button_is_not_missed(log, database, suggestions):
    await log.keep(record(1, outcome=Outcome.CLARIFY))
    await database.write(log.choice(Picked("turn-1", "kia"), "warga"))
    assert await missed(suggestions) == []


async def test_T3_nobody_chooses_for_others(log, database, suggestions):
    await log.keep(record(1, outcome=Outcome.CLARIFY))
    await database.write(log.choice(Picked("turn-1", "kia"), "orang-lain"))
    assert await missed(suggestions) == ["turn-1"]


async def test_what_was_chosen_in_words_is_not_missed(log, suggestions):
    await log.keep(record(1, outcome=Outcome.CLARIFY))
    await log.keep(record(3, "yang kedua"))
    assert await missed(suggestions) == []


async def test_an_answer_to_somebody_else_or_much_later_is_no_choice(log, suggestions):
    await log.keep(record(1, outcome=Outcome.CLARIFY))
    await log.keep(record(3, user="orang-lain"))
    await log.keep(record(30))
    assert await missed(suggestions) == ["turn-1"]


async def test_an_answer_voted_down_is_missed_once(log, suggestions):
    await log.keep(record(1))
    await log.keep(record(2, outcome=Outcome.DECLINE))
    for turn in ("turn-1", "turn-2"):
        await log.rate(Rated(turn, Rating.BAD), "warga")
    assert [(row.turn, row.voted_down) for row in await suggestions.missed(NOON)] == [
        ("turn-1", True),
        ("turn-2", True),
    ]


@pytest.mark.parametrize(
    ("value", "wrong"), [(Rating.WRONG_SERVICE, '["ktp-hilang"]'), (Rating.OUTDATED, "[]"), (Rating.BAD, "[]")]
)
async def test_only_who_says_so_was_given_the_wrong_service(log, suggestions, value, wrong):
    await log.keep(record(1))
    await log.rate(Rated("turn-1", value), "warga")
    assert [row.wrong for row in await suggestions.missed(NOON)] == [wrong]


async def test_older_questions_are_left_out(log, suggestions):
    await log.keep(record(-1, outcome=Outcome.DECLINE))
    await log.keep(record(0, outcome=Outcome.DECLINE))
    assert await missed(suggestions) == ["turn-0"]


async def test_the_last_word_about_a_group_counts(suggestions):
    words = ("listrik", "padam")
    await suggestions.mark(Mark(words, MarkState.IGNORED, NOON, "telegram:1"))
    last = Mark(words, MarkState.HANDLED, NOON + timedelta(days=1), "telegram:2")
    await suggestions.mark(last)
    assert await suggestions.marks() == (last,)
