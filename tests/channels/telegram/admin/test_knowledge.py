"""An agency admin's day in Telegram: send a file, look, say yes, go back; and nobody else."""

from datetime import timedelta

import pytest

from bot.storage.history import fingerprint
from tests.channels.telegram.admin.office import KTP, OTHER_CLERK
from tests.channels.telegram.running import ADMIN, CLERK
from tests.telegram_server.people import mention, until

STRANGER, GROUP = 7, -50
UNKNOWN = "Perintah itu belum saya kenal."


async def test_a_file_is_shown_as_a_difference_and_applied_with_a_button(office, telegram):
    raw = office.changed("Fotokopi KK.", "KK asli.  # kata loket")
    telegram.send_file("ubah <b>.yaml", raw, CLERK)
    preview = await telegram.reply(1, CLERK)
    assert "syarat: Fotokopi KK. → KK asli." in preview.text
    assert preview.labels == ["Terapkan", "Batal"]
    assert office.read() != raw
    telegram.press("Terapkan", CLERK)
    await until(lambda: "Sudah diterapkan" in telegram.messages(CLERK)[0].text, "the outcome in place of the preview")
    assert office.read() == raw
    telegram.say("/start ktp-hilang", STRANGER)
    assert "KK asli." in (await telegram.reply(1, STRANGER)).text


async def test_a_change_that_is_not_wanted_changes_nothing(office, telegram):
    before = office.read()
    telegram.send_file("a.yaml", office.changed("Fotokopi", "Salinan"), CLERK)
    await telegram.reply(1, CLERK)
    telegram.press("Batal", CLERK)
    await until(lambda: "Dibatalkan" in telegram.messages(CLERK)[0].text, "the outcome")
    assert office.read() == before


@pytest.mark.parametrize("yes", [True, False])
async def test_a_tariff_and_the_test_that_holds_it_change_with_one_yes_or_not_at_all(office, telegram, yes):
    free, tariff = "{rupiah: 0, keterangan: Gratis., dasar: UU 24/2013 Pasal 79A}", "{rupiah: 50000}"
    tested = office.changed(free, tariff) + b"uji_isi: [{t: ktp ilang, memuat: [Rp50.000]}]\n"
    telegram.send_file("a.yaml", tested, CLERK)
    await telegram.reply(1, CLERK)
    telegram.press("Terapkan", CLERK)
    await until(lambda: office.read() == tested, "a tariff and its test")
    telegram.send_file("a.yaml", office.changed("50000", "60000"), CLERK)
    preview = await telegram.reply(2, CLERK)
    assert ("biaya › rupiah: 50000 → 60000" in preview.text, "memuat “Rp60.000”" in preview.text) == (True, True)
    telegram.press("Terapkan" if yes else "Batal", CLERK)
    told = "Sudah diterapkan" if yes else "Dibatalkan"
    await until(lambda: told in telegram.messages(CLERK)[1].text, "the outcome")
    after = tested.replace(b"50000", b"60000").replace(b"Rp50.000", b"Rp60.000")
    assert office.read() == (after if yes else tested)


async def test_a_broken_file_is_answered_with_its_line(office, telegram):
    telegram.send_file("ktp.yaml", office.changed("syarat:", "sarat:"), CLERK)
    reply = await telegram.reply(1, CLERK)
    assert "ktp-hilang.yaml:9: kunci sarat tidak dikenal." in reply.text.replace("`", "")
    assert reply.labels == []


async def test_a_sheet_is_no_sheet_only_by_its_name(office, telegram):
    telegram.send_file("a.xlsx", b"PK\x03\x04 nothing", CLERK)
    assert "tidak dapat dibaca sebagai lembar" in (await telegram.reply(1, CLERK)).text


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Data Loket 2.docx", "Data Loket 2.docx"), ("KTP_3174052005880003.docx", "KTP"), ("tanpa jenis", "tanpa jenis")],
)
async def test_a_file_of_another_kind_is_called_as_it_was_sent_without_personal_data(office, telegram, name, shown):
    telegram.send_file(name, b"PK", CLERK)
    told = (await telegram.reply(1, CLERK)).text
    assert (f"• {shown}" in told, "jenis berkas ini tidak dikenal" in told) == (True, True), told
    assert "3174052005880003" not in told + office.stored().decode("latin-1")


async def test_a_yes_after_an_hour_is_too_late(office, telegram):
    before = office.read()
    telegram.send_file("a.yaml", office.changed("Fotokopi", "Salinan"), CLERK)
    await telegram.reply(1, CLERK)
    office.moment += timedelta(minutes=61)
    telegram.press("Terapkan", CLERK)
    await until(lambda: "Tombol ini sudah lama" in telegram.messages(CLERK)[0].text, "the refusal")
    assert office.read() == before


async def test_a_fetched_file_comes_back_and_is_known_to_be_the_newest(office, telegram):
    telegram.say("/ambil ktp-hilang", CLERK)
    document = (await telegram.reply(1, CLERK)).body["document"]
    given = telegram.server.methods.files[document["file_id"]]
    assert given.startswith(office.read() + f"# versi: {fingerprint(office.read())} ".encode())
    telegram.send_file(document["file_name"], given, CLERK)
    assert "Tidak ada yang berubah" in (await telegram.reply(2, CLERK)).text


async def test_history_lists_versions_and_one_is_brought_back(office, telegram):
    before = office.read()
    telegram.say("/tarik ktp-hilang tarifnya sedang diperiksa", CLERK)
    assert "sudah ditarik" in (await telegram.reply(1, CLERK)).text
    assert b"ditarik:\n  alasan: tarifnya sedang diperiksa\n  sejak: 2026-11-24\n" in office.read()
    telegram.say("/riwayat", CLERK)
    listed = (await telegram.reply(2, CLERK)).text
    assert "2 · 2026-11-24 10.00 · KTP-el hilang · jawaban ditarik · admin 901" in listed
    telegram.say("/kembalikan 1", CLERK)
    assert "Terapkan" in (await telegram.reply(3, CLERK)).labels
    telegram.press("Terapkan", CLERK)
    await until(lambda: "Sudah diterapkan" in telegram.messages(CLERK)[2].text, "the outcome")
    assert office.read() == before


async def test_a_withdrawn_answer_says_so_at_once_until_it_is_put_back(office, telegram):
    before = office.read()
    telegram.say("/tarik ktp-hilang tarifnya sedang diperiksa", CLERK)
    await telegram.reply(1, CLERK)
    telegram.say("/start ktp-hilang", STRANGER)
    assert "2026. Tarifnya sedang diperiksa." in (await telegram.reply(1, STRANGER)).text
    telegram.say("/pasang ktp-hilang", CLERK)
    assert "sudah dipasang lagi" in (await telegram.reply(2, CLERK)).text
    assert office.read() == before


async def test_an_id_may_be_written_in_capitals(office, telegram):
    orders = ["tarik {} salah.", "pasang {}", "pemberitahuan {} besok Tutup.", "riwayat {}", "ambil {}"]
    for order in orders:
        telegram.say(f"/{order}".format("KTP-Hilang"), CLERK)
    withdrawn, put_back, noticed, history, given = [await telegram.reply(n, CLERK) for n in range(1, 6)]
    assert "sudah ditarik" in withdrawn.text
    assert "sudah dipasang lagi" in put_back.text
    assert "Terapkan" in noticed.labels
    assert "jawaban ditarik" in history.text
    assert given.body["document"]


async def test_a_notice_is_shown_first_and_then_given(office, telegram):
    telegram.say("/pemberitahuan ktp-hilang 2026-12-01 Loket pindah sementara.", CLERK)
    assert "Loket pindah sementara." in (await telegram.reply(1, CLERK)).text
    telegram.press("Terapkan", CLERK)
    await until(lambda: b"pemberitahuan:" in office.read(), "the notice")
    telegram.say("/pemberitahuan ktp-hilang hapus", CLERK)
    assert "Terapkan" in (await telegram.reply(2, CLERK)).labels


async def test_a_service_is_confirmed_under_its_file_and_citizens_read_no_longer_that_it_is_a_draft(office, telegram):
    telegram.say("/start ktp-hilang", STRANGER)
    assert "belum dikonfirmasi dinas" in (await telegram.reply(1, STRANGER)).text
    telegram.say("/ambil ktp-hilang", CLERK)
    document = await telegram.reply(1, CLERK)
    telegram.press_data(document.key("Konfirmasi: isinya benar").data, CLERK)
    assert "Sudah dikonfirmasi: KTP-el hilang" in (await telegram.reply(2, CLERK)).text
    assert b"dikonfirmasi:" in office.read()
    office.moment += timedelta(minutes=16)
    telegram.say("/start ktp-hilang", STRANGER)
    told = (await telegram.reply(2, STRANGER)).text
    assert ("belum dikonfirmasi" in told, str(CLERK) in told) == (False, False)


async def test_status_tells_version_and_problems(office, telegram):
    telegram.meet(CLERK)
    (office.folder / KTP).write_bytes(office.changed("syarat:", "sarat:"))
    assert "kunci `sarat` tidak dikenal" in (await telegram.reply(1, CLERK)).text
    telegram.say("/status", CLERK)
    status = (await telegram.reply(2, CLERK)).text
    assert office.live.snapshot.version in status
    assert "dukcapil/ktp-hilang.yaml:9:" in status


async def test_status_names_a_file_that_is_not_read(office, telegram):
    telegram.meet(CLERK)
    (office.folder / KTP).with_suffix(".yaml.txt").write_bytes(office.read())
    assert "dukcapil/ktp-hilang.yaml.txt" in (await telegram.reply(1, CLERK)).text
    telegram.say("/status", CLERK)
    assert "dukcapil/ktp-hilang.yaml.txt" in (await telegram.reply(2, CLERK)).text


async def test_the_agency_sees_which_components_its_standards_lack(office, telegram):
    telegram.say("/kepatuhan", CLERK)
    told = (await telegram.reply(1, CLERK)).text
    assert told.startswith("Dukcapil: komponen wajib tayang ")
    assert "belum ada di 2 dari 2 layanan" in told


async def test_the_agency_hears_of_a_broken_file_once_and_when_it_is_mended(office, telegram):
    for person in (ADMIN, CLERK, OTHER_CLERK):
        telegram.meet(person)
    good = office.read()
    (office.folder / KTP).write_bytes(office.changed("syarat:", "sarat:"))
    await telegram.reply(1, CLERK)
    telegram.say("/start ktp-hilang", STRANGER)
    assert "kepolisian" in (await telegram.reply(1, STRANGER)).text
    (office.folder / KTP).write_bytes(good)
    assert "sudah benar lagi" in (await telegram.reply(2, CLERK)).text
    assert (telegram.messages(ADMIN), telegram.messages(OTHER_CLERK)) == ([], [])


COMMANDS = (
    "status",
    "riwayat",
    "ambil ktp-hilang",
    "kembalikan 1",
    "tarik ktp-hilang x",
    "pasang ktp-hilang",
    "konfirmasi ktp-hilang",
)


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_command_is_unknown_to_strangers_and_in_groups(office, telegram, command):
    telegram.say(f"/{command}", STRANGER)
    sender = {"id": ADMIN, "is_bot": False, "first_name": "Admin"}
    telegram.say(mention(f"/{command}"), GROUP, **{"from": sender})
    assert (await telegram.reply(1, STRANGER)).text.startswith(UNKNOWN)
    assert all("admin" not in message.text for message in telegram.messages(GROUP))
    assert telegram.calls("sendDocument") == []


async def test_a_file_of_a_stranger_gets_the_ordinary_hint(office, telegram):
    telegram.send_file("a.yaml", office.changed("Fotokopi", "Salinan"), STRANGER)
    assert "saya tidak membuka berkas" in (await telegram.reply(1, STRANGER)).text
    assert telegram.calls("getFile") == []


@pytest.mark.parametrize("command", [*COMMANDS[2:3], *COMMANDS[4:], "pemberitahuan ktp-hilang hapus"])
async def test_an_admin_of_another_agency_is_refused(office, telegram, command):
    before = office.read()
    telegram.say(f"/{command}", OTHER_CLERK)
    assert "Anda tidak mengurus dukcapil/ktp-hilang.yaml" in (await telegram.reply(1, OTHER_CLERK)).text
    assert office.read() == before


async def test_a_file_of_another_agency_is_refused(office, telegram):
    telegram.send_file("a.yaml", office.changed("Fotokopi", "Salinan"), OTHER_CLERK)
    reply = await telegram.reply(1, OTHER_CLERK)
    assert "Anda tidak mengurus" in reply.text
    assert reply.labels == []


async def test_a_button_is_worth_nothing_in_other_hands(office, telegram):
    before = office.read()
    telegram.send_file("a.yaml", office.changed("Fotokopi", "Salinan"), CLERK)
    data = (await telegram.reply(1, CLERK)).key("Terapkan").data
    telegram.press_data(data, STRANGER)
    telegram.press_data(data, OTHER_CLERK)
    telegram.press_data(data, GROUP, user=CLERK)
    assert "Tombol ini sudah lama" in (await telegram.reply(1, STRANGER)).text
    assert "Anda tidak mengurus" in (await telegram.reply(1, OTHER_CLERK)).text
    assert "Tombol ini sudah lama" in (await telegram.reply(1, GROUP)).text
    assert office.read() == before


async def test_a_log_admin_may_act_for_all(office, telegram):
    telegram.say("/tarik ktp-hilang salah tarif", ADMIN)
    assert "sudah ditarik" in (await telegram.reply(1, ADMIN)).text


async def test_a_command_that_was_edited_is_no_order(office, telegram):
    before = office.read()
    message = telegram.say("halo", CLERK)
    await telegram.reply(1, CLERK)
    telegram.edit(message, "/tarik ktp-hilang salah tarif", CLERK)
    telegram.say("/id", CLERK)
    await telegram.reply(2, CLERK)
    assert office.read() == before
