"""What people must look into before the bot goes live: listed once, and gone once it is done."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.authoring.standards.checklist import as_markdown, checklist
from bot.knowledge.reading.loader import load
from tests.cli.commands import ROOT, tanya
from tests.conftest import REAL_KNOWLEDGE

TODAY = date(2026, 11, 24)
KTP, AGENCY, SIM = "dukcapil/ktp-hilang.yaml", "dukcapil/instansi.yaml", "rujukan/rujukan-sim.yaml"


def add(folder: Path, file: str, text: str) -> None:
    with (folder / file).open("a", encoding="utf-8") as opened:
        opened.write(text)


def tasks(folder: Path, kind: str, part: int = 1) -> tuple[str, ...]:
    """Tasks of the region (0), the agency (1) or the referrals (2)."""
    return checklist(load(folder), TODAY)[part].tasks.get(kind, ())


def test_the_list_in_the_documents_is_what_the_command_makes() -> None:
    kept = (ROOT / "docs/sebelum-tayang.md").read_text(encoding="utf-8")
    made_on = re.search(r"--at (\d{4}-\d\d-\d\d)T", kept)
    assert made_on
    command = f"tanya checklist docs/sebelum-tayang.md --at {made_on[1]}T00:00"
    assert kept == as_markdown(load(REAL_KNOWLEDGE), date.fromisoformat(made_on[1])), f"renew it: {command}"


def test_a_number_is_listed_until_somebody_rang_it_wherever_else_it_stands(folder: Path) -> None:
    add(folder, AGENCY, "telepon: [{nomor: 021-555 0001, untuk: loket}]\nwhatsapp: 0811-1234-5678\n")
    add(folder, SIM, "telepon: [{nomor: '0215550001'}, {nomor: '110', untuk: polisi}]\n")
    assert tasks(folder, "nomor", 0) == ("112 – Layanan darurat",)
    assert tasks(folder, "nomor") == ("021-555 0001 – loket", "0811-1234-5678 – WhatsApp 0811-1234-5678")
    text = (folder / SIM).read_text(encoding="utf-8")
    (folder / SIM).write_text(text.replace("'0215550001'", "'0215550001', ditelepon: 2026-11-20"), encoding="utf-8")
    assert tasks(folder, "nomor") == ("0811-1234-5678 – WhatsApp 0811-1234-5678",)
    assert tasks(folder, "nomor", 2) == ("110 – polisi",)


def test_numbers_in_texts_are_found_and_years_are_none(folder: Path) -> None:
    add(folder, KTP, "kontak: 'SMS 1708 atau 1500-537, menurut UU 24/2013 dan UUD 1945'\n")
    assert [one.split(" ")[0] for one in tasks(folder, "nomor")] == ["1708", "1500-537"]


def test_a_service_is_listed_until_its_agency_confirmed_it_or_it_is_withdrawn(folder: Path) -> None:
    assert tasks(folder, "konfirmasi") == ("Kartu Identitas Anak (kia)", "KTP-el hilang (ktp-hilang)")
    digest = load(folder).services["ktp-hilang"].digest
    add(folder, KTP, f"dikonfirmasi: {{oleh: Dukcapil, tanggal: 2026-11-20, isi: {digest}}}\n")
    add(folder, "dukcapil/kia.yaml", "ditarik: {alasan: Salah., sejak: 2026-11-01}\n")
    assert tasks(folder, "konfirmasi") == ()


def test_a_doubt_of_several_places_is_one_task(folder: Path) -> None:
    add(folder, KTP, "ragu: [{bagian: lokasi, isi: Alamatnya dua.}, {bagian: jam, isi: Jamnya lama.}]\n")
    add(folder, "dukcapil/kia.yaml", "tanya_jawab: [{t: KIA di mana?, j: Di kantor., ragu: Alamatnya dua.}]\n")
    assert tasks(folder, "ragu") == (
        "Alamatnya dua. — kia: KIA di mana?; ktp-hilang: lokasi",
        "Jamnya lama. — ktp-hilang: jam",
    )


def test_what_a_service_must_publish_and_lacks_and_what_no_service_has_are_holes(folder: Path) -> None:
    holes = tasks(folder, "kosong")
    assert "KTP-el hilang (ktp-hilang): Sistem, mekanisme, dan prosedur; Jangka waktu pelayanan; " in holes[1]
    assert "Evaluasi kinerja pelaksana: belum ada di 2 dari 2 layanan" in holes


def test_what_no_source_covers_and_what_was_to_be_reviewed_are_listed(folder: Path) -> None:
    text = (folder / KTP).read_text(encoding="utf-8")
    covers = text.replace("{judul: Perpres 96/2018}", "{judul: Perpres 96/2018, untuk: [ringkas, waktu, biaya]}")
    (folder / KTP).write_text(covers + "tinjau_sebelum: 2026-11-01\n", encoding="utf-8")
    add(folder, "dukcapil/kia.yaml", "biaya: {rupiah: 5000}\n")
    assert "KTP-el hilang (ktp-hilang): syarat" in tasks(folder, "sumber")
    assert tasks(folder, "tinjau") == (
        "Kartu Identitas Anak (kia): ada tarif tetapi belum ada tanggal tinjau",
        "KTP-el hilang (ktp-hilang): mestinya ditinjau sebelum 1 November 2026",
    )


def test_markup_in_the_knowledge_stays_text_in_a_line_of_its_own(folder: Path) -> None:
    add(folder, KTP, 'ragu: [{bagian: jam, isi: "<b>satu</b>\\n# dua"}]\n')
    assert r"- [ ] \<b\>satu\</b\> # dua — ktp-hilang: jam" in as_markdown(load(folder), TODAY).splitlines()


@pytest.mark.parametrize("written", [True, False])
def test_the_command_writes_a_file_or_prints(folder: Path, tmp_path: Path, *, written: bool) -> None:
    file = tmp_path / "daftar.md"
    done = tanya("checklist", *[str(file)] * written, "--at", "2026-11-24T10:00", KNOWLEDGE_DIR=str(folder))
    assert done.returncode == 0, done.stderr
    shown = file.read_text(encoding="utf-8") if written else done.stdout
    assert shown == as_markdown(load(folder), TODAY)
