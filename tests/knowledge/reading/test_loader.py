"""A clerk's mistakes: each is named with its file and line, and what to do."""

import gc
import weakref
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.reading.document import LARGE
from bot.knowledge.reading.folder import files_of
from bot.knowledge.reading.loader import load, read, read_files

KTP = "dukcapil/ktp-hilang.yaml"


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in read(folder).problems]


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_whole_folder_becomes_a_knowledge_base(folder: Path) -> None:
    knowledge = load(folder)
    assert list(knowledge.services) == ["kia", "ktp-hilang"]
    assert list(knowledge.referrals) == ["rujukan-sim"]
    assert knowledge.services["ktp-hilang"].agency == "dukcapil"
    assert knowledge.files["kia"] == "dukcapil/kia.yaml"


def test_equal_bytes_have_equal_versions_and_a_changed_byte_has_another(folder: Path) -> None:
    before = load(folder).version
    assert load(folder).version == before
    edit(folder, KTP, "Fotokopi KK.", "Fotokopi KK baru.")
    assert load(folder).version != before


def test_scalars_that_yaml_would_twist_are_read_as_text(folder: Path) -> None:
    edit(folder, KTP, "  - Fotokopi KK.", "  - no\n  - 10:30\n  - 0123\n  - 2026-11-24")
    assert load(folder).services["ktp-hilang"].requirements[1:] == ("no", "10:30", "0123", "2026-11-24")


BROKEN = [
    pytest.param("syarat:", "sarat:", "9:", "kunci `sarat` tidak dikenal. Mungkin maksudnya `syarat`.", id="typo"),
    pytest.param("ringkas: Cetak", "apa saja: Cetak", "3:", "kunci `apa saja` tidak dikenal.", id="unknown"),
    pytest.param("nama: KTP-el hilang\n", "", "1:", "kunci `nama` wajib ada.", id="missing"),
    pytest.param(
        "diperbarui:", "nama: Dua kali\ndiperbarui:", "16:", "kunci `nama` tertulis dua kali.", id="duplicate key"
    ),
    pytest.param("rupiah: 0", "rupiah: gratis", "13:", "harus bilangan bulat", id="money in words"),
    pytest.param("rupiah: 0", "rupiah: 10.000", "13:", "harus bilangan bulat", id="money with a dot"),
    pytest.param("rupiah: 0", "rupiah: -5", "13:", "tidak boleh kurang dari nol", id="negative money"),
    pytest.param("2026-11-24", "24-11-2026", "16:", "harus tanggal di kalender, seperti 2026-11-24", id="date"),
    pytest.param("2026-11-24", "2026-02-31", "16:", "tanggal 2026-02-31 di `diperbarui` tidak ada", id="no such day"),
    pytest.param("2026-11-24", "1900-02-14", "16:", "tanggal 1900-02-14 di `diperbarui` terlalu lama", id="45 as day"),
    pytest.param(
        "2026-11-24", "86400", "16:", "harus tanggal di kalender, seperti 2026-11-24; tertulis `86400`", id="seconds"
    ),
    pytest.param("biaya:", "ongkos:", "13:", "kunci `ongkos` tidak dikenal. Kunci yang boleh:", id="hardly alike"),
    pytest.param("ringkas: Cetak ulang KTP-el yang hilang.", "ringkas:", "3:", "`ringkas` kosong", id="empty"),
    pytest.param(
        "syarat:\n  - Surat kehilangan dari kepolisian.\n  - Fotokopi KK.",
        "syarat: Fotokopi KK.",
        "9:",
        "harus berupa daftar",
        id="no list",
    ),
    pytest.param("biaya: {rupiah: 0,", "biaya: gratis #", "13:", "harus berupa kelompok kunci", id="no group"),
    pytest.param("syarat:\n  - Surat", "syarat:\n\t- Surat", "10:", "ada tab di awal baris. Pakai spasi.", id="tab"),
    pytest.param("ringkas: Cetak", "ringkas: Ini: Cetak", "3:", "titik dua", id="colon"),
    pytest.param("ringkas: Cetak", 'ringkas: "Cetak', "3:", "tanda kutip pembuka tidak ditutup", id="quote"),
    pytest.param("id: ktp-hilang", "id: KTP Hilang", "1:", "hanya boleh huruf kecil", id="id"),
    pytest.param("id: ktp-hilang", "id: ktp-rusak", "1:", "harus sama dengan nama berkasnya", id="id and file name"),
    pytest.param("uji:\n  - ktp kecopetan di pasar", "uji:\n  - KTP  hilang", "8:", "juga ada di sebutan", id="uji"),
    pytest.param(
        "{judul: Perpres 96/2018}",
        "{judul: Perpres 96/2018, untuk: [sarat]}",
        "15:",
        "bagian `sarat` tidak dikenal; mungkin maksudnya `syarat`",
        id="part of a source",
    ),
    pytest.param(
        "hari itu juga.",
        "hari itu juga., sumber: [Perpres 69]",
        "12:",
        "sumber `Perpres 69` tidak ada di berkas ini. Mungkin maksudnya `Perpres 96/2018`.",
        id="name of a source",
    ),
    pytest.param(
        "  - {judul: Perpres 96/2018}",
        "  - {judul: Perpres 96/2018}\n  - {judul: Perpres 96/2019}\ntanya_jawab:\n"
        "  - {t: Boleh?, j: Ya., sumber: [Perpres]}",
        "18:",
        "cocok dengan 2 judul di berkas ini. Tulis lebih panjang.",
        id="name of two sources",
    ),
    pytest.param(
        "diperbarui: 2026-11-24",
        "diperbarui: 2026-11-24\ndikonfirmasi: {oleh: Kepala Bidang, tanggal: 2999-01-01}",
        "17:",
        "tanggal 2999-01-01 di `dikonfirmasi` belum tiba.",
        id="confirmed in the future",
    ),
    pytest.param(
        "syarat:",
        "uji_isi:\n  - {t: berapa, memuat: [Gratis], tidak_memuat: [gratis]}\nsyarat:",
        "10:",
        "`gratis` ada di memuat dan di tidak_memuat; hapus salah satu",
        id="a test against itself",
    ),
    pytest.param(
        "syarat:",
        "uji_isi:\n  - {t: berapa, memuat: [Rp 10.000]}\n  - {t: Berapa?, tidak_memuat: [Rp]}\nsyarat:",
        "11:",
        "`Rp` harus dimuat menurut dukcapil/ktp-hilang.yaml baris 10, dan tidak boleh di sini. Hapus salah satu.",
        id="a test against another",
    ),
    pytest.param(
        "syarat:",
        "varian:\n  - {judul: WNA, ganti: ya}\nsyarat:",
        "10:",
        "varian `WNA` mengganti syarat, tetapi `syarat`-nya kosong: isi, atau hapus ganti",
        id="a case that replaces by nothing",
    ),
    pytest.param(
        "syarat:", "uji_isi:\n  - {t: berapa}\nsyarat:", "10:", "isi memuat atau tidak_memuat", id="a test of nothing"
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), BROKEN)
def test_a_mistake_is_named_with_file_line_and_what_to_do(
    folder: Path, old: str, new: str, line: str, message: str
) -> None:
    edit(folder, KTP, old, new)
    found = [p for p in problems(folder) if message in p]
    assert found, problems(folder)
    assert found[0].startswith(f"{KTP}:{line}")


def test_of_many_sources_only_those_that_are_like_the_unknown_one_are_named(folder: Path) -> None:
    titles = ", ".join(f"{{judul: Perpres {number}/2018}}" for number in range(10, 20))
    edit(folder, KTP, "  - {judul: Perpres 96/2018}", f"  [{titles}, {{judul: Situs dinas}}]")
    edit(folder, KTP, "hari itu juga.", "hari itu juga., sumber: [Perpres 1O]")
    [found] = problems(folder)
    assert found.count("`Perpres 1") == 1 + 3
    edit(folder, KTP, "Perpres 1O", "brosur loket")
    assert "`brosur loket` tidak ada di berkas ini. Tulis bagian judul" in problems(folder)[0]


def test_a_kind_of_holiday_that_is_unknown_is_told_in_indonesian(folder: Path) -> None:
    edit(folder, "hari-libur.yaml", "Natal}", "Natal, jenis: libur daerah}")
    assert "harus salah satu dari 'libur nasional' atau 'cuti bersama'" in problems(folder)[0]


def test_every_problem_is_reported_at_once(folder: Path) -> None:
    edit(folder, KTP, "syarat:", "sarat:")
    edit(folder, "dukcapil/kia.yaml", "nama: Kartu Identitas Anak\n", "")
    edit(folder, "rujukan/rujukan-sim.yaml", "lembaga:", "lembagga:")
    assert {p.split(":")[0] for p in problems(folder)} == {KTP, "dukcapil/kia.yaml", "rujukan/rujukan-sim.yaml"}


def test_the_same_sebutan_in_two_services_names_both_places(folder: Path) -> None:
    edit(folder, KTP, "[ktp hilang, ktp ilang]", "[ktp hilang, Kartu  Anak]")
    assert problems(folder) == [
        f"{KTP}:4: sebutan `kartu anak` sudah ada di dukcapil/kia.yaml baris 4. Satu kalimat hanya untuk satu layanan."
    ]


def test_an_id_in_use_elsewhere_is_refused(folder: Path) -> None:
    (folder / "dinkes").mkdir()
    (folder / "dinkes/instansi.yaml").write_text(
        "id: dinkes\nnama: Dinas Kesehatan\nsingkatan: Dinkes\ndiperbarui: 2026-11-24\n", encoding="utf-8"
    )
    text = (folder / "dukcapil/kia.yaml").read_text(encoding="utf-8").replace("[kia, kartu anak]", "[lain]")
    (folder / "dinkes/kia.yaml").write_text(text, encoding="utf-8")
    assert problems(folder) == ["dukcapil/kia.yaml:1: id `kia` sudah dipakai di dinkes/kia.yaml."]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "berkas kosong"),
        (b"nama: caf\xe9\n", "Simpan berkas sebagai UTF-8"),
        (b"a: b\x00c\n", "huruf kendali"),
        (b"x: " + b"a" * 1_000_001, "berkas terlalu besar"),
        (b"[" * 50 + b"]" * 50, "terlalu dalam"),
        (b"x: !!python/object/apply:os.system [ls]\n", "kunci `x` tidak dikenal"),
        (b"- satu\n- dua\n", "`isi berkas` harus berupa kelompok kunci"),
        ((b"a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
         b"d: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"), "terlalu banyak salinan"),
        (b"a: *lain\n", "dibaca sebagai salinan"),
    ],
    ids=["empty", "latin-1", "nul", "too large", "too deep", "tag", "a list", "alias bomb", "alias"],
)  # fmt: skip
def test_hostile_or_broken_files_are_problems_not_crashes(folder: Path, raw: bytes, message: str) -> None:
    (folder / KTP).write_bytes(raw)
    found = problems(folder)
    assert any(message in problem and problem.startswith(KTP) for problem in found), found


def test_a_byte_order_mark_from_an_editor_is_accepted(folder: Path) -> None:
    path = folder / KTP
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert problems(folder) == []


def test_a_symlink_loop_is_a_problem(folder: Path) -> None:
    (folder / "dukcapil/putar.yaml").symlink_to("putar.yaml")
    assert any("dukcapil/putar.yaml:1: berkas tidak dapat dibuka" in problem for problem in problems(folder))


def test_a_missing_required_file_is_named(folder: Path) -> None:
    (folder / "hari-libur.yaml").unlink()
    assert problems(folder) == ["hari-libur.yaml:1: berkas ini wajib ada."]


def test_a_service_folder_without_its_agency_is_named(folder: Path) -> None:
    (folder / "dukcapil/instansi.yaml").unlink()
    assert "dukcapil/kia.yaml:1: folder `dukcapil` tidak punya instansi.yaml." in problems(folder)


def test_load_raises_with_all_problems(folder: Path) -> None:
    edit(folder, KTP, "syarat:", "sarat:")
    with pytest.raises(KnowledgeError) as error:
        load(folder)
    assert [p.file for p in error.value.problems] == [KTP]


def test_of_a_long_file_nothing_stays_in_memory_once_nobody_uses_it(folder: Path) -> None:
    files, referral = files_of(folder), "rujukan/rujukan-sim.yaml"
    raw = files[referral]
    assert isinstance(raw, bytes)
    read_once = read_files({**files, referral: raw + b"# " + b"x" * LARGE}).knowledge
    assert read_once is not None
    value = weakref.ref(read_once.referrals["rujukan-sim"])
    del read_once
    gc.collect()
    assert value() is None


def test_a_number_cannot_have_been_rung_on_a_day_to_come(folder: Path) -> None:
    edit(folder, "daerah.yaml", "{nomor: 112,", "{nomor: 112, ditelepon: 2999-01-01,")
    [problem] = problems(folder)
    assert problem.startswith("daerah.yaml:")
    assert "tanggal 2999-01-01 di `ditelepon` belum tiba." in problem


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("nomor_bahaya: {bunuh_diri: [112], ", "nomor_bahaya: {", "belum ada nomor untuk bahaya `bunuh_diri`."),
        ("{bunuh_diri: [112]", "{bunuh_diri: [119]", "nomor `119` tidak ada di `darurat`."),
        ("medis: [112]", "medis: [112], mediss: [112]", "bahaya `mediss` tidak ada di bahasa/darurat.yaml. Mungkin"),
    ],
)
def test_every_danger_has_numbers_that_are_listed(folder: Path, before: str, after: str, said: str) -> None:
    edit(folder, "daerah.yaml", before, after)
    [problem] = problems(folder)
    assert problem.startswith("daerah.yaml:")
    assert said in problem


def test_a_region_without_numbers_for_dangers_is_told_what_to_write(folder: Path) -> None:
    text = (folder / "daerah.yaml").read_text(encoding="utf-8")
    start = text.index("nomor_bahaya:")
    edit(folder, "daerah.yaml", text[start : text.index("petugas:")], "")
    [problem] = problems(folder)
    assert problem.startswith("daerah.yaml:5: belum ada nomor untuk bahaya `bunuh_diri`, ")
    assert problem.endswith("misalnya `bunuh_diri: [112]`.")


def test_messages_of_danger_are_of_a_kind_that_is_known(folder: Path) -> None:
    edit(folder, "bahasa/pesan-darurat.yaml", "\nmedis:", "\nmediss:")
    [problem] = problems(folder)
    assert problem.endswith("bahaya `mediss` tidak ada di bahasa/darurat.yaml. Mungkin maksudnya `medis`.")


def test_a_word_that_stands_for_others_in_danger_is_one_word(folder: Path) -> None:
    edit(folder, "bahasa/darurat.yaml", "odgj: [gila,", "odgj: [orang gila,")
    assert "`orang gila` bukan satu kata" in problems(folder)[0]


def test_tests_of_two_files_that_no_answer_can_meet_are_named(folder: Path) -> None:
    edit(folder, KTP, "syarat:", "uji_isi:\n  - {t: berapa biayanya, memuat: [gratis]}\nsyarat:")
    edit(
        folder,
        "dukcapil/kia.yaml",
        "diperbarui:",
        "uji_isi:\n  - {t: Berapa biayanya?, tidak_memuat: [gratis]}\ndiperbarui:",
    )
    [problem] = problems(folder)
    assert problem.startswith("dukcapil/kia.yaml:")
    assert "menurut dukcapil/ktp-hilang.yaml baris 10" in problem


@pytest.mark.parametrize(
    "wrong", ["jam: {senin: {buka: 07.30, tutup: 16.00}}", "lokasi: {alamat: Jalan Merdeka, kota: Tigaraksa}"]
)
def test_a_group_where_a_text_is_wanted_is_told_as_that(folder: Path, wrong: str) -> None:
    edit(folder, KTP, "sumber:", f"{wrong}\nsumber:")
    [problem] = problems(folder)
    assert "harus berupa teks, bukan daftar atau kelompok kunci." in problem


def test_an_unknown_rule_is_told_with_the_one_that_is_known(folder: Path) -> None:
    edit(folder, KTP, "juga.}", "juga., aturan: daerah}")
    [problem] = problems(folder)
    assert "`aturan` harus salah satu dari 'nasional'; tertulis `daerah`." in problem
