"""How are the standards published and measured?"""

import json
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from bot.authoring.spreadsheet.read import export_sheet
from bot.authoring.standards import compliance as standards
from bot.authoring.standards import compliance_shown as show
from bot.authoring.standards import poster, site
from bot.bootstrap.house import moment
from bot.cli.shared import AT, KNOWLEDGE, bar, say, write
from bot.conversation.composing.wording import Occasion
from bot.knowledge.loader import files_of, load
from bot.settings import load_settings

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--html", type=_FOLDER, help="A site of all standards, readable without a server.")
@click.option("--pdf", type=_FOLDER, help="A poster for the counter of each service.")
@KNOWLEDGE
@AT
def export(
    file: Path | None, *, html: Path | None, pdf: Path | None, knowledge: Path | None, at: datetime | None
) -> None:
    """Write all knowledge as a workbook for clerks (FILE.xlsx), a site, or posters."""
    if not (file or html or pdf):
        raise click.UsageError("name a FILE.xlsx, --html DIR or --pdf DIR")
    settings = load_settings()
    if file:
        _export_sheet(file, knowledge or settings.knowledge_dir)
    if html:
        bot = poster.username(settings.bot_username) if settings.bot_username else ""
        click.echo(f"{site.export_site(html, _published(knowledge, at), bot)} pages in {html}.")
    if pdf:
        bot = poster.username(settings.bot_username)
        with bar("posters") as progress:
            count = poster.export_posters(pdf, _published(knowledge, at), bot, progress)
        click.echo(f"{count} posters in {pdf}.")


def _export_sheet(file: Path, folder: Path) -> None:
    if file.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{file} must end in .xlsx")
    with bar("sheets") as progress:
        raw = export_sheet(files_of(folder), progress)
    write(file, raw)
    click.echo(f"Workbook written to {file}.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="One page in this file.")
@KNOWLEDGE
@AT
def compliance(*, as_json: bool, html: Path | None, knowledge: Path | None, at: datetime | None) -> None:
    """Show which of the 14 components each service has, and each agency's score."""
    asking = _published(knowledge, at)
    found = standards.assess(asking.knowledge, asking.today)
    if as_json:
        say(json.dumps(show.as_json(found), ensure_ascii=False, indent=2))
    if html:
        write(html, show.as_html(found, asking.knowledge).encode())
        click.echo(f"Page written to {html}.", err=as_json)
    if not as_json and not html:
        Console().print(show.as_table(found, asking.phrases))


@click.command()
@click.argument("folder", type=_FOLDER)
@KNOWLEDGE
def qr(folder: Path, knowledge: Path | None) -> None:
    """Write a QR code of each service, PNG and SVG, that opens the bot at it."""
    bot = poster.username(load_settings().bot_username)
    count = poster.export_codes(folder, _published(knowledge), bot)
    click.echo(f"Codes of {count} services in {folder}.")


def _published(knowledge: Path | None, at: datetime | None = None) -> Occasion:
    """All knowledge at a moment, as published pages need it."""
    loaded = load(knowledge or load_settings().knowledge_dir)
    return Occasion(loaded, moment(loaded, at))
