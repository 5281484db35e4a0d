"""Which stored questions of the shipped knowledge do not bring their answer after their subject's card?

``python -m tests.knowledge.unanswered`` writes them where a test holds the knowledge to it.
"""

from pathlib import Path

from bot.authoring.changing.answers import check_stored
from bot.knowledge.reading.loader import load
from bot.live import Snapshot

ROOT = Path(__file__).parent.parent.parent
KEPT = Path(__file__).parent / "belum_terjawab.txt"


def as_text() -> str:
    """The list as it is kept: a line for each question."""
    checks = check_stored(Snapshot.of(load(ROOT / "knowledge")))
    return "".join(sorted(f"{one.file}: {one.question}\n" for one in checks if not one.after_card))


if __name__ == "__main__":
    KEPT.write_text(as_text(), encoding="utf-8")
