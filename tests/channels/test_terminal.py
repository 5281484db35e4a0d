"""Replies in a terminal."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.assistant import Assistant
from bot.channels.terminal import Interview, render
from bot.conversation.reply import Block, BlockKind, Button, Reply, bullets, heading, note, steps, text
from bot.conversation.turn import Action, ActionKind, Outcome
from bot.knowledge.reading.folder import files_of
from bot.knowledge.reading.loader import read_files
from bot.live import Snapshot

KNOWLEDGE = Path(__file__).parent.parent.parent / "knowledge"

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


@dataclass
class Held:
    snapshot: Snapshot


def stored(files: dict[str, bytes], question: str) -> object:
    assistant = Assistant(Held(Snapshot.of(read_files(files).knowledge)), lambda: 0.0)
    asking = Interview(assistant, lambda: datetime(2026, 11, 24, 3, tzinfo=UTC), lambda _: None, dialogue=False)
    return asking.ask(question).as_json()["stored"]


def test_no_stored_answer_is_named_where_a_notice_stands_in_its_place() -> None:
    question, files = "KTP hanyut atau hilang karena banjir, tetap perlu surat polisi?", files_of(KNOWLEDGE)
    withdrawn = files["disdukcapil/ktp-hilang.yaml"] + b"\nditarik: {alasan: Sedang diperbaiki, sejak: 2026-11-01}\n"
    assert stored(files, question) == question
    assert stored({**files, "disdukcapil/ktp-hilang.yaml": withdrawn}, question) is None
