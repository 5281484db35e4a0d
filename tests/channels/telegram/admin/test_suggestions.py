"""Questions without an answer, as admins meet them in Telegram: look, accept, dismiss; each only his own."""

from tests.channels.telegram.running import ADMIN, CLERK

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
    telegram.say("kartu ktp hilang patah", CITIZEN)
    await telegram.reply(1, CITIZEN)
    telegram.say("/saran", CLERK)
    shown = await telegram.reply(1, CLERK)
    assert "tambahkan ke `sebutan`: kartu ktp hilang patah" in shown.text
    telegram.press("Terima", CLERK)
    await telegram.called("editMessageText")
    telegram.press("Terapkan", CLERK)
    await telegram.called("editMessageText", 2)
    assert "kartu ktp hilang patah" in office.live.snapshot.knowledge.services["ktp-hilang"].names


async def test_strangers_get_the_answer_to_an_unknown_command(office, telegram):
    telegram.say("/saran", CITIZEN)
    assert "belum saya kenal" in (await telegram.reply(1, CITIZEN)).text


async def test_T14_each_look_at_what_people_asked_is_recorded(office, telegram):
    telegram.say("/saran", ADMIN)
    await telegram.reply(1, ADMIN)
    assert office.rows("SELECT who, what FROM looks") == [(f"p{ADMIN}", "saran")]
