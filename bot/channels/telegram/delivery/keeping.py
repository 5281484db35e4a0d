"""What does an answered update leave behind for good? Log row or rating, session and messages, for one commit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.channels.telegram.context import Kept
from bot.storage.engine.writer import Change
from bot.storage.log.querylog import QueryLog
from bot.storage.sessions import Replies, StoredSessions


@dataclass(frozen=True)
class Keeping:
    """What stands between an answer and the database."""

    sessions: StoredSessions
    replies: Replies
    log: QueryLog
    now: Callable[[], datetime]

    def changes(self, kept: Kept) -> list[Change]:
        """What keeping an answer changes, for the commit that also ends its update; then ``remember`` it."""
        turn, handled = kept.turn, kept.handled
        changes = [
            *self.sessions.changes(turn.conversation, turn.user, handled.session),
            *self.log.left_by(turn.user, handled.record, handled.decision),
        ]
        if kept.answers:
            changes += self.replies.changes(turn.conversation, kept.question, kept.answers, self.now())
        return changes

    def remember(self, kept: Kept) -> None:
        """Answer from memory from now on."""
        self.sessions.remember(kept.turn.conversation, kept.handled.session)
