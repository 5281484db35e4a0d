"""What is to be done about a turn? Pure: what was heard comes in, a Decision goes out."""

from dataclasses import replace

from bot.conversation.decision import Decision, Reason
from bot.conversation.turn import WELCOME, Action, ActionKind, Outcome, Picked, Rated, Rating, Session, Turn, key_of
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Act
from bot.knowledge.vocabulary import Aspect
from bot.understanding.result import Cue, Topic, Understanding, Verdict

OTHERS = "rujukan"  # stands for all referrals where an agency is browsed
_OFFERED = 4
NEAR = 0.05  # of the off-topic questions we tune on, 7 in 100 have a candidate above it; real ones below it are rare
_GIVING_UP = {Reason.UNKNOWN, Reason.NOT_OURS, Reason.NONE_FITS}
_SMALL_TALK = {  # first wins
    Cue.WHO: (Outcome.HELP, Reason.WHO),
    Cue.THANKS: (Outcome.THANKS, Reason.ASKED),
    Cue.BYE: (Outcome.THANKS, Reason.BYE),
    Cue.HELP: (Outcome.HELP, Reason.ASKED),
    Cue.GREETING: (Outcome.GREET, Reason.ASKED),
    Cue.NOD: (Outcome.THANKS, Reason.NOD),
}


def decide(turn: Turn, heard: Understanding | Action, session: Session, knowledge: KnowledgeBase) -> Decision:
    """Choose what a turn gets.

    Args:
        turn: What came in, and when.
        heard: What was understood of a text, or the button that was pressed.
        session: The conversation so far, already fresh at this moment.
        knowledge: What can be answered.
    """
    question = heard.turn if isinstance(heard, Action) else turn.id
    blank = Decision(turn.id, knowledge.region.local(turn.at), Outcome.HELP, question)
    if isinstance(heard, Action):
        decision = _pressed(heard, blank, knowledge)
    else:
        decision = _heard(heard, blank, session, knowledge)
        if decision.outcome is Outcome.DECLINE and decision.reason in _GIVING_UP and session.declines:
            decision = replace(decision, outcome=Outcome.PERSON, reason=Reason.DECLINED_TWICE)
    is_told = decision.outcome is Outcome.ANSWER and not session.draft_told
    return replace(decision, draft=_tells_draft(decision, knowledge)) if is_told else decision


def _tells_draft(decision: Decision, knowledge: KnowledgeBase) -> bool:
    """Whether something is told that nobody at the agency has confirmed."""
    services = (knowledge.services[one] for one in decision.subjects if one in knowledge.services)
    return any(one.is_draft and not one.is_withdrawn(decision.at.date()) for one in services)


def _answered(blank: Decision, subjects: tuple[str, ...], knowledge: KnowledgeBase) -> Decision:
    """An answer about subjects; a referral when all of them belong to others."""
    ours = any(subject not in knowledge.referrals for subject in subjects)
    return replace(blank, outcome=Outcome.ANSWER if ours else Outcome.REFER, subjects=subjects)


def _heard(heard: Understanding, blank: Decision, session: Session, knowledge: KnowledgeBase) -> Decision:
    if Cue.EMERGENCY in heard.cues:
        return replace(blank, outcome=Outcome.EMERGENCY, danger=heard.danger)
    if Cue.PERSON in heard.cues and not (_is_sure(heard, knowledge) and heard.aspects):
        return replace(blank, outcome=Outcome.PERSON, near=_topic(session))
    if heard.choice is not None and session.topic and session.topic.offered:
        return _chosen(heard.choice, blank, session.topic, knowledge)
    return _asked(heard, blank, session, knowledge)


def _asked(heard: Understanding, blank: Decision, session: Session, knowledge: KnowledgeBase) -> Decision:
    ways, asked = knowledge.region.grievances, _faq(heard, knowledge)
    if Act.COMPLAINT in heard.acts and ways and (asked is None or asked[0] in ways):
        return _grievance(heard, blank, session, knowledge)
    if Act.OWN_FILE in heard.acts and asked is None:
        near = _nearest(heard, knowledge, NEAR)[:1] or _topic(session)
        return replace(blank, outcome=Outcome.DECLINE, reason=Reason.OWN_FILE, near=near, aspects=heard.aspects)
    if Cue.ELSEWHERE in heard.cues and Cue.NOT_OURS not in heard.cues and not _tells_apart(heard, knowledge):
        return _elsewhere(heard, blank, knowledge)
    if _is_sure(heard, knowledge) and not (_only_small_talk(heard, session.topic) or _asks_who(heard, knowledge)):
        return _sure(heard, blank, session, knowledge)
    return _not_sure(heard, blank, session, knowledge)


def _grievance(heard: Understanding, blank: Decision, session: Session, knowledge: KnowledgeBase) -> Decision:
    """Where to complain; what it is about stays near, for what the rule says of it."""
    ways = knowledge.region.grievances
    asked = _faq(heard, knowledge)
    likely = (*(asked or ())[:1], *(one.subject for one in heard.candidates), *ways)
    first = next(one for one in likely if one in ways)
    others = (heard.concerned, *_topic(session))
    about = tuple(one for one in others if one in knowledge.subjects and one not in {*ways, *knowledge.agencies})[:1]
    reason = Reason.LEVY if Cue.LEVY in heard.cues else Reason.COMPLAINT
    answered = _answered(blank, (first,), knowledge)
    return replace(answered, reason=reason, aspects=heard.aspects, faq=asked, near=about)


def _tells_apart(heard: Understanding, knowledge: KnowledgeBase) -> bool:
    """Whether a stored question about a neighbour is asked: "BSD masuk kabupaten atau Tangsel?"."""
    return heard.faq is not None and heard.faq[0] in {one.referral for one in knowledge.region.neighbours}


def _only_small_talk(heard: Understanding, topic: Topic | None) -> bool:
    """Whether "oke, makasih" only leans on the topic without asking anything of it."""
    leans = topic is not None and heard.meant == topic.subjects and not (heard.aspects or heard.faq)
    return leans and bool(heard.cues & _SMALL_TALK.keys())


def _asks_who(heard: Understanding, knowledge: KnowledgeBase) -> bool:
    """Whether an agency is only named in asking who speaks: "jadi anda bukan petugas dinas?"."""
    return Cue.WHO in heard.cues and not heard.aspects and set(heard.meant) <= knowledge.agencies.keys()


def _is_sure(heard: Understanding, knowledge: KnowledgeBase) -> bool:
    return heard.verdict is Verdict.SURE and any(subject in knowledge.subjects for subject in heard.meant)


def _sure(heard: Understanding, blank: Decision, session: Session, knowledge: KnowledgeBase) -> Decision:
    subjects = tuple(subject for subject in heard.meant if subject in knowledge.subjects)
    aspects = heard.aspects or _kept(heard, session.topic)
    decision = replace(
        _answered(blank, subjects, knowledge),
        reason=Reason.COMPLAINT if Aspect.COMPLAINTS in aspects else Reason.ASKED,
        aspects=aspects,
        faq=_faq(heard, knowledge),
        asked_next=tuple(one for one in heard.near_stored if one < len(knowledge.subjects[subjects[0]].faq)),
        day=heard.day,
        variant=heard.variant,
    )
    if heard.day and not decision.aspects and not decision.faq and set(subjects) <= knowledge.agencies.keys():
        return replace(decision, aspects=(Aspect.HOURS,))
    return decision


def _kept(heard: Understanding, topic: Topic | None) -> tuple[Aspect, ...]:
    """Aspects that were asked before and still wait: of the pick after an offer, of the other one in "kalau rusak?"."""
    if topic is None or heard.faq or Cue.CORRECTION in heard.cues:
        return ()
    if topic.offered and set(heard.meant) <= set(topic.subjects):
        return topic.aspects
    if heard.cues & {Cue.FOLLOW_UP, Cue.SWITCH} and (heard.meant != topic.subjects or heard.day):
        return topic.aspects
    return ()


def _not_sure(heard: Understanding, blank: Decision, session: Session, knowledge: KnowledgeBase) -> Decision:
    if Cue.NONE_OF_THESE in heard.cues:
        return replace(blank, outcome=Outcome.DECLINE, reason=Reason.NONE_FITS)
    offered = _nearest(heard, knowledge)[:_OFFERED]
    if heard.verdict is Verdict.UNSURE and offered:
        reason = Reason.SEVERAL if len(offered) > 1 else Reason.GUESSED
        waiting = session.topic.aspects if session.topic and session.topic.offered else ()
        aspects = heard.aspects or waiting
        return replace(blank, outcome=Outcome.CLARIFY, reason=reason, subjects=offered, aspects=aspects)
    for cue, (outcome, reason) in _SMALL_TALK.items():
        if cue in heard.cues:
            return replace(blank, outcome=outcome, reason=reason)
    if Cue.NOT_OURS in heard.cues:
        return replace(blank, outcome=Outcome.DECLINE, reason=Reason.NOT_OURS)
    near = _nearest(heard, knowledge, NEAR)[:3]
    return replace(blank, outcome=Outcome.DECLINE, reason=Reason.UNKNOWN, near=near)


def _chosen(choice: int, blank: Decision, topic: Topic, knowledge: KnowledgeBase) -> Decision:
    if 0 <= choice < len(topic.subjects) and topic.subjects[choice] in knowledge.subjects:
        return replace(_answered(blank, (topic.subjects[choice],), knowledge), aspects=topic.aspects)
    offered = tuple(subject for subject in topic.subjects if subject in knowledge.subjects)
    return replace(blank, outcome=Outcome.CLARIFY, reason=Reason.SEVERAL, subjects=offered, aspects=topic.aspects)


def _elsewhere(heard: Understanding, blank: Decision, knowledge: KnowledgeBase) -> Decision:
    neighbours = {one.referral: one.name for one in knowledge.region.neighbours}
    theirs = [one for one, name in neighbours.items() if name == heard.place and one in knowledge.referrals]
    ours = (one for one in _nearest(heard, knowledge) if one not in neighbours)
    near = (*theirs, *ours)[:1]
    decision = replace(blank, reason=Reason.ELSEWHERE, place=heard.place, aspects=heard.aspects)
    if near and near[0] in knowledge.referrals:
        return replace(decision, outcome=Outcome.REFER, subjects=near)
    return replace(decision, outcome=Outcome.DECLINE, near=near)


def _nearest(heard: Understanding, knowledge: KnowledgeBase, above: float = 0.0) -> tuple[str, ...]:
    """Subjects meant, then the other candidates, best first."""
    scored = (candidate.subject for candidate in heard.candidates if candidate.score > above)
    return tuple(subject for subject in dict.fromkeys((*heard.meant, *scored)) if subject in knowledge.subjects)


def _faq(heard: Understanding, knowledge: KnowledgeBase) -> tuple[str, int] | None:
    subject = knowledge.subjects.get(heard.faq[0]) if heard.faq else None
    return heard.faq if heard.faq and subject and heard.faq[1] < len(subject.faq) else None


def _topic(session: Session) -> tuple[str, ...]:
    return session.topic.subjects[:1] if session.topic and not session.topic.offered else ()


def _pressed(action: Action, blank: Decision, knowledge: KnowledgeBase) -> Decision:
    """What a button asks for; one that leads nowhere any more leads to the menu."""
    known = action.service in knowledge.subjects
    match action.kind:
        case ActionKind.SHOW | ActionKind.PICK | ActionKind.ASK if known:
            picked = Picked(action.turn, action.service) if action.kind is ActionKind.PICK and action.turn else None
            answered = _answered(blank, (action.service,), knowledge)
            faq, case = _asked_by(action, knowledge), _case(action, knowledge)
            return replace(answered, aspects=action.aspects, picked=picked, variant=case, faq=faq)
        case ActionKind.NONE:
            return replace(blank, outcome=Outcome.DECLINE, reason=Reason.NONE_FITS)
        case ActionKind.PERSON:
            return replace(blank, outcome=Outcome.PERSON, near=(action.service,) if known else ())
        case ActionKind.RATE if action.aspect in set(Rating) and action.turn:
            rated = Rated(action.turn, Rating(action.aspect))
            return replace(blank, outcome=Outcome.THANKS, reason=Reason.RATED, rated=rated)
        case ActionKind.MENU if action == WELCOME:
            return replace(blank, outcome=Outcome.GREET, draft=True)
        case ActionKind.MENU if not action.aspect:
            return replace(blank, reason=Reason.MENU)
        case ActionKind.BROWSE if action.service in {"", OTHERS, *knowledge.agencies}:
            reason = Reason.SERVICES if action.service else Reason.AGENCIES
            page = int(action.aspect) if action.aspect.isdecimal() else 0
            return replace(blank, reason=reason, browsed=action.service, page=page)
    return replace(blank, reason=Reason.OLD_BUTTON)


def _asked_by(action: Action, knowledge: KnowledgeBase) -> tuple[str, int] | None:
    """The stored question that a button asks; None when it asks none, or it is gone."""
    if action.kind is not ActionKind.ASK:
        return None
    keys = [key_of(faq.question) for faq in knowledge.subjects[action.service].faq]
    return (action.service, keys.index(action.aspect)) if action.aspect in keys else None


def _case(action: Action, knowledge: KnowledgeBase) -> str:
    """Title of the case that a button is about."""
    service = knowledge.services.get(action.service)
    variants = service.variants if service and action.case else ()
    return next((one.title for one in variants if key_of(one.title) == action.case), "")
