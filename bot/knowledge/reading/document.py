"""What does a YAML file say, and on which line? Every scalar is read as text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.knowledge.problems import Problem
from bot.knowledge.reading.mistakes import OPENS, mistake

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_ALIASES = 100
MAX_NODES = 200_000

Path = Sequence[str | int]


@dataclass(frozen=True)
class Document:
    """A file as plain values (text, lists, dicts of text keys) with the lines they stand on."""

    data: Any
    root: Node | None

    def line(self, path: Path) -> int:
        """The line, from 1, of the value or key at a path; of its nearest known parent when it is missing."""
        node, line = self.root, 1
        for part in path:
            found = _child(node, part)
            if found is None:
                break
            node, line = found
        return line


def parse(raw: bytes, file: str) -> tuple[Document, list[Problem]]:
    """Read one file.

    Args:
        raw: Its bytes.
        file: Its name in problems.

    Returns:
        The document, empty when it cannot be read, and every problem found. Never raises.
    """
    empty = Document(None, None)
    if len(raw) > MAX_BYTES:
        return empty, [Problem(file, 1, f"berkas terlalu besar: {len(raw)} bita, paling banyak {MAX_BYTES}.")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return empty, [Problem(file, line, "huruf tidak terbaca.", "Simpan berkas sebagai UTF-8.")]
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return empty, [_broken(error, text, file)]
    except (yaml.YAMLError, ValueError) as error:
        return empty, [_unreadable(error, text, file)]
    except RecursionError:
        return empty, [Problem(file, 1, f"isi bertingkat terlalu dalam: paling banyak {MAX_DEPTH} tingkat.")]
    if root is None:
        return empty, [Problem(file, 1, "berkas kosong.")]
    reader = _DocumentReader(file, text.splitlines())
    try:
        data = reader.read(root, 0)
    except _TooMuchError as error:
        return empty, [*reader.problems, Problem(file, error.line, error.message)]
    return Document(data, root), reader.problems


class Documents(Mapping[str, Document]):
    """The documents of a folder's files, each read only when a line of it is asked for."""

    def __init__(self, files: Mapping[str, bytes | OSError]) -> None:
        self._files, self._read = files, dict[str, Document]()

    def __getitem__(self, file: str) -> Document:
        if file not in self._read:
            raw = self._files[file]
            self._read[file] = parse(raw, file)[0] if isinstance(raw, bytes) else Document(None, None)
        return self._read[file]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


class _TooMuchError(Exception):
    def __init__(self, node: Node, message: str) -> None:
        super().__init__(message)
        self.line, self.message = _line(node), message


@dataclass
class _DocumentReader:
    file: str
    lines: Sequence[str]
    problems: list[Problem] = field(default_factory=list)
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
                self.problems.append(Problem(self.file, _line(key), "kunci harus berupa kata."))
                continue
            if key.value in values:
                self.problems.append(Problem(self.file, _line(key), f"kunci `{key.value}` tertulis dua kali."))
            values[key.value] = self.read(value, depth + 1)
        return values

    def _look_at_text(self, node: ScalarNode) -> None:
        """Text that a remark cuts off, or that goes on over a line which looks like an item or a key."""
        if node.style:
            return
        end = node.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if node.value and rest.startswith(" #"):
            message = "tanda ` #` memotong kalimat di sini."
            self._say(end.line, message, "Apit kalimatnya dengan tanda kutip, atau beri dua spasi sebelum catatan.")
        for number in range(node.start_mark.line + 1, min(node.end_mark.line + 1, len(self.lines))):
            if OPENS.match(self.lines[number]):
                self._say(number, "baris ini terbaca sebagai sambungan baris di atasnya.", "Luruskan awal barisnya.")

    def _say(self, index: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self.file, index + 1, message, hint))

    def _guard(self, node: Node, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise _TooMuchError(node, f"isi bertingkat terlalu dalam: paling banyak {MAX_DEPTH} tingkat.")
        if self._nodes > MAX_NODES:
            raise _TooMuchError(node, f"isi terlalu banyak: paling banyak {MAX_NODES} nilai.")
        if id(node) in self._seen:
            self._aliases += 1
            if self._aliases > MAX_ALIASES:
                raise _TooMuchError(node, f"terlalu banyak salinan (`*nama`): paling banyak {MAX_ALIASES}.")
        self._seen.add(id(node))


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


def _broken(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    if "undefined alias" in str(error.problem):
        return Problem(file, line, "tanda `*` di awal nilai dibaca sebagai salinan.", "Apit dengan tanda kutip.")
    return mistake(text, file, line) or Problem(
        file, line, "susunan YAML rusak di sekitar baris ini.", "Periksa inden, titik dua, kutip, dan kurung."
    )


def _unreadable(error: Exception, text: str, file: str) -> Problem:
    position = getattr(error, "position", 0)
    line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 1
    return Problem(file, line, "ada huruf kendali yang tidak boleh dipakai.", "Hapus huruf yang tidak tampak.")
