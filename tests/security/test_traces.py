"""T8, P11: what citizens wrote about themselves is nowhere, neither on disk nor in a log."""

import asyncio

from tests.channels.telegram.running import Running
from tests.planted import SURE, Written, plant
from tests.reliability.citizens import settled
from tests.telegram_server.people import until
from tests.telegram_server.server import TOKEN


def ask_with_secrets(telegram, planted):
    for number, one in enumerate(planted):
        chat = 1_000_000 + number
        if number % 3 == 0:
            telegram.say(one.text, chat=chat)
        elif number % 3 == 1:
            telegram.send_file("ktp-siti-aminah.pdf", b"x", chat=chat, caption=one.text)
        else:
            telegram.search_inline(one.text[:200], user=chat)
    telegram.send({"contact": {"phone_number": "081298765432", "first_name": "Rahasiawati"}}, chat=1)
    telegram.send({"location": {"latitude": -6.17812, "longitude": 106.63001}}, chat=1)


async def test_T8_P11_no_byte_on_disk_and_no_line_of_a_log_holds_what_was_planted(
    telegram, knowledge, tmp_path, logged
):
    bot = Running(telegram.url, knowledge, data=tmp_path)
    planted = list(plant(seed=11, surroundings=24))
    ask_with_secrets(telegram, planted)
    bot.task = asyncio.create_task(bot.run())
    await until(lambda: telegram.pending() == 0, "that all is stored")
    stored = bot.stored()  # while some of it is still open
    await settled(bot, within_s=60)
    await bot.end()
    stored += bot.stored()
    text, lines = stored.decode("utf-8", "replace"), logged()
    written = Written(text + lines)
    found = [one for one in planted if one.stands_in(written)]
    assert [one.text for one in found if one.kind in SURE] == []
    assert len(found) <= 0.01 * len(planted)
    for secret in ("Rahasiawati", "081298765432", "106.63001", "siti-aminah", "Warga 1", TOKEN):
        assert secret not in text
        assert secret not in lines
