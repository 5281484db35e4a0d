"""Which questions fall together by their words, whether they are answered or not."""

import json

import pytest

from bot.authoring.suggestions.groups import grouped
from bot.authoring.suggestions.topics import Topics
from bot.knowledge.reading.loader import load
from bot.live import Snapshot
from tests.conftest import REAL_KNOWLEDGE

TOGETHER = [
    ("ktp saya ilang kecopetan", "kecopetan, KTP-el hilang"),
    ("jadwal pemadaman listrik", "kapan pemadaman listriknya"),
    ("harga gabah sekarang berapa", "gabah harganya berapa ya min"),
    ("stiker parkir warga", "cara minta stiker parkir utk warga"),
]
APART = [
    ("ktp hilang", "ktp rusak"),
    ("syarat ktp baru", "syarat kk baru"),
    ("akta kelahiran hilang", "akta kematian hilang"),
    ("harga gabah", "harga emas"),
    ("jadwal vaksin kucing", "jadwal bioskop"),
    ("stiker parkir warga", "stiker gratis vaksin anjing peliharaan"),
    ("biaya urus surat nikah", "biaya urus surat pindah"),
]


@pytest.fixture(scope="module")
def topics() -> Topics:
    return Topics(Snapshot.of(load(REAL_KNOWLEDGE)))


def count(topics: Topics, *questions: str) -> int:
    return len(grouped([topics.read(question) for question in questions]))


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_the_same_in_other_words_falls_together(topics: Topics, one: str, other: str) -> None:
    assert count(topics, one, other) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_a_shared_word_alone_does_not_join(topics: Topics, one: str, other: str) -> None:
    assert count(topics, one, other) == 2


@pytest.mark.parametrize(("scores", "groups"), [([], 2), ([["kia", 0.9]], 1)])
def test_questions_with_little_in_common_join_by_the_service_they_lean_to(
    topics: Topics, scores: list[object], groups: int
) -> None:
    said = [topics.read(question, json.dumps(scores)) for question in ("kartu buat si kecil", "kartu balita bocah")]
    assert len(grouped(said)) == groups


def test_a_service_that_was_wrong_joins_nothing(topics: Topics) -> None:
    given = json.dumps([["kia", 0.8]])
    said = [topics.read(text, given, '["kia"]') for text in ("stiker parkir", "jadwal bioskop")]
    assert len(grouped(said)) == 2


@pytest.mark.parametrize("question", ["", "biayanya berapa ya", "12", "mau bicara dengan petugas"])
def test_what_says_nothing_of_its_own_belongs_to_no_group(topics: Topics, question: str) -> None:
    assert count(topics, question) == 0


def test_groups_are_the_same_every_time(topics: Topics) -> None:
    said = [text for pair in TOGETHER + APART for text in pair]
    assert grouped([topics.read(text) for text in said]) == grouped([topics.read(text) for text in said])
