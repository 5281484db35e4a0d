"""What becomes of a test of content that an edit contradicts? It asks for what stands in the new answer instead."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import islice
from typing import Any

from bot.authoring.changing.answers import AnswerCheck
from bot.authoring.changing.questions import Report
from bot.authoring.changing.yaml_edit import EditError, edited
from bot.knowledge.content_tests import WORD, folded, stands_in
from bot.knowledge.model import KEY_ORDER
from bot.knowledge.reading.document import document_of

_KEY = "uji_isi"
_FIGURE = re.compile(  # not of a law or a form: "24/2013", "79A", "F-1.02"
    r"(?<![\w/.,-])(?:Rp ?)?\d+(?:[.,-]\d+)*(?!\w|[/.,-]\d)(?: [^\W\d_]+){0,2}"
)
_MORE = 3  # words that may stand for fewer; a test holds no whole sentence
_WORDS = re.compile(r"\w+(?:[-/]\w+)*(?: \w+(?:[-/]\w+)*){0,2}")

Opcodes = Sequence[tuple[str, int, int, int, int]]


@dataclass(frozen=True)
class RenewedTest:
    """A test that a change contradicts: what its question gets then, and what it asks for from then on."""

    check: AnswerCheck  # of the changed knowledge
    holds: tuple[str, ...]
    lacks: tuple[str, ...]
    answer: tuple[str, ...]  # lines that are new in the answer

    @property
    def is_gone(self) -> bool:
        """Whether nothing is left of it."""
        return not self.holds and not self.lacks


def contradicted(before: Report, after: Report) -> tuple[RenewedTest, ...]:
    """The tests that an edit makes wrong although the question is understood as it was: only what is said differs."""
    held = {(one.subject, one.test): one for one in before.answers if one.passed}
    pairs = ((held.get((one.subject, one.test)), one) for one in after.answers if one.failed)
    return tuple(_renewed(was, one) for was, one in pairs if was and _same_place(was, one))


def spoiled(before: Report, after: Report) -> tuple[AnswerCheck, ...]:
    """The answers that a change makes wrong: right before, or tested since."""
    known = {(one.subject, one.test) for one in before.answers if one.failed}
    return tuple(one for one in after.answers if one.failed and (one.subject, one.test) not in known)


def with_renewed(raw: bytes, tests: Sequence[RenewedTest]) -> bytes:
    """A subject's file with its tests renewed.

    Raises:
        EditError: They do not stand there, or cannot be changed in place.
    """
    data = document_of(raw).data
    listed = data.get(_KEY) if isinstance(data, dict) else None
    by_place = {one.check.place: one for one in tests}
    if not isinstance(listed, list) or any(not _stands(one.check, listed) for one in tests):
        raise EditError("the tests stand elsewhere")
    kept = [
        _written(item, by_place.get(place))
        for place, item in enumerate(listed)
        if place not in by_place or not by_place[place].is_gone
    ]
    rest = {key: value for key, value in data.items() if key != _KEY}
    return edited(raw, {**data, _KEY: kept} if kept else rest, KEY_ORDER)


def in_place_of(wanted: str, old: str, new: str) -> str:
    """The words of a new text that stand where some words stood in the old one; empty when that cannot be told."""
    words, was = WORD.findall(wanted.casefold()), WORD.findall(old.casefold())
    after = [*WORD.finditer(new)]
    opcodes = SequenceMatcher(None, was, [one[0].casefold() for one in after], autojunk=False).get_opcodes()
    length = len(words)
    places = [at for at in range(len(was) - length + 1) if was[at : at + length] == words]
    found = {_text_at(at, at + length, opcodes, after, new) for at in places} - {""}
    return found.pop() if len(found) == 1 else ""


def _same_place(was: AnswerCheck, is_: AnswerCheck) -> bool:
    """Whether the same was asked for; an entry of ``tanya_jawab`` may be new or moved."""
    return replace(was.decision, faq=None) == replace(is_.decision, faq=None)


def _renewed(was: AnswerCheck, is_: AnswerCheck) -> RenewedTest:
    test = is_.test
    known = was.said.split("\n")
    new = tuple(line for line in is_.said.split("\n") if line not in known)
    now = [_instead(word, was.said, is_.said, new) if word in is_.lacking else word for word in test.holds]
    holds = tuple(dict.fromkeys(filter(None, now)))
    lacks = tuple(word for word in test.lacks if word not in is_.unwanted)
    if not holds and (test.holds or not lacks):
        holds = tuple(islice(_unsaid(_WORDS, new, was.said), 1))
    return RenewedTest(is_, holds, lacks, new)


def _instead(wanted: str, old: str, new: str, lines: Sequence[str]) -> str:
    """What is asked for in place of some words: in place of a figure a figure, if there is one in what is new."""
    found = in_place_of(wanted, old, new)
    if found and (_FIGURE.search(found) or not _FIGURE.search(wanted)):
        return found
    return next(_unsaid(_FIGURE, lines, old), found)


def _unsaid(pattern: re.Pattern[str], lines: Sequence[str], old: str) -> Iterator[str]:
    """What is found in new lines that was not said before: what a test asks for where all around it has changed."""
    was = folded(old)
    return (found for line in lines for found in pattern.findall(line) if not stands_in(found, was))


def _stands(check: AnswerCheck, listed: list[Any]) -> bool:
    item = listed[check.place] if check.place < len(listed) else None
    return isinstance(item, Mapping) and str(item.get("t", "")).strip() == check.test.question


def _written(item: Any, renewed: RenewedTest | None) -> Any:
    if renewed is None:
        return item
    words = {"memuat": list(renewed.holds), "tidak_memuat": list(renewed.lacks)}
    return {key: words.get(key, value) for key, value in item.items() if words.get(key, value)}


def _text_at(start: int, end: int, opcodes: Opcodes, after: Sequence[re.Match[str]], new: str) -> str:
    first, last = _moved(start, opcodes), _moved(end, opcodes, is_end=True)
    if first is None or last is None or first >= last or last - first > end - start + _MORE:
        return ""
    text = new[after[first].start() : after[last - 1].end()]
    return "" if "\n" in text else text


def _moved(at: int, opcodes: Opcodes, *, is_end: bool = False) -> int | None:
    """Where the beginning or the end of some words went; None within words that became more or fewer."""
    for _, i1, i2, j1, j2 in opcodes:
        if i1 + is_end <= at < i2 + is_end:
            if i2 - i1 == j2 - j1 or (not is_end and at == i1):
                return j1 + at - i1
            return j2 if is_end and at == i2 else None
    return None
