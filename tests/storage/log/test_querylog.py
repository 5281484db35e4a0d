import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.conversation.turn import Outcome, Rated, Rating
from bot.storage.log.filters import Filter
from bot.storage.log.querylog import Asked
from bot.storage.tables import looks
from tests.storage.conftest import NOON, record


async def fill(log, *records):
    for one in records:
        await log.keep(one)


async def only(log):
    (row,) = (await log.page(Filter())).rows
    return row


async def turns(log, wanted=None, size=20):
    return [row.turn for row in (await log.page(wanted or Filter(), size)).rows]


async def test_a_question_becomes_a_row_with_all_that_is_known_of_it(log):
    await log.keep(record(1, "nik [NIK] syarat ktp", found=("NIK",)))
    assert await only(log) == Asked(
        id=1,
        turn="turn-1",
        at=NOON + timedelta(minutes=1),
        channel="telegram",
        person="warga",
        question="nik [NIK] syarat ktp",
        outcome="answer",
        services=("ktp-hilang",),
        scores=(("ktp-hilang", 0.9123), ("ktp-rusak", 0.2)),
        aspects=("syarat",),
        latency_ms=0.25,
        version="v1",
        feedback="",
        reason="",
        found=("NIK",),
    )


async def test_P3_the_same_turn_twice_is_one_row(log):
    await fill(log, record(1), record(1))
    assert await turns(log) == ["turn-1"]


@pytest.mark.parametrize(
    ("value", "feedback", "reason"),
    [(Rating.GOOD, "baik", ""), (Rating.BAD, "buruk", ""), (Rating.OUTDATED, "buruk", "sudah berubah")],
)
async def test_a_rating_goes_to_the_row_of_its_answer(log, value, feedback, reason):
    await log.keep(record(1))
    await log.rate(Rated("turn-1", value), "warga")
    row = await only(log)
    assert (row.feedback, row.reason) == (feedback, reason)


async def test_T3_nobody_rates_the_answers_of_others(log):
    await log.keep(record(1))
    await log.rate(Rated("turn-1", Rating.BAD), "orang-lain")
    assert (await only(log)).feedback == ""


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), [5, 4, 3, 2, 1]),
        (Filter(since=NOON + timedelta(minutes=4)), [5, 4]),
        (Filter(until=NOON + timedelta(minutes=2)), [1]),
        (Filter(outcomes=("decline",)), [2]),
        (Filter(outcomes=("decline", "clarify")), [3, 2]),
        (Filter(services=("kk-baru",)), [4]),
        (Filter(services=("kk-baru", "ktp-hilang")), [5, 4, 1]),
        (Filter(feedback="buruk"), [5]),
        (Filter(text="ktp"), [5, 1]),
        (Filter(text="KTP hil"), [1]),
        (Filter(text="pindah"), [2]),
        (Filter(text='ktp" OR "pindah'), []),
        (Filter(text="%"), []),
        (Filter(text="ktp", services=("ktp-hilang",), outcomes=("answer",)), [5, 1]),
        (Filter(text="ktp", until=NOON + timedelta(minutes=2)), [1]),
        (Filter(services=("tidak-ada",)), []),
    ],
)
async def test_rows_are_found_newest_first(log, wanted, found):
    await fill(
        log,
        record(1, "ktp hilang"),
        record(2, "pindah planet", outcome=Outcome.DECLINE, services=()),
        record(3, "surat", outcome=Outcome.CLARIFY, services=()),
        record(4, "kk baru", services=("kk-baru",)),
        record(5, "ktp rusak", services=("ktp-rusak", "ktp-hilang")),
    )
    await log.rate(Rated("turn-5", Rating.BAD), "warga")
    assert await turns(log, wanted) == [f"turn-{number}" for number in found]


@pytest.mark.parametrize("wanted", [Filter(), Filter(text="ktp"), Filter(services=("ktp-hilang",))])
async def test_pages_show_every_row_once(log, wanted):
    same_moment = [record(number, at=NOON) for number in range(23)]
    await fill(log, *same_moment)
    seen, place = [], None
    while True:
        page = await log.page(wanted, 5, place)
        seen += [row.turn for row in page.rows]
        if (place := page.following) is None:
            break
    assert seen == [f"turn-{number}" for number in reversed(range(23))]


async def test_rows_that_came_in_late_are_found_by_word_and_moment(log):
    await fill(log, record(30, "ktp"), record(0, "ktp"), record(31, "ktp"), record(60 * 24 * 4, "ktp"))
    assert await turns(log, Filter(text="ktp", until=NOON + timedelta(minutes=10))) == ["turn-0"]


async def test_a_search_for_personal_data_is_a_search_for_what_stands_in_its_place(log):
    await fill(log, record(1, "nik [NIK] saya"), record(2, "ktp"))
    assert await turns(log, Filter(text="3603121209900001")) == ["turn-1"]


async def test_T14_a_person_is_erased_whole(log, database, path):
    await fill(log, record(1, "unikatunikat", user="a"), record(2, user="b"))
    assert await log.erase("a") == 1
    assert await turns(log) == ["turn-2"]
    assert await turns(log, Filter(text="unikatunikat")) == []
    assert await turns(log, Filter(services=("ktp-hilang",))) == ["turn-2"]
    assert await log.erase("a") == 0


async def test_T14_what_was_erased_cannot_be_read_from_the_file(log, database, path):
    await fill(log, record(1, "unikatunikat", user="a"))
    await log.erase("a")
    await database.checkpoint()
    assert b"unikatunikat" not in path.read_bytes()


async def test_rows_older_than_the_retention_go(log):
    await fill(log, record(1, at=NOON - timedelta(days=181)), record(2, at=NOON - timedelta(days=179)))
    assert await log.purge(NOON - timedelta(days=180)) == 1
    assert await turns(log) == ["turn-2"]


async def test_T14_each_look_is_recorded_without_personal_data(log, database):
    await log.looked("admin", "log", Filter(text="nik 3603121209900001", outcomes=("decline",)), 3, NOON)
    async with database.read() as connection:
        (look,) = (await connection.execute(select(looks))).mappings().all()
    assert (look["who"], look["what"], look["rows"]) == ("admin", "log", 3)
    assert json.loads(look["detail"]) == {"outcomes": ["decline"], "text": "nik [NIK]"}
