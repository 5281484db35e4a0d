"""Is a turn of a conversation as it was wanted? What may be wanted, and what is missed.

All that is given must hold, what is left out may be anything:

- ``outcome``, ``not_outcome``: lists; danger also passes for an answer.
- ``services``: the first one answered, or one of those offered, is in the list; ``all``: each is answered or offered.
  ``not_services``, ``not_offered``: none is answered; none is answered or offered.
- ``aspects``: all (``any_aspect``: one) are answered; not judged of referrals.
- ``text_has``, ``text_lacks``, and of the first four lines ``lead_has``, ``lead_lacks``: ``a|b`` is either, ``re:…`` a
  pattern.
- ``max_lines``, ``clean`` (no clumsy wording), ``contact`` (a way to reach a person).
- ``not_same_as_previous``, ``same_topic``, ``pick`` (the Nth of those last offered).
- ``any_of``: wants, one of which must hold.

A question back that ``outcome`` allows is not judged by what it answers or says, but by what it must not.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.assistant import Handled
from bot.channels.terminal import render
from bot.conversation.reply import BlockKind, Reply
from bot.conversation.turn import ActionKind, Outcome

_LEAD = 4  # lines
_SOURCES = "Sumber"
_OFFERED = 4
_CONTACT = re.compile(
    r"\b11[0-9]\b|lapor\.go\.id|sp4n|telepon|whatsapp|\b0\d{3}-\d|1500-|hubungi|kantor", re.IGNORECASE
)
_CLUMSY = (
    re.compile(r"\bdi tersebar\b|telepon [\d-]+: wa\b|gratis menurut [^.:\n]*;", re.IGNORECASE),
    re.compile(r"\{[a-z_]+\}|\bNone\b|\bdan Loket\b"),
)
_UNKNOWN = "belum punya keterangan"
_LABEL = re.compile(r"([A-Z][a-z]+):")
_REFERRAL = "rujukan"  # how the ids of referrals begin


@dataclass(frozen=True)
class Before:
    """What a conversation has come to."""

    text: str = ""  # of the last reply
    answered: tuple[str, ...] = ()  # last
    offered: tuple[str, ...] = ()  # last

    def after(self, handled: Handled) -> "Before":
        """What it has come to after another reply."""
        reply = handled.reply
        return Before(text_of(reply), answered(reply) or self.answered, offered(reply) or self.offered)


def text_of(reply: Reply) -> str:
    """What a reply says, without buttons and the line of its sources; the rule that it goes by is said."""
    told = tuple(block for block in reply.blocks if block.kind is not BlockKind.SOURCE or block.label != _SOURCES)
    return render(Reply(reply.turn, reply.outcome, told), numbered=False)


def answered(reply: Reply) -> tuple[str, ...]:
    """Subjects answered or referred to."""
    return reply.answered if reply.outcome in {Outcome.ANSWER, Outcome.REFER} else ()


def offered(reply: Reply) -> tuple[str, ...]:
    """Subjects of a question back."""
    if reply.outcome is not Outcome.CLARIFY:
        return ()
    picks = tuple(one.action.service for one in reply.buttons if one.action.kind is ActionKind.PICK)
    return picks or reply.answered[:_OFFERED]


def wrong(handled: Handled, want: Mapping[str, Any], before: Before = Before()) -> list[str]:  # frozen
    """What is not as wanted, each in a few words; empty when the turn is right."""
    if "any_of" in want:
        tried = [wrong(handled, one, before) for one in want["any_of"]]
        return [] if not all(tried) else [f"none of: {' / '.join('; '.join(one) for one in tried)}"]
    asks_back = handled.reply.outcome is Outcome.CLARIFY and "clarify" in want.get("outcome", ())
    found = [*_outcome(handled.reply, want), *_subjects(handled.reply, want), *_course(handled.reply, want, before)]
    if not asks_back:
        found += [*_aspects(handled, want), *_said(handled.reply, want)]
    return [*found, *_not_said(handled.reply, want)]


def _outcome(reply: Reply, want: Mapping[str, Any]) -> Iterator[str]:
    outcome, wanted = reply.outcome.value, want.get("outcome", ())
    passes = not wanted or outcome in wanted or (reply.outcome is Outcome.EMERGENCY and "answer" in wanted)
    if not passes or outcome in want.get("not_outcome", ()):
        yield f"outcome {outcome}"


def _subjects(reply: Reply, want: Mapping[str, Any]) -> Iterator[str]:
    told, shown, wanted = answered(reply), offered(reply), set(want.get("services", ()))
    if "services" in want and reply.outcome in {Outcome.ANSWER, Outcome.REFER, Outcome.CLARIFY}:
        got = shown if reply.outcome is Outcome.CLARIFY else told if want.get("all") else told[:1]
        if not (wanted <= set(got) if want.get("all") else wanted & set(got)):
            yield f"services {', '.join(got) or '-'}"
    if hit := set(want.get("not_services", ())) & set(told):
        yield f"answered {', '.join(sorted(hit))}"
    if hit := set(want.get("not_offered", ())) & {*told, *shown}:
        yield f"offered {', '.join(sorted(hit))}"


def _aspects(handled: Handled, want: Mapping[str, Any]) -> Iterator[str]:
    wanted, heard = set(want.get("aspects", ())), {aspect.value for aspect in handled.decision.aspects}
    if not wanted or any(one.startswith(_REFERRAL) for one in answered(handled.reply)[:1]):
        return
    if not (wanted & heard if want.get("any_aspect") else wanted <= heard):
        yield f"aspects {', '.join(sorted(heard)) or '-'}"


def _said(reply: Reply, want: Mapping[str, Any]) -> Iterator[str]:
    lines = _lines(reply)
    whole, lead = _flat(lines), _flat(lines[:_LEAD])
    yield from (f"lacks {one!r}" for one in want.get("text_has", ()) if not _holds(one, whole))
    yield from (f"lead lacks {one!r}" for one in want.get("lead_has", ()) if not _holds(one, lead))
    if len(lines) > want.get("max_lines", len(lines)):
        yield f"{len(lines)} lines"
    if want.get("clean"):
        yield from _clumsy(lines)


def _not_said(reply: Reply, want: Mapping[str, Any]) -> Iterator[str]:
    lines = _lines(reply)
    whole, lead = _flat(lines), _flat(lines[:_LEAD])
    yield from (f"has {one!r}" for one in want.get("text_lacks", ()) if _holds(one, whole))
    yield from (f"lead has {one!r}" for one in want.get("lead_lacks", ()) if _holds(one, lead))
    if want.get("contact") and not _CONTACT.search(text_of(reply)):
        yield "no way to reach a person"


def _course(reply: Reply, want: Mapping[str, Any], before: Before) -> Iterator[str]:
    told = answered(reply)
    if want.get("not_same_as_previous") and before.text and before.text == text_of(reply):
        yield "the same reply again"
    if want.get("same_topic") and told[:1] != before.answered[:1]:
        yield f"topic {', '.join(told[:1])} not {', '.join(before.answered[:1])}"
    if "pick" in want:
        meant = before.offered[want["pick"] - 1 : want["pick"]]
        if not meant or told[:1] != meant:
            yield f"picked {', '.join(told[:1])} not {', '.join(meant) or 'anything'}"


def _clumsy(lines: Sequence[str]) -> Iterator[str]:
    text = "\n".join(lines)
    yield from (f"clumsy: {found.group()}" for pattern in _CLUMSY if (found := pattern.search(text)))
    labels = [found.group(1) for line in lines if (found := _LABEL.match(line.strip()))]
    for said in (Counter(line.strip() for line in lines), Counter(labels)):
        yield from (f"twice: {one}" for one, number in said.items() if number > 1)
    if len(re.findall(r"\blaporkan\b", text.lower())) > 1:
        yield "twice: laporkan"
    if _UNKNOWN in _flat(lines[:_LEAD]):
        yield "opens with what is not known"


def _lines(reply: Reply) -> list[str]:
    return [line for line in text_of(reply).splitlines() if line.strip()]


def _flat(lines: Sequence[str]) -> str:
    return " ".join("\n".join(lines).lower().replace("’", "'").split())


def _holds(wanted: str, text: str) -> bool:
    if wanted.startswith("re:"):
        return bool(re.search(wanted.removeprefix("re:"), text))
    return any(one in text for one in wanted.lower().split("|"))
