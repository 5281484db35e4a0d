"""What log admins see in Telegram."""

import asyncio

from bot.access import Access
from tests.channels.telegram.admin.office import Office
from tests.channels.telegram.running import ADMIN
from tests.telegram_server.people import until

EDITOR = 903
LOOKS = "SELECT what, detail, rows FROM looks ORDER BY id"


async def asked(bot, telegram, *questions, chats=(1,)):
    for number, question in enumerate(questions):
        telegram.say(question, chat=chats[number % len(chats)])
    await until(lambda: bot.states() == ["done"] * len(questions), "the end of all")


async def test_the_newest_questions_come_first_with_what_became_of_them(bot, telegram):
    await asked(bot, telegram, "biaya ktp hilang", "cuaca besok")
    telegram.say("/log", chat=ADMIN)
    shown = (await telegram.reply(chat=ADMIN)).text
    assert shown.index("cuaca besok") < shown.index("biaya ktp hilang")
    assert "dijawab → KTP-el hilang" in shown
    assert "tidak terjawab" in shown


async def test_questions_left_open_and_questions_with_a_word_are_found(bot, telegram):
    await asked(bot, telegram, "biaya ktp hilang", "cuaca besok")
    telegram.say("/log tidak terjawab", chat=ADMIN)
    telegram.say("/log KTP", chat=ADMIN)
    await telegram.reply(2, chat=ADMIN)
    unanswered, found = telegram.messages(ADMIN)
    assert ("cuaca" in unanswered.text, "biaya ktp" in unanswered.text) == (True, False)
    assert ("cuaca" in found.text, "biaya ktp" in found.text) == (False, True)


async def test_pages_turn_in_place_and_lead_back(bot, telegram):
    await asked(bot, telegram, *(f"biaya ktp hilang nomor{number}x" for number in range(10)))
    telegram.say("/log ktp", chat=ADMIN)
    first = await telegram.reply(chat=ADMIN)
    telegram.press("Lebih lama", chat=ADMIN)
    await until(lambda: telegram.messages(ADMIN)[0].edits == 1, "the next page")
    (second,) = telegram.messages(ADMIN)
    seen = [number for number in range(10) if f"nomor{number}x" in second.text]
    assert seen == [0, 1]
    assert not any(label.startswith("Lebih lama") for label in second.labels)
    telegram.press("Terbaru", chat=ADMIN)
    await until(lambda: telegram.messages(ADMIN)[0].edits == 2, "the first page")
    assert "nomor9x" in telegram.messages(ADMIN)[0].text
    assert first.id == second.id


async def test_figures_of_three_periods_that_are_equal_are_told_once(bot, telegram):
    await asked(bot, telegram, "biaya ktp hilang", "cuaca besok", chats=(1, 2))
    telegram.say("/statistik", chat=ADMIN)
    shown = (await telegram.reply(chat=ADMIN)).text
    assert "Hari ini · 7 hari terakhir · 30 hari terakhir" in shown
    assert shown.count("2 pertanyaan dari 2 warga, 1 tanpa jawaban (tidak terjawab atau minta petugas)") == 1
    assert "KTP-el hilang 1 (biaya 1)" in shown


async def test_without_questions_it_says_so(bot, telegram):
    telegram.say("/log", chat=ADMIN)
    telegram.say("/statistik", chat=ADMIN)
    await telegram.reply(2, chat=ADMIN)
    assert "Tidak ada pertanyaan" in telegram.messages(ADMIN)[0].text
    assert "Belum ada pertanyaan" in telegram.messages(ADMIN)[1].text


async def test_T14_every_look_is_recorded(bot, telegram):
    await asked(bot, telegram, "biaya ktp hilang")
    telegram.say("/log ktp", chat=ADMIN)
    telegram.say("/statistik", chat=ADMIN)
    await telegram.reply(2, chat=ADMIN)
    assert bot.rows(LOOKS) == [("log", '{"text": "ktp"}', 1), ("statistik", "", 0)]


async def test_the_menu_of_a_log_admin_has_his_commands(bot, telegram):
    telegram.meet(ADMIN)
    await telegram.called("setMyShortDescription")
    await bot.channel.welcome()
    menus = telegram.server.methods.texts
    assert [menus[scope].split()[-2:] for scope in menus if str(ADMIN) in scope] == [["log", "statistik"]]


async def test_the_menu_of_a_log_admin_beside_editors_offers_no_command_that_changes_knowledge(
    telegram, folder, tmp_path
):
    bot = Office(telegram.url, folder, tmp_path)
    bot.access = Access(frozenset({ADMIN}), {}, frozenset({EDITOR}))
    bot.task = asyncio.create_task(bot.run())
    for person in (ADMIN, EDITOR):
        telegram.meet(person)
    await telegram.called("setMyShortDescription")
    await bot.channel.welcome()
    menus = {scope: set(names.split()) for scope, names in telegram.server.methods.texts.items()}
    await bot.end()
    [reader], [editor] = ([menus[scope] for scope in menus if str(person) in scope] for person in (ADMIN, EDITOR))
    assert reader - editor == {"log", "statistik"}
    assert {"tarik", "kembalikan", "saran"} <= editor - reader


async def test_questions_are_found_by_what_became_of_them_and_by_day(bot, telegram):
    await asked(bot, telegram, "biaya ktp hilang", "cuaca besok")
    for said in ("dijawab", "2026-11-24", "2026-11-23", "dukcapil dijawab"):
        telegram.say(f"/log {said}", chat=ADMIN)
    await telegram.reply(4, chat=ADMIN)
    found = [("biaya ktp" in one.text, "cuaca" in one.text) for one in telegram.messages(ADMIN)]
    assert found == [(True, False), (True, True), (False, False), (True, False)]
    assert "Pertanyaan: 23-11-2026" in telegram.messages(ADMIN)[2].text


async def test_figures_of_one_agency_and_some_days(bot, telegram):
    await asked(bot, telegram, "biaya ktp hilang", "cuaca besok")
    telegram.say("/statistik dukcapil 14 hari", chat=ADMIN)
    shown = (await telegram.reply(chat=ADMIN)).text
    assert "14 hari terakhir" in shown
    assert "1 pertanyaan dari 1 warga, 0 tanpa jawaban" in shown
    assert "30 hari" not in shown


async def test_words_that_name_nothing_known_are_told_with_the_nearest_id(bot, telegram):
    asked_for = {
        "/statistik dukcapl": ("memuat “dukcapl”", "Mungkin maksud Anda dukcapil."),
        "/statistik 400 hari": ("memuat “400 hari”", "1 sampai 366 hari"),
        "/statistik dukcapil ktp-hilang": ("Tidak dihitung di sini: ktp-hilang.", "untuk"),
        "/log dukcapl": ("“dukcapl” dicari sebagai kata", "Mungkin maksud Anda dukcapil."),
        "/log 2026-13-99": ("“2026-13-99” dicari sebagai kata", "Tidak ada pertanyaan"),
    }
    for said in (*asked_for, "/statistik hari ini", "/statistik dukcapil 1 hari"):
        telegram.say(said, chat=ADMIN)
    await telegram.reply(7, chat=ADMIN)
    shown = [one.text for one in telegram.messages(ADMIN)]
    assert [
        told for told, text in zip(asked_for.values(), shown, strict=False) if not all(p in text for p in told)
    ] == []
    assert not any("Tidak dihitung" in text for text in shown[5:])


async def test_a_page_of_what_was_filtered_turns_to_more_of_the_same(bot, telegram):
    await asked(bot, telegram, *(f"biaya ktp hilang nomor{number}x" for number in range(9)), "cuaca besok")
    telegram.say("/log dijawab", chat=ADMIN)
    await telegram.reply(chat=ADMIN)
    telegram.press("Lebih lama", chat=ADMIN)
    await until(lambda: telegram.messages(ADMIN)[0].edits == 1, "the next page")
    assert "nomor0x" in telegram.messages(ADMIN)[0].text
    assert "cuaca" not in telegram.messages(ADMIN)[0].text
