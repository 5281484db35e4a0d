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
    """Subject id, index and text of each ``sebutan``, ``contoh`` or ``uji``, compared without case and space."""
    field = {"sebutan": "names", "contoh": "examples", "uji": "questions"}[key]
    for subject in knowledge.subjects.values():
        for index, text in enumerate(getattr(subject, field)):
            yield subject.id, index, " ".join(text.casefold().split())


def _twice(key: str, knowledge: KnowledgeBase, documents: Mapping[str, Document]) -> Iterator[Problem]:
    seen: dict[str, tuple[str, int]] = {}
    clashes: dict[tuple[str, str], list[tuple[str, int, int]]] = {}  # by both files: the text, its place here and there
    for subject, index, text in _lists(key, knowledge):
        other, before = seen.setdefault(text, (subject, index))
        if (other, before) != (subject, index):
            files = knowledge.files[subject], knowledge.files[other]
            clashes.setdefault(files, []).append((text, index, before))
    for (file, there), texts in clashes.items():
        for text, index, before in texts[:_SAME]:
            line, where = documents[file].line([key, index]), f"{there} baris {documents[there].line([key, before])}"
            yield Problem(file, line, f"{key} `{text}` sudah ada di {where}.", "Satu kalimat hanya untuk satu layanan.")
        if more := texts[_SAME:]:
            line = documents[file].line([key, more[0][1]])
            yield Problem(file, line, f"{len(more)} {key} lagi sama dengan {there}.", "Ganti atau hapus semuanya.")


def _used_to_find(knowledge: KnowledgeBase, documents: Mapping[str, Document]) -> Iterator[Problem]:
    used = {text for key in ("sebutan", "contoh") for _, _, text in _lists(key, knowledge)}
    for subject, index, text in _lists("uji", knowledge):
        if text in used:
            file = knowledge.files[subject]
            line = documents[file].line(["uji", index])
            yield Problem(file, line, f"uji `{text}` juga ada di sebutan atau contoh.", "Uji harus kalimat lain.")


def _neighbours(knowledge: KnowledgeBase, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for index, neighbour in enumerate(knowledge.region.neighbours):
        if neighbour.referral and f"rujukan/{neighbour.referral}.yaml" not in documents:
            line = documents["daerah.yaml"].line(["tetangga", index, "rujukan"])
            yield Problem("daerah.yaml", line, f"rujukan `{neighbour.referral}` tidak ada di folder rujukan.")
