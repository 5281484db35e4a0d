"""What does a YAML file say, and on which line? Every scalar is read as text."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.knowledge.problems import Problem
from bot.knowledge.reading.mistakes import CURLY, OPENS, mistake

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_ALIASES = 100
MAX_NODES = 200_000
LARGE = 50_000
"""Bytes of a file of which nothing is kept once it is read: ours have 30 000; parsed it may take 40 times as much."""

_KEPT = 64  # documents: 5 MB of files like ours
_TOO_DEEP = f"isi bertingkat terlalu dalam: paling banyak {MAX_DEPTH} tingkat."

_AROUND = re.compile(r"[“”][^“”]*[“”]|[‘’][^‘]*[‘’]")  # a whole text; within it ’ may be an apostrophe
_QUOTES = re.compile(r"(?<!\w)['\"]|['\"](?!\w)")  # but no apostrophe

LineOf = Callable[..., int]
"""The line of a file on which something stands: the file, then keys and positions from the outside in."""


@dataclass(frozen=True)
class Document:
    """A file as plain values (text, lists, dicts of text keys) with the lines they stand on.

    It is shared by all who read the file: nobody changes its values.
    """

    data: Any = None  # None when it cannot be read
    root: Node | None = None
    problems: tuple[Problem, ...] = ()  # of a file without a name

    def line(self, path: Sequence[str | int]) -> int:
        """The line, from 1, of the value or key at a path; of its nearest known parent when it is missing."""
        node, line = self.root, 1
        for part in path:
            found = _child(node, part)
            if found is None:
                break
            node, line = found
        return line


def document_of(raw: bytes) -> Document:
    """A file as it is read; the same bytes are parsed once as long as a change of them is under way."""
    return _kept(raw) if len(raw) < LARGE else parse(raw)


def parse(raw: bytes) -> Document:
    """Read the bytes of a file. Never raises."""
    problems: list[Problem] = []
    try:
        text = _decoded(raw)
        root = _composed(text)
        data = _DocumentReader(text.splitlines(), problems).read(root, 0)
        return Document(data, root, tuple(problems))
    except _UnreadableError as error:
        return Document(problems=(*problems, Problem("", *error.args)))


@lru_cache(maxsize=_KEPT)
def _kept(raw: bytes) -> Document:
    return parse(raw)


def lines_of(files: Mapping[str, object]) -> LineOf:
    """Tells lines of files; a file is parsed only when a line of it is asked for."""

    @cache
    def document(file: str) -> Document:
        raw = files.get(file)
        return document_of(raw) if isinstance(raw, bytes) else Document()

    return lambda file, *path: document(file).line(path)


class _UnreadableError(Exception):
    """Nothing more can be read of a file: the line, what is wrong, what to do."""


def _decoded(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _UnreadableError(1, f"berkas terlalu besar: {len(raw)} bita, paling banyak {MAX_BYTES}.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _UnreadableError(line, "huruf tidak terbaca.", "Simpan berkas sebagai UTF-8.") from None


def _composed(text: str) -> Node:
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise _UnreadableError(*_mistake(error, text)) from None
    except (yaml.YAMLError, ValueError) as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        hint = "Hapus huruf yang tidak tampak."
        raise _UnreadableError(line, "ada huruf kendali yang tidak boleh dipakai.", hint) from None
    except RecursionError:
        raise _UnreadableError(1, _TOO_DEEP) from None
    if root is None:
        raise _UnreadableError(1, "berkas kosong.")
    return root


def _mistake(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str, str]:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    if "undefined alias" in str(error.problem):
        return line, "tanda `*` di awal nilai dibaca sebagai salinan.", "Apit dengan tanda kutip."
    hint = "Periksa inden, titik dua, kutip, dan kurung."
    return mistake(text, line) or (line, "susunan YAML rusak di sekitar baris ini.", hint)


@dataclass
class _DocumentReader:
    lines: Sequence[str]
    problems: list[Problem]
    _seen: set[int] = field(default_factory=set)
    _nodes: int = 0
    _aliases: int = 0

    def read(self, node: Node, depth: int) -> Any:
        self._nodes += 1
        if isinstance(node, ScalarNode):
            self._look_at_text(node)
            return node.value
        self._guard(node, depth)
        if isinstance(node, SequenceNode):
            return [self.read(item, depth + 1) for item in node.value]
        return self._mapping(node, depth) if isinstance(node, MappingNode) else None

    def _mapping(self, node: MappingNode, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self._say(_line(key), "kunci harus berupa kata.")
                continue
            if key.value in values:
                self._say(_line(key), f"kunci `{key.value}` tertulis dua kali.")
            values[key.value] = self.read(value, depth + 1)
        return values

    def _look_at_text(self, node: ScalarNode) -> None:
        """Text that a remark cuts off, that goes on over what is hardly its own, or that stands in curly quotes."""
        if node.style:
            return
        first, last = node.start_mark.line, node.end_mark.line
        rest = self.lines[last][node.end_mark.column :] if last < len(self.lines) else ""
        if node.value and rest.startswith(" #"):
            hint = "Apit kalimatnya dengan tanda kutip, atau beri dua spasi sebelum catatan."
            self._say(last + 1, "tanda ` #` memotong kalimat di sini.", hint)
        if _AROUND.fullmatch(node.value):
            self._say(first + 1, *CURLY)
        if last > first and node.value[-1:] in {"'", '"'} and len(_QUOTES.findall(node.value)) % 2:
            hint = "Hapus baris ini bila bukan bagian kalimatnya; bila bagiannya, apit seluruh kalimat."
            self._say(last + 1, "sisa kalimat lama? Tanda kutip di akhir baris ini tidak punya pembuka.", hint)
        for number, line in enumerate(self.lines[first + 1 : last + 1], first + 2):
            if OPENS.match(line):
                self._say(number, "baris ini terbaca sebagai sambungan baris di atasnya.", "Luruskan awal barisnya.")

    def _guard(self, node: Node, depth: int) -> None:
        self._aliases += id(node) in self._seen
        self._seen.add(id(node))
        if depth > MAX_DEPTH:
            raise _UnreadableError(_line(node), _TOO_DEEP)
        if self._nodes > MAX_NODES:
            raise _UnreadableError(_line(node), f"isi terlalu banyak: paling banyak {MAX_NODES} nilai.")
        if self._aliases > MAX_ALIASES:
            raise _UnreadableError(_line(node), f"terlalu banyak salinan (`*nama`): paling banyak {MAX_ALIASES}.")

    def _say(self, line: int, message: str, hint: str = "") -> None:
        self.problems.append(Problem("", line, message, hint))


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _child(node: Node | None, part: str | int) -> tuple[Node, int] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == part:
                return value, _line(key)
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], _line(node.value[part])
    return None
