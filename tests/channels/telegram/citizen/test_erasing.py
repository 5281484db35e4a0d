"""How a citizen has everything about himself erased."""

from bot.conversation.turn import Action, ActionKind
from tests.telegram_server.people import mention, until

GROUP = -100
TRACES = "SELECT person FROM queries UNION SELECT person FROM sessions UNION SELECT conversation FROM replies"


async def rated(bot, telegram, chat):
    telegram.say("biaya ktp hilang", chat=chat)
    await telegram.reply(chat=chat)
    telegram.press("👍", chat=chat)
    await until(lambda: set(bot.states()) == {"done"} and telegram.messages(chat)[0].edits, "the thanks")


async def test_nothing_is_erased_before_the_button_is_pressed(bot, telegram):
    await rated(bot, telegram, 1)
    telegram.say("/hapus_data")
    reply = await telegram.reply(2)
    assert reply.text == bot.phrases.say("telegram.hapus_data")
    assert reply.labels == ["Hapus sekarang", "Lihat layanan", "Cara bertanya"]
    assert bot.rows("SELECT person FROM queries") == [("p1",)]


async def test_the_button_erases_questions_ratings_and_conversations_and_says_so_in_place(bot, telegram):
    await rated(bot, telegram, 1)
    await rated(bot, telegram, 2)
    telegram.say("/hapus_data")
    await telegram.reply(2)
    telegram.press("Hapus sekarang")
    await until(lambda: telegram.messages()[1].edits == 1, "the confirmation")
    assert telegram.messages()[1].text == bot.phrases.say("telegram.data_terhapus")
    assert telegram.messages()[1].labels == ["Lihat layanan", "Cara bertanya"]
    await until(lambda: set(bot.states()) == {"done"}, "the end of all")
    assert bot.rows(TRACES) == [("p2",)]
    assert bot.rows("SELECT feedback FROM queries") == [("baik",)]


async def test_what_was_spoken_of_is_forgotten_with_it(bot, telegram):
    telegram.say("syarat ktp hilang")
    await telegram.reply()
    telegram.press_data(Action(ActionKind.ERASE).encode())
    await until(lambda: bot.states() == ["done", "done"], "the erasing")
    telegram.say("biayanya?")
    await until(lambda: bot.states() == ["done"] * 3, "the end of all")
    assert "Gratis" not in telegram.messages()[-1].text


async def test_what_one_asked_in_a_group_goes_too_and_what_others_asked_there_stays(bot, telegram):
    for person in (7, 8):
        sender = {"id": person, "is_bot": False, "first_name": "W"}
        telegram.say(mention("biaya ktp hilang"), chat=GROUP, **{"from": sender})
    await until(lambda: bot.states() == ["done", "done"], "both answers")
    telegram.press_data(Action(ActionKind.ERASE).encode(), chat=7)
    await until(lambda: bot.states() == ["done"] * 3, "the erasing")
    assert bot.rows(TRACES) == [("p-100/p8",), ("p8",)]


async def test_in_a_group_the_command_and_a_forged_button_erase_nothing(bot, telegram):
    await rated(bot, telegram, 100)
    telegram.say("/hapus_data@tanya_uji_bot", chat=GROUP)
    telegram.press_data(Action(ActionKind.ERASE).encode(), chat=GROUP)
    await until(lambda: bot.states() == ["done"] * 4, "the end of all")
    assert bot.rows("SELECT person FROM queries") == [("p100",)]


async def test_who_has_left_nothing_is_told_the_same(bot, telegram):
    telegram.say("/hapus_data")
    await telegram.reply()
    for edits in (1, 2):
        telegram.press_data(Action(ActionKind.ERASE).encode(), message=telegram.messages()[0].body)
        await until(lambda number=edits: len(telegram.calls("answerCallbackQuery")) == number, "both presses")
    await until(lambda: bot.states() == ["done"] * 3, "the end of all")
    [shown] = telegram.messages()
    assert shown.text == bot.phrases.say("telegram.data_terhapus")
    assert shown.labels == ["Lihat layanan", "Cara bertanya"]
    assert bot.rows(TRACES) == []
