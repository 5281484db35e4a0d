"""Which address and which QR code open the bot at a service?"""

from __future__ import annotations

import io
import re

import segno

from bot.errors import SettingsError

_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_SCALE = 12  # dots of a PNG for one module: about 4 cm at 300 dots an inch


def username(setting: str) -> str:
    """The bot's name on Telegram, without ``@``.

    Raises:
        SettingsError: It is not set, or is no name a bot can have.
    """
    name = setting.strip().removeprefix("@")
    if not name:
        raise SettingsError(
            "BOT_USERNAME is not set; QR codes need it. @BotFather shows it, for example tanya_contoh_bot"
        )
    if not _USERNAME.fullmatch(name):
        raise SettingsError(f"BOT_USERNAME {name!r} is no name of a Telegram bot")
    return name


def link(bot: str, subject: str) -> str:
    """The address that opens the bot at a subject."""
    return f"https://t.me/{bot}?start={subject}"


def svg(address: str) -> str:
    """A QR code as SVG, black on white, with the quiet zone that readers need."""
    stream = io.BytesIO()
    segno.make(address, error="m", micro=False).save(stream, kind="svg", scale=4, light="#ffffff", border=4)
    return stream.getvalue().decode()


def png(address: str) -> bytes:
    """A QR code as PNG, large enough for print."""
    stream = io.BytesIO()
    segno.make(address, error="m", micro=False).save(stream, kind="png", scale=_SCALE, border=4)
    return stream.getvalue()
