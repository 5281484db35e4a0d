"""What the operator reads: no token, no broken lines."""

from __future__ import annotations

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


def test_a_newline_or_an_escape_code_cannot_forge_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up()
    structlog.get_logger().info("asked", about="x\nlevel=critical event=forged \x1b[31m")
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_httpx_does_not_write_every_request(capsys: pytest.CaptureFixture[str]) -> None:
    set_up()
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/…")
    assert capsys.readouterr().err == ""
