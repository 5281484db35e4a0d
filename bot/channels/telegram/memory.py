"""What does the channel remember from one update to the next?"""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, Protocol, TypeVar

from bot.channels.telegram.receipt import Receipt
from bot.conversation.session import Session

_MOST = 10_000  # conversations, and answered questions

K = TypeVar("K")
V = TypeVar("V")


class Memory(Protocol):
    """Sessions, and which messages answered which question. Conversations are known by their pseudonyms."""

    async def session(self, conversation: str) -> Session:
        """The session of a conversation; a blank one for a new conversation."""
        ...

    async def answers(self, conversation: str, question: int) -> tuple[int, ...]:
        """Ids of the messages that answered a message; empty when that is not known (any more)."""
        ...

    async def keep(self, receipt: Receipt) -> None:
        """Remember what a settled update is to leave behind; called once for every update, settled or not."""
        ...


class InMemory:
    """What a restart forgets; the oldest goes first when there is too much."""

    def __init__(self, most: int = _MOST) -> None:
        self._sessions: _Recent[str, Session] = _Recent(most)
        self._answers: _Recent[tuple[str, int], tuple[int, ...]] = _Recent(most)

    async def session(self, conversation: str) -> Session:
        """The session of a conversation; a blank one for a new conversation."""
        return self._sessions.get(conversation, Session())

    async def answers(self, conversation: str, question: int) -> tuple[int, ...]:
        """Ids of the messages that answered a message; empty when that is not known (any more)."""
        return self._answers.get((conversation, question), ())

    async def keep(self, receipt: Receipt) -> None:
        """Remember what a settled update is to leave behind."""
        kept = receipt.kept
        if kept is not None:
            self._sessions.put(kept.conversation, kept.handled.session)
            if kept.answers:
                self._answers.put((kept.conversation, kept.question), kept.answers)


class _Recent(OrderedDict[K, V], Generic[K, V]):
    """So many entries, the ones put last."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def put(self, key: K, value: V) -> None:
        self[key] = value
        self.move_to_end(key)
        if len(self) > self._most:
            self.popitem(last=False)
