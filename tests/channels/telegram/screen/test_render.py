"""How replies look in Telegram."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.screen.render import LIMIT, keyboard, plain, render, units
from bot.conversation.reply import Block, BlockKind, Button, Reply, bullets, heading, note, numbers, steps, text
from bot.conversation.turn import Action, ActionKind, Outcome
from tests.telegram_server.markup import parse_html


def reply(*blocks):
    return Reply("t", Outcome.ANSWER, blocks)


def shown(*blocks):
    return [part.html for part in render(reply(*blocks)).parts]


def test_each_kind_of_block_has_its_form():
    whole = "<b>KTP hilang</b>|<b>Biaya:</b> Gratis.|<b>Syarat</b>\n• Surat\n• KK|<b>Alur</b>\n1. Datang\n2. Ambil"
    whole += "|<i>Lapor dulu.</i>|<i>Sumber: UU 24/2013</i>"
    assert shown(
        heading("KTP hilang"),
        text("Gratis.", "Biaya"),
        bullets(["Surat", "KK"], "Syarat"),
        steps(["Datang", "Ambil"], "Alur"),
        note("Lapor dulu."),
        Block(BlockKind.SOURCE, ("Sumber: UU 24/2013",)),
    ) == [whole.replace("|", "\n\n")]


def test_a_tap_copies_a_number_and_opens_a_site():
    lines = {"112": "112: Darurat", "healing119.id": "healing119.id: chat"}
    assert shown(numbers(lines, ("", "https://healing119.id"))) == [
        '<code>112</code>: Darurat\n<a href="https://healing119.id">healing119.id</a>: chat'
    ]


def test_markup_in_the_knowledge_is_shown_and_not_obeyed():
    assert shown(heading("<b>&"), text("a < b", "</b>")) == ["<b>&lt;b&gt;&amp;</b>\n\n<b>&lt;/b&gt;:</b> a &lt; b"]


def test_a_long_list_is_split_between_its_items():
    items = [f"{number} " + "x" * 995 for number in range(10)]
    parts = shown(bullets(items, "Syarat"))
    assert len(parts) == 3
    assert "\n".join(parts) == "<b>Syarat</b>\n" + "\n".join(f"• {item}" for item in items)


def test_an_item_longer_than_a_message_is_split_between_words():
    parts = render(reply(note("kata " * 2000))).parts
    assert all(part.html.startswith("<i>kata") and part.html.endswith("kata</i>") for part in parts[:-1])
    assert " ".join(part.plain for part in parts).split() == ["kata"] * 2000


def test_length_is_counted_in_utf16_units():
    parts = render(reply(text("😀" * 3000))).parts
    assert [units(part.plain) for part in parts] == [LIMIT, 6000 - LIMIT]


anything = st.text(max_size=3000)
blocks = st.builds(
    Block, st.sampled_from(BlockKind), st.lists(anything, min_size=1, max_size=4).map(tuple), st.text(max_size=40)
)


@given(st.lists(blocks, min_size=1, max_size=6))
def test_whatever_a_reply_holds_telegram_can_read_it(held):
    for part in render(reply(*held)).parts:
        parsed, _ = parse_html(part.html)
        assert parsed == part.plain
        assert units(parsed) <= LIMIT


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["Syarat", "Alur", "Biaya", "Waktu"], [["Syarat", "Alur", "Biaya"], ["Waktu"]]),
        (["Penggantian KTP karena hilang", "Alur"], [["Penggantian KTP karena hilang"], ["Alur"]]),
        (["👍 Membantu", "👎 Kurang"], [["👍 Membantu", "👎 Kurang"]]),
        (["Lokasi kantor", "Dasar hukum", "Biaya"], [["Lokasi kantor", "Dasar hukum"], ["Biaya"]]),
    ],
)
def test_short_buttons_share_a_row_and_long_ones_stand_alone(labels, rows):
    markup = keyboard([Button(label, Action(ActionKind.MENU)) for label in labels])
    assert [[key.text for key in row] for row in markup.inline_keyboard] == rows


def test_the_keyboard_is_none_without_buttons():
    assert render(reply(text("x"))).keyboard is None


def test_a_notice_that_pops_up_has_only_the_words():
    assert plain(reply(heading("Judul"), text("Terima kasih."), note("Catatan."))) == "Terima kasih. Catatan."
