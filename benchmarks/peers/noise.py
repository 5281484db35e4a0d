"""How do people mistype? The same question with seeded mistakes of one kind."""

import random
import re
from collections.abc import Callable
from types import MappingProxyType

Mistake = Callable[[str, random.Random], str]

_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_WORD = re.compile(r"[A-Za-z]+")
_LONG = 4  # letters; shorter words are acronyms, and a mistake makes another word of them


def noisy(text: str, kind: str, seed: int) -> str:
    """A question with mistakes of one kind of ``KINDS``; equal arguments, equal mistakes."""
    return KINDS[kind](text, random.Random(f"{seed}/{kind}/{text}"))


def _one_edit(text: str, rng: random.Random) -> str:
    return _in_a_word(text, rng, _edited)


def _two_edits(text: str, rng: random.Random) -> str:
    return _one_edit(_one_edit(text, rng), rng)


def _dropped_vowels(text: str, rng: random.Random) -> str:
    return _in_a_word(text, rng, lambda word, _: word[0] + re.sub("[aeiouAEIOU]", "", word[1:]))


def _doubled_letter(text: str, rng: random.Random) -> str:
    def doubled(word: str, rng: random.Random) -> str:
        place = rng.randrange(len(word))
        return word[:place] + word[place] * rng.randint(2, 3) + word[place + 1 :]

    return _in_a_word(text, rng, doubled)


def _joined_words(text: str, rng: random.Random) -> str:
    gaps = [match.start() for match in re.finditer(r"(?<=[A-Za-z]) (?=[A-Za-z])", text)]
    if not gaps:
        return text
    gap = rng.choice(gaps)
    return text[:gap] + text[gap + 1 :]


def _split_word(text: str, rng: random.Random) -> str:
    def split(word: str, rng: random.Random) -> str:
        place = rng.randint(2, len(word) - 2)
        return f"{word[:place]} {word[place:]}"

    return _in_a_word(text, rng, split)


def _in_a_word(text: str, rng: random.Random, mistake: Mistake) -> str:
    """A mistake in one word that is long enough to stay recognisable; none when there is no such word."""
    long = [match for match in _WORD.finditer(text) if len(match.group()) >= _LONG]
    if not long:
        return text
    word = rng.choice(long)
    return text[: word.start()] + mistake(word.group(), rng) + text[word.end() :]


def _edited(word: str, rng: random.Random) -> str:
    """One letter lost, added, replaced by its neighbour on the keyboard, or two letters swapped."""
    place = rng.randrange(len(word) - 1)
    before, here, after = word[:place], word[place], word[place + 1 :]
    return rng.choice(
        (
            before + after,
            before + here + _neighbour(here, rng) + after,
            before + _neighbour(here, rng) + after,
            before + after[0] + here + after[1:],
        )
    )


def _neighbour(letter: str, rng: random.Random) -> str:
    row = next(row for row in _KEYBOARD if letter.lower() in row)
    place = row.index(letter.lower())
    return rng.choice(row[max(0, place - 1) : place] + row[place + 1 : place + 2])


KINDS = MappingProxyType(
    {
        "one typo": _one_edit,
        "two typos": _two_edits,
        "dropped vowels": _dropped_vowels,
        "doubled letters": _doubled_letter,
        "joined words": _joined_words,
        "split word": _split_word,
    }
)
"""Every kind of mistake by the name it has in the tables."""
