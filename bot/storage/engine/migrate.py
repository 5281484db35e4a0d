"""Are the tables those this version needs? Migrations run at start, from code."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.errors import StorageError
from bot.storage.tables import HEAD

_SCRIPTS = Path(__file__).parent.parent / "migrations"


def up_to_date(connection: Connection) -> bool:
    """Whether nothing has to be done: alembic, slow to import, is then not needed.

    Raises:
        StorageError: A newer version of this program made the database.
    """
    if not inspect(connection).has_table("alembic_version"):
        return False
    versions = list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    if any(version > HEAD for version in versions):
        raise StorageError(f"the database comes from a newer version of this program (its tables are {versions[0]})")
    return versions == [HEAD]


def upgrade(connection: Connection) -> None:
    """Run every migration that has not run yet."""
    from alembic import command  # noqa: PLC0415 - needed only when something has to be done
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
