"""Which texts tell subjects apart? Those of the knowledge, and messages as people write them."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import NO_DANGER, Act
from bot.knowledge.vocabulary import Aspect
from bot.understanding.reading.text import normalise

DECOY = "-"  # the subject of all topics that are not ours
Words = tuple[str, ...]
_OF_PEOPLE = 3.0  # what a message as people write it weighs beside a phrase of our own


def told(knowledge: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Subjects and the texts that tell them apart, and those of topics that are not ours."""
    for subject in knowledge.subjects.values():
        for text in dict.fromkeys((subject.name, subject.summary, *subject.names, *subject.examples)):
            yield subject.id, text
    for texts in knowledge.language.decoys.root.values():
        for text in texts:
            yield DECOY, text


@dataclass(frozen=True)
class Labelled:
    """A text and what it is about."""

    words: tuple[str, ...]  # as typed
    labels: tuple[str, ...]  # subjects or acts, any of which would do
    weight: float = 1.0
    marks: tuple[str, ...] = ()  # pieces besides those of its words


def texts_of(knowledge: KnowledgeBase) -> tuple[Labelled, ...]:
    """All that a knowledge gives to learn from."""
    phrases = tuple(Labelled(_words(text), (subject,)) for subject, text in told(knowledge))
    known = {*knowledge.subjects, *Act}
    messages = (
        Labelled(_words(one.text), tuple(DECOY if label == Act.NOT_OURS else label for label in labels), _OF_PEOPLE)
        for one in knowledge.language.messages.root
        if (labels := [label for label in one.about if label in known])
    )
    return (*phrases, *messages)


def fingerprint(knowledge: KnowledgeBase) -> str:
    """Stands for all that a knowledge gives to learn from: another text gives another one."""
    return hashlib.sha256(repr(texts_of(knowledge)).encode()).hexdigest()[:12]


def dangers_of(knowledge: KnowledgeBase, alarm: Callable[[str], tuple[tuple[str, ...], str]]) -> Iterator[Labelled]:
    """All that a knowledge gives to learn danger from: messages of people in it, and what is asked by others.

    Args:
        knowledge: With both.
        alarm: What a text is marked with, and the danger that a cue tells of; a phrase of one, such as "dipukuli
            suami", teaches neither.
    """
    for one in texts_of(knowledge):
        marks, danger = alarm(" ".join(one.words))
        if not danger:
            yield Labelled(one.words, (), marks=marks)
    for kind, texts in knowledge.language.danger_messages.root.items():
        for text in texts:
            yield Labelled(_words(text), () if kind == NO_DANGER else (Act.DANGER, kind), marks=alarm(text)[0])


def asked_of(
    knowledge: KnowledgeBase, asked: Callable[[str], tuple[Words, Words, Iterable[Aspect]]]
) -> Iterator[Labelled]:
    """All that a knowledge gives to learn from what is asked of a subject.

    Args:
        knowledge: With messages, whose aspects are known; of its phrases the cues tell them.
        asked: Words, marks and aspects by their cues of a text.
    """
    for _, text in told(knowledge):
        words, marks, aspects = asked(text)
        yield Labelled(words, tuple(aspects), marks=marks)
    for one in knowledge.language.messages.root:
        words, marks, _ = asked(one.text)
        yield Labelled(words, one.aspects, _OF_PEOPLE, marks)


def _words(text: str) -> tuple[str, ...]:
    return tuple(normalise(text).split())
