"""How does a page become HTML? Templates beside this file; everything put into them is escaped."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.conversation.composing.wording import long_date, printed_date
from bot.errors import SettingsError
from bot.knowledge.base import KnowledgeBase

HERE = Path(__file__).parent
TEMPLATES, STATIC = HERE / "templates", HERE / "static"
_WRITTEN = "aset/berkas.txt"  # in a published folder: what the last export wrote


def render(template: str, knowledge: KnowledgeBase, **values: object) -> str:
    """A page.

    Args:
        template: File below ``templates/``.
        knowledge: Region and sentences, which every page needs.
        values: What this page needs besides.
    """
    phrases = knowledge.phrases
    return (
        _environment()
        .get_template(template)
        .render(
            say=phrases.say,
            day=long_date,
            printed=printed_date,
            region=knowledge.region,
            version=knowledge.version,
            **values,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def stylesheet() -> str:
    """The style of every page."""
    return (STATIC / "gaya.css").read_text(encoding="utf-8")


def write_folder(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write a folder of files, and take away what the export before wrote and this one no longer does.

    Raises:
        SettingsError: The folder cannot be written.
    """
    try:
        stale = _written_before(folder) - set(files)
        listed = {**files, _WRITTEN: "".join(f"{name}\n" for name in sorted(files))}
        for name, content in listed.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        _remove(folder, stale)
    except OSError as error:
        raise SettingsError(f"{folder} cannot be written: {error.strerror}") from None


def _written_before(folder: Path) -> set[str]:
    listed = folder / _WRITTEN
    return set(listed.read_text(encoding="utf-8", errors="replace").splitlines()) if listed.is_file() else set()


def _remove(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        path = folder / name
        if path.resolve().is_relative_to(folder.resolve()) and path.is_file():
            path.unlink()
