"""What does the channel itself have to say? Its own sentences as Replies, each with a next step."""

from bot.conversation.reply import Button, Reply, text
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
