"""What does the product say to people? Whole replies, from the first turn of a conversation on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter

from benchmarks.dialogues import AT, BETWEEN, Fixed
from benchmarks.people.judging import Served
from bot.assistant import Assistant, Handled
from bot.conversation.decision import Reason
from bot.conversation.reply import BlockKind, Reply
from bot.conversation.turn import ActionKind, Outcome, Session, Turn, key_of
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Act
from bot.live import Snapshot
from bot.privacy import mask
from bot.understanding.matcher import Matcher

_BEFORE = {BlockKind.HEADING, BlockKind.NOTE}  # what may stand before an answer begins
_UNPUBLISHED = ("jawaban.belum", "rujukan.belum")


@dataclass(frozen=True)
class Reached:
    """The product at one knowledge."""

    knowledge: KnowledgeBase
    assistant: Assistant

    @staticmethod
    def at(knowledge: KnowledgeBase) -> "Reached":
        """The product that knows this."""
        return Reached.by(knowledge, Matcher(knowledge))

    @staticmethod
    def by(knowledge: KnowledgeBase, matcher: Matcher) -> "Reached":
        """The product that knows this and understands by that."""
        return Reached(knowledge, Assistant(Fixed(Snapshot(knowledge, matcher)), perf_counter))

    def talk(self, turns: Iterable[str]) -> Handled:
        """What the last turn of a conversation gets."""
        session, moment, handled = Session(), AT, None
        for said in turns:
            handled = self.assistant.handle(Turn("bench", moment, "bench", "", "", mask(said).text), session)
            session, moment = handled.session, moment + BETWEEN
        if handled is None:
            raise ValueError("a conversation without a turn")
        return handled

    def opens_unpublished(self, reply: Reply) -> bool:
        """Whether the first that a reply says is that something is not published."""
        lines = (block.lines[0] for block in reply.blocks if block.kind not in _BEFORE and block.lines)
        first = next(lines, "")
        return any(first.startswith(self.knowledge.phrases.say(key)) for key in _UNPUBLISHED)

    def stored_behind(self, reply: Reply) -> Sequence[str]:
        """Answers behind the buttons that ask a stored question."""
        asked = (button.action for button in reply.buttons if button.action.kind is ActionKind.ASK)
        return [
            faq.answer
            for action in asked
            for faq in self.knowledge.subjects[action.service].faq
            if key_of(faq.question) == action.aspect
        ]


def served(handled: Handled) -> Served:
    """What somebody got."""
    reply = handled.reply
    if reply.outcome is Outcome.EMERGENCY:
        return Served(act=Act.DANGER)
    if handled.decision.reason is Reason.OWN_FILE:
        return Served(act=Act.OWN_FILE)
    if reply.outcome in {Outcome.ANSWER, Outcome.REFER}:
        return Served(answered=reply.answered)
    return Served(offered=reply.answered if reply.outcome is Outcome.CLARIFY else ())


def numbers_of(reply: Reply) -> tuple[str, ...]:
    """Numbers to call, the first first; none where nobody was heard to be in danger."""
    if reply.outcome is not Outcome.EMERGENCY:
        return ()
    return tuple(number for block in reply.blocks for number in block.numbers)
