"""Which places are named, and are they ours? Words for places, and where a move goes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.knowledge.language import Directions
from bot.knowledge.region import District, Region
from bot.understanding.reading.reader import Token
from bot.understanding.reading.text import normalise

OURS = "tempatkita"  # read for every place of this region
OTHERS = "tempatlain"  # read for a place of another one, with the referral's id when one is written for it

_TOWARDS = "+"  # joins a direction and a place; no written word holds it
_DOUBTFUL = 0.75  # quality up to which a word after "kabupaten" is rather a name than a word ill written
_TO, _SINCE = "ke" + _TOWARDS, "dari" + _TOWARDS


@dataclass(frozen=True)
class Place:
    """A place of another region."""

    name: str  # of the region
    referral: str = ""  # id, when one is written for it


class Places:
    """The places of a region and of its neighbours, as texts name them."""

    def __init__(self, region: Region, directions: Directions) -> None:
        named: tuple[Region | District, ...] = (region, *region.districts)
        self._directions = directions
        self._ours = frozenset(normalise(name) for one in named for name in (one.name, *one.names))
        self._foreign = {normalise(name): Place(name) for name in region.elsewhere}
        for neighbour in region.neighbours:
            place = Place(neighbour.name, neighbour.referral)
            for name in (neighbour.name, *neighbour.names, *neighbour.places):
                self._foreign[normalise(name)] = place

    def words(self) -> dict[str, str]:
        """By normalised name, the word that is read for a place; ours win where a name is shared."""
        words = {name: OTHERS + place.referral.replace("-", "") for name, place in self._foreign.items()}
        words |= {normalise(word): OTHERS for word in self._directions.elsewhere} | dict.fromkeys(self._ours, OURS)
        words |= {normalise(word): OURS for word in self._directions.here}
        return words | {normalise(word): _TO + OURS for word in self._directions.hither}

    def asked(self, tokens: Sequence[Token]) -> Place | None:
        """The place whose office is asked; None when none is, or when only a move goes there."""
        if any(token.word in {OURS, _TO + OURS} for token in tokens):
            return None
        directions = self._directions
        before = ""
        for token in tokens:
            if is_foreign(token.word) and before not in (*directions.to, *directions.since):
                return self._foreign.get(token.typed)
            before = before if token.word in directions.kinds else token.word
        return None

    def moves(self, tokens: Sequence[Token]) -> Iterator[str]:
        """Words for directions: "ke bandung" and "dari kota jakarta" tell moving out from moving in."""
        directions = self._directions
        if any(token.word == _TO + OURS for token in tokens):
            yield OURS
        for before, token in pairwise(token.word for token in tokens if token.word not in directions.kinds):
            if stands_for_place(token):
                place = OURS if token == OURS else OTHERS
                if before in directions.to:
                    yield _TO + place
                elif before in directions.since:
                    yield _SINCE + place

    def with_unlisted(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """The same words, those nobody knows after "kabupaten" or "kota" read as a place of another region."""
        read = list(tokens)
        for i, token in enumerate(tokens[1:], 1):
            if token.quality <= _DOUBTFUL and token.typed.isalpha() and tokens[i - 1].word in self._directions.kinds:
                read[i] = replace(token, word=OTHERS, quality=1.0)
        return tuple(read)


def stands_for_place(word: str) -> bool:
    """Whether a word was read for any place."""
    return word == OURS or is_foreign(word)


def comes_of_place(word: str) -> bool:
    """Whether a word was read for a place, or for a direction to or from one."""
    return stands_for_place(word) or _TOWARDS in word


def is_foreign(word: str) -> bool:
    """Whether a word was read for a place of another region."""
    return word.startswith(OTHERS)
