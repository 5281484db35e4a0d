"""What does the operator read at start? What runs, and which settings do less than they seem to."""

from urllib.parse import urlsplit

import structlog

from bot import __version__
from bot.access import COMMON_FOLDERS, Access
from bot.bootstrap.storing import DATABASE_FILE
from bot.knowledge.base import KnowledgeBase
from bot.settings import Settings

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def announce(settings: Settings, access: Access, knowledge: KnowledgeBase) -> None:
    """Say what starts, one line each.

    Args:
        settings: As they were read.
        access: Who may do what.
        knowledge: What answers.
    """
    counts = {agency: sum(1 for _ in knowledge.of_agency(agency)) for agency in knowledge.agencies}
    _log.info(
        "starting",
        version=__version__,
        knowledge=str(settings.knowledge_dir.resolve()),
        knowledge_version=knowledge.version,
        agencies=" ".join(f"{agency}:{count}" for agency, count in counts.items()),
        referrals=len(knowledge.referrals),
        database=_database(settings),
        mode="polling",
    )
    if unknown := access.unknown_folders(knowledge.agencies):
        there = ", ".join((*knowledge.agencies, *COMMON_FOLDERS))
        _log.warning(f"AGENCY_ADMINS names what does not exist: {', '.join(unknown)}; there is: {there}")
    if access.log_admins and not access.editors:
        _log.info("EDITOR_IDS is empty, so ADMIN_IDS may change all knowledge too")


def _database(settings: Settings) -> str:
    """Where the database is, without its password."""
    address = urlsplit(settings.database_url)
    if not settings.database_url:
        return str(settings.data_dir / DATABASE_FILE)
    return f"{address.scheme}://{address.hostname or ''}{address.path}"
