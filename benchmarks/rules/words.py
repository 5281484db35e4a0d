"""The word lists of bahasa/, each as a rule by its file and its key."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from pydantic import BaseModel, RootModel

from benchmarks.rules.rule import Rule, of_words
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Danger, Language

Path = tuple[str, ...]
_LEARNED = frozenset({"numbers", "messages", "danger_messages", "danger_numbers", "checks"})  # learned of, or tests
_WHOLE = frozenset({"decoys", "frames.deciding", "frames.helping", "days.ways", "danger.words", "affixes.prefixes"})
"""Mappings that are one rule; of the others each key is one."""
_BY_KIND = ("always", "cues", "threats", "beside", "unless")  # lists of each kind of danger, told together


def lists(language: Language) -> Iterator[Rule]:
    """Every list that is not empty."""
    for field, info in Language.model_fields.items():
        if field not in _LEARNED:
            for path in _paths(getattr(language, field), (field,)):
                yield of_words(_named(str(info.alias), language, path), partial(_less, path=path))
    for name in _BY_KIND:
        yield of_words(f"darurat.yaml jenis.*.{Danger.model_fields[name].alias}", partial(_less_by_kind, name=name))


def _paths(value: Any, path: Path) -> Iterator[Path]:
    if ".".join(path) in _WHOLE:
        yield path
    elif path == ("danger", "kinds"):
        return
    elif isinstance(value, RootModel):
        yield from _paths(value.root, path)
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from _paths(getattr(value, field), (*path, field))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            nested = isinstance(one, BaseModel)
            yield from _paths(one, (*path, str(key))) if nested else [(*path, str(key))]
    elif isinstance(value, tuple) and value:
        yield path


def _named(file: str, language: Language, path: Path) -> str:
    """The file and the keys as they are written."""
    value: Any = getattr(language, path[0])
    keys: list[str] = []
    for step in path[1:]:
        if isinstance(value, RootModel):
            value = value.root
        if isinstance(value, Mapping):
            keys.append(step)
            value = value[step]
        else:
            keys.append(str(type(value).model_fields[step].alias or step))
            value = getattr(value, step)
    return " ".join((file, ".".join(keys))).strip()


def _less(knowledge: KnowledgeBase, path: Path) -> KnowledgeBase:
    return replace(knowledge, language=_emptied(knowledge.language, path))


def _emptied(value: Any, path: Path) -> Any:
    """The same with nothing at a path."""
    if not path:
        return type(value.root)() if isinstance(value, RootModel) else type(value)()
    if isinstance(value, RootModel):
        return type(value)(_emptied(value.root, path))
    if isinstance(value, Mapping):
        return {key: _emptied(one, path[1:]) if str(key) == path[0] else one for key, one in value.items()}
    one = getattr(value, path[0])
    if path[1:] or not isinstance(one, RootModel):
        return value.model_copy(update={path[0]: _emptied(one, path[1:])})
    return value.model_copy(update={path[0]: type(one)(type(one.root)())})


def _less_by_kind(knowledge: KnowledgeBase, name: str) -> KnowledgeBase:
    danger = knowledge.language.danger
    kinds = {kind: one.model_copy(update={name: ()}) for kind, one in danger.kinds.items()}
    language = knowledge.language.model_copy(update={"danger": danger.model_copy(update={"kinds": kinds})})
    return replace(knowledge, language=language)
