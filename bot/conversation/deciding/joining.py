"""Do several short messages make one question? "min", "syarat", "kk hilang": nobody waits, and nothing is lost."""

from dataclasses import replace

from bot.conversation.decision import Decision, Reason
from bot.conversation.turn import Outcome, Session, Turn
from bot.privacy import mask
from bot.understanding.matcher import Matcher
from bot.understanding.result import Cue

_SHORT = 60  # letters of one message
_LONGEST = 120  # letters of all of them together
_FEW = 3  # telling words of a message that may go on with another; more are a question of their own
_OPEN = {Outcome.GREET, Outcome.HELP, Outcome.DECLINE, Outcome.PERSON}
_NOT_UNDERSTOOD = {Reason.ASKED, Reason.UNKNOWN, Reason.DECLINED_TWICE}


def joined(turn: Turn, session: Session, matcher: Matcher) -> Turn:
    """The turn, with what was left open seconds ago before it where its few words go on with that.

    Words that say something of themselves, above all danger, are never mixed with others.
    """
    if not session.unanswered or not isinstance(turn.said, str) or len(turn.said) > _SHORT:
        return turn
    telling, cues = matcher.read(turn.said)
    together = mask(f"{session.unanswered} {turn.said}")  # a number may stand in two messages
    if len(telling) > _FEW or not {Cue.GREETING}.issuperset(cues) or len(together.text) > _LONGEST:
        return turn
    return replace(turn, said=together.text, found=tuple(dict.fromkeys((*turn.found, *together.found))))


def left_open(turn: Turn, decision: Decision) -> str:
    """What a later message may complete; empty when the turn got an answer or a question back, or is no short text.

    After a question back the next message is heard in its light; mixed with the words before it, it would pick.
    """
    is_open = decision.outcome in _OPEN and decision.reason in _NOT_UNDERSTOOD
    asked = turn.said if is_open else ""
    return asked if isinstance(asked, str) and len(asked) <= _LONGEST else ""
