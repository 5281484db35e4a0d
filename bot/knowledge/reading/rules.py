"""Which rules hold between files? What one file alone cannot tell."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.coverage import named_sources
from bot.knowledge.problems import Problem, nearest
from bot.knowledge.reading import sentences
from bot.knowledge.reading.document import LineOf, lines_of
from bot.knowledge.reading.folder import EVERYTHING, Files

_SAME = 2  # texts of two files that are each told; a copied service repeats dozens


def check(knowledge: KnowledgeBase, files: Files) -> list[Problem]:
    """Every breach of the rules between the files that a knowledge was read from."""
    if not knowledge.subjects:
        return [Problem(EVERYTHING, 0, "belum ada satu pun instansi, layanan, atau rujukan.")]
    line = lines_of(files)
    return [
        *_twice("sebutan", knowledge, line),
        *_twice("contoh", knowledge, line),
        *_used_to_find(knowledge, line),
        *_neighbours(knowledge, files, line),
        *_named_sources(knowledge, line),
        *_opposed(knowledge, line),
        *_confirmed_ahead(knowledge, line),
        *sentences.check(knowledge.phrases, line),
    ]


def _lists(key: str, knowledge: KnowledgeBase) -> Iterator[tuple[str, int, str]]:
    """File, index and text of each ``sebutan``, ``contoh`` or ``uji``, compared without case and space."""
    field = {"sebutan": "names", "contoh": "examples", "uji": "questions"}[key]
    for subject in knowledge.subjects.values():
        for index, text in enumerate(getattr(subject, field)):
            yield knowledge.files[subject.id], index, " ".join(text.casefold().split())


def _twice(key: str, knowledge: KnowledgeBase, line: LineOf) -> Iterator[Problem]:
    seen: dict[str, tuple[str, int]] = {}
    clashes: dict[tuple[str, str], list[tuple[str, int, int]]] = {}  # by both files: the text, its line here and there
    for file, index, text in _lists(key, knowledge):
        there, before = seen.setdefault(text, (file, index))
        if (there, before) != (file, index):
            lines = line(file, key, index), line(there, key, before)
            clashes.setdefault((file, there), []).append((text, *lines))
    for (file, there), texts in clashes.items():
        for text, here, before in texts[:_SAME]:
            twin = _taken(f"{key} `{text}`", (there, before), (file, here))
            yield _taken(f"{key} `{text}`", (file, here), (there, before), twin)
        if more := texts[_SAME:]:
            (_, here, before), said = more[0], f"{len(more)} {key} lagi sama dengan "
            hint = "Ganti atau hapus semuanya."
            yield Problem(file, here, f"{said}{there}.", hint, twin=Problem(there, before, f"{said}{file}.", hint))


def _taken(what: str, here: tuple[str, int], there: tuple[str, int], twin: Problem | None = None) -> Problem:
    message = f"{what} sudah ada di {there[0]} baris {there[1]}."
    return Problem(*here, message, "Satu kalimat hanya untuk satu layanan.", twin=twin)


def _used_to_find(knowledge: KnowledgeBase, line: LineOf) -> Iterator[Problem]:
    used = {text: (file, key, index) for key in ("sebutan", "contoh") for file, index, text in _lists(key, knowledge)}
    for file, index, text in _lists("uji", knowledge):
        if text in used:
            there, *place = used[text]
            said = f"uji `{text}` juga ada di sebutan atau contoh.", "Uji harus kalimat lain."
            twin = Problem(there, line(there, *place), *said)
            yield Problem(file, line(file, "uji", index), *said, twin=twin)


def _neighbours(knowledge: KnowledgeBase, files: Files, line: LineOf) -> Iterator[Problem]:
    for index, neighbour in enumerate(knowledge.region.neighbours):
        if neighbour.referral and f"rujukan/{neighbour.referral}.yaml" not in files:
            message = f"rujukan `{neighbour.referral}` tidak ada di folder rujukan."
            yield Problem("daerah.yaml", line("daerah.yaml", "tetangga", index, "rujukan"), message)


def _named_sources(knowledge: KnowledgeBase, line: LineOf) -> Iterator[Problem]:
    """A statement names its source by a part of a title that only one source of its file has."""
    for subject in knowledge.subjects.values():
        titles = [source.title for source in subject.sources]
        for path, title in named_sources(subject):
            found = sum(title.casefold() in one.casefold() for one in titles)
            wrong, hint = f"cocok dengan {found} judul", "Tulis lebih panjang."
            if not found:
                wrong, hint = "tidak ada", f"Mungkin maksudnya `{nearest(title, titles) or ', '.join(titles)}`."
            if found != 1:
                file = knowledge.files[subject.id]
                yield Problem(file, line(file, *path), f"sumber `{title}` {wrong} di berkas ini.", hint)


def _opposed(knowledge: KnowledgeBase, line: LineOf) -> Iterator[Problem]:
    """Two tests of one question that no answer can meet."""
    for subject in knowledge.subjects.values():
        file = knowledge.files[subject.id]
        tests = [(" ".join(one.question.casefold().split()), one) for one in subject.content_tests]
        held = {(asked, word.casefold()): at for at, (asked, one) in enumerate(tests) for word in one.holds}
        lacked = [(at, asked, word) for at, (asked, one) in enumerate(tests) for word in one.lacks]
        for at, asked, word in lacked:
            before = held.get((asked, word.casefold()))
            if before is not None:
                said = f"uji_isi bertentangan: `{word}` harus dimuat menurut baris {line(file, 'uji_isi', before)},"
                yield Problem(file, line(file, "uji_isi", at), f"{said} dan tidak boleh di sini.", "Hapus salah satu.")


def _confirmed_ahead(knowledge: KnowledgeBase, line: LineOf) -> Iterator[Problem]:
    today = knowledge.region.local(datetime.now(UTC)).date()
    for service in knowledge.services.values():
        if service.confirmed and service.confirmed.day > today:
            file = knowledge.files[service.id]
            said = f"`dikonfirmasi` tanggal {service.confirmed.day} belum tiba."
            yield Problem(file, line(file, "dikonfirmasi", "tanggal"), said, "Tulis tanggal konfirmasinya.")
