"""How does one talk to the assistant without Telegram?"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path

import click

from bot.assistant import Handled
from bot.bootstrap.house import assemble
from bot.channels.terminal import PRESS, Interview
from bot.cli.shared import OPERATORS_AT, OPERATORS_KNOWLEDGE, say
from bot.settings import Settings, load_settings

Keep = Callable[[Handled], None]


@click.command()
@OPERATORS_KNOWLEDGE
@OPERATORS_AT
@click.option("--script", type=click.File("r", encoding="utf-8"), help="Play the lines of a file instead.")
def chat(knowledge: Path, at: datetime | None, script: Iterator[str] | None) -> None:
    """Talk in the terminal; buttons are numbers."""
    with logged(load_settings()) if script is None else nullcontext(_forget) as keep:
        interview = interviewed(knowledge, keep, at)
        if script is None:
            say(interview.start().as_text())
            talk(interview, typed())
        else:
            _play(interview, script)


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
        interview = interviewed(knowledge, keep, at)
        interview.dialogue, interview.explained, interview.gap = dialogue, explain, timedelta(seconds=gap)
        for line in [question] if question is not None else lines():
            if answer := interview.ask(line):
                say(json.dumps(answer.as_json(), ensure_ascii=False) if as_json else answer.as_text())


def interviewed(knowledge: Path, keep: Keep, at: datetime | None = None) -> Interview:
    """A conversation at the terminal."""
    house = assemble(knowledge, at)
    return Interview(house.assistant, house.now, keep)


def talk(interview: Interview, said: Iterable[str]) -> None:
    """Answer lines until they end; a bare number presses a button."""
    for line in said:
        if answer := interview.ask(f"{PRESS}{line}" if line.strip().isdecimal() else line):
            say(f"\n{answer.as_text()}\n")


def _play(interview: Interview, script: Iterable[str]) -> None:
    """Answer the lines of a script, showing each before its answer; ``#`` opens a remark."""
    for line in filter(None, map(str.rstrip, script)):
        if line.startswith("#"):
            say(f"\n── {line.lstrip('# ')} ──")
        else:
            say(f"\n» {line}")
            talk(interview, [line])


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
