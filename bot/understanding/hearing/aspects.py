"""What is asked of a subject? Aspects, a variant, a day, a number of an offer."""

from collections.abc import Callable, Iterator, Sequence

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import AspectWords
from bot.knowledge.model import Service
from bot.knowledge.vocabulary import Aspect
from bot.understanding.hearing.book import CueBook, CueHit, Read
from bot.understanding.result import Topic

Weight = Callable[[str], float]
_TELLING = 0.7  # weight from which words name a case: those of every day ("di", "lama", "baru") stay below
_MOST = 2 / 3  # of a service's names: what stands in more of them names the service and no case of it
_PICK_WORDS = 4  # a pick by number is short
_CLEAR, _WEAK = "!", "~"  # before an aspect
_NOTHING = "-"  # label of what only looks like a cue


class AspectFinder:
    """Finds aspects by the cues of aspek.yaml."""

    def __init__(self, words: AspectWords, read: Read) -> None:
        clear = {aspect.value: cues.clear for aspect, cues in words.cues.items()}
        weak = {aspect.value: cues.weak for aspect, cues in words.cues.items()}
        self._clear = CueBook({**clear, _NOTHING: words.not_asked}, read)
        self._weak = CueBook({**weak, _NOTHING: words.not_asked}, read)

    def find(self, words: Sequence[str]) -> tuple[tuple[Aspect, ...], frozenset[int]]:
        """Aspects asked by official words; those of weak cues only when no clear one was said.

        Returns:
            The aspects in the order they were said; the positions of the words that asked for them.
        """
        found = self._said(self._clear, words) or self._said(self._weak, words)
        places = frozenset(i for cue in found for i in cue.places)
        return tuple(dict.fromkeys(Aspect(cue.label) for cue in found)), places

    def cues(self, words: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Every cue, clear and weak ones named apart, and the place of its first word."""
        yield from ((_CLEAR + cue.label, cue.start) for cue in self._said(self._clear, words))
        yield from ((_WEAK + cue.label, cue.start) for cue in self._said(self._weak, words))

    @staticmethod
    def _said(book: CueBook, words: Sequence[str]) -> list[CueHit]:
        return [cue for cue in book.find(words) if cue.label != _NOTHING]


class Details:
    """Finds details by the knowledge's own words."""

    def __init__(self, knowledge: KnowledgeBase, read: Read, weight: Weight) -> None:
        language = knowledge.language
        self._weight = weight
        self._names = {
            subject.id: frozenset(word for name in (subject.name, *subject.names) for word in read(name))
            for subject in knowledge.subjects.values()
        }
        self._read = read
        self._variants = {one.id: self._called(one) for one in knowledge.services.values()}
        self._days = CueBook({day: (day, *ways) for day, ways in language.days.ways.items()}, read)
        self._dates = CueBook({"": language.days.dates}, read)
        self._picks = CueBook({str(i): words for i, words in enumerate(language.small_talk.picks)}, read)

    def day(self, words: Sequence[str]) -> tuple[str, frozenset[int]]:
        """The day named, or a date as it was said ("25 desember"), and the places of its words; empty when none."""
        for found in self._dates.find(words):
            if found.end < len(words) and words[found.end].isdigit():
                return " ".join(words[found.end : found.end + 2]), frozenset(range(found.start, found.end + 2))
        for found in self._days.find(words):
            return found.label, frozenset(found.places)
        return "", frozenset()

    def pick(self, words: Sequence[str]) -> int | None:
        """Which of the offered was named by its number, from 0."""
        found = self._picks.find(words) if len(words) <= _PICK_WORDS else ()
        return int(found[0].label) if len(found) == 1 else None

    def variant(self, subject: str, words: frozenset[str], about: Topic | None = None) -> str:
        """Title of the variant of whose own names one was said; empty when none or several.

        Who goes on about a case without naming the subject anew stays with it.
        """
        variants = self._variants.get(subject, ())
        fitting = [title for title, names in variants if any(name <= words for name in names)]
        if not fitting and about and about.subjects == (subject,) and not words & self._names[subject]:
            fitting = [title for title, _ in variants if title == about.case]
        return fitting[0] if len(fitting) == 1 else ""

    def is_a_case(self, subject: str, words: frozenset[str]) -> bool:
        """Whether words are the name of a variant and nothing else."""
        return any(words in names for _, names in self._variants.get(subject, ()))

    def _called(self, service: Service) -> tuple[tuple[str, frozenset[frozenset[str]]], ...]:
        """Titles with the names, each a set of words, that only this variant is called by."""
        variants = service.variants
        called = {
            one.title: frozenset(self._beside(name, service) for name in (one.title, *one.names)) for one in variants
        }
        spoken = {title: frozenset[str]().union(*names) for title, names in called.items()}
        of_service = [frozenset(self._read(name)) for name in (service.name, *service.names)]

        def own(name: frozenset[str], title: str) -> bool:
            if not name or sum(name <= words for words in of_service) > _MOST * len(of_service):
                return False
            return not any(name <= words for other, words in spoken.items() if other != title)

        return tuple((title, frozenset(name for name in names if own(name, title))) for title, names in called.items())

    def _beside(self, name: str, service: Service) -> frozenset[str]:
        """The words of a name beside what the service is called; all of them where those are everyday words."""
        words = frozenset(self._read(name))
        beside = words - self._names[service.id]
        return beside if sum(map(self._weight, beside)) >= _TELLING else words
