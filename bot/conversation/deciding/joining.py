"""Do several short messages make one question? "min", "syarat", "kk hilang": nobody waits, and nothing is lost."""

from dataclasses import replace

from bot.conversation.decision import Decision, Reason
from bot.conversation.turn import Outcome, Session, Turn
from bot.privacy import mask

_SHORT = 60  # letters of one message
_LONGEST = 120  # letters of all of them together
_OPEN = {Outcome.GREET, Outcome.HELP, Outcome.DECLINE, Outcome.PERSON}
_NOT_UNDERSTOOD = {Reason.ASKED, Reason.UNKNOWN, Reason.DECLINED_TWICE}


def joined(turn: Turn, session: Session) -> Turn | None:
    """The turn with what was left unanswered seconds ago before it; None when nothing was, or it is no short text."""
    if not session.unanswered or not isinstance(turn.said, str) or len(turn.said) > _SHORT:
        return None
    together = mask(f"{session.unanswered} {turn.said}")  # a number may stand in two messages
    if len(together.text) > _LONGEST:
        return None
    return replace(turn, said=together.text, found=tuple(dict.fromkeys((*turn.found, *together.found))))


def makes_more(together: Decision, alone: Decision, by_itself: Decision) -> bool:
    """Whether messages say more together.

    Args:
        together: What is decided about them as one text.
        alone: What is decided about the last one, in its conversation.
        by_itself: What would be decided about the last one if nothing had been said before.
    """
    gained = _worth(together)
    if gained <= 0 or gained < _worth(alone) or _worth(alone) < 0:
        return False
    if gained > _worth(by_itself):
        return True
    is_narrower = bool(together.aspects or together.faq) and not (by_itself.aspects or by_itself.faq)
    return by_itself.subjects == together.subjects and is_narrower


def left_open(turn: Turn, together: Turn | None, decision: Decision) -> str:
    """What a later message may complete; empty when the turn got its answer or is no short text."""
    if not isinstance(turn.said, str) or len(turn.said) > _SHORT or _worth(decision) not in {0, 1}:
        return ""
    return str(together.said) if together else turn.said


def _worth(decision: Decision) -> int:
    """2 for an answer, 1 for a question back, 0 when nothing was asked yet; -1 for what is settled another way."""
    if decision.outcome in {Outcome.ANSWER, Outcome.REFER}:
        return 2
    if decision.outcome is Outcome.CLARIFY:
        return 1
    return 0 if decision.outcome in _OPEN and decision.reason in _NOT_UNDERSTOOD else -1
