"""How does a Reply look in Telegram? HTML messages that are never too long, and a keyboard."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import zip_longest

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.conversation.reply import Block, BlockKind, Button, Reply

LIMIT = 4096  # UTF-16 units of one message, markup not counted
_ROW_LETTERS = 34  # what a phone shows in one row of buttons without cutting a label
_ROW_BUTTONS = 3
_PARAGRAPH, _LINE = "\n\n", "\n"
_CONTROL = {code: None for code in range(32) if chr(code) not in "\n\t"}

Span = tuple[str, str]
"""A tag with its attributes ("b", "i", "a href=…", or "" for none) and plain text inside it."""
_Item = tuple[str, tuple[Span, ...]]
"""A heading, a paragraph or a list item, whole unless longer than a message; before it what parts it from the last."""


@dataclass(frozen=True)
class Part:
    """One message."""

    html: str
    plain: str  # the same without markup, for when the markup is refused


@dataclass(frozen=True)
class Screen:
    """What a reply becomes; the keyboard belongs under the last part."""

    parts: tuple[Part, ...]
    keyboard: InlineKeyboardMarkup | None


def render(reply: Reply) -> Screen:
    """The messages of a reply, each within Telegram's limit, split between items and never inside markup."""
    items = (item for block in reply.blocks for item in _items(block))
    return Screen(tuple(_part(spans) for spans in _packed(items)), keyboard(reply.buttons))


def keyboard(buttons: Iterable[Button]) -> InlineKeyboardMarkup | None:
    """Short labels share a row, long ones stand alone; the order stays. None without buttons."""
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        key = InlineKeyboardButton(_clean(button.label), callback_data=button.action.encode())
        if rows and _fits(rows[-1], key):
            rows[-1].append(key)
        else:
            rows.append([key])
    return InlineKeyboardMarkup(rows) if rows else None


def plain(reply: Reply) -> str:
    """The reply's words in one line, without headings and sources: for a notice that pops up."""
    shown = (block for block in reply.blocks if block.kind in {BlockKind.TEXT, BlockKind.NOTE})
    return _clean(" ".join(line for block in shown for line in block.lines))


def units(text: str) -> int:
    """Length in UTF-16 units, the way Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _fits(row: list[InlineKeyboardButton], key: InlineKeyboardButton) -> bool:
    # Telegram makes all buttons of a row equally wide, so the longest label decides.
    longest = max(units(one.text) for one in (*row, key))
    return len(row) < _ROW_BUTTONS and longest * (len(row) + 1) <= _ROW_LETTERS


def _items(block: Block) -> Iterator[_Item]:
    if block.kind is BlockKind.SOURCE:
        yield _PARAGRAPH, _source(block)
        return
    if block.numbers:
        yield from _numbers(block)
        return
    tag, label = _TAGS.get(block.kind, ""), _clean(block.label)
    is_list = block.kind in {BlockKind.BULLETS, BlockKind.STEPS}
    before: tuple[Span, ...] = (("b", label), ("", _LINE)) if is_list else (("b", f"{label}:"), ("", " "))
    for number, line in enumerate(block.marked):
        head = before if label and not number else ()
        yield _LINE if number else _PARAGRAPH, (*head, (tag, _clean(line)))


_TAGS = {BlockKind.HEADING: "b", BlockKind.NOTE: "i"}


def _source(block: Block) -> tuple[Span, ...]:
    """Sources in a line, each a link where it has an address."""
    spans: list[Span] = [("i", f"{_clean(block.label)}: ")] if block.label else []
    for number, (line, link) in enumerate(zip_longest(block.lines, block.links, fillvalue="")):
        spans += [("i", "; ")] if number else []
        spans.append((f'a href="{escape(link)}"' if link else "i", _clean(line)))
    return tuple(spans)


def _numbers(block: Block) -> Iterator[_Item]:
    """Numbers a line each, set so that a tap copies one, or opens the site it is."""
    for place, (number, line, link) in enumerate(zip(block.numbers, block.lines, block.links, strict=True)):
        tag = f'a href="{escape(link)}"' if link else "code"
        yield _LINE if place else _PARAGRAPH, ((tag, _clean(number)), ("", _clean(line.removeprefix(number))))


def _packed(items: Iterable[_Item]) -> Iterator[tuple[Span, ...]]:
    """Spans of each message: as many whole items as fit."""
    message: list[Span] = []
    size = 0
    for between, spans in items:
        for number, piece in enumerate(_cut(spans)):
            gap = () if number or not message else (("", between),)
            added = _size((*gap, *piece))
            if message and size + added > LIMIT:
                yield tuple(message)
                message, gap, size, added = [], (), 0, _size(piece)
            message += [*gap, *piece]
            size += added
    if message:
        yield tuple(message)


def _size(spans: Iterable[Span]) -> int:
    return sum(units(text) for _, text in spans)


def _cut(spans: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
    """The spans as they are, or in pieces where they are longer than a message."""
    piece: list[Span] = []
    room = LIMIT
    for tag, text in spans:
        rest = text
        while units(rest) > room:
            head = _head(rest, room)
            yield (*piece, (tag, head))
            piece, room, rest = [], LIMIT, rest[len(head) :].lstrip()
        piece.append((tag, rest))
        room -= units(rest)
    yield tuple(piece)


def _head(text: str, room: int) -> str:
    """The longest beginning within some UTF-16 units, whole words where there are any."""
    head = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    end = max(head.rfind(" "), head.rfind("\n"))
    return head[:end] if end > len(head) // 2 else head


def _part(spans: Iterable[Span]) -> Part:
    escaped = [(tag, escape(text, quote=False)) for tag, text in spans]
    html = "".join(f"<{tag}>{text}</{tag.split()[0]}>" if tag else text for tag, text in escaped)
    return Part(html, "".join(text for _, text in spans))


def _clean(text: str) -> str:
    """Without what Telegram or its transport cannot carry: control characters and halves of letters."""
    if text.isprintable():
        return text
    return text.translate(_CONTROL).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
