"""What somebody means who writes words behind /log or /statistik."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.knowledge.reading.loader import load
from bot.reports.query import LogQuery
from tests.conftest import REAL_KNOWLEDGE

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
TODAY = datetime(2026, 11, 24, tzinfo=NOW.tzinfo)


@pytest.fixture(scope="module")
def knowledge():
    return load(REAL_KNOWLEDGE)


def understood(said, knowledge):
    """The fields of the filter that are not empty."""
    return {name: value for name, value in vars(LogQuery.of(said, knowledge, NOW).filter).items() if value}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("", {}),
        ("ktp", {"text": "ktp"}),
        ("buruk", {"feedback": "buruk"}),
        ("ditanya balik", {"outcomes": ("clarify",)}),
        ("tidak terjawab", {"outcomes": ("decline", "person")}),
        ("bantuan", {"outcomes": ("help",)}),
        ("bantuan sosial", {"text": "bantuan sosial"}),
        ("pelayanan buruk", {"text": "pelayanan buruk"}),
        ("ktp-hilang", {"services": ("ktp-hilang",)}),
        ("ktp-hilang Buruk", {"services": ("ktp-hilang",), "feedback": "buruk"}),
        ("hari ini", {"since": TODAY}),
        ("7 hari", {"since": TODAY.replace(day=18)}),
        ("kemarin", {"since": TODAY.replace(day=23), "until": TODAY}),
        ("2026-11-20", {"since": TODAY.replace(day=20), "until": TODAY.replace(day=21)}),
        ("20/11/2026 ktp", {"since": TODAY.replace(day=20), "until": TODAY.replace(day=21), "text": "ktp"}),
        ("ktp 20 November 2026", {"since": TODAY.replace(day=20), "until": TODAY.replace(day=21), "text": "ktp"}),
        ("20 nov 2026", {"since": TODAY.replace(day=20), "until": TODAY.replace(day=21)}),
        ("20.11.2026", {"since": TODAY.replace(day=20), "until": TODAY.replace(day=21)}),
        ("31 November 2026", {"text": "31 november 2026"}),
        ("0 hari", {"text": "0 hari"}),
    ],
)
def test_words_are_understood(said, wanted, knowledge):
    assert understood(said, knowledge) == wanted


def test_an_agency_means_itself_and_all_its_services(knowledge):
    services = understood("disdukcapil", knowledge)["services"]
    assert services[0] == "disdukcapil"
    assert {"ktp-hilang", "kk-baru"} < set(services)
    assert "imunisasi" not in services


@pytest.mark.parametrize("said", ["a:b:c", "x" * 5000, "é" * 30, "ktp; DROP TABLE", "\n\t", "ktp " * 50])
def test_what_was_said_fits_a_button(said, knowledge):
    kept = LogQuery.of(said, knowledge, NOW).said
    assert ":" not in kept
    assert len(kept.encode()) <= 40
    assert LogQuery.of(kept, knowledge, NOW).said == kept


def test_the_title_says_what_was_understood(knowledge):
    assert LogQuery.of("buruk 7 hari ktp-hilang", knowledge, NOW).names == ("ktp-hilang", "7 hari terakhir", "buruk")
