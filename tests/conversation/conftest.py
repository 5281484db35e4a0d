"""A small region to talk about, its bot, and its clock."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.channels.terminal import render
from bot.conversation.composing.compose import compose
from bot.conversation.deciding.dialogue import decide
from bot.conversation.decision import Decision, remembered
from bot.conversation.reply import Reply
from bot.conversation.turn import Action, ActionKind, Session, Turn
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.folder import files_of
from bot.knowledge.reading.loader import read_files
from bot.understanding.result import Candidate, Understanding, Verdict

HERE = Path(__file__).parent
TUESDAY = datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.fixture(scope="session")
def knowledge() -> KnowledgeBase:
    words = {n: raw for n, raw in files_of(HERE.parent.parent / "knowledge").items() if n.startswith("bahasa/")}
    loaded = read_files({**words, **files_of(HERE / "knowledge")})
    assert loaded.problems == ()
    return loaded.knowledge


def heard(*meant: str, verdict: Verdict = Verdict.SURE, near: tuple[str, ...] = (), **found: object) -> Understanding:
    """An understanding as the matcher would give it."""
    candidates = tuple(Candidate(subject, 0.9 - 0.1 * place) for place, subject in enumerate((*meant, *near)))
    return replace(Understanding("", (), candidates, verdict, meant), **found)


def unsure(*candidates: str, **found: object) -> Understanding:
    return heard(verdict=Verdict.UNSURE, near=candidates, **found)


def unknown(**found: object) -> Understanding:
    return heard(verdict=Verdict.UNKNOWN, **found)


@dataclass
class Conversation:
    """A conversation whose texts are already understood."""

    knowledge: KnowledgeBase
    at: datetime = TUESDAY
    session: Session = field(default_factory=Session)
    decision: Decision | None = None
    turns: int = 0

    def hears(self, said: Understanding | Action) -> Reply:
        self.turns += 1
        turn = Turn(f"turn{self.turns}", self.at, "terminal", "chat", "user", said if isinstance(said, Action) else "")
        self.decision = decide(turn, said, self.session.fresh(self.at), self.knowledge)
        self.session = remembered(self.session.fresh(self.at), self.decision)
        return compose(self.decision, self.knowledge)

    def says(self, said: Understanding | Action) -> str:
        return render(self.hears(said), numbered=False)

    def shows(self, subject: str, aspect: str = "") -> str:
        return self.says(Action(ActionKind.SHOW, subject, aspect))


@pytest.fixture
def talk(knowledge: KnowledgeBase) -> Conversation:
    return Conversation(knowledge)


@pytest.fixture
def talk_at(knowledge: KnowledgeBase) -> Callable[[datetime], Conversation]:
    return lambda moment: Conversation(knowledge, moment)


def labels(reply: Reply) -> list[str]:
    return [button.label for button in reply.buttons]
