"""Every sentence the code says stands in kalimat.yaml with the same places, and no other does."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from bot.conversation.turn import Rating
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Aspect
from bot.knowledge.sentences import SENTENCES

CODE = Path(__file__).parent.parent.parent / "bot" / "conversation"
CHOSEN_BY_VALUE = {  # keys that a value completes
    *(f"aspek.{aspect.value}" for aspect in Aspect),
    *(f"nilai.{rating.value.replace(' ', '_')}" for rating in Rating),
}


def said() -> Iterator[tuple[str, frozenset[str] | None]]:
    """Keys in the code with the places filled; None where they are given as a mapping."""
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say":
                places = [keyword.arg for keyword in node.keywords]
                filled = None if None in places else frozenset(filter(None, places))
                for part in ast.walk(node.args[0]) if node.args else ():
                    if isinstance(part, ast.Constant) and is_key(part.value):
                        yield part.value, filled


def is_key(value: object) -> bool:
    return isinstance(value, str) and "." in value.strip(".") and value.replace(".", "").replace("_", "").isalnum()


def mentioned() -> set[str]:
    """Every text in the code that looks like a key, also those kept in tables."""
    texts = (
        node.value
        for path in CODE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    )
    return {text for text in texts if is_key(text)}


def places(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def test_every_sentence_said_is_written_with_the_places_that_are_filled(knowledge: KnowledgeBase) -> None:
    written = knowledge.phrases.sentences
    wrong = {
        key: filled
        for key, filled in said()
        if key not in written or (filled is not None and places(written[key]) != filled)
    }
    assert wrong == {}


def test_every_sentence_chosen_by_a_value_is_written(knowledge: KnowledgeBase) -> None:
    assert CHOSEN_BY_VALUE - knowledge.phrases.sentences.keys() == set()


def test_what_the_code_fills_is_what_a_clerk_may_use() -> None:
    allowed = {
        f"{group}.{key}": set(filled.split()) for group, keys in SENTENCES.items() for key, filled in keys.items()
    }
    assert {key: filled for key, filled in said() if filled is not None and allowed.get(key) != filled} == {}


def test_no_sentence_is_written_that_is_never_said(knowledge: KnowledgeBase) -> None:
    written = {key for key in knowledge.phrases.sentences if key.split(".")[0] in SENTENCES}
    assert written - mentioned() - CHOSEN_BY_VALUE == set()
