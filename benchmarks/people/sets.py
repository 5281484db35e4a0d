"""What do people write? Messages of a file, or those of the knowledge, which then does not learn from them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from benchmarks import questions
from benchmarks.calibrate import taught
from benchmarks.danger import learned
from benchmarks.people.judging import DangerQuestion, StoredQuestion, folded
from benchmarks.questions import FOLDS, Question
from benchmarks.stored import without_names
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import NO_DANGER, Act, DangerMessages, Learned, Messages

T = TypeVar("T")
_JUDGED = frozenset({"in", "oos", "status", "complaint", "emergency"})
_ACTS = {"oos": Act.NOT_OURS, "status": Act.OWN_FILE, "complaint": Act.COMPLAINT, "emergency": Act.DANGER}


@dataclass(frozen=True)
class Asked(Generic[T]):
    """What is asked, and of which knowledge."""

    knowledge: KnowledgeBase
    questions: tuple[T, ...]


def messages(knowledge: KnowledgeBase, file: Path | None) -> Iterator[Asked[Question]]:
    """Messages of a file; or those of pesan.yaml, each asked of a knowledge that was taught without it."""
    if file is not None:
        yield Asked(knowledge, written(knowledge, file))
        return
    every = knowledge.language.messages.root
    for fold in range(FOLDS if every else 0):
        less = _speaking(knowledge, messages=Messages(tuple(_rest(every, fold))))
        yield Asked(taught(less), _messages(knowledge, fold))


def written(knowledge: KnowledgeBase, file: Path | None) -> tuple[Question, ...]:
    """Messages of a file, or all of pesan.yaml."""
    if file is not None:
        return judged(questions.known(questions.read(file), knowledge))
    return tuple(one for fold in range(FOLDS) for one in _messages(knowledge, fold))


def _messages(knowledge: KnowledgeBase, fold: int) -> tuple[Question, ...]:
    own = knowledge.language.messages.root[fold::FOLDS]
    asked = tuple(questions.message(one.text, one.about, tuple(one.aspects)) for one in own)
    return judged(questions.known(asked, knowledge))


def judged(asked: Iterable[Question]) -> tuple[Question, ...]:
    """Questions that want a subject or are known for what else they do, with the acts that their kind tells of."""
    told = ((one, _ACTS.get(one.kind)) for one in asked if one.kind in _JUDGED)
    return tuple(replace(one, acts=(*one.acts, *([act] if act else ()))) for one, act in told)


def stored(knowledge: KnowledgeBase, file: Path | None) -> Iterator[Asked[StoredQuestion]]:
    """Stored questions of a file; or the knowledge's other wordings, each asked of one that lacks it."""
    if file is not None:
        yield Asked(knowledge, tuple(_stored(row) for row in _rows(file)))
        return
    for fold in range(FOLDS):
        held_out = tuple(_wordings(knowledge, fold))
        if held_out:
            yield Asked(without_names(knowledge, fold), held_out)


def _wordings(knowledge: KnowledgeBase, fold: int) -> Iterator[StoredQuestion]:
    for subject in knowledge.subjects.values():
        for faq in subject.faq:
            for text in faq.names[fold::FOLDS]:
                for turns in ((text,), (subject.name, text)):
                    yield StoredQuestion(turns, (folded(faq.answer),), (), f"{subject.id}: {faq.question}")


def dangers(knowledge: KnowledgeBase, file: Path | None) -> Iterator[Asked[DangerQuestion]]:
    """Messages of danger of a file; or those of pesan-darurat.yaml, each asked of a knowledge taught without it."""
    if file is not None:
        yield Asked(knowledge, tuple(_danger(row) for row in _rows(file)))
        return
    every = knowledge.language.danger_messages.root
    for fold in range(FOLDS if every else 0):
        asked = tuple(_of_kind(knowledge, kind, text) for kind, texts in every.items() for text in texts[fold::FOLDS])
        rest = DangerMessages({kind: tuple(_rest(texts, fold)) for kind, texts in every.items()})
        less = _speaking(knowledge, danger_messages=rest)
        yield Asked(_speaking(less, danger_numbers=Learned(weights=learned(less))), asked)


def _of_kind(knowledge: KnowledgeBase, kind: str, text: str) -> DangerQuestion:
    """A message of danger, for which any of the numbers that its kind is told would do."""
    numbers = () if kind == NO_DANGER else tuple(one.number for one in knowledge.region.numbers_for(kind)[:2])
    return DangerQuestion(text, numbers, kind)


def _speaking(knowledge: KnowledgeBase, **files: object) -> KnowledgeBase:
    return replace(knowledge, language=knowledge.language.model_copy(update=files))


def _rest(texts: Sequence[T], fold: int) -> Iterator[T]:
    return (text for place, text in enumerate(texts) if place % FOLDS != fold)


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, filter(str.strip, file.read_text(encoding="utf-8").splitlines()))


def _stored(row: dict[str, Any]) -> StoredQuestion:
    must, must_not = (tuple(map(folded, row.get(key, ()))) for key in ("must", "must_not"))
    return StoredQuestion(tuple(row["turns"]), must, must_not, f"{row['id']}: {row.get('t', '')}")


def _danger(row: dict[str, Any]) -> DangerQuestion:
    return DangerQuestion(row["text"], tuple(row.get("first", ())), row.get("kind", ""))
