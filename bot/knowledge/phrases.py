"""What does the bot say in its own words? Sentences of bahasa/kalimat.yaml by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """Sentences keyed ``group.name``; ``{place}`` in a sentence is filled when it is said."""

    sentences: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """The sentence of a key, its places filled.

        Raises:
            KeyError: The key or a place has no value (the loader checks both before).
        """
        return self.sentences[key].format(**values)
