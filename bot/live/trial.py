"""Can a knowledge answer? It is asked and pressed as citizens will, before it answers any of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from bot.conversation.composing.compose import compose
from bot.conversation.deciding.dialogue import OTHERS, decide
from bot.conversation.decision import Decision, Reason
from bot.conversation.turn import WELCOME, Action, ActionKind, Outcome, Rated, Rating, Session, Turn
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Service
from bot.knowledge.problems import Problem
from bot.knowledge.reading import sentences
from bot.knowledge.reading.folder import EVERYTHING, Files
from bot.knowledge.vocabulary import Aspect
from bot.understanding.matcher import Matcher

_HINT = "Kembalikan isi sebelumnya, lalu beri tahu pengelola bot."
_MOMENTS = tuple(datetime(2026, month, 2 * month, 3, tzinfo=UTC) for month in range(1, 13))  # days of each month
_AT = _MOMENTS[0]
_ALONE = Session()


@dataclass(frozen=True)
class Snapshot:
    """Knowledge and the matcher built from it: no question ever sees a mixture."""

    knowledge: KnowledgeBase
    matcher: Matcher

    @property
    def version(self) -> str:
        """Version of the knowledge."""
        return self.knowledge.version

    @staticmethod
    def of(knowledge: KnowledgeBase, before: "Snapshot | None" = None) -> "Snapshot":
        """Knowledge with the matcher that belongs to it; takes up to a second, less after a version much like it."""
        last = before.matcher if before else None
        return Snapshot(knowledge, last if last and last.fits(knowledge) else Matcher(knowledge, last))

    def decide(self, said: str | Action, at: datetime, session: Session = _ALONE) -> Decision:
        """What a text or a button gets at a moment, as the assistant decides it."""
        heard = self.matcher.understand(said, session.topic) if isinstance(said, str) else said
        return decide(Turn("0", at, "", "", "", said), heard, session, self.knowledge)


@dataclass(frozen=True)
class Trial:
    """What some files would answer, or what keeps them from answering."""

    problems: tuple[Problem, ...]
    snapshot: Snapshot | None = None
    files: Files = field(default_factory=dict)  # that the snapshot is made of: of what is broken the last good version


def tried(knowledge: KnowledgeBase, before: Snapshot | None = None) -> Trial:
    """What a knowledge would answer, once it was asked.

    Args:
        knowledge: Without a problem in its files.
        before: That answers already; only what may differ from it is asked for.
    """
    built: list[Snapshot] = []
    problems = tuple(_problem(EVERYTHING, lambda: built.append(Snapshot.of(knowledge, before)))) or tuple(
        problem for snapshot in built for problem in _problems(snapshot, before)
    )
    return Trial(problems, None if problems else built[0])


def _problems(snapshot: Snapshot, before: Snapshot | None) -> Iterator[Problem]:
    """What is wrong with all answers or with a sentence, else what is wrong with single answers."""
    unsaid = tuple(_of_sentences(snapshot.knowledge))
    if unsaid:
        yield from unsaid
        return
    for said in _commonly_said(snapshot.knowledge):
        general = tuple(_problem(EVERYTHING, partial(_answer, snapshot, said, _AT)))
        if general:
            yield from general
            return
    for number, identity in enumerate(touched(snapshot.knowledge, before)):
        yield from _of_subject(identity, snapshot, _MOMENTS[number % len(_MOMENTS)])


def _of_sentences(knowledge: KnowledgeBase) -> Iterator[Problem]:
    """Sentences that cannot be said, whatever stands in their places."""
    for name in filter(knowledge.phrases.sentences.__contains__, sentences.SENTENCES):
        said = partial(knowledge.phrases.say, name, **dict.fromkeys(sentences.SENTENCES[name], "x"))
        yield from _problem(sentences.FILE, said, f"kalimat `{name}`")


def _commonly_said(knowledge: KnowledgeBase) -> Iterator[str | Action | Decision]:
    yield from ("", "halo", next(iter(knowledge.subjects.values())).name)
    yield from (WELCOME, Action(ActionKind.MENU), Action(ActionKind.NONE), Action(ActionKind.SHOW, "gone"))
    yield from (Action(ActionKind.BROWSE, agency) for agency in ("", OTHERS, *knowledge.agencies))
    yield from (Action(ActionKind.PERSON, agency) for agency in ("", *knowledge.agencies))
    yield from (Action(ActionKind.RATE, aspect=rating.value, turn="0") for rating in Rating)
    some = tuple(knowledge.subjects)[:2]
    blank = Decision("0", _AT, Outcome.HELP, subjects=some, near=some[:1], browsed=OTHERS, rated=Rated("0", Rating.BAD))
    yield from (replace(blank, outcome=outcome, reason=reason) for outcome in Outcome for reason in Reason)
    for day in knowledge.language.days.ways:
        yield replace(blank, outcome=Outcome.ANSWER, aspects=(Aspect.HOURS,), day=day)


def _of_subject(identity: str, snapshot: Snapshot, at: datetime) -> Iterator[Problem]:
    file = snapshot.knowledge.files.get(identity, EVERYTHING)
    asked = Decision("0", at, Outcome.ANSWER, subjects=(identity,))
    yield from _problem(file, partial(_answer, snapshot, snapshot.knowledge.subjects[identity].name, at))
    yield from _problem(file, partial(_answer, snapshot, asked, at))
    if any(_problem(file, partial(_answer, snapshot, replace(asked, aspects=tuple(Aspect)), at))):
        for aspect in Aspect:
            yield from _problem(
                file, partial(_answer, snapshot, replace(asked, aspects=(aspect,)), at), f"jawaban `{aspect.value}`"
            )


def _answer(snapshot: Snapshot, said: str | Action | Decision, at: datetime) -> None:
    """Answer as the assistant does."""
    compose(said if isinstance(said, Decision) else snapshot.decide(said, at), snapshot.knowledge)


def _problem(file: str, attempt: Callable[[], object], what: str = "jawaban") -> Iterator[Problem]:
    try:
        attempt()
    except Exception as error:  # noqa: BLE001 - whatever it is, a citizen would get no answer
        why = f"{type(error).__name__}: {error}"
        yield Problem(file, int(file != EVERYTHING), f"{what} tidak dapat disusun ({why}).", _HINT)


def touched(knowledge: KnowledgeBase, before: Snapshot | None) -> Iterator[str]:
    """Subjects whose answers may differ from those that are given now."""
    if before is None or _common(knowledge) != _common(before.knowledge):
        yield from knowledge.subjects
        return
    was = before.knowledge
    moved = {agency.id for agency in knowledge.agencies.values() if was.agencies.get(agency.id) != agency}
    for subject in knowledge.subjects.values():
        of_moved = isinstance(subject, Service) and subject.agency in moved
        if of_moved or was.subjects.get(subject.id) != subject:
            yield subject.id


def _common(knowledge: KnowledgeBase) -> tuple[object, ...]:
    return knowledge.region, knowledge.holidays, knowledge.ramadan, knowledge.phrases, knowledge.language
