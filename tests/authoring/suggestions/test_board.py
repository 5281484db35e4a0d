"""What people ask in vain: what means the same falls together, the most people first, with a line that helps."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from bot.authoring.suggestions.board import Board, Suggestion, near
from bot.knowledge.reading.loader import load
from bot.live import Snapshot
from bot.storage.log.missed import Mark, MarkState, Missed
from tests.conftest import REAL_KNOWLEDGE

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return Snapshot.of(load(REAL_KNOWLEDGE))


def missed(question: str, person: str = "a", *, minute: int = 0, outcome: str = "decline", bad: bool = False) -> Missed:
    at = NOW + timedelta(minutes=minute)
    return Missed(f"{person}-{minute}", at, person, question, outcome, "[]", bad, "[]")


def asked(*questions: str) -> list[Missed]:
    return [missed(question, f"p{n}", minute=n) for n, question in enumerate(questions)]


def found(snapshot: Snapshot, rows: Iterable[Missed], marks: Iterable[Mark] = ()) -> list[Suggestion]:
    return list(Board(list(rows), list(marks), snapshot, NOW).suggestions(snapshot))


TOGETHER = [
    ("sewa gedung serbaguna kecamatan", "gedung serbaguna kecamatan bisa disewa ga"),
    ("cara pinjam tenda hajatan desa", "pinjem tenda desa buat hajatan"),
    ("beasiswa kuliah pemkab", "ada beasiswa kuliah dari pemkab ga"),
    ("jadwal pasar malam tigaraksa", "pasar malam di tigaraksa jadwalnya kapan"),
]
APART = [
    ("sewa gedung serba guna kecamatan", "beasiswa kuliah pemkab"),
    ("cara pinjam tenda hajatan desa", "jadwal pasar malam tigaraksa"),
    ("harga pupuk subsidi petani", "lomba mancing hari minggu"),
    ("sewa lapangan futsal", "sewa gedung serba guna"),
]


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_questions_that_mean_the_same_fall_together(snapshot: Snapshot, one: str, other: str) -> None:
    assert len(found(snapshot, asked(one, other))) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_questions_that_mean_something_else_stay_apart(snapshot: Snapshot, one: str, other: str) -> None:
    assert len(found(snapshot, asked(one, other))) == 2


def test_what_concerns_the_most_people_comes_first_and_one_person_counts_once(snapshot: Snapshot) -> None:
    rows = [missed("lomba mancing hari minggu", "a", minute=n) for n in range(5)]
    rows += [missed("beasiswa kuliah pemkab", name, minute=10 + n) for n, name in enumerate("bcd")]
    first, second = found(snapshot, rows)
    assert (first.people, first.times, first.examples[0]) == (3, 3, "beasiswa kuliah pemkab")
    assert (second.people, second.times) == (1, 5)


def test_an_unknown_topic_has_no_service_and_no_line_to_add(snapshot: Snapshot) -> None:
    [one] = found(snapshot, asked("lomba mancing hari minggu"))
    assert (one.subject, one.addition) == ("", None)


def test_a_question_that_is_answered_now_is_no_suggestion_any_more(snapshot: Snapshot) -> None:
    assert found(snapshot, asked("syarat ganti ktp hilang")) == []


def test_an_answer_that_was_voted_down_asks_to_look_at_the_answer(snapshot: Snapshot) -> None:
    [one] = found(snapshot, [missed("syarat ganti ktp hilang", outcome="answer", bad=True)])
    assert (one.subject, one.voted_down, one.addition) == ("ktp-hilang", 1, None)


@pytest.mark.parametrize(("wrong", "subject"), [(1, "ktp-hilang"), (3, "")])
def test_a_service_is_wrong_for_a_question_when_most_say_so(snapshot: Snapshot, wrong: int, subject: str) -> None:
    rated = [missed("syarat ganti ktp hilang", f"p{n}", minute=n, outcome="answer", bad=True) for n in range(4)]
    rows = [one._replace(wrong='["ktp-hilang"]') if n < wrong else one for n, one in enumerate(rated)]
    [one] = found(snapshot, rows)
    assert (one.subject == "ktp-hilang", one.voted_down) == (bool(subject), 4)


def test_what_was_ignored_stays_away_and_what_was_handled_comes_back_when_asked_again(snapshot: Snapshot) -> None:
    rows = asked("lomba mancing hari minggu")
    [one] = found(snapshot, rows)
    later = NOW + timedelta(hours=1)
    assert found(snapshot, rows, [Mark(one.words, MarkState.IGNORED, later, "terminal:x")]) == []
    handled = Mark(one.words, MarkState.HANDLED, later, "terminal:x")
    assert found(snapshot, rows, [handled]) == []
    again = [*rows, missed("lomba mancing hari minggu", "z", minute=90)]
    assert [one.people for one in found(snapshot, again, [handled])] == [1]


def test_what_stands_in_place_of_personal_data_joins_nothing(snapshot: Snapshot) -> None:
    rows = asked("nama saya [nama] lomba mancing hari minggu", "nama saya [nama] harga pupuk subsidi petani")
    assert len(found(snapshot, rows)) == 2


@pytest.mark.parametrize("question", ["surat jompo", "server dinas error"])
def test_a_faint_likeness_is_no_proposal(snapshot: Snapshot, question: str) -> None:
    [one] = found(snapshot, asked(question))
    assert (one.subject, one.addition) == ("", None)


@pytest.mark.parametrize(
    "question", ["nama saya [nama] NIK [NIK] ktp saya hilang", "staf ptsp minta uang pelicin, ngadunya dimana"]
)
def test_personal_data_and_complaints_are_never_proposed_as_an_example(snapshot: Snapshot, question: str) -> None:
    for one in found(snapshot, asked(question)):
        assert one.addition is None


def test_a_new_topic_stays_without_a_proposal(snapshot: Snapshot) -> None:
    rows = asked("kartu berobat tidak aktif")
    [one] = found(snapshot, rows)
    assert one.addition is not None
    [marked] = found(snapshot, rows, [Mark(one.words, MarkState.NEW, NOW, "terminal:x")])
    assert (marked.subject, marked.addition, marked.examples) == ("", None, one.examples)


def test_other_services_are_offered_likeliest_first_and_only_ones_own(snapshot: Snapshot) -> None:
    [one] = found(snapshot, asked("kartu berobat tidak aktif"))
    files = snapshot.knowledge.files
    others = near(one, snapshot, lambda subject: files[subject].startswith("disdukcapil/"))
    assert others
    assert one.subject not in others
    assert all(files[subject].startswith("disdukcapil/") for subject in others)


def test_what_was_dealt_with_leaves_the_board_at_once(snapshot: Snapshot) -> None:
    board = Board(asked("lomba mancing hari minggu", "beasiswa kuliah pemkab"), [], snapshot, NOW)
    first, second = board.suggestions(snapshot)
    board.mark(Mark(first.words, MarkState.IGNORED, NOW, "terminal:x"))
    assert list(board.suggestions(snapshot)) == [second]
