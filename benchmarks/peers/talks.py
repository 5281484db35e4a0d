"""How many turns of whole conversations come out right?"""

from pathlib import Path
from time import perf_counter

from benchmarks.dialogues import Fixed, play, rows
from bot.assistant import Assistant
from bot.knowledge.base import KnowledgeBase
from bot.live import Snapshot
from bot.understanding.matcher import Matcher


def turns_right(knowledge: KnowledgeBase, file: Path) -> tuple[int, int]:
    """Turns right, and turns in all, of a file with one conversation a line."""
    assistant = Assistant(Fixed(Snapshot(knowledge, Matcher(knowledge))), perf_counter)
    right = [not turn.misses for dialogue in rows(file) for turn in play(assistant, dialogue)]
    return sum(right), len(right)
