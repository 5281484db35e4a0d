"""What is learned of stored questions? Wordings of a `tanya_jawab` that were held out, content tests, given talks.

A given file has one JSON object a line: ``turns`` of a conversation, the ``id`` of a subject, what ``must`` stand in
the answer (and ``must_not``), as words in lower case.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.questions import FOLDS
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content_tests import folded, stands_in
from bot.knowledge.model import Faq, Subject
from bot.understanding.matcher import Matcher
from bot.understanding.result import Topic

GIVEN_WEIGHT = 3.0  # of a stranger's question
HELD_OUT_WEIGHT = 1.0  # of our own wording, alone and after the subject's card
TEST_WEIGHT = 0.3  # of a content test: most are worded as the stored question is
ONE_IN = 5  # services after which a question of their agency is asked
PLAIN_WEIGHT = 1.0  # of a plain question beside a stored one of another aspect or subject
FEWEST = 300  # questions below which the numbers of the code stay
_TELLING = re.compile(r"\d\d|.{8}")  # what a content test wants is telling when it holds a figure or a phrase


@dataclass(frozen=True)
class Candidate:
    """An entry that may have been asked, what speaks for it, and whether it was."""

    traits: Mapping[str, float]
    right: bool
    weight: float


def candidates(knowledge: KnowledgeBase, matcher: Matcher, files: Sequence[Path]) -> list[Candidate]:
    """Candidates of all material; empty where there is too little to learn from."""
    found = [*_held_out(knowledge), *_given(knowledge, matcher, files)]
    if len(found) < FEWEST:
        return []
    return [*found, *_tests(knowledge, matcher), *_plain(knowledge, matcher)]


def _held_out(knowledge: KnowledgeBase) -> Iterator[Candidate]:
    """Other wordings, asked of a knowledge without them."""
    if not any(faq.names for subject in knowledge.subjects.values() for faq in subject.faq):
        return
    for fold in range(FOLDS):
        matcher = Matcher(without_names(knowledge, fold))
        for subject in knowledge.subjects.values():
            for faq in subject.faq:
                for text in faq.names[fold::FOLDS]:
                    for about in (None, *_spoken_of(knowledge, subject)):
                        yield from _judged(knowledge, matcher, text, about, faq.answer)


def _spoken_of(knowledge: KnowledgeBase, subject: Subject) -> Iterator[Topic]:
    """What may have been spoken of before: the subject itself, or some services of an agency."""
    yield Topic((subject.id,))
    of_agency = [one.id for one in knowledge.services.values() if one.agency == subject.id]
    yield from (Topic((one,)) for one in of_agency[::ONE_IN])


def _judged(
    knowledge: KnowledgeBase, matcher: Matcher, text: str, about: Topic | None, answer: str
) -> Iterator[Candidate]:
    for (subject, place), traits in matcher.traits_of_stored(text, about):
        right = knowledge.subjects[subject].faq[place].answer == answer
        yield Candidate(traits, right, HELD_OUT_WEIGHT)


def _given(knowledge: KnowledgeBase, matcher: Matcher, files: Sequence[Path]) -> Iterator[Candidate]:
    rows = (json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line)
    for row in rows:
        about = Topic((row["id"],)) if len(row["turns"]) > 1 else None
        for (subject, place), traits in matcher.traits_of_stored(row["turns"][-1], about):
            answer = knowledge.subjects[subject].faq[place].answer.lower()
            right = all(text in answer for text in row["must"]) and not any(
                t in answer for t in row.get("must_not", ())
            )
            yield Candidate(traits, right, GIVEN_WEIGHT)


def _tests(knowledge: KnowledgeBase, matcher: Matcher) -> Iterator[Candidate]:
    tests = (test for subject in knowledge.subjects.values() for test in subject.content_tests)
    for test in tests:
        if not any(map(_TELLING.search, test.holds)):
            continue
        for (subject, place), traits in matcher.traits_of_stored(test.question):
            answer = folded(knowledge.subjects[subject].faq[place].answer)
            yield Candidate(traits, all(stands_in(one, answer) for one in test.holds), TEST_WEIGHT)


def _plain(knowledge: KnowledgeBase, matcher: Matcher) -> Iterator[Candidate]:
    """Plain questions: none asks a stored one of another aspect ("syarat": "berlaku berapa lama?") or subject."""
    for subject in knowledge.subjects.values():
        own = {subject.id, getattr(subject, "agency", "")}
        for text in (*subject.questions, *subject.examples):
            for (owner, _), traits in matcher.traits_of_stored(text):
                if traits["other"] or traits["asks"] or owner not in own:
                    yield Candidate(traits, right=False, weight=PLAIN_WEIGHT)


def without_names(knowledge: KnowledgeBase, fold: int) -> KnowledgeBase:
    """The knowledge without a fifth of the other wordings."""
    kinds = {kind: getattr(knowledge, kind) for kind in ("services", "referrals", "agencies")}
    return replace(
        knowledge, **{kind: {key: _less(one, fold) for key, one in ones.items()} for kind, ones in kinds.items()}
    )


def _less(subject: Subject, fold: int) -> Subject:
    return subject.model_copy(update={"faq": tuple(_fewer(faq, fold) for faq in subject.faq)})


def _fewer(faq: Faq, fold: int) -> Faq:
    return faq.model_copy(update={"names": tuple(n for i, n in enumerate(faq.names) if i % FOLDS != fold)})
