"""How do people speak? The word lists of bahasa/, as read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """Everyday words, events, cues, fillers, decoys and small talk of one region's speakers."""
