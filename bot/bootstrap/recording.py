"""How is a conversation of the terminal kept?"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager

from bot.assistant import Handled
from bot.bootstrap.storing import open_database
from bot.channels.terminal import HERE
from bot.settings import Settings
from bot.storage.log.querylog import QueryLog


@contextmanager
def recording(settings: Settings) -> Iterator[Callable[[Handled], None]]:
    """What keeps a conversation of the terminal in the query log.

    Raises:
        SettingsError: The data folder cannot be used.
        StorageError: The database cannot be used.
    """
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        database = runner.run(stack.enter_async_context(open_database(settings)))
        log = QueryLog(database)

        def keep(handled: Handled) -> None:
            runner.run(database.write(*log.left_by(HERE, handled.record, handled.decision)))

        try:
            yield keep
        finally:
            runner.run(stack.aclose())
