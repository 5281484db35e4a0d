"""How opening hours are told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import OpenHours, WeekHours
from bot.knowledge.region import Holiday
from tests.conversation.composing.test_services import about
from tests.conversation.conftest import Conversation, heard

ZONE = ZoneInfo("Asia/Jakarta")
TalkAt = Callable[[datetime], Conversation]


def test_the_week_is_told_with_today_and_now(talk: Conversation) -> None:
    text = talk.shows("dukcapil", "jam")
    assert "• Senin-Kamis 07.30-16.00 (istirahat 12.00-13.00)\n• Jumat 07.30-16.30" in text
    assert "Hari ini (Selasa, 24 November 2026) buka 07.30-16.00" in text
    assert "Sekarang pukul 10.15 sedang buka, sampai pukul 16.00." in text


def test_usual_office_hours_are_said_to_be_that(talk: Conversation) -> None:
    assert "Ini jam kerja kantor pada umumnya." in talk.shows("dukcapil", "jam")


def test_an_agencys_own_hours_carry_no_such_remark(talk: Conversation) -> None:
    assert "pada umumnya" not in talk.shows("dinkes", "jam")


def test_a_service_takes_the_hours_of_its_agency(talk: Conversation) -> None:
    assert "Senin-Kamis 07.30-16.00" in talk.shows("ktp-hilang", "jam")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("besok", "Besok (Rabu, 25 November 2026) buka 07.30-16.00 (istirahat 12.00-13.00)."),
        ("jumat", "Jumat, 27 November 2026 buka 07.30-16.30 (istirahat 11.30-13.00)."),
        ("sabtu", "Sabtu, 28 November 2026 tutup. Buka lagi Senin, 30 November 2026 pukul 07.30."),
        (
            "25 desember",
            "Jumat, 25 Desember 2026 tutup: Hari Raya Natal (libur nasional). Buka lagi Senin, 28 Desember",
        ),
        ("24 desember", "Kamis, 24 Desember 2026 tutup: Cuti Bersama Hari Raya Natal. Buka lagi"),
        ("hari libur", "Pada hari libur nasional dan cuti bersama tutup. Libur terdekat: Kamis, 24 Desember 2026"),
    ],
)
def test_a_day_that_was_asked_for_is_told_first(talk: Conversation, day: str, said: str) -> None:
    assert said in talk.says(heard("dukcapil", day=day))


def test_a_holiday_that_may_still_move_is_said_to(talk: Conversation) -> None:
    assert "masih perkiraan" in talk.says(heard("dukcapil", day="10 maret 2027"))


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (6, 0, "Sekarang pukul 06.00 belum buka. Buka pukul 07.30."),
        (12, 30, "Sekarang pukul 12.30 sedang istirahat, buka lagi pukul 13.00."),
        (18, 5, "Sekarang pukul 18.05 sudah tutup. Buka lagi Rabu, 25 November 2026 pukul 07.30."),
    ],
)
def test_what_the_office_is_now_is_told(talk_at: TalkAt, hour: int, minute: int, said: str) -> None:
    moment = datetime(2026, 11, 24, hour, minute, tzinfo=ZONE)
    assert said in talk_at(moment).says(heard("dukcapil", day="hari ini"))


def test_now_is_local_time_of_the_region_wherever_the_bot_runs(talk_at: TalkAt) -> None:
    moment = datetime(2026, 11, 24, 23, 30, tzinfo=ZoneInfo("UTC"))
    assert "Hari ini (Rabu, 25 November 2026)" in talk_at(moment).says(heard("dukcapil", day="hari ini"))


def test_a_closure_within_two_weeks_is_told_with_the_week(talk_at: TalkAt) -> None:
    moment = datetime(2026, 12, 14, 9, 0, tzinfo=ZONE)
    assert "Libur terdekat: Kamis, 24 Desember 2026, Cuti Bersama Hari Raya Natal." in talk_at(moment).shows(
        "dukcapil", "jam"
    )


def test_in_ramadan_without_hours_of_its_own_nobody_is_told_that_it_is_open_now(talk_at: TalkAt) -> None:
    text = talk_at(datetime(2027, 2, 15, 15, 30, tzinfo=ZONE)).says(heard("dukcapil", day="hari ini"))
    assert "Selama Ramadan jamnya biasanya lebih pendek" in text
    assert "Tanggal Ramadan ini masih perkiraan." in text
    assert "sedang buka" not in text


def test_in_ramadan_the_hours_of_ramadan_hold(knowledge: KnowledgeBase) -> None:
    short = WeekHours(monday=OpenHours(opens="08.00", closes="15.00"))
    region = knowledge.region.model_copy(update={"ramadan_hours": short})
    talk = Conversation(replace(knowledge, region=region), datetime(2027, 2, 15, 15, 30, tzinfo=ZONE))
    text = talk.says(heard("dukcapil", day="hari ini"))
    assert "buka 08.00-15.00. Sekarang pukul 15.30 sudah tutup." in text
    assert "Ini jam selama Ramadan." in text
    assert "Jam buka: Senin 08.00-15.00." in talk.shows("dukcapil")
    assert "07.30" in talk.says(heard("dukcapil", day="15 maret 2027"))


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (6, "Sekarang pukul 06.15 jam kerja pegawai belum mulai. Mulai pukul 07.30."),
        (10, "Sekarang pukul 10.15 masih jam kerja pegawai, sampai pukul 16.00."),
        (12, "Sekarang pukul 12.15 jam istirahat pegawai, sampai pukul 13.00."),
        (18, "Sekarang pukul 18.15 jam kerja pegawai sudah selesai. Hari kerja berikutnya Rabu, 25 November 2026"),
    ],
)
def test_working_hours_of_officials_are_not_said_to_be_those_of_a_counter(
    knowledge: KnowledgeBase, hour: int, said: str
) -> None:
    hours = knowledge.region.office_hours.model_copy(update={"whose": "pegawai"})
    region = knowledge.region.model_copy(update={"office_hours": hours})
    talk = Conversation(replace(knowledge, region=region), datetime(2026, 11, 24, hour, 15, tzinfo=ZONE))
    text = talk.says(heard("dukcapil", day="hari ini"))
    assert said in text
    assert "buka 07.30" not in text
    assert "sedang buka" not in text


def test_in_ramadan_an_agency_at_a_glance_tells_the_hours_of_ramadan(knowledge: KnowledgeBase) -> None:
    short = WeekHours(monday=OpenHours(opens="08.00", closes="15.00"))
    region = knowledge.region.model_copy(update={"ramadan_hours": short})
    text = Conversation(replace(knowledge, region=region), datetime(2027, 2, 15, 9, 0, tzinfo=ZONE)).shows("dukcapil")
    assert "Jam buka: Senin 08.00-15.00.\n\nIni jam selama Ramadan." in text
    assert "07.30" not in text


def test_an_agency_at_a_glance_says_whose_usual_hours_these_are(talk: Conversation) -> None:
    assert "Ini jam kerja kantor pada umumnya." in talk.shows("dukcapil")


def test_an_agency_may_give_only_its_hours_of_ramadan(knowledge: KnowledgeBase) -> None:
    short = WeekHours(monday=OpenHours(opens="09.00", closes="14.00"))
    agency = knowledge.agencies["dukcapil"].model_copy(update={"ramadan_hours": short})
    changed = replace(knowledge, agencies={**knowledge.agencies, "dukcapil": agency})
    text = Conversation(changed).says(heard("dukcapil", day="15 februari 2027"))
    assert "buka 09.00-14.00" in text


def test_officials_hours_of_ramadan_are_said_to_be_theirs(knowledge: KnowledgeBase) -> None:
    short = WeekHours(monday=OpenHours(opens="08.00", closes="15.00"), whose="pegawai")
    region = knowledge.region.model_copy(update={"ramadan_hours": short})
    text = Conversation(replace(knowledge, region=region)).says(heard("dukcapil", day="15 februari 2027"))
    assert "jam kerja pegawai 08.00-15.00" in text
    assert "jam kerja pegawai" not in Conversation(replace(knowledge, region=region)).shows("dukcapil", "jam")


def test_hours_of_ramadan_are_told_when_they_are_asked_for_at_another_time(knowledge: KnowledgeBase) -> None:
    assert "Selama Ramadan jamnya biasanya lebih pendek" in Conversation(knowledge).says(
        heard("dukcapil", day="ramadan")
    )
    short = WeekHours(monday=OpenHours(opens="08.00", closes="15.00"))
    region = knowledge.region.model_copy(update={"ramadan_hours": short})
    text = Conversation(replace(knowledge, region=region)).says(heard("dukcapil", day="ramadan"))
    assert "Jam buka:\n• Senin 08.00-15.00\n• Hari lain dan hari libur: tutup\n\nIni jam selama Ramadan." in text
    assert "Hari ini" not in text


def test_a_case_with_hours_of_its_own_is_told_beside_the_hours_of_the_office(knowledge: KnowledgeBase) -> None:
    cases = [{"judul": "Gawat darurat", "jam": "Siaga 24 jam."}]
    text = about(knowledge, jam="Kantor", varian=cases).shows("apotek", "jam")
    assert "Jam buka: Senin-Kamis 07.30-16.00 (istirahat 12.00-13.00); Jumat 07.30-16.30" in text
    assert "• Gawat darurat: Siaga 24 jam." in text


def test_of_a_holiday_in_ramadan_no_hours_are_spoken_of(knowledge: KnowledgeBase) -> None:
    holidays = (*knowledge.holidays, Holiday(day=date(2027, 3, 9), name="Cuti Idul Fitri", kind="cuti bersama"))
    text = Conversation(replace(knowledge, holidays=holidays)).says(heard("dukcapil", day="9 maret 2027"))
    assert "tutup" in text
    assert "Ramadan" not in text
