"""Which personal data does a text hold? It is masked here, at the door, before anything sees it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Masked:
    """A text without personal data, and the kinds that were found in it."""

    text: str
    found: tuple[str, ...]
