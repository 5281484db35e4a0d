"""How does one talk to the assistant without Telegram?"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path

import click

from bot.assistant import Handled
from bot.bootstrap.house import assemble
from bot.channels.terminal import Interview, Talk
from bot.cli.shared import OPERATORS_AT, OPERATORS_KNOWLEDGE, say
from bot.settings import Settings, load_settings

Keep = Callable[[Handled], None]


@click.command()
@OPERATORS_KNOWLEDGE
@OPERATORS_AT
@click.option("--script", type=click.File("r", encoding="utf-8"), help="Play the lines of a file instead.")
def chat(knowledge: Path, at: datetime | None, script: Iterator[str] | None) -> None:
    """Talk in the terminal; buttons are numbers."""
    if script is not None:
        talk(knowledge, _forget, at).play(line.rstrip("\n") for line in script)
        return
    with logged(load_settings()) as keep:
        talking = talk(knowledge, keep, at)
        talking.greet()
        talking.talk(typed())


@click.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--dialogue", is_flag=True, help="The lines are one conversation; an empty line starts a new one.")
@click.option(
    "--gap", type=click.FloatRange(min=0, max=86400), default=0, help="Seconds between two lines of a dialogue."
)
@click.option("--explain", is_flag=True, help="Say why, and why the runner-up lost.")
@click.option("--log", "is_logged", is_flag=True, help="Keep the questions in the query log.")
@OPERATORS_KNOWLEDGE
@OPERATORS_AT
def ask(
    question: str | None,
    *,
    as_json: bool,
    dialogue: bool,
    gap: float,
    explain: bool,
    is_logged: bool,
    knowledge: Path,
    at: datetime | None,
) -> None:
    """Answer QUESTION, or every line of standard input."""
    with logged(load_settings()) if is_logged else nullcontext(_forget) as keep:
        asking = _asking(knowledge, keep, at, dialogue=dialogue, explained=explain)
        asking.gap = timedelta(seconds=gap)
        for line in [question] if question is not None else lines():
            answer = asking.ask(line)
            if answer is not None:
                say(json.dumps(answer.as_json(), ensure_ascii=False) if as_json else answer.as_text())


def _asking(knowledge: Path, keep: Keep, at: datetime | None, *, dialogue: bool, explained: bool = False) -> Interview:
    house = assemble(knowledge, at)
    return Interview(house.assistant, house.now, keep, dialogue=dialogue, explained=explained)


def talk(knowledge: Path, keep: Keep, at: datetime | None = None) -> Talk:
    """A conversation at the terminal."""
    return Talk(_asking(knowledge, keep, at, dialogue=True), say)


def logged(settings: Settings) -> AbstractContextManager[Keep]:
    """What keeps a conversation in the query log."""
    from bot.bootstrap.storing import recording  # noqa: PLC0415 - most questions are asked without a log

    return recording(settings)


def _forget(_: Handled) -> None:
    """Keep nothing."""


def typed() -> Iterator[str]:
    """Lines as a person types them, until the end of input."""
    while True:
        try:
            yield input("» ")
        except EOFError:
            return


def lines() -> Iterator[str]:
    """Lines of standard input as they come, without their ends."""
    while line := sys.stdin.readline():
        yield line.rstrip("\r\n")
