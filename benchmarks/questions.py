"""Questions with known answers: from a file, and from the knowledge itself with each question's own words held out."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import yaml

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Act, Decoys, Messages
from bot.knowledge.model import Subject

FOLDS = 5
NOT_YET = Path(__file__).parent.parent / "tests" / "conversations" / "belum-bisa.yaml"
S = TypeVar("S", bound=Subject)
T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    text: str
    kind: str  # in, ambiguous, oos, region, status, complaint, emergency, person, greet, thanks
    services: tuple[str, ...] = ()  # every acceptable subject
    aspects: tuple[str, ...] = ()
    source: str = ""
    acts: tuple[Act, ...] = ()  # what it may be answered as, beside its subjects


def read(path: Path) -> tuple[Question, ...]:
    """Questions of a file with one JSON object a line."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(map(_question, rows))


def _question(row: Mapping[str, Any]) -> Question:
    """A tidy question (``question``, ``kind``, ``source``), or a message as people write it (``q``)."""
    services, aspects = tuple(row["services"]), tuple(row["aspects"])
    if "q" not in row:
        acts = (Act.OWN_FILE,) if row["kind"] == "status" else ()
        return Question(row["question"], row["kind"], services, aspects, row.get("source", row.get("fault", "")), acts)
    return message(row["q"], services, aspects)


def message(text: str, about: tuple[str, ...], aspects: tuple[str, ...]) -> Question:
    """A message as people write it, by what it is about."""
    kind = next((kind for label, kind in _KINDS.items() if label in about), "in")
    subjects = tuple(label for label in about if label not in _KINDS)
    acts = tuple(dict.fromkeys(_ACTS[label] for label in about if label in _ACTS))
    return Question(text, "in" if subjects and kind != "oos" else kind, subjects, aspects, "messages", acts)


_KINDS = {"oos": "oos", Act.NOT_OURS: "oos", "person-file": "status", Act.OWN_FILE: "status", Act.DANGER: "emergency"}
_KINDS |= {"complaint": "complaint", Act.COMPLAINT: "complaint"}
_ACTS = {"person-file": Act.OWN_FILE, "complaint": Act.COMPLAINT} | {act.value: act for act in Act}


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
    """Folds: a knowledge that lacks a fifth of its examples, decoys and messages, and those as questions."""
    for fold in range(FOLDS):
        asked = [
            Question(text, "in", (subject.id,), source="contoh")
            for subject in knowledge.subjects.values()
            for text in subject.examples[fold::FOLDS]
        ]
        decoys = knowledge.language.decoys.root
        asked += [Question(text, "oos", source="umpan") for texts in decoys.values() for text in texts[fold::FOLDS]]
        messages = knowledge.language.messages.root[fold::FOLDS]
        asked += [message(one.text, one.about, tuple(one.aspects)) for one in messages]
        yield _without(knowledge, fold), tuple(asked)


def _without(knowledge: KnowledgeBase, fold: int) -> KnowledgeBase:
    decoys = {topic: _rest(texts, fold) for topic, texts in knowledge.language.decoys.root.items()}
    return replace(
        knowledge,
        services=_cut(knowledge.services, fold),
        referrals=_cut(knowledge.referrals, fold),
        agencies=_cut(knowledge.agencies, fold),
        language=knowledge.language.model_copy(
            update={"decoys": Decoys(decoys), "messages": Messages(_rest(knowledge.language.messages.root, fold))}
        ),
    )


def _cut(subjects: Mapping[str, S], fold: int) -> dict[str, S]:
    return {key: s.model_copy(update={"examples": _rest(s.examples, fold)}) for key, s in subjects.items()}


def _rest(texts: tuple[T, ...], fold: int) -> tuple[T, ...]:
    return tuple(text for i, text in enumerate(texts) if i % FOLDS != fold)
