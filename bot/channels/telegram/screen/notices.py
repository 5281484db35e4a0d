"""What does the channel itself have to say? Its own sentences, each with a next step, its menus and its description."""

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

from bot.conversation.reply import Button, Reply, text
from bot.conversation.turn import Action, ActionKind, Outcome
from bot.knowledge.phrases import Phrases

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

PRIVATE = ("layanan", "bantuan", "kontak", "privasi", "hapus_data", "id")
GROUP = ("layanan", "bantuan", "kontak")


def sentence(phrases: Phrases, name: str, **values: object) -> str:
    """A sentence of the channel's own group."""
    return phrases.say(f"telegram.{name}", **values)


def notice(phrases: Phrases, name: str, **values: object) -> Reply:
    """A sentence of its own, with the ways on from there; an empty line in it parts paragraphs."""
    paragraphs = sentence(phrases, name, **values).strip().split("\n\n")
    return Reply("", Outcome.HELP, tuple(text(one.strip()) for one in paragraphs), ways_on(phrases))


def ways_on(phrases: Phrases) -> tuple[Button, ...]:
    """Buttons that lead out of every notice."""
    return (
        Button(sentence(phrases, "tombol_layanan"), Action(ActionKind.BROWSE)),
        Button(sentence(phrases, "tombol_bantuan"), Action(ActionKind.MENU)),
    )


async def present(bot: ExtBot[None], phrases: Phrases, extra: Mapping[int, Sequence[str]]) -> None:
    """Set menus and descriptions, never done by hand; a bot without its menu still answers.

    ``extra`` are more commands for single people, by their numeric id; each has a sentence ``menu_<command>``.
    """

    async def offer(names: Sequence[str], scope: BotCommandScope) -> None:
        await bot.set_my_commands([BotCommand(name, sentence(phrases, f"menu_{name}")) for name in names], scope)

    try:
        await offer(PRIVATE, BotCommandScopeAllPrivateChats())
        await offer(GROUP, BotCommandScopeAllGroupChats())
        await bot.set_my_description(sentence(phrases, "deskripsi"))
        await bot.set_my_short_description(sentence(phrases, "deskripsi_singkat"))
    except TelegramError as error:
        _log.warning("menus could not be set", cause=type(error).__name__)
    for person, names in extra.items():
        try:
            await offer((*PRIVATE, *names), BotCommandScopeChat(person))
        except TelegramError as error:  # who never wrote to the bot has no chat with it yet
            _log.info("an admin's menu could not be set", cause=type(error).__name__)
