"""Does kalimat.yaml hold every sentence that the bot says, with the places that it fills and no others?

``sentences.json`` lists them by group and key. It is made from the code (``python -m tests.knowledge.said``).
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

from bot.knowledge.phrases import Phrases
from bot.knowledge.problems import Problem, nearest
from bot.knowledge.reading.document import LineOf

FILE = "bahasa/kalimat.yaml"
_CONTRACT: Mapping[str, Mapping[str, list[str]]] = json.loads(
    Path(__file__).with_name("sentences.json").read_text(encoding="utf-8")
)
SENTENCES = {f"{group}.{key}": frozenset(places) for group, keys in _CONTRACT.items() for key, places in keys.items()}
"""The places that are filled, by ``group.key``."""
_MAY_BE_MISSING = "lembar_catatan."  # remarks beside the columns of a sheet; not every column needs one


def check(phrases: Phrases, line: LineOf) -> list[Problem]:
    """Every sentence that is missing, unknown, or has a place that nothing fills."""
    found = (*_missing(phrases), *_unknown(phrases), *_unfilled(phrases))
    return [Problem(FILE, line(FILE, *name.split(".", 1)), *said) for name, *said in found]


Found = Iterator[tuple[str, str, str]]  # a sentence, what is wrong with it, what to do


def _missing(phrases: Phrases) -> Found:
    for name in SENTENCES.keys() - phrases.sentences.keys():
        if not name.startswith(_MAY_BE_MISSING):
            group, _, key = name.partition(".")
            yield name, f"kalimat `{key}` wajib ada di kelompok `{group}`.", ""


def _unknown(phrases: Phrases) -> Found:
    for name in phrases.sentences.keys() - SENTENCES.keys():
        group, _, key = name.partition(".")
        what, one, known = ("kalimat", key, _CONTRACT[group]) if group in _CONTRACT else ("kelompok", group, _CONTRACT)
        near = nearest(one, list(known))
        yield name, f"{what} `{one}` tidak dikenal.", f"Mungkin maksudnya `{near}`." if near else ""


def _unfilled(phrases: Phrases) -> Found:
    for name, text in phrases.sentences.items():
        filled = sorted(SENTENCES.get(name, ()))
        wrong = min(_places(text) - {*filled}, default=None)
        if name in SENTENCES and wrong is not None:
            near = nearest(wrong, filled)
            allowed = ", ".join(f"{{{place}}}" for place in filled) or "tidak ada"
            message = f"kalimat `{name.partition('.')[2]}` memuat `{wrong}` yang tidak diisi bot."
            meant = f"Mungkin maksudnya `{{{near}}}`. " if near else ""
            yield name, message, f"{meant}Tempat isian yang boleh: {allowed}."


def _places(text: str) -> set[str]:
    """Places of a sentence; a broken one is shown whole."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return {text}
    return {
        f"{{{name}}}" if not name.isidentifier() or spec or conversion else name
        for _, name, spec, conversion in parts
        if name is not None
    }
