"""How does a page become HTML? Templates beside this file; everything put into them is escaped."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.conversation.composing.wording import long_date, printed_date
from bot.errors import SettingsError
from bot.knowledge.base import KnowledgeBase

HERE = Path(__file__).parent
TEMPLATES, STATIC = HERE / "templates", HERE / "static"
_WRITTEN = "aset/berkas.txt"  # in a published folder: what the last export wrote
_PAGES = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_PAGES.globals |= {"day": long_date, "printed": printed_date}


def render(template: str, knowledge: KnowledgeBase, **values: object) -> str:
    """A page: a file below ``templates/``, filled with region and sentences and with what it needs besides."""
    own = {"say": knowledge.phrases.say, "region": knowledge.region, "version": knowledge.version}
    return _PAGES.get_template(template).render(own, **values)


def stylesheet() -> str:
    """The style of every page."""
    return (STATIC / "gaya.css").read_text(encoding="utf-8")


def write_folder(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write a folder, and take away what the export before wrote and this one does not; SettingsError: it cannot."""
    list_ = folder / _WRITTEN
    try:
        before = list_.read_text(encoding="utf-8", errors="replace").splitlines() if list_.is_file() else []
        for name, content in {**files, _WRITTEN: "".join(f"{name}\n" for name in sorted(files))}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        for path in (folder / name for name in before if name not in files):
            if path.resolve().is_relative_to(folder.resolve()) and path.is_file():
                path.unlink()
    except OSError as error:
        raise SettingsError(f"{folder} cannot be written: {error.strerror}") from None
