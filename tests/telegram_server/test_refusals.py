"""The stand-in refuses what the real Bot API refuses."""

import json

import pytest

PARSING = "Bad Request: can't parse entities: "


def keys(*data, label="Tombol"):
    return json.dumps({"inline_keyboard": [[{"text": label, "callback_data": one} for one in data]]})


def test_a_message_of_4096_letters_passes_and_of_4097_does_not(bot):
    assert bot.ask("sendMessage", chat_id=1, text="a" * 4096)["ok"]
    assert bot.refusal("sendMessage", chat_id=1, text="a" * 4097) == "Bad Request: message is too long"


def test_length_counts_after_parsing_and_in_utf16_units(bot):
    assert bot.ask("sendMessage", chat_id=1, text="<b>" + "&lt;" * 4096 + "</b>", parse_mode="HTML")["ok"]
    assert bot.ask("sendMessage", chat_id=1, text="😀" * 2048)["ok"]
    assert bot.refusal("sendMessage", chat_id=1, text="😀" * 2048 + "a") == "Bad Request: message is too long"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a <u>b</u> <x>c</x>", 'Unsupported start tag "x" at byte offset 11'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("é<b", "Unclosed start tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href x>y</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
    ],
)
def test_html_that_is_not_well_formed_is_refused(bot, text, reason):
    assert bot.refusal("sendMessage", chat_id=1, text=text, parse_mode="HTML") == PARSING + reason


def test_an_entity_that_is_half_of_a_letter_is_refused(bot):
    refusal = bot.refusal("sendMessage", chat_id=1, text="&#57311;", parse_mode="HTML")
    assert refusal.startswith(PARSING + "Text contains invalid Unicode characters")


def test_well_formed_html_is_shown_as_text_with_entities(bot):
    text = "<b>Tebal &amp; <i>miring</i></b> &notanentity; 5 > 3"
    message = bot.ask("sendMessage", chat_id=1, text=text, parse_mode="HTML")["result"]
    assert message["text"] == "Tebal & miring &notanentity; 5 > 3"
    assert message["entities"] == [
        {"type": "bold", "offset": 0, "length": 14},
        {"type": "italic", "offset": 8, "length": 6},
    ]


@pytest.mark.parametrize("text", ["", "   ", "<b></b>"])
def test_an_empty_text_is_refused(bot, text):
    assert bot.refusal("sendMessage", chat_id=1, text=text, parse_mode="HTML") == "Bad Request: message text is empty"


def test_button_data_may_have_64_bytes_and_no_more(bot):
    assert bot.ask("sendMessage", chat_id=1, text="x", reply_markup=keys("é" * 32))["ok"]
    refusal = bot.refusal("sendMessage", chat_id=1, text="x", reply_markup=keys("é" * 32 + "a"))
    assert refusal == "Bad Request: BUTTON_DATA_INVALID"
    assert bot.refusal("sendMessage", chat_id=1, text="x", reply_markup=keys("")) == "Bad Request: BUTTON_DATA_INVALID"


def test_a_button_without_label_and_broken_markup_are_refused(bot):
    refusal = bot.refusal("sendMessage", chat_id=1, text="x", reply_markup=keys("a", label=""))
    assert refusal == "Bad Request: can't parse inline keyboard button: text is empty"
    refusal = bot.refusal("sendMessage", chat_id=1, text="x", reply_markup="nonsense")
    assert refusal == "Bad Request: object expected as reply markup"


def test_an_unknown_chat_and_a_blocked_bot_are_refused(bot, telegram):
    assert bot.refusal("sendMessage", chat_id=99, text="x") == "Bad Request: chat not found"
    assert bot.refusal("sendMessage", text="x") == "Bad Request: chat_id is empty"
    telegram.block(1)
    assert bot.ask("sendMessage", chat_id=1, text="x")["error_code"] == 403


def test_the_same_text_again_is_no_edit(bot):
    sent = bot.ask("sendMessage", chat_id=1, text="<b>x</b>", parse_mode="HTML", reply_markup=keys("a"))["result"]
    same = {"chat_id": 1, "message_id": sent["message_id"], "text": "<b>x</b>", "parse_mode": "HTML"}
    refusal = bot.refusal("editMessageText", **same, reply_markup=keys("a"))
    assert refusal.startswith("Bad Request: message is not modified")
    assert bot.ask("editMessageText", **same | {"text": "x"}, reply_markup=keys("a"))["ok"]
    markup = {"chat_id": 1, "message_id": sent["message_id"]}
    assert bot.ask("editMessageReplyMarkup", **markup)["ok"]
    assert bot.refusal("editMessageReplyMarkup", **markup).startswith("Bad Request: message is not modified")


def test_what_is_not_there_cannot_be_edited_or_deleted(bot):
    gone = {"chat_id": 1, "message_id": 12345}
    assert bot.refusal("editMessageText", **gone, text="x") == "Bad Request: message to edit not found"
    assert bot.refusal("deleteMessage", **gone) == "Bad Request: message to delete not found"


def test_a_wrong_token_is_unauthorized_and_a_malformed_one_not_found(bot):
    assert bot.ask("getMe", token="1:" + "x" * 35) == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert bot.ask("getMe", token="nonsense")["error_code"] == 404
    assert bot.ask("noSuchMethod")["error_code"] == 404


def test_an_unknown_query_cannot_be_answered(bot, telegram):
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert bot.refusal("answerCallbackQuery", callback_query_id="x") == old
    assert bot.refusal("answerInlineQuery", inline_query_id="x", results="[]") == old
    query = telegram.press_data("a")
    assert bot.refusal("answerCallbackQuery", callback_query_id=query, text="a" * 201).endswith("MESSAGE_TOO_LONG")
    assert bot.ask("answerCallbackQuery", callback_query_id=query)["ok"]


def test_commands_and_descriptions_have_limits(bot):
    commands = [{"command": "Bantuan", "description": "x"}]
    assert bot.refusal("setMyCommands", commands=commands) == "Bad Request: BOT_COMMAND_INVALID"
    commands = [{"command": "bantuan", "description": ""}]
    assert bot.refusal("setMyCommands", commands=commands) == "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"
    assert bot.refusal("setMyShortDescription", short_description="a" * 121).endswith("is too long")
    assert bot.refusal("setMyDescription", description="a" * 513).endswith("is too long")


def test_files_go_up_and_come_down(bot, telegram):
    sent = bot.client.post(
        f"{bot.url}/bot{telegram.token}/sendDocument",
        data={"chat_id": "1", "caption": "Berkas"},
        files={"document": ("a.csv", b"satu;dua")},
    ).json()["result"]
    path = bot.ask("getFile", file_id=sent["document"]["file_id"])["result"]["file_path"]
    assert bot.client.get(f"{bot.url}/file/bot{telegram.token}/{path}").content == b"satu;dua"
    assert bot.refusal("getFile", file_id="x") == "Bad Request: invalid file_id"
    assert bot.refusal("sendDocument", chat_id=1) == "Bad Request: file must be non-empty"
