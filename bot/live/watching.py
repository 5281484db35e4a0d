"""When is a folder to be looked at again, and when is somebody still writing it?"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import structlog
from watchfiles import awatch

STAGED = ".tanya-new"
"""End of the names of new files that lie beside the old ones while several are being replaced as one."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_LOOK_MS = 1000  # network folders report nothing, so we look ourselves this often
_GATHER_MS = 50  # what changes within this time is taken as one change


logging.getLogger("watchfiles").setLevel(logging.WARNING)  # it writes "n changes detected" for every event


async def looks(folder: Path) -> AsyncGenerator[None]:
    """When to look: at once where the system reports changes, every second in any case."""
    try:
        async for _ in awatch(
            folder, debounce=_GATHER_MS, step=_GATHER_MS // 2, rust_timeout=_LOOK_MS, yield_on_timeout=True
        ):
            yield
    except (OSError, RuntimeError) as error:  # no watches left, or the folder is gone
        _log.warning("changes are not reported here, looking every second", reason=type(error).__name__)
    while True:
        await asyncio.sleep(_LOOK_MS / 1000)
        yield


def git_is_writing(folder: Path) -> bool:
    """Whether git is replacing the files of the folder."""
    here = folder.resolve()
    return any((place / ".git" / "index.lock").exists() for place in (here, *here.parents))


def staged(folder: Path) -> Sequence[Path]:
    """New files that wait to be put in place: a change is under way, or was cut off."""
    try:
        found = (*folder.glob(f".*{STAGED}"), *folder.glob(f"*/.*{STAGED}"))
    except OSError:  # a folder went away meanwhile
        return ()
    return [path for path in found if path.is_file()]
