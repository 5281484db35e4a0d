"""Which commands does Telegram offer, and how does the bot present itself? Set from here, never by hand."""

from collections.abc import Mapping, Sequence

import structlog
from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.screen.notices import sentence
from bot.knowledge.phrases import Phrases

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

PRIVATE = ("layanan", "bantuan", "kontak", "privasi", "hapus_data", "id")
GROUP = ("layanan", "bantuan", "kontak")


async def present(bot: ExtBot[None], phrases: Phrases, extra: Mapping[int, Sequence[str]] | None = None) -> None:
    """Set menus, description and short description.

    Args:
        bot: The connected bot.
        phrases: Hold ``telegram.menu_<command>`` for every command.
        extra: More commands for single people, by their numeric id.

    Raises: nothing; a bot without its menu still answers.
    """
    try:
        await _commands(bot, phrases, PRIVATE, BotCommandScopeAllPrivateChats())
        await _commands(bot, phrases, GROUP, BotCommandScopeAllGroupChats())
        await bot.set_my_description(sentence(phrases, "deskripsi"))
        await bot.set_my_short_description(sentence(phrases, "deskripsi_singkat"))
    except TelegramError as error:
        _log.warning("menus could not be set", cause=type(error).__name__)
    for person, names in (extra or {}).items():
        await _personal(bot, phrases, person, (*PRIVATE, *names))


async def _personal(bot: ExtBot[None], phrases: Phrases, person: int, names: Sequence[str]) -> None:
    try:
        await _commands(bot, phrases, names, BotCommandScopeChat(person))
    except TelegramError as error:  # who never wrote to the bot has no chat with it yet
        _log.info("an admin's menu could not be set", cause=type(error).__name__)


async def _commands(bot: ExtBot[None], phrases: Phrases, names: Sequence[str], scope: BotCommandScope) -> None:
    await bot.set_my_commands([BotCommand(name, sentence(phrases, f"menu_{name}")) for name in names], scope)
