"""Which commands read, erase, save and restore what is stored? Short functions; the work is done elsewhere."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.authoring.desk.suggestions import in_full
from bot.authoring.suggestions.board import Board, Suggestion
from bot.bootstrap.house import LAST_GOOD_FILE, assemble, known, moment
from bot.bootstrap.storing import database_url, names_of_people, open_database
from bot.channels.terminal import render
from bot.cli.shared import STDOUT, private, say, say_json
from bot.conversation.turn import Outcome
from bot.errors import SettingsError, TanyaError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.problems import nearest
from bot.reports import export
from bot.reports.desk import LogDesk
from bot.reports.pages import statistics_page
from bot.reports.query import LogQuery, outcome_name, services_of
from bot.settings import load_settings
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_path
from bot.storage.engine.repair import restore as put_back
from bot.storage.log.erasing import forget
from bot.storage.log.filters import Filter
from bot.storage.log.missed import Suggestions
from bot.storage.log.querylog import UNANSWERED, QueryLog
from bot.storage.sessions import StoredSessions

T = TypeVar("T")

_WHO = "terminal"
_SHOWN = 20
_DAY_ONLY = len("2026-11-24")
_OUTCOMES = (*(one.value for one in Outcome), "unanswered")


def _file(name: str) -> Callable[[Any], Any]:
    """An option that may stand alone (standard output) or name a file."""
    shown = f"Tulis {name.upper()}, tanpa nama berkas ke layar."
    return click.option(f"--{name}", is_flag=False, flag_value=STDOUT, metavar="[BERKAS]", help=shown)


def _moment(option: str, value: str | None, knowledge: KnowledgeBase) -> datetime | None:
    """A moment, or a day in words as behind /log; the end of its day when only a day is given as the last one."""
    if not value:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        meant = LogQuery.of(value, knowledge, moment(knowledge)).filter
        day = meant.until if option == "until" else meant.since
        if not day or meant.text:
            hint = "tulis tanggal seperti 2026-11-24 atau 2026-11-24T10:00"
            raise click.UsageError(f"--{option} {value}: {hint}") from None
        return day
    ends_a_day = option == "until" and len(value) == _DAY_ONLY
    return found.replace(tzinfo=found.tzinfo or knowledge.region.zone) + timedelta(days=ends_a_day)


@click.group(invoke_without_command=True)
@click.option("--since", metavar="TANGGAL", help="Mulai 2026-11-24 atau 2026-11-24T10:00.")
@click.option("--until", metavar="TANGGAL", help="Sampai akhir hari itu, atau sebelum jam itu.")
@click.option("--outcome", "outcomes", type=click.Choice(_OUTCOMES), multiple=True, help="Hasilnya; boleh beberapa.")
@click.option("--service", "services", multiple=True, help="Id yang dijawabkan; boleh beberapa.")
@click.option("--agency", help="Semua milik satu instansi (id).")
@click.option("--text", default="", help="Semua kata ini, masing-masing dari awalnya.")
@click.option("--feedback", type=click.Choice(["baik", "buruk"]), default=None, help="Penilaian warga.")
@click.option("--limit", type=click.IntRange(min=1), help=f"Paling banyak; {_SHOWN} di layar, semua di berkas.")
@_file("csv")
@_file("xlsx")
@_file("json")
@click.pass_context
def log(context: click.Context, /, **given: Any) -> None:
    """Tampilkan pertanyaan warga, yang terbaru lebih dulu."""
    if context.invoked_subcommand is None:
        knowledge = _known()
        given |= {option: _moment(option, given[option], knowledge) for option in ("since", "until")}
        _with_database(partial(_show, _Wanted(**given), knowledge))


@log.command()
@click.option("--user", required=True, help="Numeric Telegram id, or the name a person has in the log.")
@click.option("--yes", is_flag=True, help="Do not ask back.")
def erase(user: str, *, yes: bool) -> None:
    """Erase everything that one person asked."""
    settings = load_settings()
    if not yes and sys.stdin.isatty() and not click.confirm(f"Erase everything that {user} asked, for ever?"):
        return

    async def work(database: Database) -> int:
        now = datetime.now(UTC)
        person = (await names_of_people(settings, database))(int(user)) if user.isdecimal() else user
        count = await forget(database, StoredSessions(database), person, now)
        await QueryLog(database).looked(_WHO, "hapus", "", count, now)
        return count

    count = _with_database(work)
    if not count:
        raise TanyaError(f"nobody is known as {user} in the log; no question was erased")
    click.echo(f"{count} questions erased.", err=True)


@click.command()
@click.option("--days", type=click.IntRange(1, 366), help="Hari terakhir; tanpa ini hari ini, 7, dan 30 hari.")
@click.option("--agency", default="", help="Hanya yang dijawab untuk satu instansi (id).")
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON dengan semua jangka.")
def stats(days: int | None, agency: str, *, as_json: bool) -> None:
    """Tampilkan angka pertanyaan hari ini, 7, dan 30 hari terakhir."""
    knowledge = _known()
    _must_be_known("instansi", agency, knowledge.agencies)

    periods = _with_database(lambda database: _desk(database, knowledge).figures(_WHO, days or 0, agency))
    if as_json:
        say_json({"periods": [one.as_json() for one in periods]})
    else:
        say(render(statistics_page(periods, agency, knowledge), numbered=False))


@click.command()
@click.option("--since", "days", type=click.IntRange(1), default=30, show_default=True, help="Berapa hari ke belakang.")
@click.option("--agency", default="", help="Hanya yang paling dekat dengan layanan instansi ini (id).")
@click.option("--json", "as_json", is_flag=True, help="Daftar JSON.")
def suggest(days: int, agency: str, *, as_json: bool) -> None:
    """Tampilkan pertanyaan yang belum terjawab baik, dikelompokkan, dengan usul tambahannya."""
    house = assemble(load_settings().knowledge_dir)
    knowledge = house.live.snapshot.knowledge
    _must_be_known("instansi", agency, knowledge.agencies)

    def may_see(subject: str) -> bool:
        return not agency or knowledge.files.get(subject, "").startswith(f"{agency}/")

    async def work(database: Database) -> list[Suggestion]:
        stored, snapshot, now = Suggestions(database), house.live.snapshot, house.now()
        board = Board(await stored.missed(now - timedelta(days=days)), await stored.marks(), snapshot, now)
        found = list(board.suggestions(snapshot, may_see))
        await QueryLog(database).looked(_WHO, "saran", agency, len(found), now)
        return found

    found = _with_database(work)
    if as_json:
        say_json([one.as_json() for one in found])
    else:
        say(render(in_full(found, knowledge)))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Save the database in FILE while everything goes on. The pseudonym key is not in it: keep that apart."""
    _with_database(lambda database: database.copy_to(file))
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
    """What was asked of ``tanya log``; moments are aware."""

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

    async def query(self, log: QueryLog, knowledge: KnowledgeBase) -> LogQuery:
        """The questions that are wanted; an agency or a service that never was is named."""
        _must_be_known("instansi", self.agency, knowledge.agencies)
        for service in self.services:
            if not (await log.page(Filter(services=(service,)), 1)).rows:
                _must_be_known("layanan", service, knowledge.subjects)
        outcomes = [o for one in self.outcomes for o in (UNANSWERED if one == "unanswered" else (one,))]
        services = (*self.services, *(services_of(self.agency, knowledge) if self.agency else ()))
        chosen = Filter(self.since, self.until, tuple(outcomes), services, self.feedback or "", self.text)
        return LogQuery("", chosen, self._names(outcomes, knowledge))

    def _names(self, outcomes: Sequence[str], knowledge: KnowledgeBase) -> tuple[str, ...]:
        moments = [f"{one:%d-%m-%Y %H.%M}" if one else "…" for one in (self.since, self.until)]
        days = "–".join(moments) if self.since or self.until else ""
        shown = [outcome_name(outcome, knowledge.phrases) for outcome in outcomes]
        return tuple(filter(None, (days, *shown, *self.services, self.agency, self.feedback, self.text)))


async def _show(wanted: _Wanted, knowledge: KnowledgeBase, database: Database) -> None:
    log, desk = QueryLog(database), _desk(database, knowledge)
    query = await wanted.query(log, knowledge)
    if wanted.csv or wanted.xlsx or wanted.json:
        await log.looked(_WHO, "ekspor", query.filter, 0, desk.now())
        click.echo(f"{await _written(log, wanted, query.filter, knowledge)} pertanyaan.", err=True)
    else:
        say(render(await desk.log_in_full(_WHO, query, wanted.limit or _SHOWN)))


async def _written(log: QueryLog, wanted: _Wanted, chosen: Filter, knowledge: KnowledgeBase) -> int:
    """Write every file that was asked for; how many rows."""
    phrases, zone, count = knowledge.phrases, knowledge.region.zone, 0
    rows = partial(export.rows, log, chosen, wanted.limit)
    if wanted.csv:
        coding = "utf-8" if wanted.csv == STDOUT else "utf-8-sig"  # Excel knows UTF-8 by its mark only
        with private(wanted.csv) as path, path.open("w", encoding=coding, newline="") as file:
            count = await export.write_csv(rows(), file, phrases, zone)
    if wanted.json:
        with private(wanted.json) as path, path.open("w", encoding="utf-8") as file:
            count = await export.write_json(rows(), file, zone)
    if wanted.xlsx:
        with private(wanted.xlsx) as path:
            count = await export.write_xlsx(rows(), path, phrases, zone)
    return count


def _must_be_known(kind: str, given: str | None, known_ids: Collection[str]) -> None:
    if given and given not in known_ids:
        near = nearest(given, list(known_ids))
        hint = f"Mungkin maksudnya {near}." if near else f"Yang ada: {', '.join(known_ids)}."
        raise SettingsError(f"{kind} {given} tidak ada. {hint}")


def _with_database(work: Callable[[Database], Awaitable[T]]) -> T:
    async def opened() -> T:
        async with open_database(load_settings()) as database:
            return await work(database)

    return asyncio.run(opened())


def _known() -> KnowledgeBase:
    settings = load_settings()

    def left_out(files: str) -> None:
        click.echo(f"Tidak ikut dibaca karena rusak: {files}", err=True)

    return known(settings.knowledge_dir, settings.data_dir / LAST_GOOD_FILE, left_out)


def _desk(database: Database, knowledge: KnowledgeBase) -> LogDesk:
    return LogDesk(database, lambda: knowledge, lambda: moment(knowledge))
