"""How does everything start?"""

import asyncio
import sys

import click

from bot.bootstrap.serving import serve
from bot.cli.asking import interviewed, lines, logged, talk, typed
from bot.settings import load_settings


@click.command()
def run() -> None:
    """Start everything that the settings allow."""
    settings = load_settings()
    if settings.telegram_bot_token.get_secret_value():
        asyncio.run(serve(settings))
        return
    click.echo(
        "No TELEGRAM_BOT_TOKEN is set, so Telegram stays off.\n"
        "To get one, write /newbot to @BotFather in Telegram and follow its steps.\n"
        "Then put TELEGRAM_BOT_TOKEN=… into .env and start again.",
        err=True,
    )
    with logged(settings) as keep:
        talk(interviewed(settings.knowledge_dir, keep), typed() if sys.stdin.isatty() else lines())
