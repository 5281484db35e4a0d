"""What was decided about a turn, before it is put into words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.conversation.turn import Outcome, Picked, Rated, Session
from bot.knowledge.vocabulary import Aspect
from bot.understanding.result import Topic


class Reason(StrEnum):
    """Why an outcome was chosen, where one outcome has several; the values are shown outside."""

    ASKED = "asked"
    GUESSED = "guessed"  # clarify: one candidate, not sure enough
    SEVERAL = "several"  # clarify: any of these
    UNKNOWN = "unknown"  # decline: nothing was recognised
    NOT_OURS = "not-ours"  # decline: a topic of nobody here
    ELSEWHERE = "elsewhere"  # decline or refer: another region's office
    COMPLAINT = "complaint"  # answer or refer: where to complain
    LEVY = "levy"  # answer or refer: where to report who asks for money
    OWN_FILE = "person-file"  # decline: only the agency can see a person's file
    NONE_FITS = "none-fits"  # decline: none of those offered
    DECLINED_TWICE = "declined-twice"  # person: not understood twice in a row
    MENU = "menu"
    OLD_BUTTON = "old-button"
    AGENCIES = "agencies"  # browsing
    SERVICES = "services"  # browsing one agency, or the referrals
    RATED = "rated"
    NOD = "nod"
    BYE = "bye"
    WHO = "who"  # is speaking here


@dataclass(frozen=True)
class Decision:
    """The outcome of a turn and all that its wording needs.

    ``at`` is in local time of the region. ``subjects`` are answered, or offered when clarifying;
    ``near`` are subjects that may help although they were not asked for. ``question`` is the turn that asked: of a
    button, the one whose reply it stood under; empty when nothing was asked.
    """

    turn: str
    at: datetime
    outcome: Outcome
    question: str = ""
    reason: Reason = Reason.ASKED
    subjects: tuple[str, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    near: tuple[str, ...] = ()
    faq: tuple[str, int] | None = None
    asked_next: tuple[int, ...] = ()  # of the subject's stored questions: those nearest to what was asked
    day: str = ""
    variant: str = ""
    place: str = ""
    browsed: str = ""  # an agency, or what stands for all referrals
    page: int = 0
    rated: Rated | None = None
    picked: Picked | None = None
    danger: str = ""  # kind of danger somebody is in
    draft: bool = False  # say that nobody at the agency has confirmed what is told


_EARLIER = 6  # subjects remembered besides those spoken of
_COUNTED = {Reason.UNKNOWN, Reason.NOT_OURS, Reason.NONE_FITS, Reason.DECLINED_TWICE}


def remembered(session: Session, decision: Decision) -> Session:
    """What a conversation remembers after a decision."""
    topic, declines = session.topic, session.declines
    if decision.outcome in {Outcome.ANSWER, Outcome.REFER}:
        earlier = _earlier(session.topic, decision)
        topic, declines = Topic(decision.subjects, decision.aspects, earlier=earlier, case=decision.variant), 0
    elif decision.outcome is Outcome.CLARIFY:
        earlier = _earlier(session.topic, decision)
        topic, declines = Topic(decision.subjects, decision.aspects, offered=True, earlier=earlier), 0
    elif decision.reason in _COUNTED:
        declines += 1
    elif decision.reason is Reason.OWN_FILE and decision.near:
        topic = Topic(decision.near)
    draft_told = session.draft_told or (decision.draft and decision.outcome is Outcome.ANSWER)
    return Session(topic, declines, decision.at, draft_told=draft_told)


def _earlier(topic: Topic | None, decision: Decision) -> tuple[str, ...]:
    """What was answered before, for who comes back to it."""
    if topic is None:
        return ()
    answered = () if topic.offered else topic.subjects
    subjects = dict.fromkeys((*answered, *topic.earlier))
    return tuple(subject for subject in subjects if subject not in decision.subjects)[:_EARLIER]
