"""What is offered when only a thing was named? "mau urus akta" may mean any service of that name.

Services that make the thing come first ("KTP baru", "akta kelahiran"), then those that do something to it ("KTP
hilang"), each in the order of the words of peristiwa.yaml; those for special people ("KTP WNA") come after them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Events
from bot.understanding.hearing.book import Read
from bot.understanding.ranking.ranking import BEYOND_DOUBT, Ranking
from bot.understanding.result import Verdict

_MOST_MAKING = 3  # of four offered, so that a lost one is offered too
_NEW = 1  # operations that make a thing: the first of the list, "baru"
Tells = Callable[[str], bool]


@dataclass(frozen=True)
class _Services:
    """Subjects named after one thing."""

    ranks: Mapping[str, int]  # the place of what a name does with the thing among all that can be done; -1 for nothing
    making: frozenset[str]  # those that make the thing

    def offered(self, ranked: Sequence[str]) -> tuple[str, ...]:
        """In order of ranks, what ranks alike in the order of a ranking."""
        if len(set(self.ranks.values())) == 1:
            return ()
        places = {subject: i for i, subject in enumerate(ranked)}
        ordered = sorted(self.ranks, key=lambda subject: (self.ranks[subject], places.get(subject, len(places))))
        making = [subject for subject in ordered if subject in self.making]
        others = [subject for subject in ordered if subject not in self.making]
        return (*making[:_MOST_MAKING], *others, *making[_MOST_MAKING:])


class Offers:
    """Orders what is offered for a bare thing."""

    def __init__(self, knowledge: KnowledgeBase, read: Read, tells: Tells) -> None:
        events = knowledge.language.events
        subjects = (*knowledge.services.values(), *knowledge.referrals.values())
        names = {subject.id: frozenset(read(subject.name)) for subject in subjects}
        found = {thing: _services(names, thing, events) for thing in events.objects}
        self._by_thing = {thing: services for thing, services in found.items() if len(services.ranks) > 1}
        self._general = frozenset(events.general)
        self._making = frozenset(events.making)
        self._tells = tells

    def arranged(self, ranking: Ranking, words: Collection[str]) -> Ranking:
        """The ranking of a question that may have named only a thing; any other ranking stays as it is.

        A word of making decides for the one service that makes the thing: "syarat bikin ktp".
        """
        services = self._by_thing.get(self._bare_thing(words))
        if services is None or ranking.not_ours or (len(words) > 1 and ranking.confidence >= BEYOND_DOUBT):
            return ranking
        if len(services.making) == 1 and not self._making.isdisjoint(words):
            return ranking.led_by(services.making, Verdict.SURE, tuple(services.making))
        return ranking.led_by(services.offered(ranking.subjects), Verdict.UNSURE)

    def names_a_thing(self, words: Collection[str]) -> bool:
        """Whether words name nothing but a thing that several subjects are about."""
        return bool(self._bare_thing(words))

    def _bare_thing(self, words: Collection[str]) -> str:
        telling = [word for word in words if word in self._general or self._tells(word)]
        return telling[0] if len(telling) == 1 and telling[0] in self._by_thing else ""


def _services(names: Mapping[str, frozenset[str]], thing: str, events: Events) -> _Services:
    ranks = {word: i for i, word in enumerate((*events.operations, *events.life))}
    changing = frozenset(events.operations[_NEW:])
    plain = {key: words for key, words in names.items() if thing in words and words.isdisjoint(events.people)}
    return _Services(
        {key: min((ranks[word] for word in words if word in ranks), default=-1) for key, words in plain.items()},
        frozenset(key for key, words in plain.items() if words.isdisjoint(changing)),
    )
