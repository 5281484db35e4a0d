"""The commands that read, erase, save and restore what is stored."""

import asyncio
import csv
import io
import json
import sqlite3
from contextlib import closing
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bot.bootstrap.storing import pseudonyms
from bot.cli.main import tanya
from bot.conversation.turn import Outcome
from bot.errors import SettingsError, TanyaError
from bot.settings import Settings
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_url
from bot.storage.tables import looks
from tests.cli.commands import at_a_terminal
from tests.storage.conftest import CommittingLog, record

KEY = "k" * 32
ID = 123456789


@pytest.fixture
def tanya_log(tmp_path, folder, monkeypatch):
    """A folder with three questions in it, and the command to ask about them."""
    monkeypatch.chdir(tmp_path)
    for name, value in {"DATA_DIR": "data", "KNOWLEDGE_DIR": f"{folder}", "PSEUDONYM_KEY": KEY}.items():
        monkeypatch.setenv(name, value)
    person = pseudonyms(Settings())(ID)

    async def fill() -> None:
        async with await Database.open(sqlite_url(tmp_path / "data/tanya.db")) as database:
            log = CommittingLog(database)
            await log.keep(record(1, "biaya ktp hilang", user=person))
            await log.keep(record(2, "pindah planet", outcome=Outcome.DECLINE, services=(), user="lain"))
            await log.keep(record(3, "=1+1 [b]kk[/b]", services=("kk-baru",), user="lain"))

    asyncio.run(fill())
    return lambda *words: CliRunner().invoke(tanya, words, catch_exceptions=False)


def questions(result) -> list[str]:
    return [row["question"] for row in json.loads(result.stdout)]


def looked(tmp_path) -> list[tuple]:
    async def read() -> list[tuple]:
        asked = select(looks.c.who, looks.c.what).order_by(looks.c.id)
        database = await Database.open(sqlite_url(tmp_path / "data/tanya.db"))
        async with database, database.read() as connection:
            return [tuple(row) for row in (await connection.execute(asked)).all()]

    return asyncio.run(read())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), ["=1+1 [b]kk[/b]", "pindah planet", "biaya ktp hilang"]),
        (("--outcome", "unanswered"), ["pindah planet"]),
        (("--service", "ktp-hilang"), ["biaya ktp hilang"]),
        (("--text", "KTP"), ["biaya ktp hilang"]),
        (("--since", "2026-11-24T20:03"), ["=1+1 [b]kk[/b]"]),
        (("--until", "2026-11-24T20:02"), ["biaya ktp hilang"]),
        (("--since", "2026-11-24", "--until", "2026-11-24"), ["=1+1 [b]kk[/b]", "pindah planet", "biaya ktp hilang"]),
        (("--until", "2026-11-23"), []),
        (("--since", "24-11-2026", "--until", "24 Nov 2026", "--limit", "1"), ["=1+1 [b]kk[/b]"]),
        (("--until", "23-11-2026"), []),
        (("--feedback", "buruk"), []),
        (("--limit", "1"), ["=1+1 [b]kk[/b]"]),
    ],
)
def test_filters_find_what_they_say(tanya_log, words, found):
    assert questions(tanya_log("log", "--json", *words)) == found


def test_a_broken_file_is_named_once_although_days_are_read_in_the_words_of_the_knowledge(tanya_log, folder):
    (folder / "dukcapil/kia.yaml").write_text("id: [", encoding="utf-8")
    shown = tanya_log("log", "--since", "kemarin", "--until", "kemarin").stderr
    assert shown.count("Tidak ikut dibaca") == 1


def test_a_moment_that_nobody_understands_is_refused_by_its_option(tanya_log):
    refused = tanya_log("log", "--until", "entah")
    assert (refused.exit_code, "--until entah: tulis tanggal" in refused.stderr) == (2, True)


def test_the_screen_shows_questions_as_they_are_and_ids_whole(tanya_log):
    shown = tanya_log("log").stdout
    assert "lain · dijawab → kk-baru: =1+1 [b]kk[/b]" in shown


def test_csv_goes_to_a_file_or_to_standard_output_and_is_harmless(tanya_log, tmp_path):
    tanya_log("log", "--csv", "log.csv")
    written = (tmp_path / "log.csv").read_bytes().decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(written, newline="")))
    assert [row[3] for row in table] == ["Pertanyaan", "'=1+1 [b]kk[/b]", "pindah planet", "biaya ktp hilang"]
    assert list(csv.reader(io.StringIO(tanya_log("log", "--csv").stdout))) == table


def test_a_workbook_can_be_taken_away(tanya_log, tmp_path):
    assert "3 pertanyaan" in tanya_log("log", "--xlsx", "log.xlsx").stderr
    assert "xl/worksheets/sheet1.xml" in ZipFile(tmp_path / "log.xlsx").namelist()


def test_everything_of_one_agency(tanya_log, folder):
    agency = next(path.parent.name for path in folder.glob("*/instansi.yaml"))
    assert tanya_log("log", "--agency", agency, "--json").exit_code == 0


def test_T14_every_look_is_recorded(tanya_log, tmp_path):
    for words in (("log",), ("log", "--csv"), ("stats",), ("suggest",), ("log", "erase", "--user", "lain")):
        tanya_log(*words)
    assert looked(tmp_path) == [("terminal", what) for what in ("log", "ekspor", "statistik", "saran", "hapus")]


def test_T14_a_person_is_erased_by_the_number_telegram_knows_and_how_much_is_said(tanya_log):
    assert tanya_log("log", "erase", "--user", f"{ID}").stderr == "1 questions erased.\n"
    assert questions(tanya_log("log", "--json")) == ["=1+1 [b]kk[/b]", "pindah planet"]


def test_a_log_admin_waits_for_no_clerk_to_mend_a_file(tanya_log, folder):
    (folder / "dukcapil/kia.yaml").write_bytes(b"id: [")
    shown = tanya_log("log", "--json")
    assert (len(questions(shown)), shown.stderr.splitlines()[0].split(": ")[1]) == (3, "dukcapil/kia.yaml")
    (folder / "daerah.yaml").write_bytes(b"id: [")
    assert tanya_log("log", "erase", "--user", f"{ID}").stderr == "1 questions erased.\n"


@pytest.mark.parametrize(
    ("typed", "words", "is_asked", "left"),
    [("n\n", (), True, 3), ("y\n", (), True, 1), ("", ("--yes",), False, 1)],
)
def test_at_a_terminal_erasing_asks_first_and_a_no_leaves_everything(
    tanya_log, folder, tmp_path, *, typed, words, is_asked, left
):
    settings = {"KNOWLEDGE_DIR": f"{folder}", "DATA_DIR": f"{tmp_path / 'data'}", "PSEUDONYM_KEY": KEY}
    screen = at_a_terminal(["log", "erase", "--user", "lain", *words], typed, settings)
    assert ("Erase everything that lain asked" in screen) is is_asked
    assert len(questions(tanya_log("log", "--json"))) == left


def test_figures_come_in_words_and_as_json(tanya_log):
    assert "30 HARI TERAKHIR" in tanya_log("stats").stdout
    periods = json.loads(tanya_log("stats", "--json").stdout)["periods"]
    assert [one["days"] for one in periods] == [1, 7, 30]


def test_what_is_saved_can_be_restored(tanya_log):
    assert tanya_log("backup", "copy").stdout == "Database saved in copy.\n"
    with closing(sqlite3.connect("data/tanya.db")) as connection, connection:
        connection.execute("DELETE FROM queries")
    assert "kept as" in tanya_log("restore", "copy").stdout
    assert len(questions(tanya_log("log", "--json"))) == 3


def test_who_was_erased_does_not_come_back_with_what_was_saved(tanya_log):
    tanya_log("backup", "copy")
    tanya_log("log", "erase", "--user", "lain")
    tanya_log("restore", "copy")
    assert questions(tanya_log("log", "--json")) == ["biaya ktp hilang"]


def test_erasing_takes_the_conversations_of_a_person_too(tanya_log):
    with closing(sqlite3.connect("data/tanya.db")) as connection, connection:
        connection.execute(
            "INSERT INTO sessions VALUES ('grup/lain', 'lain', NULL, 0, 1), ('budi', 'budi', NULL, 0, 1)"
        )
    tanya_log("log", "erase", "--user", "lain")
    with closing(sqlite3.connect("data/tanya.db")) as connection:
        assert connection.execute("SELECT conversation FROM sessions").fetchall() == [("budi",)]


def test_T14_a_database_of_another_key_is_left_alone(tanya_log, monkeypatch):
    with pytest.raises(TanyaError, match="nobody is known as 1 in the log"):
        tanya_log("log", "erase", "--user", "1")
    monkeypatch.setenv("PSEUDONYM_KEY", "x" * 32)
    with pytest.raises(SettingsError, match="another pseudonym key"):
        tanya_log("log", "erase", "--user", str(ID))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("log", "--agency", "dukcapl"), "instansi dukcapl tidak ada. Mungkin maksudnya dukcapil."),
        (("log", "--service", "ktp-hilan"), "layanan ktp-hilan tidak ada. Mungkin maksudnya ktp-hilang."),
        (("stats", "--agency", "zzz"), "instansi zzz tidak ada. Yang ada: dukcapil."),
        (("suggest", "--agency", "zzz"), "instansi zzz tidak ada. Yang ada: dukcapil."),
        (("log", "--csv", "/nowhere/x"), "/nowhere/x tidak bisa ditulis: No such file or directory"),
        (("log", "--xlsx", "/dev/null/x"), "/dev/null/x tidak bisa ditulis: Not a directory"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(tanya_log, words, message):
    with pytest.raises(SettingsError) as error:
        tanya_log(*words)
    assert str(error.value) == message


def test_a_service_that_is_no_longer_known_is_still_found(tanya_log):
    assert questions(tanya_log("log", "--json", "--service", "kk-baru")) == ["=1+1 [b]kk[/b]"]


def test_nothing_found_is_said_in_words(tanya_log):
    assert "Tidak ada pertanyaan yang cocok." in tanya_log("log", "--until", "2026-11-23").stdout
    assert "Tidak ada saran" in tanya_log("suggest", "--agency", "dukcapil").stdout


def test_what_is_taken_away_is_for_its_owner_only(tanya_log, tmp_path):
    for name in ("csv", "xlsx", "json"):
        tanya_log("log", f"--{name}", f"log.{name}")
        assert (tmp_path / f"log.{name}").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "log.csv").read_bytes().startswith(b"\xef\xbb\xbfWaktu,")


def test_a_moment_that_is_none_is_wrong_usage(tanya_log):
    result = tanya_log("log", "--until", "besok")
    assert result.exit_code == 2
    assert "2026-11-24" in result.stderr


def test_figures_of_one_agency_and_some_days(tanya_log):
    periods = json.loads(tanya_log("stats", "--json", "--days", "14", "--agency", "dukcapil").stdout)["periods"]
    assert [(one["days"], one["questions"]) for one in periods] == [(14, 1)]
