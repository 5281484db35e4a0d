"""How many turns of whole conversations come out right?"""

import json
from pathlib import Path
from time import perf_counter

from benchmarks.dialogues import AT, BETWEEN, Fixed, wrong
from bot.assistant import Assistant
from bot.conversation.turn import Session, Turn
from bot.knowledge.base import KnowledgeBase
from bot.live import Snapshot
from bot.privacy import mask
from bot.understanding.matcher import Matcher


def turns_right(knowledge: KnowledgeBase, file: Path) -> tuple[int, int]:
    """Turns right, and turns in all, of a file with one conversation a line."""
    assistant = Assistant(Fixed(Snapshot(knowledge, Matcher(knowledge))), perf_counter)
    right: list[bool] = []
    for line in filter(str.strip, file.read_text(encoding="utf-8").splitlines()):
        session, moment = Session(), AT
        for turn in json.loads(line)["turns"]:
            said, moment = mask(turn["user"]).text, moment + BETWEEN
            handled = assistant.handle(Turn("", moment, "bench", "", "", said), session)
            session = handled.session
            right.append(not wrong(handled, turn["want"]))
    return sum(right), len(right)
