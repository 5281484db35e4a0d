"""Which official word does a written word stand for? Known forms, phrases and fillers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.language import Affixes, Language
from bot.understanding.reading.text import normalise

Words = tuple[str, ...]
Phrase = tuple[Words, Words]  # written words, and those they are read as, or none
_ACRONYM = 2  # letters of the shortest word of its own: "kk"
_SHORTEST = 4  # letters that must remain of a word with affixes, or "gaki" is "gak"


@dataclass(frozen=True)
class Lexicon:
    """Everything known about written words.

    ``forms`` gives the official words of a single written word, ``phrases`` those of several, by their first word.
    """

    forms: Mapping[str, Words]
    phrases: Mapping[str, Sequence[Phrase]]  # the longest first
    roots: frozenset[str]  # forms that others may come from: no fillers, no places
    fillers: frozenset[str]
    counts: Mapping[str, int]  # how often a form is used in the knowledge
    affixes: Affixes

    def reads_as(self, other: "Lexicon") -> bool:
        """Whether texts of known forms are read alike; how often forms are used only tells what a typo means."""
        return (self.forms, self.phrases, self.fillers) == (other.forms, other.phrases, other.fillers)


def build(language: Language, texts: Iterable[str], places: Mapping[str, str]) -> Lexicon:
    """The lexicon of a language, with the words of the knowledge's own texts as known forms.

    Args:
        language: The word lists.
        texts: Names, examples and decoys.
        places: By normalised name, the word that stands for a place.
    """
    forms, phrases = _listed(language)
    listed = frozenset(forms)
    counts = Counter(word for text in texts for word in _words(text))
    _add(forms, counts, language.affixes)
    silent = [_words(text) for group in language.fillers.root.values() for text in group]
    fillers = frozenset(words[0] for words in silent if len(words) == 1)
    roots = frozenset(word for word in forms if len(word) > _ACRONYM) - fillers
    forms = {word: (word,) for word in fillers} | forms
    forms |= {name: (word,) for name, word in places.items() if " " not in name and name not in listed}
    phrases += [(words, ()) for words in silent if len(words) > 1]
    phrases += [(_words(name), (word,)) for name, word in places.items() if " " in name]
    by_first: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=lambda one: -len(one[0])):
        by_first.setdefault(phrase[0][0], []).append(phrase)
    return Lexicon(forms, by_first, roots, fillers, counts, language.affixes)


def _add(forms: dict[str, Words], words: Iterable[str], affixes: Affixes) -> None:
    """Add words of the knowledge: each is read as the listed word it comes from, or as itself without clitics."""
    listed = {word: read for word, read in forms.items() if len(word) > _ACRONYM}
    plain = frozenset(words)
    for word in sorted(plain - forms.keys()):
        found = next((listed[stem] for stem in stems(word, affixes) if stem in listed), None)
        bare = next((stem for stem in _without(word, affixes.clitics, _ACRONYM) if stem in plain), word)
        forms[word] = found or forms.get(bare, (bare,))


def stems(word: str, affixes: Affixes) -> Iterator[str]:
    """What may remain of a word when affixes are cut; clitics also leave acronyms ("ktpnya"), affixes whole words."""
    bases = [word, *_without(word, affixes.clitics, _ACRONYM)]
    yield from bases[1:]
    bases += _without(word, affixes.suffixes, _SHORTEST)
    yield from (base for base in bases[1:] if len(base) >= _SHORTEST)
    for base in bases:
        for start, swallowed in affixes.prefixes.items():
            if base.startswith(start):
                rest = base[len(start) :]
                yield from (letter + rest for letter in swallowed if len(letter + rest) >= _SHORTEST)


def _without(word: str, endings: Iterable[str], least: int) -> list[str]:
    return [word[: -len(end)] for end in endings if word.endswith(end) and len(word) - len(end) >= least]


def _words(text: str) -> Words:
    return tuple(normalise(text).split())


def _listed(language: Language) -> tuple[dict[str, Words], list[Phrase]]:
    forms: dict[str, Words] = {}
    phrases: list[Phrase] = []
    for group in language.words.root.values():
        for official, variants in group.items():
            read = _words(official)
            for word in read:
                forms.setdefault(word, (word,))
            for written in map(_words, variants):
                if len(written) > 1:
                    phrases.append((written, read))
                elif written:
                    forms[written[0]] = read
    return forms, phrases
