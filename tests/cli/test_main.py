"""The command line as its users meet it: what it prints, where, and its exit code."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.bootstrap.house import LAST_GOOD_FILE
from bot.channels.telegram.delivery.delivery import StandstillError
from bot.cli import main
from bot.errors import KnowledgeError, SettingsError, StorageError
from bot.live import Live
from bot.storage.engine.failures import DatabaseLostError
from tests.cli.commands import ROOT, apart, tanya
from tests.telegram_server.server import TOKEN

AT = ["--at", "2026-11-24T10:00"]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], subprocess.CompletedProcess[str]]:
    """Runs a command that ends in an error."""

    def run(error: Exception) -> subprocess.CompletedProcess[str]:
        @click.command()
        def fail() -> None:
            raise error

        monkeypatch.setattr(main.tanya, "get_command", lambda *_: fail)
        return tanya("fail")

    return run


def answers(*arguments: str, stdin: str) -> list[dict[str, object]]:
    done = tanya("ask", "--json", *AT, *arguments, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_question_as_an_argument_is_answered_in_text() -> None:
    done = apart("ask", "brp biaya bikin akte lahir", *AT)
    assert done.returncode == 0
    assert "Gratis" in done.stdout
    assert done.stderr == ""


def test_json_has_the_keys_that_other_programs_read() -> None:
    [row] = answers(stdin="syarat ganti ktp hilang\n")
    assert list(row) == [
        "question", "outcome", "answered", "services", "aspects", "confidence", "text", "buttons",
        "stored", "reason", "ms",
    ]  # fmt: skip
    assert (row["outcome"], row["answered"], row["aspects"]) == ("answer", ["ktp-hilang"], ["syarat"])


def test_json_says_which_stored_question_was_answered_and_why_it_is_no_plain_answer() -> None:
    told = answers(stdin="bikin ktp boleh diwakilkan?\nbikin ktp di jakarta gimana\nmau ngadu pelayanan lelet\n")
    assert [(row["stored"], row["reason"]) for row in told] == [
        ("Perekaman KTP boleh diwakilkan?", None),
        (None, "elsewhere"),
        (None, "complaint"),
    ]


def test_scores_are_between_0_and_1_fall_and_begin_with_what_was_answered() -> None:
    for row in answers(stdin="ktp hilang\nmau urus akta\nbikin sim\nresep rendang\njam buka dukcapil\n"):
        scores = [service["score"] for service in row["services"]]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        assert [s["id"] for s in row["services"]][: len(row["answered"])] == row["answered"]
        assert len(scores) <= 5


def test_clarifying_lists_what_is_offered_in_the_order_of_the_buttons() -> None:
    [row] = answers(stdin="mau urus akta\n")
    assert (row["outcome"], row["answered"]) == ("clarify", [])
    offered = [button["data"].split(":")[1] for button in row["buttons"] if button["data"].startswith("1p:")]
    assert [service["id"] for service in row["services"]][: len(offered)] == offered
    assert 2 <= len(offered) <= 4


def test_each_line_is_a_conversation_of_its_own() -> None:
    first, second = answers(stdin="syarat ktp hilang\nbiayanya?\n")
    assert first["answered"] == ["ktp-hilang"]
    assert second["answered"] == []


def test_a_dialogue_remembers_until_an_empty_line() -> None:
    rows = answers("--dialogue", stdin="syarat ktp hilang\nbiayanya?\n\nbiayanya?\n")
    assert [row["answered"] for row in rows] == [["ktp-hilang"], ["ktp-hilang"], []]


def test_a_button_that_is_not_there_is_no_question() -> None:
    asked, pressed = answers("--dialogue", stdin="biaya ktp hilang\n>99\n")
    assert (asked["answered"], pressed["answered"], pressed["outcome"]) == (["ktp-hilang"], [], "help")
    assert "Tombol" in str(pressed["text"])


def test_a_gap_of_minutes_between_lines_ends_a_conversation() -> None:
    lines = "syarat ktp hilang\nbiayanya?\n"
    assert [row["answered"] for row in answers("--dialogue", "--gap", "60", stdin=lines)] == [["ktp-hilang"]] * 2
    assert [row["answered"] for row in answers("--dialogue", "--gap", "1800", stdin=lines)] == [["ktp-hilang"], []]


def test_a_dialogue_presses_a_button_by_its_number() -> None:
    asked, picked = answers("--dialogue", stdin="mau urus akta\n>1\n")
    assert picked["outcome"] == "answer"
    assert picked["answered"] == [asked["services"][0]["id"]]


def test_answers_stream_line_by_line(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--json", "--knowledge", str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT,
    )  # fmt: skip
    for question in ("ktp hilang", "kk hilang"):
        process.stdin.write(f"{question}\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["question"] == question
    assert process.communicate()[0] == ""
    assert process.returncode == 0


def test_a_nik_is_masked_before_anything_is_printed() -> None:
    done = tanya("ask", "--json", "nik saya 3603120101900001 ktp hilang")
    assert "3603120101900001" not in done.stdout
    assert json.loads(done.stdout)["question"] == "nik saya [NIK] ktp hilang"


ODD = [
    "",
    "   ",
    "\u200b\u200d",
    "a" * 4096,
    "ktp hilang " * 400,
    "😀" * 50,
    "👨‍👩‍👧‍👦" * 300,
    "\u202ektp hilang",
    "<b>ktp</b> & <script>",
    "\x01\x02\x1b[31m",
    "\ud800 ktp",
    "{{7*7}}",
    "%s%n",
    "'; DROP TABLE",
    "=1+1",
    "../../etc/passwd",
    "e\u0301" * 2000,
    ">9",
    ">-1",
]


def test_any_line_gets_an_answer_with_a_next_step() -> None:
    rows = answers("--dialogue", stdin="".join(f"ktp\n{line}\n" for line in ODD if line.strip() and line.isprintable()))
    assert all(row["text"].strip() and row["buttons"] for row in rows)


@pytest.mark.parametrize("line", ODD, ids=range(len(ODD)))
def test_odd_arguments_never_end_in_a_traceback(line: str, folder: Path) -> None:
    asked = ["ask", "--json", "--knowledge", str(folder), "--", line]
    done = CliRunner().invoke(main.tanya, asked, catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["text"]


def test_asking_keeps_nothing_unless_it_is_told_to_log(tmp_path: Path) -> None:
    assert tanya("ask", "nik 3603120101900001 ktp hilang", DATA_DIR=str(tmp_path / "data")).returncode == 0
    assert not (tmp_path / "data").exists()
    done = tanya("ask", "--log", "nik 3603120101900001 ktp hilang", DATA_DIR=str(tmp_path / "data"))
    assert done.returncode == 0, done.stderr
    [row] = json.loads(tanya("log", "--json", "-", DATA_DIR=str(tmp_path / "data")).stdout)
    assert row["question"] == "nik [NIK] ktp hilang"


def test_a_data_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    done = tanya("ask", "--log", "ktp hilang", DATA_DIR=str(tmp_path / "data"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "DATA_DIR" in done.stderr


def test_without_a_token_and_with_a_pipe_run_answers_the_lines_and_ends(tmp_path: Path) -> None:
    done = tanya("run", stdin="syarat ktp hilang\n", DATA_DIR=str(tmp_path))
    assert done.returncode == 0
    assert "Surat" in done.stdout
    assert len(done.stderr.splitlines()) == 3
    assert "@BotFather" in done.stderr


def test_the_demo_shows_answer_follow_up_clarification_referral_and_decline() -> None:
    done = tanya("chat", "--script", "docs/demo.txt", *AT)
    assert done.returncode == 0
    assert done.stdout.count("»") == 6


def test_check_counts_what_it_read_and_is_0_on_good_knowledge() -> None:
    done = tanya("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"\d+ layanan, \d+ instansi, \d+ rujukan: benar", done.stdout.splitlines()[-1])


def test_check_remarks_on_what_is_hardly_meant_and_forbids_nothing(folder: Path) -> None:
    path = folder / "dukcapil/kia.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("2026-11-24", "2999-01-01"), encoding="utf-8")
    done = tanya("check", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    remarks = [line for line in done.stdout.splitlines() if line.startswith("perhatikan: dukcapil/kia.yaml: ")]
    assert any("`diperbarui` 2999-01-01 belum tiba" in line for line in remarks), done.stdout
    assert json.loads(tanya("check", "--json", str(folder)).stdout) == []


def test_a_stray_file_stops_neither_the_test_nor_the_export_and_is_named(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "dukcapil/kia.yaml", folder / "dukcapil/kia.yaml.txt")
    for arguments in (["test", "--knowledge"], ["export", str(tmp_path / "lembar.xlsx"), "--knowledge"]):
        done = tanya(*arguments, str(folder))
        assert (done.returncode, done.stderr.count("dukcapil/kia.yaml.txt:1: ")) == (0, 1), done.stderr


def test_each_command_names_a_setting_that_is_none_and_check_an_agency_that_is_none(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("EDITOR_ID=5\nCOMPOSE_FILE=x\nAGENCY_ADMINS=disdukcapl:901\n", encoding="utf-8")
    typo = "tanya: EDITOR_ID is no setting; did you mean EDITOR_IDS?\n"
    for arguments in (["ask", "buat ktp"], ["chat"], ["run"]):
        done = tanya(*arguments, cwd=tmp_path)
        assert (done.returncode, done.stderr.count(typo), "COMPOSE" in done.stderr) == (0, 1, False), done.stderr
    done = tanya("check", cwd=tmp_path)
    assert (done.returncode, done.stderr.startswith(f"{typo}tanya: AGENCY_ADMINS names what does not")) == (0, True)


def test_check_names_what_the_bot_answered_from_and_is_gone(folder: Path, tmp_path: Path) -> None:
    Live(folder, tmp_path / LAST_GOOD_FILE)
    shutil.rmtree(folder / "dinkes", ignore_errors=True)
    (folder / "dukcapil/kia.yaml").unlink()
    done = tanya("check", KNOWLEDGE_DIR=str(folder), DATA_DIR=str(tmp_path))
    assert done.returncode == 0
    assert "dukcapil/kia.yaml" in done.stdout.splitlines()[-2]


def test_check_names_a_file_that_is_not_read(folder: Path) -> None:
    (folder / "dukcapil/kia.yaml").rename(folder / "dukcapil/kia.yaml.txt")
    done = tanya("check", str(folder))
    assert done.returncode == 1
    assert done.stdout.startswith("dukcapil/kia.yaml.txt:1: berkas ini tidak dibaca")


def test_check_refuses_what_breaks_every_answer(folder: Path) -> None:
    path = folder / "bahasa/kalimat.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("{benar} pertanyaan", "{semua} pertanyaan"), encoding="utf-8"
    )
    done = tanya("check", str(folder))
    assert done.returncode == 1
    assert "memuat `semua` yang tidak diisi" in done.stdout


def test_check_names_every_problem_and_exits_1(folder: Path) -> None:
    path = folder / "dukcapil/kia.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("syarat:", "sarat:"), encoding="utf-8")
    done = tanya("check", str(folder))
    assert done.returncode == 1
    assert done.stdout == "dukcapil/kia.yaml:5: kunci `sarat` tidak dikenal. Mungkin maksudnya `syarat`.\n"
    rows = json.loads(tanya("check", "--json", str(folder)).stdout)
    assert rows == [
        {
            "file": "dukcapil/kia.yaml",
            "line": 5,
            "message": "kunci `sarat` tidak dikenal.",
            "hint": "Mungkin maksudnya `syarat`.",
        }
    ]


def test_asking_with_broken_knowledge_names_the_problem_and_exits_1(folder: Path) -> None:
    (folder / "daerah.yaml").write_text("nama: [", encoding="utf-8")
    done = tanya("ask", "ktp", "--knowledge", str(folder))
    assert done.returncode == 1
    assert done.stderr.startswith("tanya: daerah.yaml:")


@pytest.mark.parametrize("arguments", [["ask"], ["run"], ["chat"]])
def test_with_one_broken_file_the_rest_is_answered_and_the_file_is_named(
    folder: Path, tmp_path: Path, arguments: list[str]
) -> None:
    (folder / "dukcapil/kia.yaml").write_text("id: [", encoding="utf-8")
    done = tanya(*arguments, stdin="biaya ktp hilang\n", KNOWLEDGE_DIR=str(folder), DATA_DIR=str(tmp_path / "data"))
    assert (done.returncode, "ktp" in done.stdout.casefold(), "dukcapil/kia.yaml" in done.stderr) == (0, True, True)


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        (["ask", "ktp", "--knowledge", "/nowhere"], {}, "/nowhere"),
        (["ask", "ktp", "--at", "besok"], {}, "besok"),
        (["fly"], {}, "fly"),
        (["ask", "ktp"], {"KNOWLEDGE_DIR": "/nowhere"}, "/nowhere"),
        (["run"], {"ADMIN_IDS": "budi"}, "ADMIN_IDS"),
        (["run"], {"WEB_PORT": "abc"}, "WEB_PORT"),
        (["run"], {"TELEGRAM_API_URL": "http://evil.example.org"}, "TELEGRAM_API_URL"),
        (["run"], {"WEBHOOK_URL": "https://bot.example.org"}, "WEBHOOK_URL: webhooks are not built yet"),
        (["run"], {"TELEGRAM_BOT_TOKEN": TOKEN, "ALL_PROXY": "socks4://127.0.0.1:9"}, "ALL_PROXY: must begin with"),
        (["log", "--csv", "/nowhere/x.csv"], {}, "/nowhere/"),
        (["schema", "--knowledge", "{tmp}"], {}, "File exists"),
        (["init", "{tmp}/skema/x"], {}, "skema"),
    ],
)
def test_wrong_usage_or_settings_exit_2_with_one_clear_line(
    tmp_path: Path, arguments: list[str], settings: dict[str, str], said: str
) -> None:
    (tmp_path / "skema").touch()
    done = tanya(*(one.format(tmp=tmp_path) for one in arguments), **{"DATA_DIR": str(tmp_path / "data"), **settings})
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("tanya: ")


def test_a_damaged_database_leaves_standard_output_to_the_json(tmp_path: Path) -> None:
    (tmp_path / "tanya.db").write_bytes(b"no database " * 999)
    done = tanya("stats", "--json", DATA_DIR=str(tmp_path))
    assert json.loads(done.stdout)
    assert "damaged" in done.stderr


def test_a_reader_that_goes_away_ends_a_command_without_a_word(folder: Path) -> None:
    command = f"{sys.executable} -m bot ask --knowledge {folder} 'ktp hilang' | true"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KnowledgeError(["a.yaml:1: salah.", "b.yaml:2: x."]), 1, "tanya: a.yaml:1: salah.\ntanya: b.yaml:2: x.\n"),
        (StorageError("the database is locked"), 1, "tanya: the database is locked\n"),
        (SettingsError("WEB_PORT: no"), 2, "tanya: WEB_PORT: no\n"),
        (FileNotFoundError(2, "No such file or directory", "/x"), 2, "tanya: /x: No such file or directory\n"),
        (OSError(28, "No space left on device"), 2, "tanya: the system: No space left on device\n"),
        (StandstillError("no poll ended"), 3, "tanya: no poll ended\n"),
        (DatabaseLostError("the database is gone"), 3, "tanya: the database is gone\n"),
    ],
)
def test_each_kind_of_error_has_its_exit_code_and_its_lines(
    failing: Callable[[Exception], subprocess.CompletedProcess[str]], error: Exception, code: int, said: str
) -> None:
    done = failing(error)
    assert (done.returncode, done.stderr) == (code, said)


def test_a_fault_of_the_program_is_told_by_its_place_and_without_a_citizens_words(
    failing: Callable[[Exception], subprocess.CompletedProcess[str]],
) -> None:
    done = failing(KeyError("nama saya Siti"))
    assert "please report it: KeyError at test_main.py:" in done.stderr
    assert (done.returncode, done.stderr.count("\n"), "Siti" in done.stderr) == (1, 1, False)


@pytest.mark.parametrize("arguments", [["ask", "ktp"], ["check"], ["--version"]], ids=" ".join)
def test_asking_and_checking_load_neither_telegram_nor_a_database(
    arguments: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KNOWLEDGE_DIR", str(folder))
    asked = f"import sys; from bot.cli.main import main; sys.argv[1:] = {arguments}; main(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, cwd=ROOT, check=True)
    assert {"telegram", "sqlalchemy", "httpx"} & set(done.stdout.split()) == set()


def test_init_lays_a_working_copy_and_never_overwrites(tmp_path: Path) -> None:
    target = tmp_path / "kabupaten-lain"
    assert tanya("init", str(target)).returncode == 0
    assert tanya("check", str(target)).returncode == 0
    again = tanya("init", str(target))
    assert again.returncode == 2
    assert "not empty" in again.stderr


def test_explain_says_why_the_first_and_why_not_the_second() -> None:
    done = tanya("ask", "--explain", "ktp saya kecopetan", *AT)
    assert "kecopetan" in done.stdout


OPERATORS = {"run", "chat", "ask", "init", "schema", "backup", "restore", "log erase"}
ENGLISH = re.compile(r"\b(the|of|one|in|and|with|from|is|are|not)\b", re.IGNORECASE)
INDONESIAN = re.compile(r"\b(yang|di|semua|tiap|atau|satu|dan|ini|tanpa|pada|milik)\b", re.IGNORECASE)


def helps(command: click.Command) -> str:
    options = (getattr(option, "help", None) or "" for option in command.params)
    return " ".join([command.help or "", *options])


def test_every_command_helps_in_one_language_operators_in_english_clerks_in_indonesian() -> None:
    context = click.Context(main.tanya)
    commands = {name: main.tanya.get_command(context, name) for name in main.tanya.list_commands(context)}
    commands |= {"log erase": commands["log"].commands["erase"]}
    foreign = {
        name: (INDONESIAN if name in OPERATORS else ENGLISH).findall(helps(one)) for name, one in commands.items()
    }
    assert {name: words for name, words in foreign.items() if words} == {}
