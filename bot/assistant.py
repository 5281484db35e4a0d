"""The one way through: a turn comes in, a reply goes out, nothing is written."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from bot.conversation.composing.compose import compose
from bot.conversation.deciding.dialogue import decide
from bot.conversation.deciding.joining import joined, left_open, makes_more
from bot.conversation.decision import Decision, remembered
from bot.conversation.reply import Reply
from bot.conversation.turn import Action, Outcome, Picked, QueryRecord, Rated, Session, Turn
from bot.knowledge.model import Aspect
from bot.live import Snapshot
from bot.understanding.result import Understanding


@dataclass(frozen=True)
class Handled:
    """A reply and what the channel has to keep once it was accepted."""

    reply: Reply
    record: QueryRecord | None  # None when nothing was asked: a button, a command, a rating
    session: Session
    understood: Understanding | None = None  # None when a button was pressed; for --json and --explain
    aspects: tuple[Aspect, ...] = ()  # asked for now, or still waiting from before
    rated: Rated | None = None  # a rating of an earlier answer
    picked: Picked | None = None  # a choice of what an earlier answer offered


class HasSnapshot(Protocol):
    """Whatever knows which knowledge answers right now."""

    @property
    def snapshot(self) -> Snapshot:
        """Knowledge and matcher, swapped as one."""


class Assistant:
    """Answers turns from the current knowledge.

    Args:
        live: Holds the current snapshot.
        clock: Seconds of a clock that never goes back; measures the understanding.
    """

    def __init__(self, live: HasSnapshot, clock: Callable[[], float]) -> None:
        self._live = live
        self._clock = clock

    @property
    def snapshot(self) -> Snapshot:
        """What answers right now."""
        return self._live.snapshot

    def handle(self, turn: Turn, session: Session) -> Handled:
        """The reply to a turn and what to keep of it; writes nothing."""
        snapshot = self._live.snapshot
        session = session.fresh(turn.at)
        started = self._clock()
        turn, heard, decision, left = _considered(turn, session, snapshot)
        latency_ms = (self._clock() - started) * 1000
        reply = compose(decision, snapshot.knowledge)
        understood = heard if isinstance(heard, Understanding) else None
        record = _record(turn, understood, decision, latency_ms, snapshot.version) if understood else None
        after = replace(remembered(session, decision), unanswered=left)
        return Handled(reply, record, after, understood, decision.aspects, decision.rated, decision.picked)


_Heard = Understanding | Action


def _considered(turn: Turn, session: Session, snapshot: Snapshot) -> tuple[Turn, _Heard, Decision, str]:
    """The turn as it is taken, what was heard and decided, and what of it waits for a next message."""
    heard, decision = _heard(turn, session, snapshot)
    together = joined(turn, session)
    if together is not None:
        blank = Session(at=turn.at)
        heard_together, decided = _heard(together, blank, snapshot)
        if makes_more(decided, decision, _heard(turn, blank, snapshot)[1]):
            return together, heard_together, decided, left_open(together, None, decided)
    return turn, heard, decision, left_open(turn, together, decision)


def _heard(turn: Turn, session: Session, snapshot: Snapshot) -> tuple[_Heard, Decision]:
    heard = snapshot.matcher.understand(turn.said, session.topic) if isinstance(turn.said, str) else turn.said
    return heard, decide(turn, heard, session, snapshot.knowledge)


def _record(turn: Turn, understood: Understanding, decision: Decision, latency_ms: float, version: str) -> QueryRecord:
    answered = decision.subjects if decision.outcome in {Outcome.ANSWER, Outcome.REFER} else ()
    scores = tuple((candidate.subject, candidate.score) for candidate in understood.candidates)
    return QueryRecord(turn, decision.outcome, answered, scores, decision.aspects, latency_ms, version)
