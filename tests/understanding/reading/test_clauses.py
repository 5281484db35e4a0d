"""A message is heard part by part: by its stops, and by the words people begin anew with."""

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.understanding.reading import lexicon
from bot.understanding.reading.clauses import clauses
from bot.understanding.reading.reader import Reader

_JOINTS = frozenset({"tapi", "karena"})


@pytest.fixture(scope="module")
def reader(real: KnowledgeBase) -> Reader:
    return Reader(lexicon.build(real.language, ["ktp hilang"], {}))


def parts(reader: Reader, text: str) -> list[tuple[str, bool]]:
    tokens = reader.read(text)
    return [
        (" ".join(token.typed for token in tokens[one.start : one.end]), one.asks) for one in clauses(tokens, _JOINTS)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ktp saya hilang", [("ktp saya hilang", False)]),
        ("ktp hilang. bayar berapa?", [("ktp hilang", False), ("bayar berapa", True)]),
        (
            "mau urus ktp tapi lagi di jawa, gimana??",
            [("mau urus ktp", False), ("tapi lagi di jawa", False), ("gimana", True)],
        ),
        ("ktp hilang soalnya dicopet ya?", [("ktp hilang", False), ("soalnya dicopet ya", True)]),
        ("f-1.02 ada di contoh.id\nbenar", [("f 1 02 ada di contoh id", False), ("benar", False)]),
        ("", []),
    ],
)
def test_a_message_falls_into_its_parts(reader: Reader, text: str, expected: list[tuple[str, bool]]) -> None:
    assert parts(reader, text) == expected
