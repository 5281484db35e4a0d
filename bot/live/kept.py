"""Which knowledge was the last good one? Kept in one file, so that a restart while a file is broken still answers."""

import json
from pathlib import Path

from bot.knowledge.reading.folder import Files


def keep(place: Path, files: Files) -> None:
    """Keep the files of a good knowledge base in place of the ones before.

    Raises:
        OSError: They cannot be written.
    """
    texts = {name: raw.decode("utf-8", "surrogateescape") for name, raw in files.items() if isinstance(raw, bytes)}
    draft = place.with_name(f"{place.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(texts), encoding="utf-8")
    draft.replace(place)


def kept(place: Path) -> Files:
    """The files of the last good knowledge base; empty when none was kept."""
    try:
        texts = json.loads(place.read_text(encoding="utf-8"))
        return {name: text.encode("utf-8", "surrogateescape") for name, text in texts.items()}
    except (OSError, ValueError, AttributeError):
        return {}
