"""What do people ask that is not answered well, by how many, and which words would answer it?"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from bot.authoring.changing.acts import PhraseKey
from bot.authoring.suggestions.groups import ALIKE, AskedText, grouped, texts_of
from bot.authoring.suggestions.topics import TELLING, MissedTopic, Topics, likeness, unmasked
from bot.live import Snapshot
from bot.storage.log.missed import Mark, MarkState, Missed
from bot.storage.tables import from_ms, to_ms
from bot.understanding.reading.text import normalise
from bot.understanding.result import Cue, Understanding, Verdict

MOST_JUDGED = 300
"""Groups that are looked at closely, those of the most people first; a group costs a millisecond."""

_READ_WELL = 1000  # different texts, those of the most people; all others are read at a glance
_MOST_TEXTS = 10_000  # what remains was asked by one person each, and longest ago
_EXAMPLES = 3
_NEAR = 0.02  # a clerk judges it, so a faint likeness is worth showing
_MOST_WORDS = 6  # that name a group
_NAME_WORDS = 4  # up to here a phrase is a name, beyond a whole question
_PHRASE_WORDS = 20  # of a phrase that a clerk would still read
_RIGHTLY_DECLINED = frozenset({Cue.OWN_FILE, Cue.ELSEWHERE, Cue.PERSON, Cue.EMERGENCY})


@dataclass(frozen=True)
class Addition:
    """A phrase to add to a subject's file."""

    key: PhraseKey
    phrase: str


@dataclass(frozen=True)
class Suggestion:
    """Questions that mean the same and were not answered well.

    ``turn`` is one of a question among them and finds the group again. ``subject`` is the nearest one, empty for an
    unknown topic. ``addition`` is None for an unknown topic, and when the subject is found already and it is its
    answer that people do not like.
    """

    turn: str
    people: int
    times: int
    voted_down: int
    last: datetime
    words: tuple[str, ...]  # what the questions have in common, sorted
    examples: tuple[str, ...]  # masked, those of the most people first
    subject: str
    addition: Addition | None

    def marked(self, state: MarkState, at: datetime, who: str) -> Mark:
        """That somebody has dealt with it."""
        return Mark(self.words, state, at, who)


@dataclass(frozen=True)
class _Group:
    texts: tuple[AskedText, ...]  # those of the most people first
    words: tuple[str, ...]

    @property
    def rows(self) -> list[Missed]:
        return [row for text in self.texts for row in text.rows]

    @property
    def people(self) -> int:
        return len(frozenset[str]().union(*(text.people for text in self.texts)))


class Board:
    """All groups, those of the most people first; each is looked at closely only when it is asked for."""

    def __init__(self, rows: Sequence[Missed], marks: Sequence[Mark], snapshot: Snapshot) -> None:
        """Group what was missed.

        Args:
            rows: Oldest first.
            marks: Groups that were dealt with: ignored ones are left out, of handled ones what came before.
            snapshot: What answers now.
        """
        self._snapshot = snapshot
        topics = Topics(snapshot)
        texts = texts_of(rows)[:_MOST_TEXTS]
        about = [_read(text, topics, at) for at, text in enumerate(texts)]
        groups = (
            _Group(tuple(texts[i] for i in numbers), _common([(texts[i], about[i]) for i in numbers]))
            for numbers in grouped(about)
        )
        self._groups = sorted(
            _unmarked(groups, marks, topics), key=lambda group: (-group.people, -len(group.rows), group.words)
        )

    def suggestions(self, may_see: Callable[[str], bool] = lambda _: True) -> Iterator[Suggestion]:
        """Suggestions, those that concern the most people first, from the first ``MOST_JUDGED`` groups.

        Args:
            may_see: Whether a subject's groups are wanted; asked with an empty id for unknown topics.
        """
        for group in islice(self._groups, MOST_JUDGED):
            suggestion = self._judged(group)
            if suggestion and may_see(suggestion.subject):
                yield suggestion

    def of(self, turn: str) -> Suggestion | None:
        """The group that a question is in; None when it was dealt with or is answered now."""
        group = next((one for one in self._groups if any(row.turn == turn for row in one.rows)), None)
        return self._judged(group) if group else None

    def _judged(self, group: _Group) -> Suggestion | None:
        understand = self._snapshot.matcher.understand
        heard = [understand(unmasked(text.question)) for text in group.texts[:_EXAMPLES]]
        rows = group.rows
        voted_down = [row for row in rows if row.voted_down]
        found = heard[0].meant[0] if heard[0].verdict is Verdict.SURE and heard[0].meant else ""
        if heard[0].cues & _RIGHTLY_DECLINED or (found and not voted_down):
            return None
        wrong = {subject for row in voted_down for subject in json.loads(row.wrong)}
        is_found = bool(found) and found not in wrong
        subject = found if is_found else self._nearest(heard, wrong)
        return Suggestion(
            turn=group.texts[0].rows[-1].turn,
            people=group.people,
            times=len(rows),
            voted_down=len(voted_down),
            last=from_ms(max(row.at_ms for row in rows)),
            words=group.words,
            examples=tuple(text.question for text in group.texts[:_EXAMPLES]),
            subject=subject,
            addition=None if is_found or not subject else self._addition(group, subject),
        )

    def _nearest(self, heard: Iterable[Understanding], wrong: set[str]) -> str:
        """The subject that the examples are most about; empty when that is nothing of ours."""
        said = [one for one in heard if Cue.NOT_OURS not in one.cues]
        likely = [c for one in said for c in one.candidates if c.score > _NEAR and c.subject not in wrong]
        known = {c.subject for c in likely if c.subject in self._snapshot.knowledge.subjects}
        return max(sorted(known), key=lambda one: sum(c.score for c in likely if c.subject == one), default="")

    def _addition(self, group: _Group, subject: str) -> Addition | None:
        phrases = [" ".join(unmasked(text.question).split()).strip(" .,!?") for text in group.texts[:_EXAMPLES]]
        phrase = next((phrase for phrase in phrases if len(phrase.split()) <= _PHRASE_WORDS), "")
        known = self._snapshot.knowledge.subjects[subject]
        if normalise(phrase) in {"", *map(normalise, (*known.names, *known.examples))}:
            return None
        return Addition("sebutan" if len(phrase.split()) <= _NAME_WORDS else "contoh", phrase)


def _read(text: AskedText, topics: Topics, at: int) -> MissedTopic:
    last = text.rows[-1]
    if at < _READ_WELL:
        return topics.read(last.question, last.scores, last.wrong)
    return topics.glance(text.plain, last.scores, last.wrong)


def _common(said: Sequence[tuple[AskedText, MissedTopic]]) -> tuple[str, ...]:
    """The words that most of the people of a group used; those of its head when there are none."""
    head = said[0][1].words
    votes = Counter[str]()
    for text, topic in said:
        votes.update(dict.fromkeys((word for word, weight in topic.words.items() if weight >= TELLING), len(text.rows)))
    most = sum(len(text.rows) for text, _ in said)
    common = [word for word, count in votes.items() if 2 * count > most] or [w for w in head if head[w] >= TELLING]
    return tuple(sorted(sorted(common, key=lambda word: (-votes[word], word))[:_MOST_WORDS]))


def _unmarked(groups: Iterable[_Group], marks: Sequence[Mark], topics: Topics) -> Iterator[_Group]:
    """Groups without what somebody has dealt with."""
    known = [(mark, topics.of_words(mark.words).vector) for mark in marks]
    by_word: dict[str, list[int]] = {}
    for number, (mark, _) in enumerate(known):
        for word in mark.words:
            by_word.setdefault(word, []).append(number)
    for group in groups:
        numbers = {number for word in group.words for number in by_word.get(word, ())}
        own = topics.of_words(group.words).vector if numbers else {}
        left: _Group | None = group
        for number in sorted(numbers):
            mark, vector = known[number]
            if left and likeness(own, vector) >= ALIKE:
                left = _after(left, mark)
        if left:
            yield left


def _after(group: _Group, mark: Mark) -> _Group | None:
    """What a group asked since it was dealt with."""
    if mark.state is MarkState.IGNORED:
        return None
    since_ms = to_ms(mark.at)
    texts = [AskedText(text.plain, tuple(row for row in text.rows if row.at_ms > since_ms)) for text in group.texts]
    left = tuple(text for text in texts if text.rows)
    return replace(group, texts=left) if left else None
