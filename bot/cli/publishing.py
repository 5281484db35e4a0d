"""How are the standards published and measured?"""

from datetime import datetime
from pathlib import Path

import click

from bot.authoring.spreadsheet.write import export_sheet
from bot.authoring.standards import compliance as standards
from bot.authoring.standards import compliance_shown as show
from bot.authoring.standards import poster, site
from bot.authoring.standards.checklist import as_markdown
from bot.bootstrap.house import moment
from bot.cli.shared import AT, KNOWLEDGE, bar, read_knowledge, say, say_json
from bot.conversation.composing.wording import Occasion
from bot.knowledge.reading.folder import files_of
from bot.settings import load_settings

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--html", type=_FOLDER, help="Situs semua standar, terbaca tanpa server.")
@click.option("--pdf", type=_FOLDER, help="Poster untuk loket, satu PDF tiap layanan.")
@KNOWLEDGE
@AT
def export(file: Path | None, *, html: Path | None, pdf: Path | None, knowledge: Path, at: datetime | None) -> None:
    """Tulis semua pengetahuan sebagai lembar kerja (FILE.xlsx), situs, atau poster."""
    if not (file or html or pdf):
        raise click.UsageError("sebutkan FILE.xlsx, --html FOLDER, atau --pdf FOLDER")
    if file and file.suffix.lower() != ".xlsx":
        raise click.UsageError(f"nama berkas harus berakhiran .xlsx: {file}")
    settings = load_settings()
    bot = poster.username(settings.bot_username) if settings.bot_username else ""
    asking = _published(knowledge, at)
    tell = asking.say
    if file:
        with bar("lembar") as progress:
            raw = export_sheet(files_of(knowledge), asking.knowledge, progress)
        file.write_bytes(raw)
        click.echo(tell("perintah.lembar", berkas=file))
    if html:
        click.echo(tell("perintah.situs", jumlah=site.export_site(html, asking, bot), folder=html))
    if pdf:
        door = poster.PosterLink(bot, settings.public_url)
        with bar("poster") as progress:
            count = poster.export_posters(pdf, asking, door, progress)
        click.echo(tell("perintah.poster", jumlah=count, folder=pdf))
        if not bot:
            click.echo(tell("perintah.poster_situs" if door.web else "perintah.poster_tanpa_kode"), err=True)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Satu halaman di berkas ini.")
@KNOWLEDGE
@AT
def compliance(*, as_json: bool, html: Path | None, knowledge: Path, at: datetime | None) -> None:
    """Tunjukkan 14 komponen yang dimiliki tiap layanan, dan nilai tiap instansi."""
    asking = _published(knowledge, at)
    found = standards.assess(asking.knowledge, asking.today)
    if as_json:
        say_json(show.as_json(found))
    if html:
        html.write_text(show.as_html(found, asking.knowledge), encoding="utf-8")
        click.echo(asking.say("perintah.halaman", berkas=html), err=as_json)
    if not as_json and not html:
        for line in show.as_lines(found, asking.knowledge.phrases):
            say(line)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@KNOWLEDGE
@AT
def checklist(file: Path | None, *, knowledge: Path, at: datetime | None) -> None:
    """Tulis daftar centang untuk sebelum tayang (FILE.md): nomor, konfirmasi, keraguan, dan yang belum ada."""
    asking = _published(knowledge, at)
    text = as_markdown(asking.knowledge, asking.today)
    if file:
        file.write_text(text, encoding="utf-8")
        click.echo(asking.say("perintah.halaman", berkas=file))
    else:
        say(text.rstrip("\n"))


@click.command()
@click.argument("folder", type=_FOLDER)
@KNOWLEDGE
def qr(folder: Path, knowledge: Path) -> None:
    """Tulis kode QR tiap layanan, PNG dan SVG, yang membuka bot di layanan itu."""
    bot = poster.username(load_settings().bot_username)
    asking = _published(knowledge)
    count = poster.export_codes(folder, asking, bot)
    click.echo(asking.say("perintah.kode", jumlah=count, folder=folder))


def _published(knowledge: Path, at: datetime | None = None) -> Occasion:
    """All knowledge at a moment, as published pages need it."""
    loaded = read_knowledge(knowledge)
    return Occasion(loaded, moment(loaded, at))
