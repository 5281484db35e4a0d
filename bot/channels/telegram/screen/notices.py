"""What does the channel itself have to say? Its own sentences as Replies, each with a next step."""

from dataclasses import replace

from bot.conversation.reply import Button, Reply, note, text
from bot.conversation.turn import Action, ActionKind, Outcome
from bot.knowledge.phrases import Phrases

_GROUP = "telegram"


def sentence(phrases: Phrases, name: str, **values: object) -> str:
    """A sentence of the channel's own group."""
    return phrases.say(f"{_GROUP}.{name}", **values)


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


def with_remark(reply: Reply, remark: str) -> Reply:
    """The reply, and a remark about the message that asked for it."""
    return replace(reply, blocks=(*reply.blocks, note(remark)))


def with_opening(reply: Reply, line: str) -> Reply:
    """The reply, and a line before it."""
    return replace(reply, blocks=(note(line), *reply.blocks))
