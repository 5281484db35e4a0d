"""What an admin is told about his own powers: each sees his, and nobody else's."""

import asyncio

import pytest

from bot.access import Access
from tests.channels.telegram.admin.office import OTHER_CLERK, Office
from tests.channels.telegram.running import ADMIN, CLERK

STRANGER, EDITOR = 7, 903
ALL_COMMANDS = {"/status", "/saran", "/log", "/statistik", "/tarik"}


def commands(text):
    return {word.rstrip(":") for word in text.split() if word.rstrip(":") in ALL_COMMANDS}


@pytest.mark.parametrize("command", ["/bantuan", "/start"])
async def test_each_admin_is_told_his_own_commands(office, telegram, command):
    for person in (ADMIN, CLERK, STRANGER):
        telegram.say(command, person)
    admin, clerk, stranger = [(await telegram.reply(1, person)).text for person in (ADMIN, CLERK, STRANGER)]
    assert commands(admin) == ALL_COMMANDS
    assert commands(clerk) == ALL_COMMANDS - {"/log", "/statistik"}
    assert commands(stranger) == set()
    assert "kirim berkas .yaml, .xlsx, atau .ods ke sini" in clerk
    assert "kirim berkas" not in stranger


async def test_a_link_to_a_service_leads_an_admin_there_too(office, telegram):
    telegram.say("/start ktp-hilang", CLERK)
    assert "kepolisian" in (await telegram.reply(1, CLERK)).text


async def test_who_only_reads_the_log_is_offered_nothing_else_and_can_do_nothing_else(telegram, folder, tmp_path):
    office = Office(telegram.url, folder, tmp_path)
    office.access = Access(frozenset({ADMIN}), {}, frozenset({EDITOR}))
    office.task = asyncio.create_task(office.run())
    telegram.say("/bantuan", ADMIN)
    told = (await telegram.reply(1, ADMIN)).text
    assert commands(told) == {"/log", "/statistik"}
    assert "kirim berkas" not in told
    telegram.say("/tarik ktp-hilang salah", ADMIN)
    telegram.say("/log", EDITOR)
    assert "belum saya kenal" in (await telegram.reply(2, ADMIN)).text
    assert "belum saya kenal" in (await telegram.reply(1, EDITOR)).text
    await office.end()


async def test_without_an_id_an_admin_is_told_all_he_answers_for(office, telegram):
    telegram.say("/ambil", CLERK)
    told = (await telegram.reply(1, CLERK)).text
    assert "ktp-hilang · KTP-el hilang" in told
    assert "rujukan-sim" not in told
    telegram.say("/ambil", OTHER_CLERK)
    assert "rujukan-sim" in (await telegram.reply(1, OTHER_CLERK)).text


async def test_status_does_not_count_itself_as_waiting(office, telegram):
    telegram.say("/status", CLERK)
    assert "belum selesai dijawab: 0." in (await telegram.reply(1, CLERK)).text
