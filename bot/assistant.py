"""The one way through: a turn comes in, a reply goes out, nothing is written."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.reply import Reply
from bot.conversation.session import Session
from bot.conversation.turn import QueryRecord
from bot.understanding.result import Understanding


@dataclass(frozen=True)
class Handled:
    """A reply and what the channel has to keep once it was accepted."""

    reply: Reply
    record: QueryRecord | None  # None when nothing was asked
    session: Session
    understood: Understanding | None = None  # None when a button was pressed; for --json and --explain
