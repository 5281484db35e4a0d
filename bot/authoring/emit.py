"""How is a value written in YAML so that it looks like what clerks write? Every scalar is text."""

from __future__ import annotations

import textwrap
from typing import Any

import yaml

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
    return "".join(f"{entry_block(key, value, 0)}\n" for key, value in data.items())


def entry_block(key: str, value: Any, indent: int) -> str:
    """A key with its value, from the beginning of a line, without the last line break."""
    start = " " * indent + _scalar(key) + ":"
    if isinstance(value, dict) and value:
        return "\n".join([start, *(entry_block(inner, one, indent + 2) for inner, one in value.items())])
    if isinstance(value, list) and value:
        return "\n".join([start, *(item_block(one, indent + 2) for one in value)])
    return f"{start} {inline(value, indent + 2, len(start) + 1)}"


def item_block(item: Any, indent: int) -> str:
    """An item of a list, from the beginning of a line, without the last line break."""
    if isinstance(item, dict) and item:
        lines = "\n".join(entry_block(key, value, indent + 2) for key, value in item.items())
        return " " * indent + "- " + lines[indent + 2 :]
    return " " * indent + "- " + inline(item, indent + 2, indent + 2)


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
