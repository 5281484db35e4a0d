"""T3, T4: only log admins read the log, whoever asks and however."""

import pytest

from bot.conversation.turn import Action, ActionKind
from tests.channels.telegram.running import ADMIN, CLERK
from tests.telegram_server.people import until

GROUP = -4000
COMMANDS = ("/log", "/log ktp", "/statistik")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("who", [1, CLERK], ids=["stranger", "agency admin"])
async def test_T3_others_get_the_answer_to_an_unknown_command(bot, telegram, command, who):
    telegram.say(command, chat=who)
    telegram.say("/nonsens", chat=who)
    await telegram.reply(2, chat=who)
    first, second = telegram.messages(who)
    assert (first.text, first.labels) == (second.text, second.labels)
    assert bot.rows("SELECT * FROM looks") == []


@pytest.mark.parametrize("command", COMMANDS)
async def test_T3_in_a_group_not_even_an_admin_reads_the_log(bot, telegram, command):
    telegram.say(
        f"{command.split()[0]}@tanya_uji_bot", chat=GROUP, **{"from": {"id": ADMIN, "is_bot": False, "first_name": "A"}}
    )
    await until(lambda: bot.states() == ["done"], "the end")
    assert bot.rows("SELECT * FROM looks") == []


async def test_T3_an_edited_message_reads_nothing(bot, telegram):
    number = telegram.say("halo", chat=ADMIN)
    await telegram.reply(chat=ADMIN)
    telegram.edit(number, "/log", chat=ADMIN)
    await until(lambda: bot.states() == ["done", "done"], "the end")
    assert bot.rows("SELECT * FROM looks") == []


@pytest.mark.parametrize("act", ["log", "statistik"])
async def test_T3_a_forged_button_leads_a_stranger_to_the_menu(bot, telegram, act):
    telegram.say("biaya ktp hilang", chat=2)
    await telegram.reply(chat=2)
    telegram.press_data(Action(ActionKind.ADMIN, act).encode(), chat=1)
    shown = await telegram.reply(chat=1)
    assert "biaya ktp hilang" not in shown.text
    assert bot.rows("SELECT * FROM looks") == []


@pytest.mark.parametrize("place", ["x", "zz-1", "-", "1-", "9" * 20 + "-1", "-1--1"])
async def test_a_button_with_a_broken_place_shows_the_beginning(bot, telegram, place):
    telegram.say("biaya ktp hilang", chat=2)
    await until(lambda: bot.states() == ["done"], "the end")
    telegram.press_data(Action(ActionKind.ADMIN, "log", "", place).encode(), chat=ADMIN)
    assert (await telegram.reply(chat=ADMIN)).text.startswith("Pertanyaan terbaru")


async def test_T4_html_in_a_question_is_text_on_the_admins_screen(bot, telegram):
    hostile = "<b>ktp</b> hilang <a href='http://jahat.example'>klik</a> <script>"
    telegram.say(hostile, chat=2)
    await until(lambda: bot.states() == ["done"], "the end")
    telegram.say("/log", chat=ADMIN)
    shown = await telegram.reply(chat=ADMIN)
    assert hostile in shown.text
    assert "<script>" not in shown.source
