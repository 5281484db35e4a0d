"""Which words stand in an answer, and what an answer is held to."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.authoring.changing.answers import AnswerCheck, check_answers, folded, spoken, stands_in
from bot.conversation.reply import Reply, bullets, sources, text
from bot.conversation.turn import Outcome
from bot.knowledge.reading.loader import load
from bot.live import Snapshot
from tests.authoring.desk.admins import KTP

STANDS = [
    ("Rp50.000", "Biayanya Rp50.000.", True),
    ("rp 50.000", "Biayanya Rp50.000.", True),
    ("Rp50.000", "Biayanya Rp50.000.000.", False),
    ("5 hari", "Selesai 15 hari kerja.", False),
    ("5  HARI", "Selesai 5 hari kerja.", True),
    ("ya", "Biayanya gratis.", False),
    ("tidak", "Tidak. Cukup sekali.", True),
    ("tidak", "Ya. Jadi tidak perlu lagi.", False),
    ("24 jam", "Buka 24\njam", False),
    ("F-1.02", "Isi formulir F-1.02, lalu kirim.", True),
]


@pytest.mark.parametrize(("wanted", "said", "stands"), STANDS)
def test_words_stand_in_an_answer_whole_whatever_their_case_and_spaces(wanted: str, said: str, stands: bool) -> None:
    assert stands_in(wanted, folded(said)) is stands


def test_labels_and_lists_are_said_and_sources_are_not() -> None:
    blocks = (text("Gratis.", "Biaya"), bullets(["KK", "KTP"], "Syarat"), sources(["Perda 7/2023"], "Sumber"))
    assert spoken(Reply("", Outcome.ANSWER, blocks)) == "Biaya\nGratis.\nSyarat\nKK\nKTP"


def checked(folder: Path, added: str) -> Iterable[AnswerCheck]:
    path = folder / KTP
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    return tuple(check_answers(Snapshot.of(load(folder))))


TEST = "uji_isi:\n  - {t: ktp ilang, memuat: [gratis], tidak_memuat: [tutup]}\n"


def test_a_notice_that_goes_again_breaks_no_test(folder: Path) -> None:
    [one] = checked(folder, f"{TEST}pemberitahuan: {{isi: Loket tutup., sampai: 2030-12-31}}\n")
    assert (one.passed, "tutup" in one.said) == (True, False)


def test_a_withdrawn_service_is_asked_as_it_will_answer_again(folder: Path) -> None:
    withdrawn = "ditarik: {alasan: Diperiksa., sejak: 2026-01-01}\n"
    assert [one.passed for one in checked(folder, TEST + withdrawn)] == [True]


def test_what_stands_in_the_question_itself_is_no_answer(folder: Path) -> None:
    stored = "tanya_jawab:\n  - {t: Batas lapor 60 hari?, j: Ya. Batas lapor 90 hari.}\n"
    test = "uji_isi:\n  - {t: ktp hilang batas lapor 60 hari, memuat: [60 hari, tidak]}\n"
    [one] = checked(folder, stored + test)
    assert one.lacking == ("60 hari", "tidak")


def test_a_question_is_asked_with_personal_data_masked(folder: Path) -> None:
    test = "uji_isi:\n  - {t: ktp ilang nik 3603012345678901, memuat: [gratis]}\n"
    assert [one.passed for one in checked(folder, test)] == [True]
