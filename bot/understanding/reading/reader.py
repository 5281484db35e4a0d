"""How is a text read? Word by word into official words, each with what was typed and how surely."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.understanding.reading.lexicon import Lexicon, Phrase, Words
from bot.understanding.reading.spelling import Speller
from bot.understanding.reading.text import clauses, normalise

_AN_END = 60  # words read from either end of a text; a question told as a long story has 60 in all
_ACRONYM = 3  # letters; no two words are halves of one
_MOST_GUESSES = 30  # unknown words looked up in a text, so that 4096 letters stay within 5 ms


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it was read."""

    typed: str
    word: str  # official
    quality: float = 1.0  # 1 written right, 0 unknown
    filler: bool = False
    clause: int = 0  # which part of the text it stands in, from 0
    asks: bool = False  # that part ends with a question mark


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as typed, and where it stands."""

    typed: str
    clause: int
    asks: bool


class Reader:
    """Reads texts with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._speller = Speller(lexicon)

    def read(self, text: str) -> tuple[Token, ...]:
        """All words of a text, fillers included, phrases read as their official word."""
        words = [
            _Word(word, number, asks)
            for number, (clause, asks) in enumerate(clauses(text))
            for word in normalise(clause).split()
        ]
        if len(words) > 2 * _AN_END:
            words = words[:_AN_END] + words[-_AN_END:]
        words = self._joined(words)
        singles = list(self._spelled(words))
        read: list[Token] = []
        at = 0
        while at < len(singles):
            length, tokens = self._phrase(singles, at)
            read.extend(tokens)
            at += length
        return tuple(
            token for i, token in enumerate(read) if i == 0 or token.word != read[i - 1].word or token.word.isdigit()
        )

    def _joined(self, words: list[_Word]) -> list[_Word]:
        """Single letters in a row, and two halves of a known word, become one word."""
        forms = self._lexicon.forms
        typed = [word.typed for word in words]
        joined: list[_Word] = []
        i = 0
        while i < len(words):
            end = i
            while end < len(words) and len(typed[end]) == 1 and typed[end].isalpha():
                end += 1
            if end < i + 2 or "".join(typed[i:end]) not in forms:
                end = i + 1 + self._halves(typed[i : i + 2])
            joined.append(replace(words[i], typed="".join(typed[i:end])) if end > i + 1 else words[i])
            i = end
        return joined

    def _halves(self, words: list[str]) -> bool:
        forms, whole = self._lexicon.forms, "".join(words)
        return len(words) > 1 and whole in forms and len(whole) > _ACRONYM and not forms.keys() >= set(words)

    def _spelled(self, words: list[_Word]) -> Iterator[Token]:
        """Each word as a known form: ``word`` holds the form, not yet the official word."""
        guesses = 0
        for one in words:
            word = one.typed
            if word in self._lexicon.forms:
                yield Token(word, word, clause=one.clause, asks=one.asks)
                continue
            guess = self._speller.guess(word) if guesses < _MOST_GUESSES else None
            guesses += 1
            forms, quality = guess or ((word,), 0.0)
            yield from (Token(word, form, quality, clause=one.clause, asks=one.asks) for form in forms)

    def _phrase(self, singles: list[Token], at: int) -> tuple[int, Iterator[Token]]:
        """How many words from here are read together, and as what."""
        first = singles[at].word
        best: Phrase = ((), ())
        for head in dict.fromkeys((first, *self._lexicon.forms.get(first, ())[:1])):
            for phrase in self._lexicon.phrases.get(head, ()):
                if len(phrase[0]) > len(best[0]) and self._fits(phrase[0], singles, at):
                    best = phrase
                    break
        written, read = best
        if not written:
            return 1, self._single(singles[at])
        part = singles[at : at + len(written)]
        typed, quality = " ".join(token.typed for token in part), min(token.quality for token in part)
        whole = replace(part[0], typed=typed, quality=quality)
        return len(part), (replace(whole, word=word) for word in read)

    def _fits(self, written: Words, singles: list[Token], at: int) -> bool:
        """Whether words were written, each as it is or by another form."""
        if at + len(written) > len(singles):
            return False
        forms = self._lexicon.forms
        for i, word in enumerate(written):
            token = singles[at + i].word
            if word != token and forms.get(token) != (word,):
                return False
        return True

    def _single(self, token: Token) -> Iterator[Token]:
        fillers = self._lexicon.fillers
        for word in self._lexicon.forms.get(token.word, (token.word,)):
            is_filler = token.word in fillers or word in fillers
            yield Token(token.typed, word, token.quality, is_filler, token.clause, token.asks)
