"""The one way through: a turn comes in, a reply goes out, nothing is written."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.conversation.composing.compose import compose
from bot.conversation.deciding.dialogue import decide
from bot.conversation.deciding.joining import joined, left_open
from bot.conversation.decision import Decision, remembered
from bot.conversation.reply import Reply
from bot.conversation.turn import Action, Outcome, QueryRecord, Session, Turn
from bot.live import Live, Snapshot
from bot.understanding.matcher import Matcher
from bot.understanding.result import Topic, Understanding


@dataclass(frozen=True)
class Handled:
    """A reply and what the channel has to keep once it was accepted."""

    reply: Reply
    record: QueryRecord | None  # None when nothing was asked: a button, a command, a rating
    session: Session
    decision: Decision
    understood: Understanding | None  # None when a button was pressed


class Assistant:
    """Answers turns from the current knowledge; ``clock`` never goes back and measures the understanding in seconds."""

    def __init__(self, live: Live, clock: Callable[[], float]) -> None:
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
        turn = joined(turn, session, snapshot.matcher)
        heard, latency_ms = self._heard(turn, session.topic, snapshot.matcher)
        decision = decide(turn, heard, session, snapshot.knowledge)
        reply = compose(decision, snapshot.knowledge)
        understood = heard if isinstance(heard, Understanding) else None
        record = _record(turn, understood, decision, latency_ms, snapshot.version) if understood else None
        after = replace(remembered(session, decision), unanswered=left_open(turn, decision))
        return Handled(reply, record, after, decision, understood)

    def _heard(self, turn: Turn, about: Topic | None, matcher: Matcher) -> tuple[Understanding | Action, float]:
        """What a text asks for, and how many milliseconds that took; a button says it itself."""
        if isinstance(turn.said, Action):
            return turn.said, 0.0
        started = self._clock()
        understood = matcher.understand(turn.said, about)
        return understood, (self._clock() - started) * 1000


def _record(turn: Turn, understood: Understanding, decision: Decision, latency_ms: float, version: str) -> QueryRecord:
    answered = decision.subjects if decision.outcome in {Outcome.ANSWER, Outcome.REFER} else ()
    scores = tuple((candidate.subject, candidate.score) for candidate in understood.candidates)
    return QueryRecord(turn, decision.outcome, answered, scores, decision.aspects, latency_ms, version)
