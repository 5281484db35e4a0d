"""Where do conversations wait between two turns?"""

from __future__ import annotations

from collections import OrderedDict
from typing import Protocol

from bot.channels.telegram.receipt import Receipt
from bot.conversation.session import Session

_MOST = 10_000


class Sessions(Protocol):
    """Sessions by the key of their conversation (a pseudonym)."""

    async def get(self, conversation: str) -> Session:
        """The session of a conversation; a blank one for a new conversation."""
        ...

    async def put(self, conversation: str, session: Session) -> None:
        """Remember a session."""
        ...


class SessionsInMemory:
    """Sessions that a restart forgets; the longest unused ones go first."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._sessions: OrderedDict[str, Session] = OrderedDict()

    async def get(self, conversation: str) -> Session:
        """The session of a conversation; a blank one for a new conversation."""
        return self._sessions.get(conversation, Session())

    async def put(self, conversation: str, session: Session) -> None:
        """Remember a session."""
        self._sessions[conversation] = session
        self._sessions.move_to_end(conversation)
        while len(self._sessions) > self._most:
            self._sessions.popitem(last=False)

    async def keep(self, receipt: Receipt) -> None:
        """Remember the session that a settled update ended with."""
        if receipt.handled is not None:
            await self.put(receipt.conversation, receipt.handled.session)
