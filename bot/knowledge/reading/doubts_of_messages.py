"""What may stand among the messages of pesan.yaml, and yet is hardly meant? Shown in a check; forbids nothing."""

from collections.abc import Iterator, Mapping
from functools import cache

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Act, Message
from bot.knowledge.problems import alike
from bot.privacy import mask
from bot.privacy.kinds import NIK, PHONE

FILE = "bahasa/pesan.yaml"
_SHOWN = 60  # letters of a message by which it is found in the file


def warnings_of_messages(knowledge: KnowledgeBase) -> Iterator[str]:
    """What somebody should look at once more; each names the message it is about."""
    tests = {_plain(text): subject.id for subject in knowledge.subjects.values() for text in subject.questions}
    labels = (*knowledge.subjects, *Act)
    seen: set[str] = set()
    for one in knowledge.language.messages.root:
        said = f"pesan “{one.text[:_SHOWN]}”"
        yield from (f"{said}: {doubt}" for doubt in (*_labels(one, labels), *_text(one, seen, tests)))
        seen.add(_plain(one.text))


def _labels(one: Message, labels: tuple[str, ...]) -> Iterator[str]:
    for unknown in (label for label in one.about if label not in labels):
        near = " atau ".join(f"`{label}`" for label in alike(unknown, labels))
        hint = f" Mungkin maksudnya {near}." if near else ""
        yield f"`untuk: {unknown}` bukan id layanan, rujukan, instansi, atau maksud, jadi tidak dipelajari.{hint}"


def _text(one: Message, seen: set[str], tests: Mapping[str, str]) -> Iterator[str]:
    plain = _plain(one.text)
    if plain in seen:
        yield "ditulis dua kali."
    if plain in tests:
        yield f"sama dengan `uji` di `{tests[plain]}`; uji tidak boleh dipelajari."
    if kinds := sorted({NIK, PHONE}.intersection(mask(one.text).found)):
        yield f"memuat {' dan '.join(kinds)}; pastikan bukan data pribadi."


@cache
def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())
