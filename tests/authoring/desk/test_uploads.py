"""An upload: its content says what it is; its name and its weight cannot hurt."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.access import Access
from bot.authoring.desk.desk import Desk as Office
from bot.authoring.desk.untrusted import LIMITS, told_of
from bot.authoring.desk.uploads import marked, read_upload, unmarked
from bot.authoring.sandbox import TooHeavyError, read_apart
from bot.authoring.spreadsheet.read import Upload
from tests.authoring.apart import taken
from tests.authoring.desk.admins import KTP, Desk
from tests.authoring.test_sandbox import hungry

NEW = b"id: sktt\nnama: SKTT\nringkas: Surat tinggal.\nsebutan: [surat sktt]\ndiperbarui: 2026-11-24\n"


async def sent(desk: Desk, raw: bytes, name: str = "berkas.yaml", folders: Sequence[str] = ()) -> Upload:
    knowledge = desk.changes.live.snapshot.knowledge
    return await read_upload(raw, name, folders, knowledge, {KTP: desk.read()})


async def test_the_id_inside_decides_which_file_is_meant(desk: Desk) -> None:
    upload = await sent(desk, desk.read(), "../../etc/passwd.yaml")
    assert upload == Upload({KTP: desk.read()})


async def test_a_referral_and_an_agency_are_known_by_their_keys(desk: Desk) -> None:
    referral = NEW.replace(b"id: sktt", b"id: rujukan-x\nlembaga: Kantor X")
    agency = NEW.replace(b"id: sktt", b"id: dinas-x\nsingkatan: DX")
    assert list((await sent(desk, referral)).files) == ["rujukan/rujukan-x.yaml"]
    assert list((await sent(desk, agency)).files) == ["dinas-x/instansi.yaml"]


async def test_a_new_service_goes_to_the_agency_of_its_sender(desk: Desk) -> None:
    assert list((await sent(desk, NEW, folders=["dukcapil"])).files) == ["dukcapil/sktt.yaml"]


async def test_a_new_service_goes_to_the_agency_that_stands_in_its_caption(desk: Desk) -> None:
    office = Office(Access(frozenset({2}), {}), desk.changes)
    reply = await office.upload(2, NEW, "berkas.yaml", " Dukcapil ")
    await office.decided(2, reply.buttons[0].action)
    assert desk.read("dukcapil/sktt.yaml") == NEW


async def test_a_new_service_of_nobody_knows_whose_is_asked_about(desk: Desk) -> None:
    [problem] = (await sent(desk, NEW)).problems
    assert problem.message == "layanan `sktt` masih baru, dan instansinya belum jelas."


async def test_a_file_that_was_fetched_tells_its_version_and_is_stored_without_that_line(desk: Desk) -> None:
    given = marked(desk.read(), "0123456789ab", "biarkan baris ini")
    assert given == desk.read() + b"# versi: 0123456789ab biarkan baris ini\n"
    assert await sent(desk, given) == Upload({KTP: desk.read()}, {KTP: "0123456789ab"})


@pytest.mark.parametrize("raw", [b"id: a\n", b"id: a", b"\xef\xbb\xbfid: a\r\n"])
def test_the_mark_of_the_version_comes_off_byte_for_byte(raw: bytes) -> None:
    assert unmarked(marked(raw, "0123456789ab", "x")) == ("0123456789ab", raw)
    assert unmarked(raw) == ("", raw)


async def test_a_fetched_file_is_told_by_its_name_and_the_line_that_the_clerk_sees(desk: Desk) -> None:
    given = marked(desk.written("syarat:", "sarat:"), "0123456789ab", "biarkan")
    [problem] = (await sent(desk, given)).problems
    assert (problem.file, problem.line) == ("ktp-hilang.yaml", 9)


BROKEN = [
    pytest.param("syarat:", "sarat:", "9", "kunci `sarat` tidak dikenal.", id="unknown key"),
    pytest.param("id: ktp-hilang", "id: ../x", "1", "hanya boleh huruf kecil", id="id that is a path"),
    pytest.param("nama: KTP-el hilang\n", "", "1", "kunci `nama` wajib ada.", id="missing key"),
    pytest.param("diperbarui:", "nama: Dua\ndiperbarui:", "16", "tertulis dua kali", id="key twice"),
    pytest.param("syarat:\n  - Surat", "syarat:\n\t- Surat", "10", "ada tab di awal baris", id="tab"),
    pytest.param("ringkas: Cetak", "ringkas: Ini: Cetak", "3", "titik dua", id="colon"),
    pytest.param("ringkas: Cetak", 'ringkas: "Cetak', "3", "tanda kutip pembuka tidak ditutup", id="quote"),
    pytest.param("rupiah: 0", "rupiah: gratis", "13", "harus bilangan bulat", id="money"),
    pytest.param("rupiah: 0", "rupiah: 050000", "13", "harus bilangan bulat", id="money that begins with a zero"),
    pytest.param("2026-11-24", "besok", "16", "harus tanggal", id="date"),
    pytest.param("ringkas: Cetak", "ringkas: \x07Cetak", "3", "huruf kendali", id="control character"),
    pytest.param("syarat:", "syarat: *x", "9", "tanda `*` di awal nilai", id="alias of nothing"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), BROKEN)
async def test_each_way_to_break_a_file_is_named_with_its_line(
    desk: Desk, old: str, new: str, line: str, message: str
) -> None:
    upload = await sent(desk, desk.written(old, new), "ktp saya.yaml")
    assert upload.files == {}
    assert [str(p) for p in upload.problems if f".yaml:{line}: " in str(p) and message in str(p)]


ODD = [
    pytest.param(b"", "berkas kosong.", id="empty"),
    pytest.param(b"# hanya catatan\n", "berkas kosong.", id="comment"),
    pytest.param(b"halo\n", "isi berkas harus berupa kelompok kunci", id="text"),
    pytest.param(b"- a\n- b\n", "isi berkas harus berupa kelompok kunci", id="list"),
    pytest.param(b"id: a\n---\nid: b\n", "susunan YAML rusak", id="two documents"),
    pytest.param("nama: é".encode("latin-1"), "huruf tidak terbaca.", id="encoding"),
    pytest.param(b"PK\x03\x04" + bytes(40), "ada huruf kendali", id="archive"),
]


@pytest.mark.parametrize(("raw", "message"), ODD)
async def test_what_is_no_knowledge_file_is_refused(desk: Desk, raw: bytes, message: str) -> None:
    [problem] = (await sent(desk, raw)).problems
    assert problem.message.startswith(message)


@pytest.mark.parametrize("name", ["a.exe", "a.yaml.exe", "a", "", "a.py", "a.YAML.zip"])
async def test_other_kinds_of_files_are_refused(desk: Desk, name: str) -> None:
    [problem] = (await sent(desk, desk.read(), name)).problems
    assert problem.message == "jenis berkas ini tidak dikenal."


async def test_a_yaml_file_that_windows_called_text_is_told_how_to_lose_that(desk: Desk) -> None:
    [problem] = (await sent(desk, desk.read(), "ktp-hilang.yaml.txt")).problems
    assert problem.file == "ktp-hilang.yaml.txt"
    assert problem.hint == "Hapus .txt di belakang namanya, sampai tinggal ktp-hilang.yaml, lalu kirim lagi."


async def test_a_file_over_a_megabyte_is_refused_unread(desk: Desk) -> None:
    [problem] = (await sent(desk, b"#" * 1_000_001)).problems
    assert problem.message.startswith("berkas terlalu besar")


async def test_the_name_of_a_file_cannot_carry_anything_into_a_message(desk: Desk) -> None:
    [problem] = (await sent(desk, b"", "..\\<b>\n" + "x" * 300 + ".yaml")).problems
    assert (len(problem.file), problem.file.strip("x")) == (60, ".yaml")


def laughs() -> bytes:
    lines = [b"a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [b"%c: &%c [%s]" % (n, n, b", ".join([b"*%c" % (n - 1)] * 9)) for n in range(ord("b"), ord("v"))]
    return b"\n".join(lines)


BOMBS = [
    pytest.param(laughs(), id="a billion laughs"),
    pytest.param(b"[" * 400_000, id="brackets"),
    pytest.param(b"{a: " * 100_000, id="braces"),
    pytest.param(b"".join(b" " * n + b"-\n" for n in range(1300)), id="steps"),
    pytest.param(b"".join(b"k%d: 1\n" % n for n in range(90_000)), id="keys"),
    pytest.param(b"biaya:\n" + b"".join(b"  k%d: 1\n" % n for n in range(60_000)), id="keys inside"),
    pytest.param(b"syarat:\n" + b"- []\n" * 90_000, id="lists"),
    pytest.param(b"[" + b"a," * 499_000 + b"]", id="items"),
    pytest.param(b"{" + b"a: b," * 160_000 + b"}", id="one line"),
    pytest.param(b"? " * 400_000, id="questions"),
    pytest.param(b"".join(b"- &a%d x\n" % n for n in range(80_000)), id="anchors"),
    pytest.param(b'!!python/object/apply:os.system ["id"]\n', id="tag"),
    pytest.param(b"%YAML 9.9\n---\nid: a\n", id="directive"),
]


@pytest.mark.parametrize("raw", BOMBS)
async def test_a_bomb_is_refused(desk: Desk, raw: bytes) -> None:
    upload = await sent(desk, raw)
    assert upload.files == {}
    assert upload.problems != ()


def test_reading_the_heaviest_bomb_takes_less_than_two_hundred_megabytes_and_three_seconds() -> None:
    [bomb] = next(bomb.values for bomb in BOMBS if bomb.id == "one line")
    memory_mb, _ = taken(told_of, bomb, LIMITS, "a.yaml")
    _, cpu_s = taken(told_of, bomb, replace(LIMITS, memory=4_000_000_000), "a.yaml")
    assert memory_mb < 200
    assert cpu_s < 3


def test_a_file_that_asks_for_memory_alone_is_ended_too() -> None:
    with pytest.raises(TooHeavyError):
        read_apart(hungry, b"x", LIMITS)
