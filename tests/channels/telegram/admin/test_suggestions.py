"""Questions without an answer, as admins meet them in Telegram: look, accept, dismiss; each only his own."""

import pytest

from tests.channels.telegram.admin.office import OTHER_CLERK
from tests.channels.telegram.running import ADMIN, CLERK, PER_MINUTE
from tests.telegram_server.people import until

CITIZEN = 5
NOTHING = "Tidak ada saran"


async def test_a_log_admin_sees_an_unknown_topic_and_dismisses_it(office, telegram):
    telegram.say("lomba mancing hari minggu", CITIZEN)
    await telegram.reply(1, CITIZEN)
    telegram.say("/saran", ADMIN)
    shown = await telegram.reply(1, ADMIN)
    assert "lomba mancing hari minggu" in shown.text
    assert "belum ada layanannya" in shown.text
    telegram.press("Abaikan", ADMIN)
    await telegram.called("editMessageText")
    telegram.say("/saran", ADMIN)
    assert NOTHING in (await telegram.reply(2, ADMIN)).text


async def test_an_agency_admin_sees_nothing_of_topics_that_are_not_his(office, telegram):
    telegram.say("lomba mancing hari minggu", CITIZEN)
    await telegram.reply(1, CITIZEN)
    telegram.say("/saran", CLERK)
    assert NOTHING in (await telegram.reply(1, CLERK)).text


async def test_an_accepted_line_goes_the_way_of_every_change(office, telegram):
    telegram.say("ktp dukcapil hilang patah", CITIZEN)
    await telegram.reply(1, CITIZEN)
    telegram.say("/saran", CLERK)
    shown = await telegram.reply(1, CLERK)
    assert "tambahkan ke `sebutan`: ktp dukcapil hilang patah" in shown.text
    telegram.press("Terima", CLERK)
    await telegram.called("editMessageText")
    telegram.press("Terapkan", CLERK)
    await telegram.called("editMessageText", 2)
    assert "ktp dukcapil hilang patah" in office.live.snapshot.knowledge.services["ktp-hilang"].names


async def test_strangers_get_the_answer_to_an_unknown_command(office, telegram):
    telegram.say("/saran", CITIZEN)
    assert "belum saya kenal" in (await telegram.reply(1, CITIZEN)).text


async def test_T14_each_look_at_what_people_asked_is_recorded(office, telegram):
    telegram.say("/saran", ADMIN)
    await telegram.reply(1, ADMIN)
    assert office.rows("SELECT who, what FROM looks") == [(f"p{ADMIN}", "saran")]


async def asked(telegram, *questions):
    for number, question in enumerate(questions, 1):
        telegram.say(question, CITIZEN)
        await telegram.reply(number, CITIZEN)


async def pressed(telegram, label, admin):
    """A suggestion is shown to an admin, who presses one of its buttons."""
    await asked(telegram, "ktp dukcapil hilang patah")
    telegram.say("/saran", admin)
    await telegram.reply(1, admin)
    telegram.press(label, admin)
    await telegram.called("editMessageText")


async def test_another_service_can_be_chosen(office, telegram):
    await pressed(telegram, "Layanan lain", ADMIN)
    telegram.press("Kartu Identitas Anak", ADMIN)
    await telegram.called("editMessageText", 2)
    telegram.press("Terapkan", ADMIN)
    await telegram.called("editMessageText", 3)
    assert "ktp dukcapil hilang patah" in office.live.snapshot.knowledge.services["kia"].names


async def test_an_agency_passes_on_what_is_a_new_topic(office, telegram):
    await pressed(telegram, "Topik baru", CLERK)
    telegram.say("/saran", CLERK)
    telegram.say("/saran", ADMIN)
    assert NOTHING in (await telegram.reply(2, CLERK)).text
    shown = await telegram.reply(1, ADMIN)
    assert "belum ada layanannya" in shown.text
    assert "Terima" not in shown.labels


@pytest.mark.parametrize("act", ["saran-terima", "saran-baru", "saran-abaikan", "saran-selesai", "saran-lain"])
async def test_a_button_of_a_suggestion_is_worth_nothing_in_other_hands(office, telegram, act):
    await asked(telegram, "ktp dukcapil hilang patah")
    telegram.say("/saran", CLERK)
    turn = (await telegram.reply(1, CLERK)).key("Abaikan").data.rpartition(":")[2]
    telegram.press_data(f"1a:{act}::{turn}", OTHER_CLERK)
    telegram.press_data(f"1a:{act}::{turn}", CITIZEN)
    assert "bukan hak Anda" in (await telegram.reply(1, OTHER_CLERK)).text
    assert "Tombol ini sudah lama" in (await telegram.reply(2, CITIZEN)).text
    assert office.rows("SELECT * FROM suggestion_marks") == []


@pytest.mark.parametrize("number", ["9" * 40, "²", "-1", ""])
async def test_a_forged_page_number_is_no_incident(office, telegram, number):
    await asked(telegram, "lomba mancing hari minggu")
    telegram.press_data(f"1a:saran:{number}:", ADMIN)
    assert "lomba mancing" in (await telegram.reply(1, ADMIN)).text


async def test_T14_every_look_at_suggestions_is_recorded(office, telegram):
    telegram.say("/saran", ADMIN)
    await telegram.reply(1, ADMIN)
    telegram.press_data("1a:saran:1:", ADMIN)
    await telegram.reply(2, ADMIN)
    assert office.rows("SELECT who, what FROM looks") == [(f"p{ADMIN}", "saran")] * 2


async def test_presses_of_admins_are_limited_like_everybodys(office, telegram):
    office.standing_at = 0.0
    for _ in range(PER_MINUTE + 3):
        telegram.press_data("1a:log::", ADMIN)
    await telegram.called("answerCallbackQuery", PER_MINUTE + 3)
    await until(lambda: office.states() == ["done"] * (PER_MINUTE + 3), "the end of all")
    assert office.rows("SELECT count(*) FROM looks") == [(PER_MINUTE,)]


async def test_who_was_forgotten_is_not_shown_any_more(office, telegram):
    await asked(telegram, "lomba mancing hari minggu")
    telegram.say("/saran", ADMIN)
    await telegram.reply(1, ADMIN)
    telegram.say("/hapus_data", CITIZEN)
    await telegram.reply(2, CITIZEN)
    telegram.press("Hapus", CITIZEN)
    await telegram.called("editMessageText")
    telegram.say("/saran", ADMIN)
    assert NOTHING in (await telegram.reply(2, ADMIN)).text
