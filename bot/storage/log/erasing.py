"""How is a person forgotten? Everything that leads to him goes at once."""

from bot.storage.engine.database import Database
from bot.storage.log.querylog import QueryLog
from bot.storage.sessions import Replies, StoredSessions


async def forget(database: Database, person: str) -> int:
    """Erase a person's questions, conversations and links to messages; how many questions that were.

    Raises:
        StorageError: Not everything is erased.
    """
    await StoredSessions(database).forget(person)
    await Replies(database).forget(person)
    count = await QueryLog(database).erase(person)
    await database.checkpoint()
    return count
