"""What do people ask that is not answered well, by how many, and which words would answer it?"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Literal

from bot.authoring.changing.small_changes import PhraseKey
from bot.authoring.suggestions.groups import ALIKE, AskedText, grouped, texts_of
from bot.authoring.suggestions.topics import TELLING, MissedTopic, Topics, likeness, unmasked
from bot.knowledge.vocabulary import Aspect
from bot.live import Snapshot
from bot.privacy import mask
from bot.storage.log.missed import Mark, MarkState, Missed
from bot.understanding.reading.text import normalise
from bot.understanding.result import Cue, Understanding, Verdict

MOST_JUDGED = 300
"""Groups that are looked at closely, those of the most people first; a group costs a millisecond."""

_MOST_TEXTS = 10_000  # what remains was asked by one person each, and longest ago
_EXAMPLES = 3
_NEAR = 0.2
"""Score from which a subject is offered.

Of 223 questions that were not answered 92 have a subject from 0.02 on, which is right for 28; from 0.2 on 61, right for
27. "bikin kartu lansia" leans to the job seekers' card with 0.02.
"""
_OTHERS = 6  # subjects among which somebody may choose another one
_MOST_WORDS = 6  # that name a group
_NAME_WORDS = 4  # up to here a phrase is a name, beyond a whole question
_PHRASE_WORDS = 20  # of a phrase that a clerk would still read
_MESSAGE_WORDS = 100  # of a message that is learned from
_RIGHTLY_DECLINED = frozenset({Cue.ELSEWHERE, Cue.PERSON, Cue.EMERGENCY})


@dataclass(frozen=True)
class Addition:
    """A phrase to add to a subject's file, or a message to learn from."""

    key: PhraseKey | Literal["pesan"]
    phrase: str


@dataclass(frozen=True)
class Suggestion:
    """Questions that mean the same and were not answered well.

    ``turns`` are those of its examples; each finds the group again. ``subject`` is the nearest one, empty for an
    unknown topic. ``addition`` is None for an unknown topic, for words that nobody should add (personal data, a
    complaint), and when the subject is found already and it is its answer that people do not like.
    """

    turns: tuple[str, ...]
    people: int
    times: int
    voted_down: int
    last: datetime
    words: tuple[str, ...]  # what the questions have in common, sorted
    examples: tuple[str, ...]  # masked, those of the most people first
    subject: str
    addition: Addition | None

    def as_json(self) -> dict[str, object]:
        """Under its names; ``add`` is None where no line would help."""
        plain = {name: getattr(self, name) for name in ("people", "times", "voted_down", "words", "examples")}
        add = {self.addition.key: self.addition.phrase} if self.addition else None
        last = self.last.isoformat(timespec="seconds")
        return {**plain, "last": last, "service": self.subject or None, "add": add}


@dataclass(frozen=True)
class _Group:
    texts: tuple[AskedText, ...]  # those of the most people first
    words: tuple[str, ...]
    is_new: bool = False  # somebody said that no service of ours is near

    @property
    def rows(self) -> list[Missed]:
        return [row for text in self.texts for row in text.rows]

    @property
    def people(self) -> int:
        return len(frozenset[str]().union(*(text.people for text in self.texts)))


class Board:
    """All groups, those of the most people first; each is looked at closely only when it is asked for."""

    def __init__(self, rows: Sequence[Missed], marks: Sequence[Mark], snapshot: Snapshot, at: datetime) -> None:
        """Group what was missed, oldest first, and had been read at a moment; a thousand texts take about a second.

        Of marked groups ignored ones are left out, and of handled ones what came before.
        """
        self.at = at
        self._topics = topics = Topics(snapshot)
        texts = texts_of(rows)[:_MOST_TEXTS]
        lasts = [text.rows[-1] for text in texts]
        about = [topics.read(last.question, last.scores, last.wrong) for last in lasts]
        together = ([(texts[number], about[number]) for number in numbers] for numbers in grouped(about))
        groups = (_Group(tuple(text for text, _ in said), _common(said)) for said in together)
        self._groups = sorted(
            _unmarked(groups, marks, topics), key=lambda group: (-group.people, -len(group.rows), group.words)
        )

    def suggestions(self, snapshot: Snapshot, may_see: Callable[[str], bool] = lambda _: True) -> Iterator[Suggestion]:
        """Suggestions from the first ``MOST_JUDGED`` groups; what is answered well by now is none any more.

        ``may_see`` tells whether a subject's are wanted; it is asked with an empty id for unknown topics.
        """
        for group in islice(self._groups, MOST_JUDGED):
            suggestion = _judged(group, snapshot)
            if suggestion and may_see(suggestion.subject):
                yield suggestion

    def of(self, turn: str, snapshot: Snapshot) -> Suggestion | None:
        """The group that a question is in; None when it was dealt with or is answered now."""
        group = next((one for one in self._groups if any(row.turn == turn for row in one.rows)), None)
        return _judged(group, snapshot) if group else None

    def mark(self, mark: Mark) -> None:
        """Let go of what somebody has dealt with just now."""
        self._groups = [*_unmarked(self._groups, [mark], self._topics)]


def near(suggestion: Suggestion, snapshot: Snapshot, may_see: Callable[[str], bool]) -> tuple[str, ...]:
    """Other subjects that a group may be about, the likeliest first."""
    scores = defaultdict[str, float](float)
    for example in suggestion.examples:
        for candidate in snapshot.matcher.understand(unmasked(example)).candidates:
            scores[candidate.subject] += candidate.score
    others = scores.keys() & snapshot.knowledge.subjects.keys() - {suggestion.subject}
    likely = sorted(filter(may_see, others), key=lambda one: (-scores[one], one))
    return tuple(likely[:_OTHERS])


def _judged(group: _Group, snapshot: Snapshot) -> Suggestion | None:
    shown = group.texts[:_EXAMPLES]
    heard = [snapshot.matcher.understand(unmasked(text.question)) for text in shown]
    rows = group.rows
    voted_down = [row for row in rows if row.voted_down]
    found = heard[0].meant[0] if heard[0].verdict is Verdict.SURE and heard[0].meant else ""
    if heard[0].cues & _RIGHTLY_DECLINED or heard[0].acts or (found and not voted_down):
        return None
    votes = Counter(subject for row in voted_down for subject in json.loads(row.wrong))
    wrong = {subject for subject, times in votes.items() if 2 * times > len(voted_down)}
    is_found = bool(found) and found not in wrong
    subject = found if is_found else "" if group.is_new else _nearest(heard, wrong, snapshot)
    examples = tuple(text.question for text in shown)
    return Suggestion(
        turns=tuple(text.rows[-1].turn for text in shown),
        people=group.people,
        times=len(rows),
        voted_down=len(voted_down),
        last=max(row.at for row in rows),
        words=group.words,
        examples=examples,
        subject=subject,
        addition=None if is_found else addition(examples, subject, snapshot),
    )


def _nearest(heard: Iterable[Understanding], wrong: set[str], snapshot: Snapshot) -> str:
    """The subject that the examples are most about; empty when that is nothing of ours."""
    said = [one for one in heard if Cue.NOT_OURS not in one.cues]
    likely = [c for one in said for c in one.candidates if c.score >= _NEAR and c.subject not in wrong]
    known = {c.subject for c in likely if c.subject in snapshot.knowledge.subjects}
    return max(sorted(known), key=lambda one: sum(c.score for c in likely if c.subject == one), default="")


def addition(examples: Iterable[str], subject: str, snapshot: Snapshot) -> Addition | None:
    """What to add to a subject: the first example that is no complaint and bears no trace of personal data.

    A clerk still reads a phrase of 20 words; what is longer is a message to learn from.
    """
    phrases = (" ".join(one.split()).strip(" .,!?") for one in examples if _may_stand_in_a_file(one, snapshot))
    phrase, known = next(phrases, ""), snapshot.knowledge.subjects.get(subject)
    if known is None or normalise(phrase) in {"", *map(normalise, (*known.names, *known.examples))}:
        return None
    length = len(phrase.split())
    if length > _PHRASE_WORDS:
        return Addition("pesan", phrase)
    return Addition("sebutan" if length <= _NAME_WORDS else "contoh", phrase)


def _may_stand_in_a_file(question: str, snapshot: Snapshot) -> bool:
    if mask(question).found or len(question.split()) > _MESSAGE_WORDS:
        return False
    return Aspect.COMPLAINTS not in snapshot.matcher.understand(question).aspects


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
    for group in groups:
        own = topics.of_words(group.words).vector if known else {}
        left = group
        for mark, vector in known:
            if likeness(own, vector) >= ALIKE:
                left = _after(left, mark)
        if left.texts:
            yield left


def _after(group: _Group, mark: Mark) -> _Group:
    """What a group asked since it was dealt with; without texts when it is to stay away."""
    if mark.state is MarkState.NEW:
        return replace(group, is_new=True)
    is_over = mark.state is MarkState.IGNORED
    rows = {text.plain: () if is_over else tuple(row for row in text.rows if row.at > mark.at) for text in group.texts}
    return replace(group, texts=tuple(AskedText(plain, left) for plain, left in rows.items() if left))
