"""What a citizen meets in a private chat."""

import asyncio
import time
from datetime import timedelta

import pytest

from bot.channels.telegram.screen.render import Part, Screen
from bot.channels.telegram.screen.show import Destination, renew
from bot.errors import StorageError
from tests.channels.telegram.running import MORNING, PER_MINUTE, Running
from tests.telegram_server.chats import BOT
from tests.telegram_server.faults import refused
from tests.telegram_server.people import mention, until

NIK = "3603011708900001"
OLD = "Tombol ini sudah lama"


async def test_start_greets_and_shows_what_can_be_asked(bot, telegram):
    telegram.say("/start")
    reply = await telegram.reply()
    assert reply.text.startswith("Halo!")
    assert reply.labels


@pytest.mark.parametrize("payload", ["ktp-hilang", "KTP-HILANG"])
async def test_a_link_to_a_service_opens_that_service(bot, telegram, payload):
    telegram.say(f"/start {payload}")
    reply = await telegram.reply()
    assert reply.source.startswith("<b>KTP-el hilang</b>")
    assert "Lokasi" in reply.labels


@pytest.mark.parametrize("payload", ["tidak-ada", "x" * 4000])
async def test_a_link_to_nothing_leads_to_the_menu(bot, telegram, payload):
    telegram.say(f"/start {payload}")
    assert (await telegram.reply()).labels


async def test_a_question_is_answered_and_its_follow_up_understood(bot, telegram):
    telegram.say("syarat ktp hilang apa saja?")
    assert "kepolisian" in (await telegram.reply()).text
    telegram.say("biayanya?")
    assert "Gratis" in (await telegram.reply(2)).text


async def test_every_question_of_a_burst_is_answered_in_order(bot, telegram):
    questions = ["syarat ktp hilang", "biaya ktp hilang"] * 4
    for question in questions:
        telegram.say(question)
    await telegram.reply(len(questions))
    said = ["kepolisian" in message.text for message in telegram.messages()]
    assert said == [True, False] * 4


async def test_a_button_answers_in_a_new_message(bot, telegram):
    telegram.say("ktp hilang")
    await telegram.reply()
    telegram.press("Lokasi")
    reply = await telegram.reply(2)
    assert "Lokasi" in reply.text
    assert len(telegram.calls("answerCallbackQuery")) == 1


async def test_browsing_changes_its_message_in_place(bot, telegram):
    telegram.say("/layanan")
    first = await telegram.reply()
    agency = first.labels[0]
    telegram.press(agency)
    await until(lambda: telegram.messages()[0].edits == 1, "the list of services")
    assert len(telegram.messages()) == 1
    assert telegram.messages()[0].labels != first.labels


async def test_the_same_page_twice_does_no_harm(bot, telegram):
    telegram.say("/layanan")
    shown = await telegram.reply()
    data = shown.key(shown.labels[0]).data
    for _ in range(2):
        telegram.press_data(data, message=shown.body)
    await telegram.called("answerCallbackQuery", 2)
    telegram.say("biaya ktp hilang")
    assert "Gratis" in (await telegram.reply(2)).text


async def test_a_thumb_up_is_thanked_without_a_new_message(bot, telegram):
    telegram.say("biaya ktp hilang")
    before = await telegram.reply()
    telegram.press("👍")
    call = await telegram.called("answerCallbackQuery")
    assert "Terima kasih" in call.params["text"]
    await until(lambda: telegram.messages()[0].edits == 1, "other buttons")
    after = telegram.messages()
    assert [message.text for message in after] == [before.text]
    assert not any(label.startswith(("👍", "👎")) for label in after[0].labels)


async def test_a_thumb_down_asks_why_and_keeps_the_ways_on(bot, telegram):
    telegram.say("biaya ktp hilang")
    aspects = [label for label in (await telegram.reply()).labels if label[0] not in "👍👎"]
    telegram.press("👎")
    await until(lambda: telegram.messages()[0].edits == 1, "the reasons")
    labels = telegram.messages()[0].labels
    assert labels[: len(aspects)] == aspects
    telegram.press("Kurang lengkap")
    await until(lambda: telegram.messages()[0].edits == 2, "the thanks")
    await until(lambda: bot.states() == ["done"] * 3, "the end of all")
    assert "Kurang lengkap" not in telegram.messages()[0].labels
    assert bot.rows("SELECT feedback, reason FROM queries") == [("buruk", "kurang lengkap")]


async def rated(bot, telegram, said, button, rating):
    """An answer that a button brought is rated."""
    telegram.say(said)
    await telegram.reply()
    telegram.press(button)
    await telegram.reply(2)
    telegram.press(rating)
    await until(lambda: bot.states() == ["done"] * 3, "the rating")


@pytest.mark.parametrize(("pressed", "kept"), [("👍", ("baik", "")), ("👎", ("buruk", ""))])
async def test_a_rating_of_an_answer_that_a_button_brought_is_kept_with_its_question(bot, telegram, pressed, kept):
    await rated(bot, telegram, "ktp hilang", "Lokasi", pressed)
    assert bot.rows("SELECT question, feedback, reason FROM queries") == [("ktp hilang", *kept)]


async def test_why_an_answer_that_a_button_brought_was_bad_is_kept(bot, telegram):
    await rated(bot, telegram, "ktp hilang", "Lokasi", "👎")
    telegram.press("Kurang lengkap")
    await until(lambda: bot.states() == ["done"] * 4, "the end of all")
    assert bot.rows("SELECT feedback, reason FROM queries") == [("buruk", "kurang lengkap")]


async def test_a_choice_and_the_rating_of_what_was_chosen_are_kept_with_their_question(bot, telegram):
    await rated(bot, telegram, "ktp atau kia", "KTP-el hilang", "👍")
    assert bot.rows("SELECT outcome, picked, feedback FROM queries") == [("clarify", "ktp-hilang", "baik")]


async def test_an_answer_that_nobody_asked_for_offers_no_rating_that_would_be_lost(bot, telegram):
    telegram.say("/start ktp-hilang")
    assert not [label for label in (await telegram.reply()).labels if label[0] in "👍👎"]


@pytest.mark.parametrize(
    "data", ["ÿ" * 32, "9z:ktp-hilang::", "1s:layanan-lama::", "1s:ktp", "1r::baik:", "1b:nope::", " "]
)
async def test_a_forged_or_old_button_leads_to_the_menu(bot, telegram, data):
    telegram.press_data(data)
    await telegram.called("answerCallbackQuery")
    await until(lambda: OLD in "".join(one.text for one in telegram.messages()), "the menu")
    assert telegram.messages()[-1].labels


async def test_a_press_that_came_too_late_to_be_acknowledged_is_answered_all_the_same(bot, telegram):
    telegram.say("ktp hilang")
    await telegram.reply()
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    telegram.trouble(refused("answerCallbackQuery", 400, old))
    telegram.press("Lokasi")
    assert "Lokasi" in (await telegram.reply(2)).text


STRANGE = [
    "\u200b\u200d",
    "🙏",
    "👨‍👩‍👧‍👦" * 500,
    "\u202eabc",
    "a" * 4096,
    "a\u0300" * 2048,
    "<b",
    "&lt;",
    "</a>",
    "{{7*7}}",
    "\x00\x07",
    "\ud800",
]


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
async def test_any_text_gets_an_answer_with_a_way_on(bot, telegram, text):
    telegram.say(text)
    assert (await telegram.reply()).labels


async def test_a_question_that_is_changed_changes_its_answer(bot, telegram):
    question = telegram.say("syarat ktp hilang")
    await telegram.reply()
    telegram.edit(question, "biaya ktp hilang")
    await until(lambda: "Gratis" in telegram.messages()[0].text, "the new answer")
    assert len(telegram.messages()) == 1
    telegram.say("syarat ktp hilang")
    assert "Gratis" not in (await telegram.reply(2)).text


@pytest.mark.parametrize(("before", "after"), [(1, 2), (2, 1), (2, 2)])
async def test_an_answer_that_is_changed_leaves_nothing_of_the_earlier_one(bot, telegram, before, after):
    place, key = Destination(1), None
    telegram.meet(1)
    await until(lambda: bot.channel is not None, "the bot")
    api = bot.channel.application.bot
    await until(lambda: telegram.calls("setMyCommands"), "the connection")
    screens = [Screen(tuple(Part(f"{n}{i}", f"{n}{i}") for i in range(n)), key) for n in (before, after)]
    earlier = await renew(api, place, screens[0], ())
    shown = await renew(api, place, screens[1], earlier)
    assert [message.text for message in telegram.messages()] == [f"{after}{i}" for i in range(after)]
    assert len(shown) == after


async def test_a_question_whose_answer_is_forgotten_is_answered_anew(bot, telegram):
    telegram.edit(12, "biaya ktp hilang")
    assert "Gratis" in (await telegram.reply()).text


async def test_a_moved_live_location_is_not_answered_again(bot, telegram):
    place = {"location": {"latitude": -6.2, "longitude": 106.5, "live_period": 600}}
    message = telegram.send(place)
    await telegram.reply()
    telegram.push("edited_message", telegram._body(1, place, message) | {"edit_date": 1})
    telegram.say("biaya ktp hilang")
    assert "Gratis" in (await telegram.reply(2)).text


async def test_an_unknown_command_is_met_kindly(bot, telegram):
    telegram.say("/statistik")
    reply = await telegram.reply()
    assert reply.text == bot.phrases.say("telegram.perintah_asing")
    assert reply.labels == ["Lihat layanan", "Cara bertanya"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ({"photo": [{"file_id": "f", "file_unique_id": "f", "width": 1, "height": 1}]}, "foto"),
        ({"voice": {"file_id": "f", "file_unique_id": "f", "duration": 1}}, "suara"),
        ({"video": {"file_id": "f", "file_unique_id": "f", "duration": 1, "width": 1, "height": 1}}, "video"),
        ({"contact": {"phone_number": "08123456789", "first_name": "Ani"}}, "kontak_orang"),
        ({"location": {"latitude": -6.2, "longitude": 106.5}}, "lokasi"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "bukan_teks"),
    ],
)
async def test_what_is_no_text_gets_its_hint(bot, telegram, content, name):
    telegram.send(content)
    assert (await telegram.reply()).text == bot.phrases.say(f"telegram.{name}")


async def test_an_album_gets_one_hint_and_its_caption_an_answer(bot, telegram):
    photo = {"photo": [{"file_id": "f", "file_unique_id": "f", "width": 1, "height": 1}]}
    for number in range(6):
        telegram.send({**photo, "media_group_id": "77", **({"caption": "biaya ktp hilang"} if number == 3 else {})})
    telegram.send({**photo, "media_group_id": "78"})
    await until(lambda: bot.states() == ["done"] * 7, "the end of all")
    texts = [message.text for message in telegram.messages()]
    assert (len(texts), texts.count(bot.phrases.say("telegram.foto")), "Gratis" in texts[1]) == (3, 2, True)


async def test_a_file_gets_a_hint_and_its_caption_an_answer(bot, telegram):
    telegram.send_file("ktp.pdf", b"x")
    assert (await telegram.reply()).text == bot.phrases.say("telegram.berkas")
    telegram.send_file("ktp.pdf", b"x", caption="biaya ktp hilang")
    reply = await telegram.reply(2)
    assert "Gratis" in reply.text
    assert bot.phrases.say("telegram.berkas") in reply.text


async def test_a_question_with_a_nik_is_answered_and_its_sender_advised_to_delete_it(bot, telegram):
    telegram.say(f"biaya ktp hilang nik {NIK}")
    reply = await telegram.reply()
    assert "Gratis" in reply.text
    assert bot.phrases.say("telegram.hapus_pesan") in reply.text
    assert NIK not in reply.text
    await until(lambda: bot.states() == ["done"], "the end")
    assert NIK.encode() not in bot.stored()
    assert bot.rows("SELECT question, found FROM queries") == [("biaya ktp hilang nik [NIK]", '["NIK"]')]


async def test_one_can_read_about_privacy_and_find_ones_id(bot, telegram):
    telegram.say("/privasi", chat=321)
    telegram.say("/id", chat=321)
    await telegram.reply(2, chat=321)
    privacy, number = telegram.messages(321)
    assert "NIK" in privacy.text
    assert "321" in number.text


async def test_contact_shows_a_person(bot, telegram):
    telegram.say("/kontak")
    assert (await telegram.reply()).text.startswith(bot.phrases.say("petugas.pembuka"))


async def test_no_address_in_an_answer_opens_a_preview(bot, telegram):
    telegram.say("ktp hilang")
    reply = await telegram.reply()
    assert '"is_disabled": true' in reply.params["link_preview_options"]


async def test_who_writes_too_much_is_told_once_and_others_are_answered(bot, telegram):
    now = int(time.time())
    for _ in range(43):
        telegram.say("biaya ktp hilang", chat=1, date=now)
    telegram.say("biaya ktp hilang", chat=2, date=now)
    assert "Gratis" in (await telegram.reply(chat=2)).text
    await until(lambda: len(bot.states()) == 44 and set(bot.states()) == {"done"}, "the end of all")
    replies = [message.text for message in telegram.messages(1)]
    assert [text for text in replies if "Gratis" not in text] == [bot.phrases.say("telegram.terlalu_banyak")]
    assert len(replies) == 41
    telegram.say("biaya ktp hilang", chat=1, date=now + 60)
    assert "Gratis" in (await telegram.reply(42, chat=1)).text


async def test_T2_presses_searches_and_commands_are_limited_too(bot, telegram):
    bot.standing_at = 1000.0  # the time that answering takes brings no press back
    now = int(time.time())
    for _ in range(42):
        telegram.say("/bantuan", chat=1, date=now)
        telegram.press_data("1m:::", chat=2)
        telegram.search_inline("ktp hilang", user=3)
    await until(lambda: len(bot.states()) == 126 and set(bot.states()) == {"done"}, "the end of all")
    said = bot.phrases.say("telegram.terlalu_banyak")
    assert [message.text for message in telegram.messages(1)].count(said) == 1
    assert len(telegram.messages(1)) == 41
    notices = [call.params.get("text") for call in telegram.calls("answerCallbackQuery")]
    assert (notices.count(said), len(telegram.messages(2))) == (2, 40)
    assert len(telegram.calls("answerInlineQuery")) == 40


async def test_T2_questions_that_are_changed_are_limited_too(bot, telegram):
    question = telegram.say("biaya ktp hilang")
    for _ in range(PER_MINUTE + 5):
        telegram.edit(question, "syarat ktp hilang")
    await until(lambda: bot.states() == ["done"] * (PER_MINUTE + 6), "the end of all")
    said = bot.phrases.say("telegram.terlalu_banyak")
    assert [message.text for message in telegram.messages()].count(said) == 1


async def test_what_was_asked_while_nobody_answered_is_answered_however_much_it_is(telegram, knowledge, tmp_path):
    for _ in range(45):
        telegram.say("biaya ktp hilang", date=int(MORNING.timestamp()) - 1)
    running = Running(telegram.url, knowledge, data=tmp_path)
    running.task = asyncio.create_task(running.run())
    await telegram.reply(45)
    await running.end()
    assert ["Gratis" in message.text for message in telegram.messages()] == [True] * 45


async def test_a_question_waits_for_a_busy_database_and_counts_once(telegram, knowledge, tmp_path):
    running = Running(telegram.url, knowledge, data=tmp_path)
    running.settings = running.settings.model_copy(update={"rate_limit_per_minute": 1})
    running.sleep = lambda _: asyncio.sleep(0)
    running.task = asyncio.create_task(running.run())
    await until(lambda: running.channel is not None, "the bot")
    sessions, fails = running.channel.sessions, [StorageError("database is locked")] * 4
    read = sessions.get

    async def busy(conversation):
        if fails:
            raise fails.pop()
        return await read(conversation)

    sessions.get = busy
    telegram.say("biaya ktp hilang")
    assert "Gratis" in (await telegram.reply()).text
    await until(lambda: running.states() == ["done"], "the end")
    await running.end()
    assert (len(telegram.messages()), fails) == (1, [])


async def test_what_is_written_in_the_second_of_the_start_is_counted(telegram, knowledge, tmp_path):
    running = Running(telegram.url, knowledge, data=tmp_path)
    running.settings = running.settings.model_copy(update={"rate_limit_per_minute": 1})
    running.now = lambda: MORNING + timedelta(seconds=0.9)
    running.task = asyncio.create_task(running.run())
    for _ in range(2):
        telegram.say("biaya ktp hilang", date=int(MORNING.timestamp()))
    assert "Pelan-pelan" in (await telegram.reply(2)).text
    await running.end()


class TestInAGroup:
    GROUP = -100

    async def test_only_what_is_meant_for_the_bot_is_answered(self, bot, telegram):
        telegram.say("ktp hilang", chat=self.GROUP)
        telegram.say("/statistik", chat=self.GROUP)
        question = telegram.say(
            mention("biaya ktp hilang"), chat=self.GROUP, message_thread_id=7, is_topic_message=True
        )
        reply = await telegram.reply(chat=self.GROUP)
        assert "Gratis" in reply.text
        assert len(telegram.messages(self.GROUP)) == 1
        assert reply.body["message_thread_id"] == 7
        assert f'"message_id": {question}' in reply.params["reply_parameters"]

    async def test_T2_commands_are_limited_too(self, bot, telegram):
        now = int(time.time())
        for _ in range(PER_MINUTE + 2):
            telegram.say("/bantuan@tanya_uji_bot", chat=self.GROUP, date=now)
        await until(lambda: bot.states() == ["done"] * (PER_MINUTE + 2), "the end of all")
        said = bot.phrases.say("telegram.terlalu_banyak")
        assert [message.text for message in telegram.messages(self.GROUP)].count(said) == 1

    async def test_who_wants_to_be_erased_is_sent_to_his_private_chat(self, bot, telegram):
        telegram.say("/hapus_data@tanya_uji_bot", chat=self.GROUP)
        reply = await telegram.reply(chat=self.GROUP)
        assert ("obrolan pribadi" in reply.text, "Hapus sekarang" in reply.labels) == (True, False)

    async def test_a_reply_to_the_bot_and_a_command_are_answered(self, bot, telegram):
        telegram.say("/bantuan@tanya_uji_bot", chat=self.GROUP)
        first = await telegram.reply(chat=self.GROUP)
        telegram.say("biaya ktp hilang", chat=self.GROUP, reply_to_message=first.body)
        assert "Gratis" in (await telegram.reply(2, chat=self.GROUP)).text


async def test_a_card_of_a_service_can_be_shared_in_any_chat(bot, telegram):
    telegram.search_inline("ktp hilang")
    call = await telegram.called("answerInlineQuery")
    assert '"id": "ktp-hilang"' in call.params["results"]
    assert f"https://t.me/{BOT['username']}?start=ktp-hilang" in call.params["results"]


async def test_menus_and_descriptions_are_set_for_each_scope(bot, telegram):
    telegram.meet(5)
    await telegram.called("setMyCommands", 3)
    texts = telegram.server.on_loop(lambda: dict(telegram.server.methods.texts))
    assert texts['commands {"type": "all_private_chats"}'] == "layanan bantuan kontak privasi hapus_data id"
    assert texts['commands {"type": "all_group_chats"}'] == "layanan bantuan kontak"
    assert texts["description"] == bot.phrases.say("telegram.deskripsi")
    assert texts["short_description"] == bot.phrases.say("telegram.deskripsi_singkat")


async def test_a_question_in_two_messages_is_answered_with_the_second_and_leaves_two_rows(bot, telegram):
    telegram.say("biaya ktp")
    telegram.say("hilang")
    assert "Gratis" in (await telegram.reply(2)).text
    await until(lambda: bot.states() == ["done", "done"], "the end of both")
    assert bot.rows("SELECT question, outcome FROM queries ORDER BY id") == [
        ("biaya ktp", "decline"),
        ("biaya ktp hilang", "answer"),
    ]


async def test_a_question_that_is_changed_is_not_joined_to_what_it_was(bot, telegram):
    number = telegram.say("biaya ktp")
    await telegram.reply()
    telegram.edit(number, "hilang")
    await until(lambda: bot.states() == ["done", "done"], "the end of both")
    assert bot.rows("SELECT question FROM queries ORDER BY id") == [("biaya ktp",), ("hilang",)]


async def test_a_question_changed_after_a_restart_changes_its_answer(telegram, knowledge, tmp_path):
    first = Running(telegram.url, knowledge, data=tmp_path)
    first.task = asyncio.create_task(first.run())
    question = telegram.say("syarat ktp hilang")
    await telegram.reply()
    await first.end()
    telegram.edit(question, "biaya ktp hilang")
    second = Running(telegram.url, knowledge, data=tmp_path)
    second.task = asyncio.create_task(second.run())
    await until(lambda: "Gratis" in telegram.messages()[0].text, "the new answer")
    await second.end()
    assert len(telegram.messages()) == 1


async def test_a_sticker_is_met_kindly(bot, telegram):
    size = {"width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}
    telegram.send({"sticker": {"file_id": "f", "file_unique_id": "f", **size}})
    assert (await telegram.reply()).text == bot.phrases.say("telegram.stiker")


async def test_in_a_topic_a_photo_with_a_mention_and_a_button_are_answered_there(bot, telegram):
    place = {"message_thread_id": 9, "is_topic_message": True}
    caption = mention("biaya ktp hilang")
    entity = [{"type": "mention", "offset": 0, "length": len(caption.split()[0])}]
    photo = [{"file_id": "f", "file_unique_id": "f", "width": 1, "height": 1}]
    body = telegram._body(-200, {"photo": photo, "caption": caption, "caption_entities": entity, **place})
    telegram.push("message", body)
    reply = await telegram.reply(chat=-200)
    assert ("Gratis" in reply.text, reply.body["message_thread_id"]) == (True, 9)
    telegram.press("Lokasi", chat=-200)
    assert (await telegram.reply(2, chat=-200)).body["message_thread_id"] == 9


async def test_a_card_that_was_shared_through_the_bot_is_not_answered_again(bot, telegram):
    telegram.say("KTP-el hilang", via_bot={**BOT, "is_bot": True})
    telegram.say("biaya ktp hilang")
    assert "Gratis" in (await telegram.reply()).text
    assert len(telegram.messages()) == 1
