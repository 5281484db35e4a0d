"""What `tanya test` prints, and how it ends."""

import json
from pathlib import Path

from bot.authoring.changing.questions import WORD_CHECKS
from tests.authoring.desk.admins import KTP
from tests.cli.commands import tanya

MOMENT = "ditanyakan seperti pada Selasa, 24 November 2026 10.00."
NOTHING_STORED = "tanya_jawab: 0 dari 0 terjawab sesudah kartunya, 0 sendirian.\n"
NO_TESTS = f"uji_isi: 0 benar, 0 salah, 0 belum bisa; {MOMENT}\n"


def with_tests(folder: Path, *tests: str) -> int:
    """Add tests of content to the file of the lost KTP; the line of the first."""
    (folder / WORD_CHECKS).write_text("- {kalimat: ktp hilang, kata: [ktp, hilang]}\n", encoding="utf-8")
    before = (folder / KTP).read_text(encoding="utf-8")
    (folder / KTP).write_text(f"{before}uji_isi:\n" + "".join(f"  - {one}\n" for one in tests), encoding="utf-8")
    return before.count("\n") + 2


def test_each_question_that_fails_is_named_and_the_command_ends_with_one(folder: Path) -> None:
    (folder / WORD_CHECKS).write_text("- {kalimat: ktp hilang, kata: [paspor], aspek: [biaya]}\n", encoding="utf-8")
    done = tanya("test", "--knowledge", str(folder))
    wrong = "bahasa/uji.yaml: “ktp hilang” mestinya paspor, biaya, jadi ktp, hilang\n"
    assert done.stdout == f"{wrong}{NOTHING_STORED}{NO_TESTS}1 pertanyaan benar, 1 salah.\n"
    assert done.returncode == 1


def test_an_answer_that_lacks_or_holds_what_it_must_not_is_told_with_file_and_line(folder: Path) -> None:
    line = with_tests(folder, "{t: ktp ilang, memuat: [Rp5.000, gratis], tidak_memuat: [uu 24 / 2013]}")
    done = tanya("test", "--knowledge", str(folder))
    wrong = "tidak memuat “Rp5.000”; memuat “uu 24 / 2013”, padahal tidak boleh"
    now = "Jawabannya kini: Gratis menurut UU 24/2013 Pasal 79A."
    assert f"{KTP}:{line}: “ktp ilang” (dijawab: ktp-hilang) {wrong}. {now}\n" in done.stdout
    assert done.stdout.count("Kalau isi jawabannya yang benar, ubah memuat") == 1
    assert f"uji_isi: 0 benar, 1 salah, 0 belum bisa; {MOMENT}\n" in done.stdout
    assert done.returncode == 1


def test_what_is_known_to_fail_is_counted_and_what_works_now_is_told(folder: Path) -> None:
    line = with_tests(
        folder,
        "{t: ktp ilang, memuat: [Rp5.000], belum_bisa: ya}",
        "{t: ktp ilang, memuat: [gratis], belum_bisa: ya}",
    )
    done = tanya("test", "--knowledge", str(folder))
    assert f"{KTP}:{line + 1}: sudah bisa: hapus belum_bisa dari “ktp ilang”\n" in done.stdout
    assert f"uji_isi: 1 benar, 0 salah, 1 belum bisa; {MOMENT}\n" in done.stdout
    assert done.returncode == 0


def test_a_stored_question_that_does_not_bring_its_answer_is_a_remark(folder: Path) -> None:
    with_tests(folder, "{t: ktp ilang, memuat: [gratis]}")
    path = folder / KTP
    stored = (
        "  - {t: Bisa tanpa surat polisi?, j: 'Tidak bisa, surat polisi wajib.'}\n  - {t: Terima kasih, j: Plugh.}\n"
    )
    path.write_text(f"{path.read_text(encoding='utf-8')}tanya_jawab:\n{stored}", encoding="utf-8")
    done = tanya("test", "--knowledge", str(folder))
    assert "“Terima kasih” belum membawa jawabannya sesudah kartu layanannya\n" in done.stdout
    assert "tanya_jawab: 1 dari 2 terjawab sesudah kartunya, 1 sendirian.\n" in done.stdout
    assert done.returncode == 0


def test_a_program_reads_the_same(folder: Path) -> None:
    line = with_tests(folder, "{t: ktp ilang, memuat: [gratis]}", "{t: ktp ilang, tidak_memuat: [UU]}")
    done = tanya("test", "--json", "--knowledge", str(folder))
    place, says = f"{KTP}:{line + 1}", "Gratis menurut UU 24/2013 Pasal 79A."
    failed = [{"place": place, "question": "ktp ilang", "lacking": [], "unwanted": ["UU"], "says": says}]
    assert json.loads(done.stdout) == {
        "passed": 2,
        "failed": [],
        "answers": {"passed": 1, "not_yet": 0, "works": [], "failed": failed},
        "stored": {"all": 0, "after_card": 0, "alone": 0, "missing": []},
    }
    assert done.returncode == 1
