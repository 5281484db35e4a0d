"""Which commands read, erase, save and restore what is stored? Short functions; the work is done elsewhere."""

import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console

from bot.authoring.suggestions.board import Board
from bot.authoring.suggestions.table import as_row, as_table
from bot.bootstrap.house import House, assemble
from bot.bootstrap.storing import database_url, names_of_people, open_database
from bot.errors import SettingsError
from bot.reports import export
from bot.reports.statistics import statistics
from bot.reports.tables import headings, log_table, statistics_tables
from bot.settings import load_settings
from bot.storage.engine.backup import restore as put_back
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_path
from bot.storage.log.erasing import forget
from bot.storage.log.filters import Filter
from bot.storage.log.missed import Suggestions
from bot.storage.log.querylog import UNANSWERED, QueryLog
from bot.storage.sessions import StoredSessions

T = TypeVar("T")

_WHO = "terminal"
_STDOUT = "-"
_SHOWN = 20
_MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])
_OUTCOMES = ("answer", "clarify", "refer", "decline", "greet", "thanks", "help", "emergency", "person", "unanswered")


def _file(name: str) -> Callable[[Any], Any]:
    """An option that may stand alone (standard output) or name a file."""
    return click.option(f"--{name}", is_flag=False, flag_value=_STDOUT, metavar="[FILE]", help=f"Write {name.upper()}.")


@click.group(invoke_without_command=True)
@click.option("--since", type=_MOMENT, help="From this moment on, local time of the region.")
@click.option("--until", type=_MOMENT, help="Before this moment.")
@click.option("--outcome", "outcomes", type=click.Choice(_OUTCOMES), multiple=True, help="May be given several times.")
@click.option("--service", "services", multiple=True, help="Id of what was answered; may be given several times.")
@click.option("--agency", help="Everything of one agency.")
@click.option("--text", default="", help="All these words, each by its beginning.")
@click.option("--feedback", type=click.Choice(["baik", "buruk"]), default=None, help="What people thought of it.")
@click.option("--limit", type=click.IntRange(min=1), help=f"Most rows; {_SHOWN} on the screen, all in a file.")
@_file("csv")
@_file("xlsx")
@_file("json")
@click.pass_context
def log(context: click.Context, /, **given: Any) -> None:
    """Show what people ask, newest first."""
    if context.invoked_subcommand is None:
        asyncio.run(_show(_Wanted(**given)))


@log.command()
@click.option("--user", required=True, help="Numeric Telegram id, or the name a person has in the log.")
def erase(user: str) -> None:
    """Erase everything that one person asked."""
    settings = load_settings()

    async def work(database: Database) -> int:
        person = (await names_of_people(settings, database))(int(user)) if user.isdecimal() else user
        count = await forget(database, StoredSessions(database), person, _now())
        await QueryLog(database).looked(_WHO, "hapus", "", count, _now())
        return count

    click.echo(f"{asyncio.run(_with_database(work))} questions erased.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object with all periods.")
def stats(*, as_json: bool) -> None:
    """Show figures of today, 7 and 30 days."""
    house = _house()

    async def work(database: Database) -> None:
        periods = await statistics(database, house.now())
        await QueryLog(database).looked(_WHO, "statistik", "", 0, _now())
        if as_json:
            click.echo(json.dumps({"periods": [one.as_json() for one in periods]}, ensure_ascii=False, indent=2))
        else:
            _print(*statistics_tables(periods, house.live.snapshot.knowledge))

    asyncio.run(_with_database(work))


@click.command()
@click.option("--since", "days", type=click.IntRange(1), default=30, show_default=True, help="Days to look back.")
@click.option("--agency", default="", help="Only what is nearest to services of this agency (its id).")
@click.option("--json", "as_json", is_flag=True, help="A JSON list.")
def suggest(days: int, agency: str, *, as_json: bool) -> None:
    """Show questions that lack a good answer, grouped by meaning, with a line to add for each group."""
    house = _house()
    knowledge = house.live.snapshot.knowledge
    if agency and agency not in knowledge.agencies:
        raise SettingsError(f"there is no agency {agency}; there are {', '.join(knowledge.agencies)}")

    async def work(database: Database) -> None:
        stored = Suggestions(database)
        rows = await stored.missed(house.now() - timedelta(days=days))
        board = Board(rows, await stored.marks(), house.live.snapshot)
        folder = f"{agency}/" if agency else ""
        found = list(board.suggestions(lambda subject: knowledge.files.get(subject, "").startswith(folder)))
        await QueryLog(database).looked(_WHO, "saran", agency, len(found), _now())
        if as_json:
            click.echo(json.dumps([as_row(one) for one in found], ensure_ascii=False, indent=2))
        else:
            _print(as_table(found, knowledge.phrases))

    asyncio.run(_with_database(work))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Save the database in FILE while everything goes on. The pseudonym key is not in it: keep that apart."""
    asyncio.run(_with_database(lambda database: database.copy_to(file)))
    click.echo(f"Database saved in {file}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put the database of FILE in place; the one that was there is kept beside it."""
    path = sqlite_path(database_url(load_settings()))
    if path is None:
        raise SettingsError("this database is restored with its own tools (pg_restore)")
    kept = put_back(file, path)
    click.echo(f"Database restored from {file}." + (f" The one before is kept as {kept}." if kept else ""))


@dataclass(frozen=True)
class _Wanted:
    """What was asked of ``tanya log``."""

    since: datetime | None
    until: datetime | None
    outcomes: tuple[str, ...]
    services: tuple[str, ...]
    agency: str | None
    text: str
    feedback: str | None
    limit: int | None
    csv: str | None
    xlsx: str | None
    json: str | None

    def filter(self, house: House) -> Filter:
        """The filter of the log; moments are local ones of the region.

        Raises:
            SettingsError: There is no such agency.
        """
        outcomes = [o for one in self.outcomes for o in (UNANSWERED if one == "unanswered" else (one,))]
        zone = house.timezone
        return Filter(
            since=self.since and self.since.replace(tzinfo=zone),
            until=self.until and self.until.replace(tzinfo=zone),
            outcomes=tuple(outcomes),
            services=(*self.services, *self._of_agency(house)),
            feedback=self.feedback or "",
            text=self.text,
        )

    def _of_agency(self, house: House) -> tuple[str, ...]:
        knowledge = house.live.snapshot.knowledge
        if self.agency is None:
            return ()
        if self.agency not in knowledge.agencies:
            raise SettingsError(f"no agency {self.agency!r}; there are {', '.join(knowledge.agencies)}")
        return (self.agency, *(service.id for service in knowledge.of_agency(self.agency)))


async def _show(wanted: _Wanted) -> None:
    house = _house()
    chosen = wanted.filter(house)

    async def work(database: Database) -> None:
        log = QueryLog(database)
        if wanted.csv or wanted.xlsx or wanted.json:
            await log.looked(_WHO, "ekspor", chosen, 0, _now())
            count = await _written(log, wanted, chosen, house)
            click.echo(f"{count} questions.", err=True)
            return
        page = await log.page(chosen, wanted.limit or _SHOWN)
        await log.looked(_WHO, "log", chosen, len(page.rows), _now())
        _print(log_table(page.rows, house.live.snapshot.knowledge, house.timezone))

    await _with_database(work)


async def _written(log: QueryLog, wanted: _Wanted, chosen: Filter, house: House) -> int:
    """Write every file that was asked for; how many rows."""
    titles, zone, count = headings(house.live.snapshot.knowledge.phrases), house.timezone, 0
    if wanted.csv:
        with click.open_file(wanted.csv, "w", encoding="utf-8", atomic=wanted.csv != _STDOUT) as file:
            count = await export.write_csv(export.rows(log, chosen, wanted.limit), file.write, titles, zone)
    if wanted.json:
        with click.open_file(wanted.json, "w", encoding="utf-8", atomic=wanted.json != _STDOUT) as file:
            count = await export.write_json(export.rows(log, chosen, wanted.limit), file.write, zone)
    if wanted.xlsx:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "log.xlsx"
            count = await export.write_xlsx(export.rows(log, chosen, wanted.limit), path, titles, zone)
            with click.open_file(wanted.xlsx, "wb", atomic=wanted.xlsx != _STDOUT) as file:
                file.write(path.read_bytes())
    return count


async def _with_database(work: Callable[[Database], Coroutine[Any, Any, T]]) -> T:
    async with open_database(load_settings()) as database:
        return await work(database)


def _house() -> House:
    return assemble(load_settings().knowledge_dir)


def _now() -> datetime:
    return datetime.now().astimezone()


def _print(*tables: object) -> None:
    with suppress(BrokenPipeError):
        Console(file=sys.stdout, highlight=False).print(*tables, sep="\n")
