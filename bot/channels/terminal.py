"""How does one talk without Telegram? Questions line by line, buttons as numbers, answers as text or JSON."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate, zip_longest

from bot.assistant import Assistant, Handled
from bot.conversation.decision import Reason
from bot.conversation.reply import Block, BlockKind, Button, Reply
from bot.conversation.turn import WELCOME, Action, ActionKind, Outcome, Session, Turn
from bot.privacy import mask
from bot.understanding.explain import explain

HERE = "terminal"  # channel, chat and person in one: nobody else is here
PRESS = ">"
"""Before the number of a button."""

_NO_BUTTON = Action(ActionKind.SHOW)  # of nothing: answered as a button that is gone
_OFFERED = 5


@dataclass(frozen=True)
class Answer:
    """What came back for one line."""

    question: str  # masked
    handled: Handled
    stored: str | None  # the question of the ``tanya_jawab`` entry that was answered
    why: tuple[str, ...] = ()

    def as_text(self) -> str:
        """The reply as plain text with numbered buttons, and why when it was asked for."""
        return "\n".join([render(self.handled.reply), *self.why])

    def as_json(self) -> dict[str, object]:
        """The reply in the form that other programs read."""
        reply, decision = self.handled.reply, self.handled.decision
        heard, record = self.handled.understood, self.handled.record
        answered = reply.answered if reply.outcome in {Outcome.ANSWER, Outcome.REFER} else ()
        row: dict[str, object] = {
            "question": self.question,
            "outcome": reply.outcome.value,
            "answered": list(answered),
            "services": [{"id": name, "score": round(score, 4)} for name, score in self._ranked()],
            "aspects": [aspect.value for aspect in decision.aspects],
            "confidence": round(heard.confidence, 4) if heard else 1.0,
            "text": render(reply, numbered=False),
            "buttons": [{"label": b.label, "data": b.action.encode()} for b in reply.buttons],
            "stored": self.stored,
            "reason": None if decision.reason is Reason.ASKED else decision.reason.value,
            "ms": round(record.latency_ms, 3) if record else 0.0,
        }
        if self.why:
            row["why"] = list(self.why)
        return row

    def _ranked(self) -> list[tuple[str, float]]:
        """At most five candidates, what was answered or offered first, scores never rising."""
        heard = self.handled.understood
        scores = {c.subject: c.score for c in heard.candidates} if heard else {}
        first = heard.confidence if heard else 1.0
        names = list(dict.fromkeys([*self.handled.reply.answered, *scores]))[:_OFFERED]
        falling = accumulate((min(1.0, max(0.0, scores.get(name, first))) for name in names), min)
        return list(zip(names, falling, strict=True))


@dataclass
class Interview:
    """Lines in, answers out.

    With ``dialogue`` the lines are one conversation: an empty line starts a new one, ``>2`` presses button 2.
    ``gap`` passes between two lines, so that a conversation can be played without waiting.
    ``keep`` is given all that was handled, before its answer is shown.
    """

    assistant: Assistant
    now: Callable[[], datetime]
    keep: Callable[[Handled], None]
    dialogue: bool = True
    explained: bool = False
    gap: timedelta = timedelta()
    _passed: timedelta = timedelta()
    _session: Session = field(default_factory=Session)
    _last: Handled | None = None

    def ask(self, line: str) -> Answer | None:
        """The answer to a line; None when the line only ended a conversation."""
        if not self.dialogue or not line.strip():
            self._session, self._last = Session(), None
        if self.dialogue and not line.strip():
            return None
        self._passed += self.gap
        masked = mask(line)
        return self._answer(masked.text, self._pressed(line) or masked.text, masked.found)

    def start(self) -> Answer:
        """What opens a conversation: a greeting and what can be asked."""
        return self._answer("", WELCOME, ())

    def _answer(self, question: str, said: str | Action, found: tuple[str, ...]) -> Answer:
        turn = Turn(secrets.token_hex(6), self.now() + self._passed, HERE, HERE, HERE, said, found)
        handled = self.assistant.handle(turn, self._session)
        self.keep(handled)
        self._session, self._last = handled.session, handled
        return Answer(question, handled, self._stored(handled), self._why(handled))

    def _pressed(self, line: str) -> Action | None:
        number = line.removeprefix(PRESS).strip() if line.startswith(PRESS) else ""
        if not (self.dialogue and number.isdecimal()):
            return None
        buttons = self._last.reply.buttons if self._last else ()
        by_number = {str(at): button.action for at, button in enumerate(buttons, 1)}
        return by_number.get(number, _NO_BUTTON)

    def _stored(self, handled: Handled) -> str | None:
        if handled.decision.faq is None:
            return None
        subject, entry = handled.decision.faq
        asked = self.assistant.snapshot.knowledge.subjects[subject].faq[entry]
        is_told = any(asked.answer in block.lines for block in handled.reply.blocks)  # not of what is withdrawn
        return asked.question if is_told else None

    def _why(self, handled: Handled) -> tuple[str, ...]:
        if not self.explained or handled.understood is None:
            return ()
        return tuple(explain(handled.understood, self.assistant.snapshot.knowledge))


def render(reply: Reply, *, numbered: bool = True) -> str:
    """A reply as plain text; ``numbered``: its buttons follow, each with the number that presses it."""
    paragraphs = [_block(block) for block in reply.blocks]
    if numbered and reply.buttons:
        paragraphs.append(_buttons(reply.buttons))
    return "\n\n".join(paragraphs)


def _block(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return block.lines[0].upper()
    if block.kind is BlockKind.SOURCE:
        named = zip_longest(block.lines, block.links, fillvalue="")
        text = "; ".join(f"{line} – {link}" if link else line for line, link in named)
    else:
        text = "\n".join(block.marked)
    if not block.label:
        return text
    return f"{block.label}:\n{text}" if block.kind in {BlockKind.BULLETS, BlockKind.STEPS} else f"{block.label}: {text}"


def _buttons(buttons: Iterable[Button]) -> str:
    return "\n".join(f"[{number}] {button.label}" for number, button in enumerate(buttons, 1))
