"""How does a value change in a YAML file while everything else, comments and layout too, stays as it was?

Only the characters of what differs are replaced. A round trip through an emitter would fold every long line of the
file anew, and a clerk could no longer see in the difference what was changed.
"""

import textwrap
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from bot.knowledge.reading.document import document_of

_BOM = b"\xef\xbb\xbf"
_WIDTH = 95  # columns after which the next space breaks the line
_ENDLESS = 10**9

_Kept = Mapping[int, tuple[Any, Any]]  # by index: what stays, as it was and as it will be
_Part = dict[str, Any] | list[Any]  # some entries of a group, or some items of a list
_Added = Mapping[int, _Part]  # by the index of what stays before it; -1: nothing does


class EditError(Exception):
    """The file is written in a way that cannot be edited in place (copies by ``*name``, for instance)."""


def edited(raw: bytes, data: Any, order: Sequence[str] = ()) -> bytes:
    """A YAML file that says something else, with the least change of its text: none when it says that already.

    Args:
        raw: The file, UTF-8.
        data: What it shall say: text, lists, dicts of text keys.
        order: The usual order of the keys at the top; a new key goes after the nearest of those before it.

    Raises:
        EditError: It cannot be done in place.
    """
    break_ = b"\r\n" if 0 < raw.count(b"\r\n") == raw.count(b"\n") else b"\n"
    plain = raw.removeprefix(_BOM).replace(break_, b"\n")
    before = document_of(plain)
    if before.root is None:
        raise EditError("not readable")
    edit = _Edit(plain.decode())
    edit.node(before.root, before.data, data, order)
    written = edit.result().encode()
    if document_of(written).data != data:
        raise EditError("not editable in place")
    return (_BOM if raw.startswith(_BOM) else b"") + written.replace(b"\n", break_)


@dataclass
class _Edit:
    text: str
    splices: list[tuple[int, int, str]] = field(default_factory=list)

    def result(self) -> str:
        """The text with all splices done; later ones first, so that positions hold."""
        text = self.text
        for start, end, new in sorted(self.splices, key=lambda one: one[:2])[::-1]:
            text = text[:start] + new + text[end:]
        return text

    def node(self, node: Node, old: Any, new: Any, order: Sequence[str] = (), *, in_flow: bool = False) -> None:
        """Make a node say something else."""
        if old == new:
            return
        in_flow = in_flow or bool(getattr(node, "flow_style", False))
        kept: _Kept = {}
        added: _Added = {}
        if isinstance(old, dict) and isinstance(new, dict):
            kept, added = _entries(node, old, new, order)
        elif isinstance(old, list) and isinstance(new, list):
            kept, added = _items(old, new)
        if not kept or not isinstance(node, CollectionNode):
            self._replace(node, new, in_flow=in_flow)
            return
        values = [child[1] if isinstance(child, tuple) else child for child in node.value]
        for index, (was, will) in kept.items():
            self.node(values[index], was, will, in_flow=in_flow)
        spans = self._spans(node)
        for after, part in added.items():
            self._add(node, spans[max(after, min(kept))], part, before=after < 0)
        for is_kept, run in groupby(range(len(spans)), kept.__contains__):
            if not is_kept:
                self._remove(node, spans, list(run))

    def _replace(self, node: Node, new: Any, *, in_flow: bool) -> None:
        start, end = node.start_mark.index, self._end(node)
        if isinstance(new, str) and not in_flow:  # goes on deeper than its line begins
            line = self.text[self._line_start(start) : start]
            text = _block({"k": new}, len(line) - len(line.lstrip(" -"))).lstrip(" ").removeprefix("k: ")
        elif new and isinstance(node, CollectionNode) and not in_flow:
            text = _block(new, node.start_mark.column).lstrip(" ")
        else:
            text = _flow(new)
        gap = " " if start == end and self.text[start - 1 : start] == ":" else ""
        self.splices.append((start, end, gap + text))

    def _add(self, node: CollectionNode, span: tuple[int, int], new: _Part, *, before: bool) -> None:
        """Put more entries or items where one begins, or behind the end of one."""
        start, end = span
        column = start - self._line_start(start)
        text = _flow(new)[1:-1] if node.flow_style else _block(new, column)
        if before:
            gap = ", " if node.flow_style else "\n" + " " * column
            self.splices.append((start, start, text.lstrip(" ") + gap))
        elif node.flow_style:
            self.splices.append((end, end, f", {text}"))
        else:
            self.splices.append((self._line_end(end), self._line_end(end), f"\n{text}"))

    def _remove(self, node: CollectionNode, spans: Sequence[tuple[int, int]], run: Sequence[int]) -> None:
        """Take out neighbouring entries or items, with the commas or the lines they stand on."""
        start, end = spans[run[0]][0], spans[run[-1]][1]
        line = self._line_start(start)
        if not node.flow_style and not self.text[line:start].strip():
            self.splices.append((line, self._line_end(end) + 1, ""))
        elif run[-1] + 1 < len(spans):  # in brackets, or behind a dash: what follows takes their place
            self.splices.append((start, spans[run[-1] + 1][0], ""))
        else:
            self.splices.append((spans[run[0] - 1][1], end, ""))

    def _spans(self, node: CollectionNode) -> list[tuple[int, int]]:
        """Where each entry or item begins and ends; an item over lines begins with its dash."""
        if isinstance(node, MappingNode):
            return [(key.start_mark.index, max(key.end_mark.index, self._end(value))) for key, value in node.value]
        starts = [item.start_mark.index for item in node.value]
        if not node.flow_style:
            starts = [len(self.text[:start].rstrip()) - 1 for start in starts]
        return [(start, self._end(item)) for start, item in zip(starts, node.value, strict=True)]

    def _end(self, node: Node) -> int:
        """Where a node's own text ends; a block's end mark lies behind the comments that follow it."""
        if isinstance(node, CollectionNode) and node.value and not node.flow_style:
            return self._spans(node)[-1][1]
        end: int = node.end_mark.index
        is_block = isinstance(node, ScalarNode) and node.style in {"|", ">"}
        return len(self.text[:end].rstrip()) if is_block else end

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        """The end of the line, before its break; a comment behind the value belongs to it."""
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end


def _entries(node: Node, old: dict[str, Any], new: dict[str, Any], order: Sequence[str]) -> tuple[_Kept, _Added]:
    keys = [key.value for key, _ in node.value]
    kept = {index: (old[key], new[key]) for index, key in enumerate(keys) if key in new}
    rank, added = order or list(new), defaultdict[int, dict[str, Any]](dict)
    for key in (key for key in new if key not in old):
        earlier = rank[: rank.index(key)] if key in rank else keys
        added[max((index for index in kept if keys[index] in earlier), default=-1)][key] = new[key]
    return kept, added


def _items(old: list[Any], new: list[Any]) -> tuple[_Kept, _Added]:
    kept: dict[int, tuple[Any, Any]] = {}
    added: dict[int, list[Any]] = {}
    matcher = SequenceMatcher(None, [*map(repr, old)], [*map(repr, new)], autojunk=False)
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        both = min(i2 - i1, j2 - j1)
        kept |= zip(range(i1, i1 + both), zip(old[i1:], new[j1:], strict=False), strict=False)
        if j1 + both < j2:
            added[i1 + both - 1] = new[j1 + both : j2]
    return kept, added


def document(data: Mapping[str, Any]) -> str:
    """A whole file."""
    return _block(data, 0) + "\n" if data else ""


def _block(value: Mapping[str, Any] | list[Any], indent: int) -> str:
    """Entries or items over lines, from the beginning of a line, without the last line break."""
    return textwrap.indent(_dumped(value, flow=False, width=_WIDTH - indent), " " * indent)


def _flow(value: Any) -> str:
    """A value in one line, as inside ``[…]`` and ``{…}``."""
    return _dumped([value], flow=True, width=_ENDLESS)[1:-1]


def _dumped(value: Any, *, flow: bool, width: int) -> str:
    written: str = yaml.dump(
        value, Dumper=_Dumper, default_flow_style=flow, width=width, allow_unicode=True, sort_keys=False
    )
    return written.removesuffix("\n")


class _Dumper(yaml.SafeDumper):
    """Writes ``10.30`` and ``true`` without quotes: here every scalar is read as text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  # as its base class declares it

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Lists stand deeper than their key."""
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """What is said twice is written twice."""
        return True

    def represent_str(self, text: str) -> ScalarNode:
        """Line breaks only as escapes, and nothing at all in quotes."""
        style = '"' if any(ord(letter) < ord(" ") for letter in text) else None if text else "'"
        return self.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _Dumper.represent_str)
