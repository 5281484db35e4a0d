"""The commands that give knowledge away and take it back, as their users meet them."""

import json
from pathlib import Path

import pytest

from bot.cli import importing
from bot.knowledge.reading.loader import load
from tests.authoring.spreadsheet.workbooks import as_xlsx, cell_of, exported, put
from tests.cli.commands import at_a_terminal, tanya


@pytest.fixture
def at_home(folder: Path, tmp_path: Path) -> dict[str, str]:
    """Settings of an operator with the small knowledge."""
    return {"KNOWLEDGE_DIR": str(folder), "DATA_DIR": str(tmp_path / "data")}


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.yaml")}


def test_a_workbook_goes_out_and_back_and_changes_no_byte(
    folder: Path, tmp_path: Path, at_home: dict[str, str]
) -> None:
    before = files(folder)
    book = str(tmp_path / "lembar.xlsx")
    out = tanya("export", book, **at_home)
    back = tanya("import", book, **at_home)
    assert (out.returncode, back.returncode) == (0, 0), out.stderr + back.stderr
    assert back.stdout == "Isinya sama dengan yang sekarang. Tidak ada yang berubah.\n"
    assert files(folder) == before


@pytest.fixture
def changed(folder: Path, tmp_path: Path) -> str:
    """A workbook in which one cell says something new."""
    tables = exported(folder)
    put(tables, "Layanan", cell_of(tables, "Layanan", "ktp-hilang", "produk"), "KTP-el")
    (tmp_path / "lembar.xlsx").write_bytes(as_xlsx(tables))
    return str(tmp_path / "lembar.xlsx")


DIFFERENCE = "produk: ditambah “KTP-el”"


def test_a_pipe_is_shown_the_difference_never_asked_and_told_beside_it_what_was_done(
    folder: Path, changed: str, at_home: dict[str, str]
) -> None:
    done = tanya("import", changed, **at_home)
    assert (done.returncode, DIFFERENCE in done.stdout) == (0, True), done.stderr
    assert "Sudah diterapkan: dukcapil/ktp-hilang.yaml." in done.stderr
    assert b"produk: KTP-el\n" in files(folder)["dukcapil/ktp-hilang.yaml"]


def test_a_tariff_changed_in_a_sheet_changes_the_test_that_holds_it(
    folder: Path, tmp_path: Path, at_home: dict[str, str]
) -> None:
    path = folder / "dukcapil/ktp-hilang.yaml"
    text = path.read_text(encoding="utf-8").replace("{rupiah: 0, keterangan: Gratis.", "{rupiah: 50000")
    text = text.replace(", dasar: UU 24/2013 Pasal 79A}", "}")
    path.write_text(f"{text}uji_isi: [{{t: ktp ilang, memuat: [Rp50.000]}}]\n", encoding="utf-8")
    tables = exported(folder)
    put(tables, "Layanan", cell_of(tables, "Layanan", "ktp-hilang", "biaya.rupiah"), "60000")
    (tmp_path / "lembar.xlsx").write_bytes(as_xlsx(tables))
    done = tanya("import", str(tmp_path / "lembar.xlsx"), **at_home)
    assert "Ujinya menjadi: memuat “Rp60.000”" in done.stdout, done.stderr
    written = path.read_bytes()
    assert (b"rupiah: 60000" in written, b"memuat: [Rp60.000]" in written) == (True, True)


def test_a_dry_run_shows_the_difference_and_writes_nothing(folder: Path, changed: str, at_home: dict[str, str]) -> None:
    before = files(folder)
    done = tanya("import", "--dry-run", changed, **at_home)
    assert (done.returncode, DIFFERENCE in done.stdout) == (0, True), done.stderr
    assert "tidak ada yang ditulis" in done.stdout
    assert files(folder) == before


def test_no_sheet_is_taken_while_a_file_is_broken_and_the_file_is_named(
    folder: Path, changed: str, at_home: dict[str, str]
) -> None:
    (folder / "dukcapil/kia.yaml").write_bytes(b"id: [")
    before = files(folder)
    done = tanya("import", changed, **at_home)
    assert (done.returncode, "tanya: dukcapil/kia.yaml:" in done.stderr) == (1, True), done.stderr
    assert files(folder) == before


@pytest.mark.parametrize(("typed", "is_taken"), [("tidak\n", False), ("ya\n", True)])
def test_at_a_terminal_it_asks_first(
    folder: Path, changed: str, at_home: dict[str, str], typed: str, is_taken: bool
) -> None:
    screen = at_a_terminal(["import", changed], typed, at_home)
    assert (DIFFERENCE in screen, "Terapkan perubahan ini? [ya/tidak]" in screen) == (True, True)
    assert (b"produk: KTP-el\n" in files(folder)["dukcapil/ktp-hilang.yaml"]) is is_taken


def test_what_was_edited_while_the_difference_was_read_is_not_overwritten(
    folder: Path, tmp_path: Path, changed: str, at_home: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "dukcapil/ktp-hilang.yaml"
    assert tanya("import", changed, **at_home).returncode == 0
    tables = exported(folder)
    put(tables, "Layanan", cell_of(tables, "Layanan", "ktp-hilang", "produk"), "KTP baru")
    (tmp_path / "lagi.xlsx").write_bytes(as_xlsx(tables))
    edited = file.read_bytes().replace(b"produk: KTP-el\n", b"produk: Kartu\n")
    monkeypatch.setattr(importing, "say", lambda _shown: file.write_bytes(edited))
    done = tanya("import", str(tmp_path / "lagi.xlsx"), **at_home)
    assert (done.returncode, "isinya sudah diubah lagi" in done.stderr) == (1, True), done.stderr
    assert file.read_bytes() == edited


def test_at_a_terminal_yes_is_said_beforehand(folder: Path, changed: str, at_home: dict[str, str]) -> None:
    assert "Terapkan perubahan" not in at_a_terminal(["import", "--yes", changed], "", at_home)
    assert b"produk: KTP-el\n" in files(folder)["dukcapil/ktp-hilang.yaml"]


def test_what_makes_a_test_question_wrong_is_applied_only_by_who_says_yes_to_it(
    folder: Path, tmp_path: Path, at_home: dict[str, str]
) -> None:
    tables = exported(folder)
    tables["Uji isi"].append(["ktp-hilang", "ktp ilang", "Rp70.000"])
    book = str(tmp_path / "lembar.xlsx")
    Path(book).write_bytes(as_xlsx(tables))
    before = files(folder)
    done = tanya("import", "--yes", book, **at_home)
    assert (done.returncode, "membuat 1 pertanyaan salah" in done.stdout) == (1, True), done.stdout
    assert "jalankan di terminal tanpa --yes" in done.stderr
    assert files(folder) == before
    at_a_terminal(["import", book], "ya\n", at_home)
    assert b"Rp70.000" in files(folder)["dukcapil/ktp-hilang.yaml"]


def test_a_service_is_confirmed_at_the_terminal_with_the_digest_that_lapses_it(
    folder: Path, at_home: dict[str, str]
) -> None:
    done = tanya("confirm", "ktp-hilang", "--by", "Bidang Pelayanan KTP", **at_home)
    assert (done.returncode, "Sudah dikonfirmasi: KTP-el hilang" in done.stdout) == (0, True), done.stderr
    given = load(folder).services["ktp-hilang"]
    assert (given.confirmed.by, given.confirmed.digest) == ("Bidang Pelayanan KTP", given.digest)
    path = folder / "dukcapil/ktp-hilang.yaml"
    path.write_bytes(path.read_bytes().replace(b"Fotokopi KK.", b"KK asli."))
    assert load(folder).services["ktp-hilang"].is_draft


@pytest.mark.parametrize(
    ("identity", "told"),
    [
        ("ktp-ilang", "Mungkin maksudnya: ktp-hilang"),
        ("dukcapil", "dukcapil bukan layanan"),
        ("kia", "Jawaban kia sedang ditarik"),
    ],
)
def test_what_cannot_be_confirmed_is_told_and_nothing_is_written(
    folder: Path, at_home: dict[str, str], identity: str, told: str
) -> None:
    with (folder / "dukcapil/kia.yaml").open("ab") as file:
        file.write(b"ditarik: {alasan: Diperiksa., sejak: 2026-01-01}\n")
    before = files(folder)
    done = tanya("confirm", "ktp-hilang", identity, **at_home)
    assert (done.returncode, told in done.stderr) == (1, True), done.stderr
    assert files(folder) == before


def test_blank_lines_between_the_steps_change_nothing(folder: Path, tmp_path: Path, at_home: dict[str, str]) -> None:
    tables = exported(folder)
    requirements = "Surat kehilangan dari kepolisian.\n\n\nFotokopi KK."
    put(tables, "Layanan", cell_of(tables, "Layanan", "ktp-hilang", "syarat"), requirements)
    (tmp_path / "lembar.xlsx").write_bytes(as_xlsx(tables))
    before = files(folder)
    done = tanya("import", str(tmp_path / "lembar.xlsx"), **at_home)
    assert (done.returncode, "Tidak ada yang berubah" in done.stdout) == (0, True), done.stderr
    assert files(folder) == before


def test_a_deleted_row_is_said_to_delete_no_service(folder: Path, tmp_path: Path, at_home: dict[str, str]) -> None:
    tables = exported(folder)
    tables["Layanan"] = [row for row in tables["Layanan"] if row[0] != "ktp-hilang"]
    (tmp_path / "lembar.xlsx").write_bytes(as_xlsx(tables))
    done = tanya("import", "--dry-run", str(tmp_path / "lembar.xlsx"), **at_home)
    assert (done.returncode, "Layanan: tidak ada baris untuk `ktp-hilang`" in done.stdout) == (0, True), done.stdout


def test_a_wrong_cell_is_named_and_nothing_is_written(folder: Path, tmp_path: Path, at_home: dict[str, str]) -> None:
    tables = exported(folder)
    put(tables, "Layanan", cell_of(tables, "Layanan", "kia", "nama"), "KIA")
    price = cell_of(tables, "Layanan", "ktp-hilang", "biaya.rupiah")
    put(tables, "Layanan", price, "gratis")
    (tmp_path / "lembar.xlsx").write_bytes(as_xlsx(tables))
    before = files(folder)
    done = tanya("import", str(tmp_path / "lembar.xlsx"), **at_home)
    assert done.returncode == 1
    assert done.stderr.startswith(f"tanya: Layanan!{price}: `Biaya (rupiah)` harus bilangan bulat")
    assert files(folder) == before


def test_compliance_in_json_and_as_one_page(tmp_path: Path, at_home: dict[str, str]) -> None:
    page = tmp_path / "kepatuhan.html"
    done = tanya("compliance", "--json", "--html", str(page), **at_home)
    assert json.loads(done.stdout)["instansi"][0]["wajib_tayang"] == {"persen": 41.67, "nasional": 0.0}
    assert "<table>" in page.read_text(encoding="utf-8")
    assert "Dukcapil: komponen wajib tayang 41,67 persen" in tanya("compliance", **at_home).stdout


def test_codes_need_the_bots_name_and_posters_do_without(tmp_path: Path, at_home: dict[str, str]) -> None:
    codes, posters = ["qr", str(tmp_path / "qr")], ["export", "--pdf", str(tmp_path / "pdf")]
    done = tanya(*codes, **at_home)
    assert (done.returncode, done.stderr[:29]) == (2, "tanya: BOT_USERNAME is not se")
    assert tanya(*codes, BOT_USERNAME="tanya_contoh_bot", **at_home).returncode == 0
    done = tanya(*posters, **at_home)
    assert (done.returncode, done.stdout) == (0, f"2 poster di {tmp_path / 'pdf'}.\n")
    assert done.stderr.startswith("BOT_USERNAME belum diisi, jadi poster tanpa kode QR.")
    assert (tmp_path / "qr/kia.png").exists()
    assert (tmp_path / "pdf/kia.pdf").exists()


def test_a_site_is_written_without_the_bots_name(tmp_path: Path, at_home: dict[str, str]) -> None:
    done = tanya("export", "--html", str(tmp_path / "situs"), **at_home)
    assert (done.returncode, done.stdout) == (0, f"5 halaman di {tmp_path / 'situs'}.\n")


@pytest.mark.parametrize("arguments", [["export", "--html"], ["export", "--pdf"], ["export"], ["compliance", "--html"]])
def test_what_cannot_be_written_is_one_line_and_exit_code_2(
    arguments: list[str], tmp_path: Path, at_home: dict[str, str]
) -> None:
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    done = tanya(*arguments, str(tmp_path / "berkas/lembar.xlsx"), **at_home)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert ": Not a directory" in done.stderr


def test_schemas_that_cannot_be_written_are_one_line_and_exit_code_2(folder: Path, at_home: dict[str, str]) -> None:
    (folder / "skema").write_text("", encoding="utf-8")
    done = tanya("schema", **at_home)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr


@pytest.mark.parametrize("arguments", [["export"], ["export", "lembar.csv"], ["import", "tidak-ada.xlsx"]])
def test_wrong_usage_is_told_with_exit_code_2(arguments: list[str], at_home: dict[str, str]) -> None:
    done = tanya(*arguments, **at_home)
    assert done.returncode == 2
    assert done.stderr.startswith("tanya: ")
