"""A workbook fetched in Telegram, changed, and sent back."""

import pytest

from bot.access import Access
from bot.authoring.desk.desk import Desk as Office
from bot.authoring.desk.desk import Fetched
from bot.authoring.spreadsheet.safety import read_cells
from bot.channels.terminal import render
from bot.conversation.reply import Reply
from bot.knowledge.reading import document
from tests.authoring.desk.admins import KTP, Desk
from tests.authoring.spreadsheet.workbooks import Tables, as_xlsx, cell_of, put

CLERK, EDITOR = 1, 2


@pytest.fixture
def office(desk: Desk) -> Office:
    return Office(Access(frozenset({EDITOR}), {"dukcapil": frozenset({CLERK})}), desk.changes)


async def fetched(office: Office, user: int) -> Tables:
    found = await office.fetched(user, "excel")
    assert isinstance(found, Fetched)
    assert found.name == "pengetahuan.xlsx"
    tables, problems = read_cells(found.raw, "x")
    assert problems == ()
    return {name: [list(row) for row in rows] for name, rows in tables.items()}


async def sent(office: Office, tables: Tables) -> Reply:
    return await office.upload(CLERK, as_xlsx(tables), "pengetahuan.xlsx")


async def test_an_agencys_admin_gets_a_workbook_of_his_own_agency_and_an_editor_of_all(office: Office) -> None:
    own, every = await fetched(office, CLERK), await fetched(office, EDITOR)
    assert {row[0] for row in own["Layanan"][2:]} == {"kia", "ktp-hilang"}
    assert not {"Rujukan", "Hari libur"} & own.keys()
    assert {"Rujukan", "Hari libur"} <= every.keys()


async def test_the_same_workbook_is_sent_twice_each_time_with_one_more_change(desk: Desk, office: Office) -> None:
    tables = await fetched(office, CLERK)
    for key, text in (("produk", "KTP-el"), ("alur", "1. Datang.\n2. Pulang.")):
        put(tables, "Layanan", cell_of(tables, "Layanan", "ktp-hilang", key), text)
        reply = await sent(office, tables)
        assert f"{key}: ditambah" in render(reply)
        await office.decided(CLERK, reply.buttons[0].action)
    assert b"alur:\n  - Datang.\n  - Pulang.\n" in desk.read(KTP)
    assert b"produk: KTP-el\n" in desk.read(KTP)


async def test_what_the_whole_knowledge_says_to_a_sheet_is_named_by_its_cell(office: Office) -> None:
    tables = await fetched(office, CLERK)
    place = cell_of(tables, "Layanan", "ktp-hilang", "biaya.rupiah")
    put(tables, "Layanan", place, "gratis")
    reply = await sent(office, tables)
    assert f"Layanan!{place}: `Biaya (rupiah)` harus bilangan bulat" in render(reply)
    assert reply.buttons == ()


async def test_what_a_new_service_says_can_be_read_before_it_is_approved(office: Office) -> None:
    tables = await fetched(office, CLERK)
    keys = tables["Layanan"][1]
    row = dict.fromkeys(keys, "") | {"id": "kk-baru", "@instansi": "dukcapil", "nama": "KK baru"}
    row |= {"ringkas": "Kartu keluarga.", "syarat": "Buku nikah.\nKTP.", "diperbarui": "2026-11-24"}
    tables["Layanan"].append([row[key] for key in keys])
    shown = render(await sent(office, tables))
    assert shown.index("Baru: KK baru") < shown.index("Kartu keluarga.") < shown.index("Buku nikah.")


async def test_another_id_is_shown_as_a_new_service_beside_the_old(office: Office) -> None:
    tables = await fetched(office, CLERK)
    put(tables, "Layanan", cell_of(tables, "Layanan", "ktp-hilang", "id"), "ktp-lenyap")
    assert "dan yang lama tetap ada" in render(await sent(office, tables))


async def test_of_a_sheet_that_is_sent_and_applied_only_the_files_it_changes_are_parsed_each_once(
    desk: Desk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = await fetched(office, CLERK)
    for subject in ("ktp-hilang", "kia"):
        place = cell_of(tables, "Layanan", subject, "produk")
        put(tables, "Layanan", place, f"{subject} seperti belum pernah tertulis")
    parsed, parse = list[bytes](), document.parse
    monkeypatch.setattr(document, "parse", lambda raw: parsed.append(raw) or parse(raw))
    reply = await sent(office, tables)
    await office.decided(CLERK, reply.buttons[0].action)
    assert sorted(parsed) == sorted(desk.read(file) for file in (KTP, "dukcapil/kia.yaml"))
