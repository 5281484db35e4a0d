"""Are the tables those this version needs? They are made at start, or brought up to date by scripts."""

from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, insert, inspect, select

from bot.errors import StorageError
from bot.storage.tables import HEAD, metadata

_SCRIPTS = Path(__file__).parent.parent / "migrations"
_VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def version(connection: Connection) -> str:
    """The newest migration that has run; empty in a new database."""
    if not inspect(connection).has_table(_VERSION.name):
        return ""
    found = connection.execute(select(_VERSION.c.version_num)).scalar() or ""
    if found > HEAD:
        raise StorageError(f"the database comes from a newer version of this program (its tables are {found})")
    return found


def upgrade(connection: Connection) -> None:
    """Make all tables in a new database, run in an older one what has not run yet."""
    if version(connection):
        _run_scripts(connection)
        return
    metadata.create_all(connection)
    _VERSION.create(connection, checkfirst=True)
    connection.execute(insert(_VERSION).values(version_num=HEAD))


def _run_scripts(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - slow to import, and needed only when something has to be done
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
