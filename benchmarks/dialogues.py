"""How many turns of whole conversations come out right? ``python -m benchmarks.dialogues FILE.jsonl``.

A line is one conversation: ``{"id": …, "turns": [{"user": …, "want": …}]}``. ``want`` lists the acceptable
``outcome`` and ``services`` and the ``aspects`` asked; what it leaves out may be anything.
"""

import json
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from bot.assistant import Assistant, Handled
from bot.conversation.turn import Outcome, Session, Turn
from bot.knowledge.reading.loader import load
from bot.live import Snapshot
from bot.privacy import mask
from bot.understanding.matcher import Matcher

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
AT = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
BETWEEN = timedelta(seconds=40)  # two messages: so long that they are not read as one


@dataclass(frozen=True)
class Fixed:
    """A snapshot that never changes."""

    snapshot: Snapshot


def wrong(handled: Handled, want: dict[str, Any]) -> list[str]:
    """What is not as wanted, each in a few words; empty when the turn is right."""
    reply, found = handled.reply, []
    if reply.outcome.value not in want.get("outcome", [reply.outcome.value]):
        found.append(f"outcome {reply.outcome.value}")
    fitting = [subject in want.get("services", reply.answered) for subject in reply.answered]
    enough = any(fitting) if reply.outcome is Outcome.CLARIFY else all(fitting)
    if "services" in want and not (fitting and enough) and reply.outcome.value not in {"decline", "person"}:
        found.append(f"services {', '.join(reply.answered) or '-'}")
    aspects = {aspect.value for aspect in handled.decision.aspects}
    if not aspects >= set(want.get("aspects", [])):
        found.append(f"aspects {', '.join(sorted(aspects)) or '-'}")
    return found


def rows(path: Path) -> list[dict[str, Any]]:
    """The conversations of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main(path: Path) -> None:
    knowledge = load(KNOWLEDGE)
    assistant = Assistant(Fixed(Snapshot(knowledge, Matcher(knowledge))), perf_counter)
    turns = right = whole = 0
    dialogues = rows(path)
    for dialogue in dialogues:
        session, clean = Session(), True
        for number, turn in enumerate(dialogue["turns"], 1):
            said = mask(turn["user"]).text
            handled = assistant.handle(
                Turn(f"turn{number}", AT + number * BETWEEN, "terminal", "chat", "user", said), session
            )
            session = handled.session
            misses = wrong(handled, turn["want"])
            turns, right, clean = turns + 1, right + (not misses), clean and not misses
            if misses:
                print(f"{dialogue['id']} {number}: {turn['user']!r}\n    got {'; '.join(misses)}, want {turn['want']}")
        whole += clean
    print(f"turns right {right}/{turns} = {right / turns:.3f}; whole conversations {whole}/{len(dialogues)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
