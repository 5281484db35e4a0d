"""What does a short question mean after what was spoken of? Follow-ups, picks and corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Events
from bot.understanding.cues import Read
from bot.understanding.ranking import Ranker, Ranking, Words
from bot.understanding.result import Cue, Topic, Verdict

_TELLING = 1.2  # weight from which a word says something of its own; "syarat" weighs 0, "hilang" 2
_CLEAR = 1.5  # log odds by which one of a few must lead to be taken
_SHORT = 6  # words; what is longer stands for itself


@dataclass(frozen=True)
class Said:
    """What was said, as the context needs it."""

    words: Words
    cues: frozenset[Cue]
    empty: frozenset[str]  # words that only ask for an aspect or lean on what was said


class Context:
    """Reads a text in the light of a topic."""

    def __init__(self, knowledge: KnowledgeBase, ranker: Ranker, read: Read) -> None:
        events = knowledge.language.events
        self._ranker = ranker
        self._groups = tuple(
            frozenset(group) for group in (events.objects, events.operations, events.life, events.people)
        )
        self._objects = _named(events)
        self._names: Mapping[str, Sequence[str]] = {
            subject.id: tuple(dict.fromkeys(word for name in (subject.name, *subject.names[:2]) for word in read(name)))
            for subject in knowledge.subjects.values()
        }

    def lean(self, said: Said, alone: Ranking, about: Topic) -> Ranking:
        """The ranking of a text when the topic is taken into account; ``alone`` when it stands for itself."""
        own = {word: quality for word, quality in said.words.items() if self._is_own(word, said)}
        if Cue.CORRECTION in said.cues:
            return self._corrected(own, alone, about)
        if about.offered:
            return self._picked(own, alone, about)
        if not own:
            return _sure(about.subjects)
        if alone.verdict is Verdict.SURE and (self._objects & own.keys() or len(own) > _SHORT):
            return self._kept(said, own, alone, about)
        if len(about.subjects) > 1 and (one := self._one_of(own, about.subjects)):
            return _sure((one,))
        return self._swapped(own, alone, about)

    def _is_own(self, word: str, said: Said) -> bool:
        return word not in said.empty and self._ranker.weight(word) >= _TELLING

    def _kept(self, said: Said, own: Words, alone: Ranking, about: Topic) -> Ranking:
        """A question about a detail of the topic, unless it names another subject."""
        if Cue.FOLLOW_UP in said.cues or len(own) > 1:
            return alone
        subject = about.subjects[0]
        stays = all(self._ranker.uses(subject, word) for word in own) and not self._objects & own.keys()
        return _sure((subject,)) if stays else alone

    def _corrected(self, own: Words, alone: Ranking, about: Topic) -> Ranking:
        rejected = () if about.offered else about.subjects
        if alone.verdict is Verdict.SURE and alone.first not in rejected:
            return alone
        if not own:
            return replace(alone, verdict=Verdict.UNKNOWN, meant=())
        ranking = self._swapped(own, alone, about)
        kept = [i for i, subject in enumerate(ranking.subjects) if subject not in rejected]
        if not kept:
            return alone
        subjects = tuple(ranking.subjects[i] for i in kept)
        shares = tuple(ranking.shares[i] for i in kept)
        return replace(ranking, subjects=subjects, shares=shares, meant=subjects[:1] if ranking.meant else ())

    def _picked(self, own: Words, alone: Ranking, about: Topic) -> Ranking:
        if not own:
            return Ranking(about.subjects, tuple(1 / len(about.subjects) for _ in about.subjects), 0.0, Verdict.UNSURE)
        one = self._one_of(own, about.subjects)
        if alone.verdict is Verdict.SURE and alone.first != one and (alone.first not in about.subjects):
            return alone
        return _sure((one,)) if one else alone

    def _one_of(self, own: Words, subjects: Sequence[str]) -> str:
        """The one of a few subjects that words clearly point at; empty when none."""
        ranked = self._ranker.among(own, subjects)
        if not ranked or not any(self._ranker.uses(ranked[0][0], word) for word in own):
            return ""
        clear = len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _CLEAR
        return ranked[0][0] if clear else ""

    def _swapped(self, own: Words, alone: Ranking, about: Topic) -> Ranking:
        """The topic's own words, those of a kind with what was said now left out, and what was said now."""
        replaced = {word for group in self._groups if group & own.keys() for word in group}
        before = [word for subject in about.subjects[:1] for word in self._names[subject] if word not in replaced]
        leaning = self._ranker.rank({**dict.fromkeys(before, 1.0), **own})
        if leaning.first in about.subjects:
            return replace(leaning, verdict=Verdict.SURE, meant=(leaning.first,))
        return leaning if leaning.confidence >= alone.confidence else alone


def _named(events: Events) -> frozenset[str]:
    return frozenset((*events.objects, *events.life))


def _sure(subjects: tuple[str, ...]) -> Ranking:
    return Ranking(subjects, tuple(1.0 for _ in subjects), 1.0, Verdict.SURE, meant=subjects)
