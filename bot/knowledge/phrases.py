"""What does the bot say in its own words? Sentences of bahasa/kalimat.yaml by key."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ConfigDict, RootModel

from bot.knowledge.vocabulary import Text


class PhrasesFile(RootModel[dict[Text, dict[Text, Text]]]):
    """kalimat.yaml: under group names, a key and its sentence."""

    model_config = ConfigDict(frozen=True)

    def phrases(self) -> "Phrases":
        """The sentences by ``group.name``."""
        return Phrases({f"{group}.{name}": text for group, names in self.root.items() for name, text in names.items()})


@dataclass(frozen=True)
class Phrases:
    """Sentences keyed ``group.name``; ``{place}`` in a sentence is filled when it is said."""

    sentences: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """The sentence of a key, its places filled.

        Raises:
            KeyError: The key or a place has no value (a test checks that every key in use stands in the file).
        """
        return self.sentences[key].format(**values)
