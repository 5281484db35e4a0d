"""Which places are named, and are they ours? Words for places, and where a move goes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.knowledge.language import Directions
from bot.knowledge.region import Region
from bot.understanding.hearing.book import CueBook
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


def words_of(region: Region, directions: Directions) -> dict[str, str]:
    """By normalised name, the word that is read for a place; ours win where a name is shared."""
    others = {name: OTHERS + place.referral.replace("-", "") for name, place in foreign(region).items()}
    others |= {normalise(words): OTHERS for words in directions.elsewhere}
    ours = dict.fromkeys(_ours(region), OURS) | {normalise(word): OURS for word in directions.here}
    ours |= {normalise(word): _TO + OURS for word in directions.hither}
    return others | ours


def foreign(region: Region) -> Mapping[str, Place]:
    """Places of other regions by normalised name."""
    found = {normalise(name): Place(name) for name in region.elsewhere}
    for neighbour in region.neighbours:
        place = Place(neighbour.name, neighbour.referral)
        for name in (neighbour.name, *neighbour.names, *neighbour.places):
            found[normalise(name)] = place
    ours = frozenset(_ours(region))
    return {name: place for name, place in found.items() if name not in ours}


class Elsewhere:
    """Finds the other region whose office is asked."""

    def __init__(self, region: Region, directions: Directions, staying: CueBook) -> None:
        """Know a region's neighbours.

        Args:
            region: Ours.
            directions: Words before a place that is only gone to or come from.
            staying: What is said with another region's name without asking its office.
        """
        self._foreign = foreign(region)
        self._towards = frozenset((*directions.to, *directions.since))
        self._kinds = frozenset(directions.kinds)
        self._staying = staying

    def asked(self, tokens: Sequence[Token]) -> Place | None:
        """The place whose office is asked; None when none is, or when only a move goes there."""
        words = [token.word for token in tokens]
        if not {OURS, _TO + OURS}.isdisjoint(words) or self._staying.find(words):
            return None
        before = ""
        for token in tokens:
            if is_foreign(token.word) and before not in self._towards:
                return self._foreign.get(token.typed)
            before = before if token.word in self._kinds else token.word
        return None


def moves(tokens: Sequence[Token], directions: Directions) -> Iterator[str]:
    """Words for directions: "ke bandung" and "dari kota jakarta" tell moving out from moving in."""
    if any(token.word == _TO + OURS for token in tokens):
        yield OURS
    for before, token in pairwise(token.word for token in tokens if token.word not in directions.kinds):
        if stands_for_place(token):
            place = OURS if token == OURS else OTHERS
            if before in directions.to:
                yield _TO + place
            elif before in directions.since:
                yield _SINCE + place


def with_unlisted(tokens: tuple[Token, ...], directions: Directions) -> tuple[Token, ...]:
    """The same words, those nobody knows after "kabupaten" or "kota" read as a place of another region."""
    names = [
        i
        for i in range(1, len(tokens))
        if tokens[i].quality <= _DOUBTFUL and tokens[i].typed.isalpha() and tokens[i - 1].word in directions.kinds
    ]
    if not names:
        return tokens
    read = list(tokens)
    for i in names:
        read[i] = replace(tokens[i], word=OTHERS, quality=1.0, how="")
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


def _ours(region: Region) -> Iterator[str]:
    for name in (region.name, *region.names):
        yield normalise(name)
    for district in region.districts:
        for name in (district.name, *district.names):
            yield normalise(name)
