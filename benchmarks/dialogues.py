"""How many turns of whole conversations come out right? ``python -m benchmarks.dialogues FILE.jsonl…``.

A line is one conversation: ``{"id": …, "turns": [{"user": …, "want": …}]}``; ``user`` ">2" presses the second button.
What ``want`` may hold stands in benchmarks/wants.py. ``at`` is the moment of a conversation, and in one that is a
``burst`` messages follow each other at once.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.wants import Before, wrong
from bot.assistant import Assistant, Handled
from bot.channels.terminal import PRESS
from bot.conversation.turn import Action, Session, Turn
from bot.knowledge.reading.loader import load
from bot.live import Snapshot
from bot.privacy import mask
from bot.understanding.matcher import Matcher

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
AT = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
BETWEEN = timedelta(seconds=40)  # two messages: so long that they are not read as one
_IN_A_BURST = timedelta(seconds=2)


@dataclass(frozen=True)
class Fixed:
    """A snapshot that never changes."""

    snapshot: Snapshot


@dataclass(frozen=True)
class Played:
    """A turn that was played."""

    user: str
    want: Mapping[str, Any]
    handled: Handled
    misses: tuple[str, ...]  # what is not as wanted


def rows(path: Path) -> list[dict[str, Any]]:
    """The conversations of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def play(assistant: Assistant, dialogue: Mapping[str, Any]) -> Iterator[Played]:
    """Each turn of a conversation, and what is not as wanted."""
    session, before, handled = Session(), Before(), None
    moment = datetime.fromisoformat(dialogue["at"]).replace(tzinfo=AT.tzinfo) if "at" in dialogue else AT
    for turn in dialogue["turns"]:
        moment += _IN_A_BURST if dialogue.get("burst") else BETWEEN
        said = _pressed(turn["user"], handled) or mask(turn["user"]).text
        handled = assistant.handle(Turn("dialogue", moment, "bench", "chat", "user", said), session)
        yield Played(turn["user"], turn["want"], handled, tuple(wrong(handled, turn["want"], before)))
        session, before = handled.session, before.after(handled)


def _pressed(user: str, last: Handled | None) -> Action | None:
    number = user.removeprefix(PRESS).strip() if user.startswith(PRESS) else ""
    buttons = last.reply.buttons if last else ()
    return buttons[int(number) - 1].action if number.isdecimal() and 0 < int(number) <= len(buttons) else None


def main(paths: list[Path]) -> None:
    knowledge = load(KNOWLEDGE)
    assistant = Assistant(Fixed(Snapshot(knowledge, Matcher(knowledge))), perf_counter)
    for path in paths:
        right: list[list[bool]] = []
        for dialogue in rows(path):
            played = list(play(assistant, dialogue))
            right.append([not one.misses for one in played])
            for number, one in enumerate(played, 1):
                if one.misses:
                    got = f"{one.handled.reply.outcome.value} {', '.join(one.handled.reply.answered)}"
                    print(f"{dialogue['id']} {number}: {one.user!r}\n    {'; '.join(one.misses)}; got {got}")
        turns = [one for each in right for one in each]
        whole = sum(map(all, right))
        print(f"{path.name}: turns right {sum(turns)}/{len(turns)} = {sum(turns) / len(turns):.3f}; ", end="")
        print(f"whole conversations {whole}/{len(right)}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
