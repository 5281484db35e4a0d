import pytest

from bot.errors import SettingsError
from bot.storage.engine.dialects import sqlite_path


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "is no address of a database"),
        ("", "is no address of a database"),
        ("mysterydb://x/y", "is no address of a database"),
        ("postgresql+asyncpg://user:pass:word/x", "is no address of a database"),
        ("mysql://x/y", "names mysql, which is not supported"),
        ("sqlite+pysqlite:///x.db", "names the driver pysqlite; use sqlite\\+aiosqlite"),
        ("postgresql://x/y", "names the driver psycopg"),
        ("sqlite+aiosqlite://", "names no file"),
    ],
)
def test_an_address_that_cannot_be_used_is_named_in_one_line(url, said):
    with pytest.raises(SettingsError, match=f"^DATABASE_URL {said}"):
        sqlite_path(url)


def test_a_driver_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "asyncpg", None)
    with pytest.raises(SettingsError, match=r"^DATABASE_URL needs the package asyncpg, which is not installed$"):
        sqlite_path("postgresql+asyncpg://x/y")
