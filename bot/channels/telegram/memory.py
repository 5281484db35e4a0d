"""What does the channel remember from one update to the next?"""

from __future__ import annotations

from typing import Protocol

from bot.conversation.session import Session


class Memory(Protocol):
    """Sessions, and which messages answered which question. Conversations are known by their pseudonyms."""

    async def session(self, conversation: str) -> Session:
        """The session of a conversation; a blank one for a new conversation."""
        ...

    async def answers(self, conversation: str, question: int) -> tuple[int, ...]:
        """Ids of the messages that answered a message; empty when that is not known (any more)."""
        ...

    async def forget(self, person: str) -> int:
        """Erase everything of a person (a pseudonym); how many questions that were."""
        ...
