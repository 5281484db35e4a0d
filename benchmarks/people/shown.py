"""Figures and misses as they are printed."""

from collections import Counter
from collections.abc import Iterable, Sequence

from benchmarks.people.asking import numbers_of
from benchmarks.people.figures import OfDanger, OfMessage, OfStored, count, with_fate
from benchmarks.people.judging import FIRST_NUMBERS, Fate
from benchmarks.wants import text_of
from bot.assistant import Handled
from bot.conversation.turn import ActionKind

_LETTERS = 240  # of a reply, in a miss
_CANDIDATES = 4


def messages(name: str, found: Sequence[OfMessage], *, misses: bool) -> None:
    """What became of messages."""
    fates = "  ".join(f"{fate.value} {_share(with_fate(found, fate))}" for fate in Fate)
    print(
        f"messages, {name}: {len(found)}\n  {fates}  right or one tap {_share(with_fate(found, Fate.RIGHT, Fate.TAP))}"
    )
    missed, guessed = count(found, lambda one: one.missed), count(found, lambda one: one.guessed)
    print(
        f"  aspects asked and heard {_share((missed[1] - missed[0], missed[1]))}  "
        f"heard where none was asked {_share(guessed)}  "
        f"opening with what is not published {_share(count(found, lambda one: one.unpublished))}"
    )
    if misses:
        _misses_of_messages(found)


def _misses_of_messages(found: Sequence[OfMessage]) -> None:
    for fate in (Fate.WRONG, Fate.DECLINED, Fate.VAIN, Fate.TAP):
        for one in (one for one in found if one.fate is fate):
            wanted = "|".join((*one.asked.services, *(f"<{act}>" for act in dict.fromkeys(one.asked.acts))))
            print(f"\n{fate.value.upper():9} {one.asked.text}\n   wanted  {wanted} {_listed(one.asked.aspects)}")
            _reply(one.handled)
    _aspects("ASPECT MISSED", (one for one in found if one.missed))
    _aspects("ASPECT GUESSED", (one for one in found if one.guessed))
    for one in (one for one in found if one.unpublished):
        print(f"\nOPENS WITH WHAT IS NOT PUBLISHED  {one.asked.text}")
        _reply(one.handled)


def _aspects(title: str, found: Iterable[OfMessage]) -> None:
    print()
    for one in found:
        print(f"{title:15} {one.asked.text}\n   asked {_listed(one.asked.aspects)} heard {_listed(sorted(one.heard))}")


def stored(name: str, found: Sequence[OfStored], *, misses: bool) -> None:
    """What became of stored questions."""
    print(f"stored questions, {name}: {len(found)}")
    for title, is_follow_up in (("alone", False), ("follow-up", True)):
        of_kind = [one for one in found if one.asked.is_follow_up is is_follow_up]
        told, reachable = with_fate(of_kind, Fate.RIGHT), with_fate(of_kind, Fate.RIGHT, Fate.TAP)
        print(f"  {title:9}  told {_share(told)}  told or behind a button {_share(reachable)}")
    told, reachable = with_fate(found, Fate.RIGHT), with_fate(found, Fate.RIGHT, Fate.TAP)
    print(f"  all        told {_share(told)}  told or behind a button {_share(reachable)}")
    if misses:
        for one in sorted((one for one in found if one.fate is not Fate.RIGHT), key=lambda one: one.fate is Fate.TAP):
            lacks = "; ".join(one.asked.must) + "".join(f"; not {text}" for text in one.asked.must_not)
            turns = " » ".join(one.asked.turns)
            print(f"\n{_NOT_TOLD[one.fate]:9} {turns}\n   wanted  {one.asked.entry} → {lacks[:_LETTERS]}")
            _reply(one.handled)


_NOT_TOLD = {Fate.TAP: "BUTTON", Fate.WRONG: "NOT TOLD"}


def dangers(name: str, found: Sequence[OfDanger], *, misses: bool) -> None:
    """What became of danger, and of what only looks like it."""
    real, alike = ([one for one in found if one.asked.is_danger is kind] for kind in (True, False))
    print(
        f"danger, {name}: {len(real)} and {len(alike)} that look like it\n"
        f"  heard with a right number {_share(count(real, lambda one: one.right))}  "
        f"heard at all {_share(count(real, lambda one: one.heard))}  "
        f"look-alikes taken for it {_share(count(alike, lambda one: one.heard))}"
    )
    kinds = Counter(one.asked.kind or "-" for one in real if not one.right)
    if kinds:
        print(f"  not heard by kind: {', '.join(f'{kind} {number}' for kind, number in kinds.most_common())}")
    if misses:
        for one in (one for one in found if not one.right):
            title = "NO DANGER" if not one.asked.is_danger else "NUMBERS" if one.heard else "NOT HEARD"
            wanted = f"{one.asked.kind} {'|'.join(one.asked.numbers)}" if one.asked.is_danger else "-"
            told = ", ".join(numbers_of(one.handled.reply)[:FIRST_NUMBERS]) or "-"
            print(f"\n{title:9} {one.asked.text}\n   wanted  {wanted}  told {told}")
            _reply(one.handled)


def _reply(handled: Handled) -> None:
    """What was heard and what was said, in a few lines."""
    reply, heard, decision = handled.reply, handled.understood, handled.decision
    what = f"{reply.outcome.value} {'|'.join(reply.answered)} {_listed(decision.aspects)} ({decision.reason.value})"
    print(f"   got     {what}{f' stored {decision.faq[0]}: {decision.faq[1]}' if decision.faq else ''}")
    if heard:
        likely = "  ".join(f"{one.subject} {one.score:.2f}" for one in heard.candidates[:_CANDIDATES])
        does = " ".join((*sorted(heard.cues), *(f"<{act}>" for act in sorted(heard.acts))))
        print(f"   heard   {heard.verdict.value} {heard.confidence:.2f}: {likely}  {does}")
        print(f"   words   {' '.join(heard.tokens)}")
    buttons = [b.label for b in reply.buttons if b.action.kind in {ActionKind.ASK, ActionKind.PICK}]
    said = " ".join(text_of(reply).split())
    print(f"   says    {said[:_LETTERS]}{'…' if len(said) > _LETTERS else ''}")
    if buttons:
        print(f"   buttons {' | '.join(buttons)}")


def _listed(aspects: Iterable[str]) -> str:
    return f"[{', '.join(map(str, aspects))}]"


def _share(counted: tuple[int, int]) -> str:
    number, of = counted
    return f"{number / of:.3f} ({number}/{of})" if of else "–"
