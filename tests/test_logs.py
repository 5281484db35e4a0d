"""What the operator reads: no token, no broken lines."""

import logging

import pytest
import structlog

from bot.logs import set_up

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture(autouse=True)
def _restore() -> None:
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


def test_httpx_does_not_write_every_request(capsys: pytest.CaptureFixture[str]) -> None:
    set_up()
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/…")
    assert capsys.readouterr().err == ""
