"""What does a pressed button ask for? It travels as a value and is never matched as a sentence."""

from dataclasses import replace

from bot.conversation.decision import Decision, Reason
from bot.conversation.turn import WELCOME, Action, ActionKind, Outcome, Picked, Rated, Rating
from bot.knowledge.base import KnowledgeBase

OTHERS = "rujukan"  # stands for all referrals where an agency is browsed


def pressed(action: Action, blank: Decision, knowledge: KnowledgeBase) -> Decision:
    """The decision about a press; one that leads nowhere any more leads to the menu."""
    return _led(action, blank, knowledge) or replace(blank, outcome=Outcome.HELP, reason=Reason.OLD_BUTTON)


def _led(action: Action, blank: Decision, knowledge: KnowledgeBase) -> Decision | None:
    known = action.service in knowledge.subjects
    match action.kind:
        case ActionKind.SHOW | ActionKind.PICK if known:
            outcome = Outcome.REFER if action.service in knowledge.referrals else Outcome.ANSWER
            picked = Picked(action.turn, action.service) if action.kind is ActionKind.PICK and action.turn else None
            return replace(blank, outcome=outcome, subjects=(action.service,), aspects=action.aspects, picked=picked)
        case ActionKind.NONE:
            return replace(blank, outcome=Outcome.DECLINE, reason=Reason.NONE_FITS)
        case ActionKind.PERSON:
            return replace(blank, outcome=Outcome.PERSON, near=(action.service,) if known else ())
        case ActionKind.RATE if action.aspect in set(Rating) and action.turn:
            rated = Rated(action.turn, Rating(action.aspect))
            return replace(blank, outcome=Outcome.THANKS, reason=Reason.RATED, rated=rated)
    return _browsed(action, blank, knowledge)


def _browsed(action: Action, blank: Decision, knowledge: KnowledgeBase) -> Decision | None:
    if action == WELCOME:
        return replace(blank, outcome=Outcome.GREET)
    if action.kind is ActionKind.MENU and not action.aspect:
        return replace(blank, outcome=Outcome.HELP, reason=Reason.MENU)
    if action.kind is not ActionKind.BROWSE:
        return None
    if not action.service:
        return replace(blank, outcome=Outcome.HELP, reason=Reason.AGENCIES)
    if action.service not in knowledge.agencies and action.service != OTHERS:
        return None
    page = int(action.aspect) if action.aspect.isdecimal() else 0
    return replace(blank, outcome=Outcome.HELP, reason=Reason.SERVICES, browsed=action.service, page=page)
