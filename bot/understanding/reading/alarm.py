"""How are words read that may tell of danger? More finely than others: "dipukul" is no "pukul 8"."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from bot.knowledge.language import Affixes, DangerWords
from bot.understanding.reading import places
from bot.understanding.reading.lexicon import Lexicon
from bot.understanding.reading.reader import Token
from bot.understanding.reading.spelling import Speller

_BELIEVED = 0.9  # quality of a word that needs no other reading
_SHORTEST_TYPO = 6  # letters; shorter words are too near to each other
_SHORTEST_ROOT = 4  # letters of a word that takes affixes
_MOST_GUESSES = 8  # words of a text that are looked up as typos: a long text is no cry for help

PAPERS = "=URUSAN"
"""What marks a text that speaks of papers, money, advice or the past."""


class AlarmReader:
    """Reads words as darurat.yaml has them.

    Args:
        words: Of darurat.yaml.
        affixes: What may hang on them.
        read: How a text is read otherwise.
    """

    def __init__(self, words: DangerWords, affixes: Affixes, read: Callable[[str], Sequence[Token]]) -> None:
        self._read = read
        self._roots = {way: head for head, ways in words.words.items() for way in (head, *ways)}
        self._forms = dict(self._roots)
        for word in (word for cue in words.cues() for word in cue.replace("/", " ").split()):
            self._forms.setdefault(word, _otherwise(read(word), word))
        self._groups = dict.fromkeys(words.business, PAPERS[1:]) | dict.fromkeys(words.people, "ORANG")
        self._vocabulary = frozenset(self._forms.values())
        self._prefixes = affixes.prefixes
        ends = [*affixes.suffixes, *affixes.clitics]
        self._endings = {"", *ends, *(end + clitic for end in affixes.suffixes for clitic in affixes.clitics)}
        typos = Lexicon({way: (way,) for way in self._roots}, {}, frozenset(), frozenset(), {}, affixes)
        self._speller = Speller(typos)

    def cue(self, text: str) -> list[str]:
        """The words of a cue."""
        return [self._word(token) for token in self._read(text)]

    def words(self, tokens: Sequence[Token]) -> list[str]:
        """The words of a text; fillers only where they may tell something."""
        guesses = _MOST_GUESSES
        words: list[str] = []
        for token in tokens:
            word = self._word(token)
            if token.quality < _BELIEVED and guesses and word == token.typed and word not in self._forms:
                guesses -= 1
                word = self._guessed(word)
            if not token.filler or word in self._vocabulary:
                words.append(word)
        return words

    def marks(self, words: Sequence[str]) -> tuple[str, ...]:
        """What the words of a text tell besides their letters: which they are, and what follows what.

        All people are one there, and all papers, so that "suami dipukul" is as "adik dipukul".
        """
        told = [self._groups.get(word, word) for word in words]
        return (*(f"={word}" for word in told), *(f"={before} {word}" for before, word in pairwise(told)))

    def _word(self, token: Token) -> str:
        typed = token.typed
        return self._forms.get(typed) or self._rooted(typed) or _otherwise((token,), typed)

    def _rooted(self, word: str) -> str:
        """The word that is left without affixes, where it is one of ours; the longest there is."""
        for start in range(len(word) - _SHORTEST_ROOT + 2):
            swallowed = self._prefixes.get(word[:start], ()) if start else ("",)
            for end in range(len(word), start + _SHORTEST_ROOT - 2, -1) if swallowed else ():
                if word[end:] not in self._endings:
                    continue
                for root in (letter + word[start:end] for letter in swallowed):
                    if len(root) >= _SHORTEST_ROOT and root in self._roots:
                        return self._roots[root]
        return ""

    def _guessed(self, word: str) -> str:
        guess = self._speller.near(word) if len(word) >= _SHORTEST_TYPO and word.isalpha() else None
        form = guess[0][0] if guess else ""
        return self._forms[form] if form[:1] == word[:1] else word  # a wrong first letter is hardly a typo


def _otherwise(tokens: Sequence[Token], typed: str) -> str:
    """The official word of a single token that is surely read; a place stands for no word."""
    is_sure = len(tokens) == 1 and tokens[0].quality >= _BELIEVED and not places.stands_for_place(tokens[0].word)
    return tokens[0].word if is_sure else typed
