"""Which places are named, and are they ours? Words for places, and where a move goes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.knowledge.language import Directions
from bot.knowledge.region import District, Region
from bot.understanding.reading.reader import Token
from bot.understanding.reading.text import normalise

OURS = "tempatkita"  # read for every place of this region
OTHERS = "tempatlain"  # read for a place of another one, with the referral's id when one is written for it
SHARED = OTHERS + "ataukita"  # read for a name that we and another region have; it tells no direction

_TOWARDS = "+"  # joins a direction and a place; no written word holds it
_DOUBTFUL = 0.75  # quality up to which a word after "kabupaten" is rather a name than a word ill written
_SHORTEST = 5  # letters of a village that is told from a word ill written: "daru" is rather "dari"
_TO, _SINCE = "ke" + _TOWARDS, "dari" + _TOWARDS


@dataclass(frozen=True)
class Place:
    """A place of another region."""

    name: str  # of the region
    referral: str = ""  # id, when one is written for it
    shared: bool = False  # a neighbour's, and a place of ours has the same name, or it lies in both


class Places:
    """The places of a region and of its neighbours, as texts name them."""

    def __init__(self, region: Region, directions: Directions) -> None:
        named: tuple[Region | District, ...] = (region, *region.districts)
        self._directions = directions
        ours = {normalise(name) for one in named for name in (one.name, *one.names)}
        villages = {normalise(name) for one in region.districts for name in (*one.villages, *one.wards)}
        self._foreign = {normalise(name): Place(name) for name in region.elsewhere}
        for name in self._foreign.keys() & (ours | villages):
            del self._foreign[name]
        for neighbour in region.neighbours:
            for name in map(normalise, (neighbour.name, *neighbour.names, *neighbour.places)):
                self._foreign[name] = Place(neighbour.name, neighbour.referral, name in ours | villages)
        self._ours = ours - self._foreign.keys()
        self.villages = frozenset(tuple(name.split()) for name in villages - self._foreign.keys())
        self._longest = max(map(len, self.villages), default=0)
        self._first_of_villages = frozenset(name[0] for name in self.villages)

    def words(self) -> dict[str, str]:
        """By normalised name, the word that is read for a place."""
        words = {
            name: SHARED if place.shared else OTHERS + place.referral.replace("-", "")
            for name, place in self._foreign.items()
        }
        words |= {normalise(word): OTHERS for word in self._directions.elsewhere} | dict.fromkeys(self._ours, OURS)
        words |= {normalise(word): OURS for word in self._directions.here}
        return words | {normalise(word): _TO + OURS for word in self._directions.hither}

    def asked(self, tokens: Sequence[Token], tells: Callable[[str], bool]) -> Place | None:
        """The place whose office is asked, or whose citizen asks; None when it is only named by the way.

        Args:
            tokens: A text as it was read.
            tells: Whether a word says what is asked, more than an aspect of it.
        """
        if any(token.word in {OURS, _TO + OURS} for token in tokens):
            return None
        directions, shared = self._directions, None
        for i, token in enumerate(tokens):
            place = self._foreign.get(token.typed) if is_foreign(token.word) else None
            before = [one for one in tokens[:i] if one.word not in directions.kinds]
            if not place or (before and before[-1].word in (*directions.to, *directions.since)):
                continue
            if place.shared:
                shared = shared or place
            elif self._is_meant(
                place, before, token.clause, [one.word for one in tokens[i + 1 :] if not one.filler], tells
            ):
                return place
        return shared

    def _is_meant(
        self, place: Place, before: Sequence[Token], clause: int, after: Sequence[str], tells: Callable[[str], bool]
    ) -> bool:
        """Whether its office is asked ("dukcapil"), its citizen speaks ("saya warga"), or nothing is asked after it."""
        directions = self._directions
        if before and before[-1].word in directions.offices:
            return True
        said = [one.word for one in before if one.clause == clause and not (one.filler or stands_for_place(one.word))]
        told = [word for word in said if word not in directions.between]
        if set(told) & set(directions.kin):
            return False
        if (told and told[-1] in directions.citizens) or (place.referral and not told):
            return not any(tells(one) for one in told if one not in directions.citizens)
        return not any(tells(one) for one in after if not stands_for_place(one))

    def moves(self, tokens: Sequence[Token]) -> Iterator[str]:
        """Words for directions: "ke bandung" and "dari kota jakarta" tell moving out from moving in."""
        directions = self._directions
        if any(token.word == _TO + OURS for token in tokens):
            yield OURS
        for before, token in pairwise(token.word for token in tokens if token.word not in directions.kinds):
            if stands_for_place(token) and token != SHARED:
                place = OURS if token == OURS else OTHERS
                if before in directions.to:
                    yield _TO + place
                elif before in directions.since:
                    yield _SINCE + place

    def with_villages(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """The same words, those that name a village of ours read as a place of ours, whatever else they hold."""
        if self._first_of_villages.isdisjoint([token.typed for token in tokens]):
            return tuple(tokens)
        read: list[Token] = []
        at = 0
        while at < len(tokens):
            length = next((n for n in range(self._longest, 0, -1) if self._is_village(tokens[at : at + n], n)), 0)
            named = " ".join(token.typed for token in tokens[at : at + length])
            read.append(
                replace(tokens[at], typed=named, word=OURS, quality=1.0, filler=False) if length else tokens[at]
            )
            at += length or 1
            while length and at < len(tokens) and tokens[at].typed == tokens[at - 1].typed:
                at += 1  # "sukatani" was read as "suka tani"
        return tuple(read)

    def _is_village(self, tokens: Sequence[Token], words: int) -> bool:
        """Whether tokens are the words of a village; a single word only where it was not known for another."""
        if tuple(token.typed for token in tokens) not in self.villages:
            return False
        return words > 1 or (tokens[0].quality < 1 and len(tokens[0].typed) >= _SHORTEST)

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
