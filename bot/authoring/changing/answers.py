"""Does each answer hold what it must? Every ``uji_isi`` and ``tanya_jawab`` is asked as a citizen asks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import TypeVar

from bot.conversation.composing.compose import compose
from bot.conversation.decision import Decision, remembered
from bot.conversation.reply import BlockKind, Reply
from bot.conversation.turn import Action, ActionKind, Session
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content_tests import WORD, ContentTest, folded, stands_in
from bot.knowledge.model import Agency, Referral, Service
from bot.live import Snapshot
from bot.privacy import mask

S = TypeVar("S", Agency, Service, Referral)

MOMENT = datetime(2026, 11, 24, 10)  # noqa: DTZ001 - a Tuesday like any other, in the time of the region
_ALONE = Session(draft_told=True)  # whether a service is confirmed is no matter of its tests


@dataclass(frozen=True)
class AnswerCheck:
    """A test of content, and what the answer to its question lacks or holds against it."""

    subject: str  # id whose test it is
    place: int  # among the tests of its subject
    test: ContentTest
    file: str  # path below the knowledge folder
    decision: Decision
    said: str  # the answer, a line for each of its lines
    lacking: tuple[str, ...]
    unwanted: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the answer is as it must be."""
        return not self.lacking and not self.unwanted

    @property
    def failed(self) -> bool:
        """Whether it is wrong, and was not known to be."""
        return not self.passed and not self.test.not_yet

    @property
    def nearest(self) -> str:
        """The line of the answer that says what it must not, or that is most like what it lacks."""
        wanted, *_ = (*self.unwanted, *self.lacking, "")
        named, *lines = self.said.split("\n")
        return max(lines, key=lambda line: _likeness(line, wanted), default=named)

    @property
    def about(self) -> frozenset[str]:
        """The subjects that the answer may speak of."""
        owner = self.decision.faq[:1] if self.decision.faq else ()
        return frozenset((*self.decision.subjects, *self.decision.near, *owner))


@dataclass(frozen=True)
class StoredCheck:
    """A question of ``tanya_jawab``: whether it brings its answer after its subject's card, and on its own."""

    subject: str
    place: int
    question: str
    file: str
    after_card: bool
    alone: bool


def check_answers(snapshot: Snapshot, known: Iterable[AnswerCheck] = ()) -> Iterator[AnswerCheck]:
    """Ask every test of content; a service that is withdrawn is asked as it will answer again.

    ``known`` are checks of another knowledge whose answers are the same in this one.
    """
    asked = {one.test.question: (one.decision, one.said) for one in known}
    snapshot = replace(snapshot, knowledge=_in_quiet_times(snapshot.knowledge))
    for subject in snapshot.knowledge.subjects.values():
        for place, test in enumerate(subject.content_tests):
            decision, said = asked.get(test.question) or _answered(test.question, snapshot)
            text = folded(said)
            lacking = tuple(one for one in test.holds if not stands_in(one, text))
            unwanted = tuple(one for one in test.lacks if stands_in(one, text))
            file = snapshot.knowledge.files[subject.id]
            yield AnswerCheck(subject.id, place, test, file, decision, said, lacking, unwanted)


def check_stored(snapshot: Snapshot) -> Iterator[StoredCheck]:
    """Ask every question that has its own answer, after the card of its subject was shown, and alone."""
    knowledge = _in_quiet_times(snapshot.knowledge)
    snapshot = replace(snapshot, knowledge=knowledge)
    for subject in knowledge.subjects.values():
        card = snapshot.decide(Action(ActionKind.SHOW, subject.id), _moment(knowledge))
        session = remembered(_ALONE, card)
        for place, entry in enumerate(subject.faq):
            answer = _on_one_line(entry.answer)
            told = (
                answer in _on_one_line(spoken(compose(_asked(entry.question, snapshot, about), knowledge)))
                for about in (session, _ALONE)
            )
            yield StoredCheck(subject.id, place, entry.question, knowledge.files[subject.id], *told)


def spoken(reply: Reply, question: str = "") -> str:
    """The words of a reply with its labels, a line for each of its lines.

    Where they come from does not count, nor the stored question that stands before its answer.
    """
    blocks = [block for block in reply.blocks if block.kind is not BlockKind.SOURCE]
    labels = [block.label if block.label != question else "" for block in blocks]
    return "\n".join(chain(*(filter(None, (label, *one.lines)) for label, one in zip(labels, blocks, strict=True))))


def _likeness(line: str, wanted: str) -> tuple[bool, int, bool, int]:
    """How much a line is like some words: it holds them all, some, or a figure as they do; of equals the longer."""
    words, has = set(WORD.findall(wanted.casefold())), folded(line)
    shared = len(words.intersection(has.split()))
    counts = any(map(str.isdecimal, wanted)) <= any(map(str.isdecimal, line))
    return stands_in(wanted, has), shared, counts, len(line)


def _answered(question: str, snapshot: Snapshot) -> tuple[Decision, str]:
    decision = _asked(question, snapshot)
    stored = snapshot.knowledge.subjects[decision.faq[0]].faq[decision.faq[1]].label if decision.faq else ""
    return decision, spoken(compose(decision, snapshot.knowledge), stored)


def _asked(question: str, snapshot: Snapshot, session: Session = _ALONE) -> Decision:
    return snapshot.decide(mask(question).text, _moment(snapshot.knowledge), session)


def _moment(knowledge: KnowledgeBase) -> datetime:
    return MOMENT.replace(tzinfo=knowledge.region.zone)


def _in_quiet_times(knowledge: KnowledgeBase) -> KnowledgeBase:
    """The knowledge without what holds for a while only: notices, and answers that are taken back."""
    return replace(
        knowledge,
        agencies=_plain(knowledge.agencies),
        services=_plain(knowledge.services),
        referrals=_plain(knowledge.referrals),
    )


def _plain(subjects: Mapping[str, S]) -> Mapping[str, S]:
    return {key: _lasting(one) for key, one in subjects.items()}


def _lasting(subject: S) -> S:
    passing = {key: None for key in ("notice", "withdrawn") if getattr(subject, key, None)}
    return subject.model_copy(update=passing) if passing else subject


def _on_one_line(text: str) -> str:
    return " ".join(text.casefold().split())
