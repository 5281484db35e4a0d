"""Questions with known answers: from a file, and from the knowledge itself with each question's own words held out."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import yaml

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Decoys
from bot.knowledge.model import Subject

FOLDS = 5
NOT_YET = Path(__file__).parent.parent / "tests" / "conversations" / "belum-bisa.yaml"
S = TypeVar("S", bound=Subject)


@dataclass(frozen=True)
class Question:
    text: str
    kind: str  # in, ambiguous, oos, region, status, emergency, person, greet, thanks
    services: tuple[str, ...] = ()  # every acceptable subject
    aspects: tuple[str, ...] = ()
    source: str = ""


def read(path: Path) -> tuple[Question, ...]:
    """Questions of a file with one JSON object a line."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(
        Question(row["question"], row["kind"], tuple(row["services"]), tuple(row["aspects"]), row["source"])
        for row in rows
    )


def known(questions: tuple[Question, ...], knowledge: KnowledgeBase) -> tuple[Question, ...]:
    """Questions whose subjects the knowledge holds."""
    return tuple(q for q in questions if q.kind != "in" or any(s in knowledge.subjects for s in q.services))


def tests_of(knowledge: KnowledgeBase) -> tuple[Question, ...]:
    """The knowledge's own question tests; they are not used to find anything."""
    return tuple(
        Question(text, "in", (subject.id,), source="uji")
        for subject in knowledge.subjects.values()
        for text in subject.questions
    )


def not_yet(path: Path = NOT_YET) -> tuple[Question, ...]:
    """First questions of the conversations that cannot be held yet, where one subject is wanted.

    They were the knowledge's own tests once: to learn only from those that are met would be to learn to be too sure.
    """
    talks = yaml.safe_load(path.read_text(encoding="utf-8"))
    first = [talk["giliran"][0] for talk in talks]
    return tuple(Question(turn["warga"], "in", tuple(turn["layanan"]), source="belum bisa") for turn in first)


def bare_objects(knowledge: KnowledgeBase, fewest: int = 3) -> tuple[Question, ...]:
    """A thing named without what is wanted of it, where several services are about it: ask back."""
    names = [set(" ".join((s.name, *s.names)).lower().split()) for s in knowledge.services.values()]
    things = knowledge.language.events.objects
    return tuple(
        Question(thing, "ambiguous", source="benda")
        for thing in things
        if sum(thing in words for words in names) >= fewest
    )


def held_out(knowledge: KnowledgeBase) -> Iterator[tuple[KnowledgeBase, tuple[Question, ...]]]:
    """Folds: a knowledge that lacks a fifth of its examples and decoys, and those as questions."""
    for fold in range(FOLDS):
        asked = [
            Question(text, "in", (subject.id,), source="contoh")
            for subject in knowledge.subjects.values()
            for text in subject.examples[fold::FOLDS]
        ]
        decoys = knowledge.language.decoys.root
        asked += [Question(text, "oos", source="umpan") for texts in decoys.values() for text in texts[fold::FOLDS]]
        yield _without(knowledge, fold), tuple(asked)


def _without(knowledge: KnowledgeBase, fold: int) -> KnowledgeBase:
    decoys = {topic: _rest(texts, fold) for topic, texts in knowledge.language.decoys.root.items()}
    return replace(
        knowledge,
        services=_cut(knowledge.services, fold),
        referrals=_cut(knowledge.referrals, fold),
        agencies=_cut(knowledge.agencies, fold),
        language=knowledge.language.model_copy(update={"decoys": Decoys(decoys)}),
    )


def _cut(subjects: Mapping[str, S], fold: int) -> dict[str, S]:
    return {key: s.model_copy(update={"examples": _rest(s.examples, fold)}) for key, s in subjects.items()}


def _rest(texts: tuple[str, ...], fold: int) -> tuple[str, ...]:
    return tuple(text for i, text in enumerate(texts) if i % FOLDS != fold)
