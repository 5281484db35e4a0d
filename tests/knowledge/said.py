"""What does the code say? Sentences of kalimat.yaml by group and key, with the places that are filled.

``python -m tests.knowledge.said`` writes it where the loader holds the file of a region to it.
"""

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from string import Formatter

import yaml
from jinja2 import Environment, nodes

ROOT = Path(__file__).parent.parent.parent
CONTRACT = ROOT / "bot" / "knowledge" / "reading" / "sentences.json"
WRITTEN = ROOT / "knowledge" / "bahasa" / "kalimat.yaml"

Places = frozenset[str] | None  # None: given as a mapping


Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Module:
    """One file of the code, and what it says."""

    path: Path
    tree: ast.Module = field(init=False)

    def __post_init__(self) -> None:
        self.tree = ast.parse(self.path.read_text(encoding="utf-8"))

    @cached_property
    def constants(self) -> Mapping[str, str]:
        """Texts that a name stands for in the whole module."""
        return {
            target.id: node.value.value
            for node in self.tree.body
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    @cached_property
    def texts(self) -> frozenset[str]:
        """Every text of the module."""
        return frozenset(
            node.value for node in ast.walk(self.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )

    @cached_property
    def functions(self) -> list[Function]:
        """Every function and method."""
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    @cached_property
    def defined(self) -> frozenset[str]:
        """Names of its functions."""
        return frozenset(function.name for function in self.functions)

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Calls by the last part of what is called."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                yield name, node

    def patterns(self, given: ast.expr, group: str = "") -> Iterator[str]:
        """Regular expressions of the keys an argument may stand for."""
        before = re.escape(f"{group}.") if group else ""
        match given:
            case ast.Constant(value=str(text)):
                yield before + re.escape(text)
            case ast.IfExp():
                yield from self.patterns(given.body, group)
                yield from self.patterns(given.orelse, group)
            case ast.JoinedStr():
                yield before + "".join(self.part(part) for part in given.values)
            case ast.Name() if given.id in self.constants:
                yield before + re.escape(self.constants[given.id])

    def part(self, part: ast.expr) -> str:
        match part:
            case ast.Constant(value=str(text)):
                return re.escape(text)
            case ast.FormattedValue(value=ast.Name(id=name)) if name in self.constants:
                return re.escape(self.constants[name])
        return r"\w+"


@cache
def modules() -> list[Module]:
    return [Module(path) for path in sorted((ROOT / "bot").rglob("*.py"))]


@cache
def written() -> Mapping[str, str]:
    """The sentences of the shipped knowledge."""
    groups = yaml.load(WRITTEN.read_text(encoding="utf-8"), yaml.BaseLoader)
    return {f"{group}.{key}": text for group, keys in groups.items() for key, text in keys.items()}


def places(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def said(code: list[Module]) -> Iterator[tuple[str, Places]]:
    """Patterns of keys that are said, each with the places that are filled."""
    speakers = _speakers(code)
    for module in code:
        for name, call in module.calls():
            if name == "get":  # a sentence that may be missing
                yield from ((one, None) for given in call.args for one in module.patterns(given) if r"\w" in one)
            group = _group_of(name, module, speakers)
            if group is None:
                continue
            filled = [keyword.arg for keyword in call.keywords]
            passes = name == "say" or (name, True) in {
                (speaker, passes) for (speaker, _), (_, passes) in speakers.items()
            }
            given = frozenset(filter(None, filled)) if passes and None not in filled else None
            for argument in call.args:
                yield from ((pattern, given) for pattern in module.patterns(argument, group))
    yield from _said_by_templates()


Speakers = dict[tuple[str, Path], tuple[str, bool]]
"""By name and where it is defined: the group put before what is said, and whether all places are passed on."""


def _group_of(name: str, module: Module, speakers: Speakers) -> str | None:
    """The group of a speaker's own sentences, empty when whole keys are said; None when it says nothing."""
    if name == "say":
        return ""
    if name in module.defined:
        return speakers.get((name, module.path), (None, False))[0]
    groups = {group for (speaker, _), (group, _) in speakers.items() if speaker == name}
    return groups.pop() if len(groups) == 1 else None


def _speakers(code: list[Module]) -> Speakers:
    """Functions that say what they are given."""
    speakers: Speakers = {}
    for _ in range(3):  # a speaker may call another
        for module in code:
            for function in module.functions:
                for group in _groups_said(function, module, speakers):
                    speakers[function.name, module.path] = group, function.args.kwarg is not None
    return speakers


def _groups_said(function: Function, module: Module, speakers: Speakers) -> Iterator[str]:
    taken = {one.arg for one in function.args.args} - {"phrases"}
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        group = _group_of(getattr(node.func, "attr", getattr(node.func, "id", "")), module, speakers)
        for argument in node.args if group is not None else ():
            match argument:
                case ast.Name(id="name" | "key" as one) if one in taken and group:
                    yield group
                case ast.JoinedStr(values=[*before, ast.FormattedValue(value=ast.Name(id=one))]) if one in taken:
                    said = "".join(module.part(part) for part in before).replace("\\", "")
                    if said.endswith("."):
                        yield said.removesuffix(".")


def _said_by_templates() -> Iterator[tuple[str, Places]]:
    for path in sorted((ROOT / "bot").rglob("*.html")):
        for call in Environment(autoescape=True).parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "say":
                [key, *_] = call.args
                if isinstance(key, nodes.Const):
                    yield re.escape(key.value), frozenset(keyword.key for keyword in call.kwargs)


def is_key(text: str) -> bool:
    return bool(re.fullmatch(r"[a-z]+(_[a-z]+)*\.[a-z0-9_]+", text))


def never_said() -> list[str]:
    """Sentences of the shipped knowledge that stand nowhere in the code, not in a table of keys either."""
    code = modules()
    patterns = {pattern for pattern, _ in said(code)}
    texts = frozenset().union(*(module.texts for module in code))
    return [key for key in written() if key not in texts and not any(re.fullmatch(one, key) for one in patterns)]


def never_written() -> list[str]:
    """Sentences that the code says by their whole name and the shipped knowledge lacks."""
    return sorted({key for key, _ in _exactly(said(modules())) if is_key(key)} - written().keys())


def unfilled() -> list[tuple[str, str]]:
    """Places in the shipped sentences that a call leaves empty."""
    sentences = written()
    return [
        (key, place)
        for key, given in _exactly(said(modules()))
        if given is not None and key in sentences
        for place in places(sentences[key]) - given
    ]


def _exactly(calls: Iterable[tuple[str, Places]]) -> Iterator[tuple[str, Places]]:
    """Sentences that are said by their whole name."""
    return ((pattern.replace("\\", ""), given) for pattern, given in calls if r"\w" not in pattern)


def contract() -> Mapping[str, Mapping[str, list[str]]]:
    """By group and key the places that are filled: as the code does it, else as the shipped sentence shows it."""
    filled: dict[str, set[str]] = defaultdict(set)
    for key, given in _exactly(said(modules())):
        filled[key] |= places(written().get(key, "")) if given is None else given
    groups: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for key, text in sorted(written().items()):
        group, name = key.split(".")
        groups[group][name] = sorted(filled[key] if key in filled else places(text))
    return groups


def as_text() -> str:
    """The file as it is kept: a line for each sentence."""
    groups = (
        f'"{group}": {{\n' + ",\n".join(f'  "{key}": {json.dumps(filled)}' for key, filled in keys.items()) + "\n}"
        for group, keys in contract().items()
    )
    return "{" + ",\n".join(groups) + "}\n"


if __name__ == "__main__":
    CONTRACT.write_text(as_text(), encoding="utf-8")
