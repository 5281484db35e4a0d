"""What was meant by a word that nobody knows? Affixes, doubled letters, words run together, lost vowels, typos."""

import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.reading.lexicon import Lexicon, Words, stems

_VOWELS = re.compile("[aeiou]")
_DOUBLED = re.compile(r"([a-z])\1+")
_LONGEST = 40  # letters; what is longer is neither a word nor words run together
_ACRONYM = 3  # letters; nothing so short is taken for another word
_LONG_WORD = 7
_SHORT_WORD = 5  # up to here one typo is believed, beyond two


# Known forms that an unknown word may stand for, and what they are worth beside a word written right (0..1).
Guess = tuple[Words, float]


class Speller:
    """Finds the known forms nearest to unknown words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        words = [word for word in lexicon.forms if len(word) > _ACRONYM and word.isalpha()]
        self._by_letter = _grouped((word[0], word) for word in words)
        self._by_gap = _grouped((gap, word) for word in words for gap in _gaps(word))
        self._by_skeleton = _grouped((_VOWELS.sub("", word), word) for word in words)

    def guess(self, word: str) -> Guess | None:
        """The best guess for a word that is not a known form; None when nothing is near."""
        if not word.isalpha() or len(word) > _LONGEST:
            return None
        return self._without_affixes(word) or self.near(word) or self._run_together(word) or self._two_typos(word)

    def near(self, word: str) -> Guess | None:
        """The known form that a word of letters is but for doubled ones, lost vowels or one typo; quicker."""
        return self._squeezed(word) or self._without_vowels(word) or self._one_typo(word)

    def _without_affixes(self, word: str) -> Guess | None:
        for stem in stems(word, self._lexicon.affixes):
            if stem in self._lexicon.roots:
                return (stem,), 0.95
        return None

    def _squeezed(self, word: str) -> Guess | None:
        squeezed = _DOUBLED.sub(r"\1", word)
        return ((squeezed,), 0.95) if squeezed in self._lexicon.forms else None

    def _run_together(self, word: str) -> Guess | None:
        """The fewest known words that make up a word.

        Of three letters at most one that is not listed, and only in a long word: "muntah" is no "mun tah".
        """
        best: list[tuple[str, ...] | None] = [(), *([None] * len(word))]
        for end in range(2, len(word) + 1):
            for start in range(end - 1):
                head, part = best[start], word[start:end]
                if head is None or not self._can_be_part(part, word):
                    continue
                shortest = best[end]
                if shortest is None or len(head) + 1 < len(shortest):
                    best[end] = (*head, part)
        parts = best[-1] or ()
        doubtful = [part for part in parts if len(part) <= _ACRONYM and part not in self._lexicon.affixes.short]
        return (parts, 0.9) if parts and len(doubtful) <= 1 else None

    def _can_be_part(self, part: str, word: str) -> bool:
        if part in self._lexicon.affixes.short:
            return True
        return part in self._lexicon.forms and len(part) > (_ACRONYM if len(word) < _LONG_WORD else _ACRONYM - 1)

    def _without_vowels(self, word: str) -> Guess | None:
        """A word that lost vowels: "dkmen". Three letters and less are acronyms and stay."""
        if len(word) <= _ACRONYM:
            return None
        found = [full for full in self._by_skeleton.get(_VOWELS.sub("", word), ()) if _holds(full, word)]
        return ((self._best(found),), 0.8) if found else None

    def _one_typo(self, word: str) -> Guess | None:
        if len(word) <= _ACRONYM:
            return None
        near = {full for gap in _gaps(word) for full in self._by_gap.get(gap, ())}
        near = {full for full in near if OSA.distance(word, full, score_cutoff=1) == 1}
        quality = 0.85 if len(word) > _SHORT_WORD else 0.75
        return ((self._best(near, word),), quality) if near else None

    def _two_typos(self, word: str) -> Guess | None:
        if len(word) <= _SHORT_WORD:
            return None
        same_start = self._by_letter.get(word[0], ())
        found = process.extract(word, same_start, scorer=OSA.distance, score_cutoff=2, limit=8)
        return ((self._best((full for full, _, _ in found), word),), 0.6) if found else None

    def _best(self, words: Iterable[str], typed: str = "") -> str:
        """Same first letter, same skeleton, no filler, used most; the alphabet decides the rest."""
        skeleton = _VOWELS.sub("", typed)
        return min(
            words,
            key=lambda word: (
                word[0] != typed[:1] if typed else False,
                word in self._lexicon.fillers,
                _VOWELS.sub("", word) != skeleton,
                -self._lexicon.counts.get(word, 0),
                word,
            ),
        )


def _gaps(word: str) -> set[str]:
    """The word, and the word less one letter: two words one typo apart share one of these."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _holds(full: str, word: str) -> bool:
    """Whether a word's letters stand in a longer one in the same order."""
    letters = iter(full)
    return len(full) > len(word) and all(letter in letters for letter in word)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for key, word in pairs:
        groups.setdefault(key, []).append(word)
    return {key: tuple(group) for key, group in groups.items()}
