"""Which rules hold between files? What one file alone cannot tell."""

from collections.abc import Iterator, Mapping

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.problems import Problem
from bot.knowledge.reading import sentences
from bot.knowledge.reading.document import Document
from bot.knowledge.reading.folder import EVERYTHING

SENTENCES = "bahasa/kalimat.yaml"
_SAME = 2  # texts of two files that are each told; a copied service repeats dozens


def check(knowledge: KnowledgeBase, documents: Mapping[str, Document]) -> list[Problem]:
    """Every breach of the rules between files.

    Args:
        knowledge: All that was read.
        documents: The files it was read from, for the lines.
    """
    if not knowledge.subjects:
        return [Problem(EVERYTHING, 0, "belum ada satu pun instansi, layanan, atau rujukan.")]
    return [
        *_twice("sebutan", knowledge, documents),
        *_twice("contoh", knowledge, documents),
        *_used_to_find(knowledge, documents),
        *_neighbours(knowledge, documents),
        *sentences.check(knowledge.phrases, documents, SENTENCES),
    ]


def _lists(key: str, knowledge: KnowledgeBase) -> Iterator[tuple[str, int, str]]:
    """File, index and text of each ``sebutan``, ``contoh`` or ``uji``, compared without case and space."""
    field = {"sebutan": "names", "contoh": "examples", "uji": "questions"}[key]
    for subject in knowledge.subjects.values():
        for index, text in enumerate(getattr(subject, field)):
            yield knowledge.files[subject.id], index, " ".join(text.casefold().split())


def _twice(key: str, knowledge: KnowledgeBase, documents: Mapping[str, Document]) -> Iterator[Problem]:
    seen: dict[str, tuple[str, int]] = {}
    clashes: dict[tuple[str, str], list[tuple[str, int, int]]] = {}  # by both files: the text, its line here and there
    for file, index, text in _lists(key, knowledge):
        there, before = seen.setdefault(text, (file, index))
        if (there, before) != (file, index):
            lines = documents[file].line([key, index]), documents[there].line([key, before])
            clashes.setdefault((file, there), []).append((text, *lines))
    for (file, there), texts in clashes.items():
        for text, line, before in texts[:_SAME]:
            twin = _taken(f"{key} `{text}`", (there, before), (file, line))
            yield _taken(f"{key} `{text}`", (file, line), (there, before), twin)
        if more := texts[_SAME:]:
            (_, line, before), said, hint = (
                more[0],
                f"{len(more)} {key} lagi sama dengan ",
                "Ganti atau hapus semuanya.",
            )
            yield Problem(file, line, f"{said}{there}.", hint, twin=Problem(there, before, f"{said}{file}.", hint))


def _taken(what: str, here: tuple[str, int], there: tuple[str, int], twin: Problem | None = None) -> Problem:
    message = f"{what} sudah ada di {there[0]} baris {there[1]}."
    return Problem(*here, message, "Satu kalimat hanya untuk satu layanan.", twin=twin)


def _used_to_find(knowledge: KnowledgeBase, documents: Mapping[str, Document]) -> Iterator[Problem]:
    used = {text: (file, key, index) for key in ("sebutan", "contoh") for file, index, text in _lists(key, knowledge)}
    for file, index, text in _lists("uji", knowledge):
        if text in used:
            there, key, before = used[text]
            said = f"uji `{text}` juga ada di sebutan atau contoh.", "Uji harus kalimat lain."
            twin = Problem(there, documents[there].line([key, before]), *said)
            yield Problem(file, documents[file].line(["uji", index]), *said, twin=twin)


def _neighbours(knowledge: KnowledgeBase, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for index, neighbour in enumerate(knowledge.region.neighbours):
        if neighbour.referral and f"rujukan/{neighbour.referral}.yaml" not in documents:
            line = documents["daerah.yaml"].line(["tetangga", index, "rujukan"])
            yield Problem("daerah.yaml", line, f"rujukan `{neighbour.referral}` tidak ada di folder rujukan.")
