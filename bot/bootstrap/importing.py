"""How is a workbook taken into a knowledge folder?"""

import os
from collections.abc import Callable
from pathlib import Path

from bot.authoring.changing.changes import Changes
from bot.authoring.desk.importing import Agree, import_sheet
from bot.bootstrap.house import assemble
from bot.bootstrap.storing import open_database
from bot.conversation.reply import Reply
from bot.logs import set_up
from bot.settings import Settings
from bot.storage.history import ChangeLog


async def take_sheet(
    settings: Settings, folder: Path, raw: bytes, name: str, *, agree: Agree, progress: Callable[[int, int], None]
) -> Reply | None:
    """Change a knowledge folder as a workbook says, and keep it in the history; see ``import_sheet``.

    Raises:
        SettingsError: A setting cannot be used.
    """
    set_up(level="WARNING")
    house = assemble(folder)
    async with open_database(settings) as database:
        changes = Changes(house.live, ChangeLog(database), house.now)
        return await import_sheet(raw, name, changes, f"terminal:{os.getuid()}", agree=agree, progress=progress)
