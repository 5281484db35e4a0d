"""Which questions are asked? Those of a file, or the knowledge's own ``uji`` with questions that are nobody's here."""

from pathlib import Path

from benchmarks.questions import Question, known, read, tests_of
from bot.knowledge.base import KnowledgeBase

IN_SCOPE, OFF_TOPIC, AMBIGUOUS = "in", "oos", "ambiguous"
_OFF_TOPIC_FILE = Path(__file__).parent / "off_topic.txt"


def questions_of(knowledge: KnowledgeBase, file: str) -> tuple[Question, ...]:
    """Questions of a file whose subjects the knowledge holds; the knowledge's own when no file is named."""
    return known(read(Path(file)), knowledge) if file else (*tests_of(knowledge), *off_topic())


def off_topic() -> tuple[Question, ...]:
    """Questions for nobody here; no system was built from them."""
    lines = _OFF_TOPIC_FILE.read_text(encoding="utf-8").splitlines()
    return tuple(Question(line, OFF_TOPIC, source="off topic") for line in lines if line and not line.startswith("#"))
