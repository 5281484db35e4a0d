"""Whole conversations on the real knowledge, from tests/conversations/*.yaml; ids are file::title."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.assistant import Assistant, Handled
from bot.channels.terminal import render
from bot.conversation.turn import Action, ActionKind, Session, Turn
from bot.knowledge.reading.loader import load
from bot.live import Snapshot
from bot.understanding.matcher import Matcher

HERE = Path(__file__).parent
FOLDER = HERE / "conversations"
NOT_YET = "belum-bisa.yaml"
REASON = "questions that cannot be found yet; they are counted, and who makes one work moves it to its own file"
KEYS = {"warga", "tekan", "selang", "hasil", "layanan", "salah_satu", "unsur", "berisi", "tanpa", "tombol"}
MENU = Action(ActionKind.MENU)


@dataclass(frozen=True)
class Fixed:
    """A snapshot that never changes."""

    snapshot: Snapshot


@dataclass
class Talk:
    """One conversation with the real bot."""

    assistant: Assistant
    at: datetime
    session: Session = field(default_factory=Session)
    last: Handled | None = None

    def turn(self, wanted: dict[str, Any]) -> Handled:
        self.at += timedelta(minutes=int(wanted.get("selang", 0)))
        said = wanted["warga"] if "warga" in wanted else self._pressed(wanted["tekan"])
        self.last = self.assistant.handle(Turn("turn", self.at, "terminal", "chat", "user", said), self.session)
        self.session = self.last.session
        return self.last

    def _pressed(self, label: str) -> Action:
        shown = self.last.reply.buttons if self.last else self.assistant.handle(self._start(), Session()).reply.buttons
        return {"Semua layanan": Action(ActionKind.BROWSE), **{one.label: one.action for one in shown}}[label]

    def _start(self) -> Turn:
        return Turn("turn", self.at, "terminal", "chat", "user", MENU)


def conversations() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        marks = [pytest.mark.xfail(reason=REASON, strict=True)] if path.name == NOT_YET else []
        for one in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(one, id=f"{path.name}::{one['judul']}", marks=marks)


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    knowledge = load(HERE.parent / "knowledge")
    return Assistant(Fixed(Snapshot(knowledge, Matcher(knowledge))), perf_counter)


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def came(handled: Handled, wanted: dict[str, Any]) -> dict[str, Any]:
    """What came of a turn, in the shape of what was wanted: equal when it is right."""
    reply, text = handled.reply, render(handled.reply, numbered=False)
    labels = [button.label for button in reply.buttons]
    seen: dict[str, Any] = {
        "hasil": wanted["hasil"] if reply.outcome.value in listed(wanted["hasil"]) else reply.outcome.value,
        "layanan": list(reply.answered),
        "unsur": [aspect.value for aspect in handled.decision.aspects],
        "berisi": [part for part in wanted.get("berisi", []) if part in text],
        "tanpa": [part for part in wanted.get("tanpa", []) if part not in text],
        "tombol": [label for label in wanted.get("tombol", []) if label in labels],
    }
    if "salah_satu" in wanted and len(reply.answered) == 1 and reply.answered[0] in wanted["layanan"]:
        seen["layanan"] = wanted["layanan"]
    return {key: value for key, value in seen.items() if key in wanted}


@pytest.mark.parametrize("conversation", list(conversations()))
def test_conversation(assistant: Assistant, conversation: dict[str, Any]) -> None:
    moment = conversation.get("saat", datetime(2026, 11, 24, 10, 0))  # noqa: DTZ001 - set in the zone below
    moment = moment if isinstance(moment, datetime) else datetime.fromisoformat(moment)
    talk = Talk(assistant, moment.replace(tzinfo=ZoneInfo("Asia/Jakarta")))
    for wanted in conversation["giliran"]:
        assert wanted.keys() <= KEYS
        expected = {
            key: value for key, value in wanted.items() if key not in {"warga", "tekan", "selang", "salah_satu"}
        }
        said = wanted.get("warga", wanted.get("tekan"))
        assert (said, came(talk.turn(wanted), wanted)) == (said, expected)
