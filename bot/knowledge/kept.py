"""Which knowledge was the last good one? Kept in one file, so that a restart while a file is broken still answers."""

import json
from collections.abc import Mapping
from pathlib import Path

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import read_files


def keep(place: Path, files: Mapping[str, bytes | OSError]) -> None:
    """Keep the files of a good knowledge base in place of the ones before.

    Raises:
        OSError: They cannot be written.
    """
    texts = {name: raw.decode() for name, raw in files.items() if isinstance(raw, bytes)}
    draft = place.with_name(f"{place.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    draft.replace(place)


def kept(place: Path) -> KnowledgeBase | None:
    """The last good knowledge base; None when none was kept or this version cannot read it."""
    try:
        texts = json.loads(place.read_text(encoding="utf-8"))
        return read_files({name: text.encode() for name, text in texts.items()}).knowledge
    except (OSError, ValueError, AttributeError):
        return None
