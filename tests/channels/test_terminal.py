"""Replies in a terminal."""

from bot.channels.terminal import render
from bot.conversation.reply import Block, BlockKind, Button, Reply, bullets, heading, note, steps, text
from bot.conversation.turn import Action, ActionKind, Outcome

REPLY = Reply(
    "turn1",
    Outcome.ANSWER,
    (
        note("Blanko habis.", "Pemberitahuan"),
        heading("Ganti KTP hilang"),
        text("Gratis.", "Biaya"),
        bullets(("Fotokopi KK", "Formulir"), "Syarat"),
        steps(("Datang", "Tunggu")),
        Block(BlockKind.SOURCE, ("Sumber: Perpres.",)),
    ),
    (Button("Alur", Action(ActionKind.SHOW, "ktp", "alur")), Button("Menu", Action(ActionKind.MENU))),
)
TEXT = """\
Pemberitahuan: Blanko habis.

GANTI KTP HILANG

Biaya: Gratis.

Syarat:
• Fotokopi KK
• Formulir

1. Datang
2. Tunggu

Sumber: Perpres."""


def test_buttons_are_numbered_under_the_text() -> None:
    assert render(REPLY) == f"{TEXT}\n\n[1] Alur\n[2] Menu"


def test_the_text_alone_has_no_buttons() -> None:
    assert render(REPLY, numbered=False) == TEXT
