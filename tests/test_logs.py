"""What the operator reads: no token, no personal number, no broken lines."""

import io
import logging
import sys

import pytest
import structlog

from bot.logs import Redaction, set_up

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture(autouse=True)
def _restore(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", True)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


@pytest.mark.parametrize("json", [False, True])
@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_the_token_is_in_no_line_wherever_it_comes_from(
    capsys: pytest.CaptureFixture[str], level: str, *, json: bool
) -> None:
    set_up(level=level, json=json, secrets=[TOKEN])
    logging.getLogger("httpx").warning("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    structlog.get_logger().info("started", url=f"https://x/bot{TOKEN}/getMe")
    try:
        int(TOKEN)
    except ValueError:
        logging.getLogger("any").exception("failed with %s", TOKEN)
    written = capsys.readouterr().err
    assert written.count("[hidden]") >= 3
    assert "AAHdq" not in written


SECRETS = ["3603120101900001", "081298765432", "siti.aminah@example.org", TOKEN.partition(":")[2]]
SAID = f"nik 3603120101900001 wa 081298765432 surel siti.aminah@example.org bot{TOKEN}"


def fail_inside() -> None:
    try:
        {}[SAID]
    except KeyError as error:
        raise ExceptionGroup(SAID, [ValueError(SAID)]) from error


@pytest.mark.parametrize("json", [False, True])
def test_P11_T9_no_personal_number_and_no_token_unknown_so_far_is_written_however_deep_it_lies(
    capsys: pytest.CaptureFixture[str], *, json: bool
) -> None:
    set_up(level="DEBUG", json=json)
    log, foreign = structlog.get_logger(), logging.getLogger("asyncio")
    log.info(SAID, said=SAID, deep={"a": [{SAID: (SAID, {SAID})}]}, error=ValueError(SAID), number=3603120101900001)
    foreign.warning("%s %r", SAID, {"x": SAID})
    try:
        fail_inside()
    except ExceptionGroup:
        log.exception("failed")
        foreign.exception("Task exception was never retrieved")
    foreign.error("kept", exc_info=ValueError(SAID), stack_info=True)
    written = capsys.readouterr().err
    assert [secret for secret in SECRETS if secret in written] == []
    assert written.count("[NIK]") >= 9
    assert len(written.splitlines()) == 5


def test_P11_a_trace_names_the_places_but_never_what_was_said(capsys: pytest.CaptureFixture[str]) -> None:
    set_up()
    try:
        fail_inside()
    except ExceptionGroup:
        structlog.get_logger().exception("failed")
    written = capsys.readouterr().err
    assert "ExceptionGroup at test_logs.py:" in written
    assert written.count("ValueError") == written.count("from KeyError at test_logs.py:") == 1
    assert "surel" not in written


@pytest.mark.parametrize("value", [0, 7, 123456789, 1.5, True, None, "2026-11-30T18:24:29+00:00", "a1b2c3d4e5f6"])
def test_what_is_nobodys_stays_as_it_is(value: object) -> None:
    assert Redaction(()).clean({"value": [value]}) == {"value": [value]}


PLANTED = "x\nlevel=critical event=forged\r\x1b[31mred\x1b[0m\x9b2J \u202egnol\u2066 \u2028\u200b\x00"


def fail() -> None:
    raise ValueError(PLANTED)


@pytest.mark.parametrize("json", [False, True])
def test_T10_what_is_logged_can_neither_forge_a_line_nor_steer_a_terminal(
    capsys: pytest.CaptureFixture[str], *, json: bool
) -> None:
    set_up(json=json)
    structlog.get_logger().info(PLANTED, about=PLANTED)
    logging.getLogger("any").warning("%s", PLANTED)
    try:
        fail()
    except ValueError:
        structlog.get_logger().exception("failed", kinds=[PLANTED])
    written = capsys.readouterr().err
    assert written.count("\n") == 3
    assert [c for c in written.replace("\n", "") if not c.isprintable()] == []
    assert written.count("forged") >= 4


@pytest.mark.parametrize(
    ("name", "said"),
    [("httpx", "HTTP Request: POST https://api.telegram.org/…"), ("watchfiles.main", "1 change detected")],
)
def test_a_librarys_chatter_is_not_written(capsys: pytest.CaptureFixture[str], name: str, said: str) -> None:
    set_up()
    logging.getLogger(name).info(said)
    assert capsys.readouterr().err == ""


class FullDisk(io.StringIO):
    """Takes no line while it is full."""

    is_full = True

    def write(self, text: str) -> int:
        if self.is_full:
            self.is_full = False
            raise OSError(28, "No space left on device")
        return super().write(text)


def test_a_line_that_cannot_be_written_is_not_written_past_the_redaction(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = FullDisk()
    monkeypatch.setattr(sys, "stderr", stream)
    set_up(secrets=[TOKEN])
    logging.getLogger("any").warning("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    try:
        int(TOKEN)
    except ValueError:
        stream.is_full = True
        logging.getLogger("any").exception("failed with %s", TOKEN)
    logging.getLogger("any").warning("the next one")
    assert [secret for secret in ("AAHdq", SECRETS[3]) if secret in stream.getvalue()] == []
    assert stream.getvalue().count("\n") == 1
