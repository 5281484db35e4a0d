"""How does a value change in a YAML file while everything else, comments and layout too, stays as it was?

Only the characters of what differs are replaced. A round trip through an emitter would fold every long line of the
file anew, and a clerk could no longer see in the difference what was changed.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from bot.knowledge.reading.document import document_of

_BOM = b"\xef\xbb\xbf"


class EditError(Exception):
    """The file is written in a way that cannot be edited in place (copies by ``*name``, for instance)."""


def edited(raw: bytes, data: Any, order: Sequence[str] = ()) -> bytes:
    """A YAML file that says something else, with the least change of its text.

    Args:
        raw: The file, UTF-8.
        data: What it shall say: text, lists, dicts of text keys.
        order: The usual order of the keys at the top; a new key goes after the nearest of those before it.

    Returns:
        The new bytes; the same ones when the file says that already.

    Raises:
        EditError: It cannot be done in place.
    """
    root = document_of(raw).root
    if root is None:
        raise EditError("not readable")
    edit = _Edit(raw.decode("utf-8-sig"))
    edit.node(root, data, order)
    written = (_BOM if raw.startswith(_BOM) else b"") + edit.result().encode()
    if document_of(written).data != data:
        raise EditError("not editable in place")
    return written


def plain(node: Node) -> Any:
    """What a node says: text, lists and dicts."""
    if isinstance(node, MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.value]
    return node.value


@dataclass
class _Edit:
    text: str
    splices: list[tuple[int, int, str]] = field(default_factory=list)

    def result(self) -> str:
        """The text with all splices done; later ones first, so that positions hold."""
        text, break_ = self.text, "\r\n" if "\r\n" in self.text else "\n"
        ordered = sorted(enumerate(self.splices), key=lambda one: (one[1][:2], one[0]), reverse=True)
        for _, (start, end, new) in ordered:
            text = text[:start] + new.replace("\n", break_) + text[end:]
        return text

    def node(self, node: Node, data: Any, order: Sequence[str] = (), *, in_flow: bool = False) -> None:
        """Make a node say something else."""
        if plain(node) == data:
            return
        in_flow = in_flow or (isinstance(node, CollectionNode) and bool(node.flow_style))
        if isinstance(node, MappingNode) and isinstance(data, dict) and any(key.value in data for key, _ in node.value):
            self._mapping(node, data, order, in_flow=in_flow)
        elif isinstance(node, SequenceNode) and isinstance(data, list) and data and node.value:
            self._sequence(node, data, in_flow=in_flow)
        else:
            self._replace(node, data, in_flow=in_flow)

    def _replace(self, node: Node, data: Any, *, in_flow: bool) -> None:
        start, end = node.start_mark.index, self._end(node)
        if in_flow:
            new = flow(data)
        elif isinstance(node, ScalarNode):
            new = inline(data, self._indent(start) + 2, start - self._line_start(start))
        elif isinstance(node, MappingNode) and isinstance(data, dict) and data:
            new = block(data, node.start_mark.column).lstrip(" ")
        else:
            raise EditError("a list or group became something else")
        gap = " " if start == end and self.text[start - 1 : start] == ":" else ""
        self.splices.append((start, end, gap + new))

    def _mapping(self, node: MappingNode, data: dict[str, Any], order: Sequence[str], *, in_flow: bool) -> None:
        self._remove(node, [key.value not in data for key, _ in node.value])
        kept = [(key, value) for key, value in node.value if key.value in data]
        for key, value in kept:
            self.node(value, data[key.value], in_flow=in_flow)
        present = [key.value for key, _ in kept]
        for key, value in data.items():
            if key not in present:
                after = _last_before(key, present, order or list(data))
                start, end = self._span(kept[max(after, 0)])
                self._add(node, start if after < 0 else end, {key: value}, before=after < 0)

    def _sequence(self, node: SequenceNode, data: list[Any], *, in_flow: bool) -> None:
        old = [repr(plain(item)) for item in node.value]
        gone = [False] * len(old)
        matcher = SequenceMatcher(None, old, [repr(item) for item in data], autojunk=False)
        for _, i1, i2, j1, j2 in matcher.get_opcodes():
            both = min(i2 - i1, j2 - j1)
            for step in range(both):
                self.node(node.value[i1 + step], data[j1 + step], in_flow=in_flow)
            gone[i1 + both : i2] = [True] * (i2 - i1 - both)
            for item in data[j1 + both : j2]:
                self._add_item(node, i1 + both - 1, item)
        self._remove(node, gone)

    def _add_item(self, node: SequenceNode, after: int, item: Any) -> None:
        if after >= 0:
            self._add(node, self._end(node.value[after]), [item], before=False)
        else:
            first = node.value[0]
            self._add(node, first.start_mark.index if node.flow_style else self._dash(first), [item], before=True)

    def _add(self, node: CollectionNode, where: int, new: dict[str, Any] | list[Any], *, before: bool) -> None:
        """Put one more item or entry where one begins, or behind the end of one."""
        if node.flow_style:
            text = flow(new)[1:-1]
            self.splices.append((where, where, f"{text}, " if before else f", {text}"))
            return
        first = node.value[0]
        start = first[0].start_mark.index if isinstance(first, tuple) else self._dash(first)
        column = start - self._line_start(start)
        text = block(new, column)
        if before:
            self.splices.append((where, where, f"{text.lstrip(' ')}\n{' ' * column}"))
        else:
            self.splices.append((self._line_end(where), self._line_end(where), f"\n{text}"))

    def _remove(self, node: CollectionNode, gone: Sequence[bool]) -> None:
        """Take out items or entries, with the commas or the lines they stand on."""
        spans = [self._span(child) for child in node.value]
        for first, last in _runs(gone):
            start, end = spans[first][0], spans[last][1]
            following = spans[last + 1][0] if last + 1 < len(spans) else None
            if node.flow_style:
                end = end if following is None else following
                start = spans[first - 1][1] if following is None and first else start
                self.splices.append((start, end, ""))
                continue
            start = self._dash(node.value[first]) if isinstance(node, SequenceNode) else start
            line = self._line_start(start)
            if not self.text[line:start].strip():
                self.splices.append((line, min(self._line_end(end) + self._break(end), len(self.text)), ""))
            elif following is not None:  # behind a dash: what follows takes its place
                self.splices.append((start, following, ""))
            else:
                raise EditError("every key of an item was removed")

    def _span(self, child: Any) -> tuple[int, int]:
        if isinstance(child, tuple):
            key, value = child
            return key.start_mark.index, max(key.end_mark.index, self._end(value))
        return child.start_mark.index, self._end(child)

    def _end(self, node: Node) -> int:
        """Where a node's own text ends; a block's end mark lies behind the comments that follow it."""
        if isinstance(node, ScalarNode):
            end: int = node.end_mark.index
            return len(self.text[:end].rstrip()) if node.style in {"|", ">"} else end
        if isinstance(node, CollectionNode) and node.value and not node.flow_style:
            return self._span(node.value[-1])[1]
        return int(node.end_mark.index)

    def _dash(self, item: Node) -> int:
        dash = len(self.text[: item.start_mark.index].rstrip()) - 1
        if self.text[dash : dash + 1] != "-":
            raise EditError("an item without its dash")
        return dash

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _indent(self, index: int) -> int:
        line = self.text[self._line_start(index) : index]
        return len(line) - len(line.lstrip(" -"))

    def _line_end(self, index: int) -> int:
        """The end of the line, before its break; a comment behind the value belongs to it."""
        end = self.text.find("\n", index)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[end - 1 : end] == "\r" else end

    def _break(self, index: int) -> int:
        """Length of the line break that ends the line of a position."""
        return 2 if self.text.startswith("\r\n", self._line_end(index)) else 1


def _runs(gone: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last index of each run that is gone."""
    for flag, group in groupby(enumerate(gone), key=lambda one: one[1]):
        indexes = [index for index, _ in group]
        if flag:
            yield indexes[0], indexes[-1]


def _last_before(key: str, present: Sequence[str], rank: Sequence[str]) -> int:
    """Index of the present key that comes nearest before a new one; -1: none does; the last when it is unknown."""
    if key not in rank:
        return len(present) - 1
    earlier = set(rank[: rank.index(key)])
    found = [index for index, name in enumerate(present) if name in earlier]
    return found[-1] if found else -1


WIDTH = 118
_FOREVER = 10**9  # a width no line reaches: the emitter must not fold


def inline(value: Any, indent: int, column: int) -> str:
    """A value that begins in a line already begun; long text goes on in lines below.

    Args:
        value: Text, or a list or dict, which is then written in brackets.
        indent: Spaces before the lines below.
        column: Where in its line the value begins.
    """
    return _folded(_scalar(value), indent, column) if isinstance(value, str) else flow(value)


def flow(value: Any) -> str:
    """A value in one line, as inside ``[…]`` and ``{…}``."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    return _scalar(value, flow=True)


def document(data: dict[str, Any]) -> str:
    """A whole file."""
    return f"{block(data, 0)}\n" if data else ""


def block(value: dict[str, Any] | list[Any], indent: int) -> str:
    """Entries or items over lines, from the beginning of a line, without the last line break."""
    if isinstance(value, list):
        return "\n".join(_item(one, indent) for one in value)
    return "\n".join(_entry(key, one, indent) for key, one in value.items())


def _entry(key: str, value: Any, indent: int) -> str:
    start = " " * indent + _scalar(key) + ":"
    if isinstance(value, dict | list) and value:
        return f"{start}\n{block(value, indent + 2)}"
    return f"{start} {inline(value, indent + 2, len(start) + 1)}"


def _item(item: Any, indent: int) -> str:
    start, column = " " * indent + "- ", indent + 2
    if isinstance(item, dict) and item:
        return start + block(item, column)[column:]
    return start + inline(item, column, column)


def _scalar(text: str, *, flow: bool = False) -> str:
    """Text as a scalar: plain where YAML allows it, else in quotes; line breaks only as escapes."""
    written: str = yaml.dump(
        [text] if flow else {"k": text},
        Dumper=_Dumper,
        default_style='"' if any(ord(letter) < ord(" ") for letter in text) else None,
        default_flow_style=flow,
        allow_unicode=True,
        width=_FOREVER,
    ).removesuffix("\n")
    return written[1:-1] if flow else written.partition(":")[2][1:]


class _Dumper(yaml.SafeDumper):
    """Writes ``10.30`` and ``true`` without quotes: here every scalar is read as text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  # as its base class declares it


def _folded(scalar: str, indent: int, column: int) -> str:
    """A long scalar over several lines; YAML reads each break as a space."""
    if column + len(scalar) <= WIDTH or "  " in scalar or scalar.startswith('"'):
        return scalar
    lines = textwrap.wrap(
        " " * column + scalar,
        WIDTH,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
        replace_whitespace=False,
    )
    return "\n".join(lines)[column:]
