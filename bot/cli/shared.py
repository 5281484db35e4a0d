"""What do several commands share: options, output, progress?"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from bot.errors import KnowledgeError, SettingsError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.loader import read
from bot.settings import load_settings

STDOUT = "-"
"""A file's name that means standard output."""


def _chosen_or_set(_context: click.Context, _option: click.Parameter, chosen: Path | None) -> Path:
    return chosen or load_settings().knowledge_dir


def _knowledge(shown: str) -> Callable[[Any], Any]:
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.option("--knowledge", type=folder, callback=_chosen_or_set, help=shown)


def _at(shown: str) -> Callable[[Any], Any]:
    return click.option("--at", type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]), help=shown)


KNOWLEDGE = _knowledge("Folder pengetahuan; tanpa ini KNOWLEDGE_DIR.")
AT = _at("Seperti pada saat ini, bukan sekarang.")
OPERATORS_KNOWLEDGE = _knowledge("Knowledge folder; default KNOWLEDGE_DIR.")
OPERATORS_AT = _at("Answer as at this moment.")
"""Clerks' commands speak Indonesian, operators' English."""


def read_knowledge(folder: Path) -> KnowledgeBase:
    """All knowledge of a folder, or every problem of it; a stray file in it is named on standard error."""
    loaded = read(folder)
    if loaded.knowledge is None:
        raise KnowledgeError(loaded.problems)
    for stray in loaded.problems:
        click.echo(str(stray), err=True)
    return loaded.knowledge


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Shows how far long work has come; nothing when nobody watches."""
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def tell(done: int, whole: int) -> None:
            bar.length = whole
            bar.update(done - bar.pos)

        yield tell


@contextmanager
def private(target: str) -> Iterator[Path]:
    """Where to write what only its owner may read; at the end it takes the target's place, whole."""
    try:
        with tempfile.TemporaryDirectory(dir=None if target == STDOUT else Path(target).parent) as folder:
            fresh = Path(folder) / "fresh"
            fresh.touch(mode=0o600)
            yield fresh
            if target == STDOUT:
                sys.stdout.buffer.write(fresh.read_bytes())
            else:
                fresh.replace(target)
    except OSError as error:
        raise SettingsError(f"{target} tidak bisa ditulis: {error.strerror}") from None


def say(text: str) -> None:
    """Print a line that its reader gets at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def say_json(value: object) -> None:
    """Print a value as JSON that people can read too."""
    say(json.dumps(value, ensure_ascii=False, indent=2))
