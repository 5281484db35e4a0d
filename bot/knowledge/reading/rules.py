"""Which rules hold between files? What one file alone cannot tell."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import permutations

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content_tests import ContentTest
from bot.knowledge.coverage import Path, named_sources
from bot.knowledge.language import NO_DANGER
from bot.knowledge.model import Agency, Referral
from bot.knowledge.problems import Problem, alike
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
        *_numbers(knowledge, line),
        *_dangers(knowledge, line),
        *_named_sources(knowledge, line),
        *_opposed(knowledge, line),
        *_ahead(knowledge, line),
        *_same_day(knowledge, line),
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


def _numbers(knowledge: KnowledgeBase, line: LineOf) -> Iterator[Problem]:
    """Every kind of danger has numbers, and those are listed."""
    file, key, kinds = "daerah.yaml", "nomor_bahaya", knowledge.language.danger.kinds
    listed = [one.number for one in knowledge.region.emergency]
    given = knowledge.region.by_danger
    if missing := [kind for kind in kinds if not given.get(kind)]:
        said = f"belum ada nomor untuk bahaya {', '.join(f'`{kind}`' for kind in missing)}."
        hint = f"Tulis di `{key}`, yang paling tepat lebih dulu, misalnya `{missing[0]}: [{', '.join(listed[:2])}]`."
        yield Problem(file, line(file, key if given else "darurat"), said, hint)
    for kind, numbers in given.items():
        where = line(file, key, kind)
        if kind not in kinds:
            yield Problem(
                file, where, f"bahaya `{kind}` tidak ada di bahasa/darurat.yaml.", _either(alike(kind, [*kinds]))
            )
        for number in set(numbers) - set(listed):
            hint = f"Tambahkan di `darurat`, atau pakai salah satu dari {', '.join(listed)}."
            yield Problem(file, where, f"nomor `{number}` tidak ada di `darurat`.", hint)


def _dangers(knowledge: KnowledgeBase, line: LineOf) -> Iterator[Problem]:
    """Messages of people in danger are of a kind that is known."""
    file, kinds = "bahasa/pesan-darurat.yaml", [*knowledge.language.danger.kinds, NO_DANGER]
    for kind in knowledge.language.danger_messages.root.keys() - {*kinds}:
        said = f"bahaya `{kind}` tidak ada di bahasa/darurat.yaml."
        yield Problem(file, line(file, kind), said, _either(alike(kind, kinds)))


def _named_sources(knowledge: KnowledgeBase, line: LineOf) -> Iterator[Problem]:
    """A statement names its source by a part of a title that only one source of its file has."""
    for subject in knowledge.subjects.values():
        titles = [source.title for source in subject.sources]
        for path, title in named_sources(subject):
            found = sum(title.casefold() in one.casefold() for one in titles)
            wrong, hint = f"cocok dengan {found} judul", "Tulis lebih panjang."
            if not found:
                wrong, hint = "tidak ada", _meant(alike(title, titles))
            if found != 1:
                file = knowledge.files[subject.id]
                yield Problem(file, line(file, *path), f"sumber `{title}` {wrong} di berkas ini.", hint)


def _meant(titles: Sequence[str]) -> str:
    return _either(titles) or "Tulis bagian judul salah satu sumbernya."


def _either(meant: Sequence[str]) -> str:
    said = " atau ".join(f"`{one}`" for one in meant)
    return f"Mungkin maksudnya {said}." if said else ""


def _opposed(knowledge: KnowledgeBase, line: LineOf) -> Iterator[Problem]:
    """Two tests of one question that no answer can meet, in one file or in two."""
    asked: dict[str, list[tuple[str, int, ContentTest]]] = {}
    for subject in knowledge.subjects.values():
        for at, test in enumerate(subject.content_tests):
            words = " ".join(re.findall(r"\w+", test.question.casefold()))
            asked.setdefault(words, []).append((knowledge.files[subject.id], at, test))
    for tests in asked.values():
        for (file, at, forbids), (there, before, wants) in permutations(tests, 2):
            if word := wants.opposed(forbids):
                where = f"{there} baris {line(there, 'uji_isi', before)}"
                said = f"uji_isi bertentangan: `{word}` harus dimuat menurut {where}, dan tidak boleh di sini."
                yield Problem(file, line(file, "uji_isi", at), said, "Hapus salah satu.")


def _ahead(knowledge: KnowledgeBase, line: LineOf) -> Iterator[Problem]:
    """What somebody is said to have done on a day that has not come."""
    today = knowledge.region.local(datetime.now(UTC)).date()
    days: list[tuple[str, str, Path, date]] = [
        ("dikonfirmasi", knowledge.files[one.id], ("dikonfirmasi", "tanggal"), one.confirmed.day)
        for one in knowledge.services.values()
        if one.confirmed
    ]
    days += [("ditelepon", file, (key, at, "ditelepon"), rung) for file, key, at, rung in _calls(knowledge) if rung]
    for key, file, path, day in days:
        if day > today:
            said = f"tanggal {day} di `{key}` belum tiba."
            yield Problem(file, line(file, *path), said, "Tulis hari terjadinya yang sebenarnya.")


def _same_day(knowledge: KnowledgeBase, line: LineOf) -> Iterator[Problem]:
    """A day that is two holidays."""
    file, seen = "hari-libur.yaml", dict[date, str]()
    for at, one in enumerate(knowledge.holidays):
        if one.day in seen:
            said = f"tanggal {one.day} tertulis dua kali: {seen[one.day]} dan {one.name}."
            yield Problem(file, line(file, "libur", at, "tanggal"), said, "Hapus salah satu.")
        seen.setdefault(one.day, one.name)


def _calls(knowledge: KnowledgeBase) -> Iterator[tuple[str, str, int, date | None]]:
    """Of each telephone number its file, key and place there, and the day it was rung."""
    yield from (("daerah.yaml", "darurat", at, one.rung) for at, one in enumerate(knowledge.region.emergency))
    tellers: list[Agency | Referral] = [*knowledge.agencies.values(), *knowledge.referrals.values()]
    for teller in tellers:
        yield from ((knowledge.files[teller.id], "telepon", at, one.rung) for at, one in enumerate(teller.phones))
