"""What may stand in a file, and yet is hardly meant? Shown in a check and before a change; forbids nothing."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.coverage import ineffective, says_what_it_covers, uncovered, values
from bot.knowledge.model import Cost, Duration, Faq, Referral, Service, Subject
from bot.privacy import mask
from bot.privacy.kinds import NIK, PHONE

_LISTED = re.compile(r"\s*([-•*]|\d{1,2}[.)])\s")
_WITHOUT_PHONES = {"sebutan", "contoh", "uji", "syarat", "alur", "varian"}
_DIGITS = 8  # of the shortest number that is somebody's
_OFFICE = re.compile(r"(sama |seperti |ikut |sesuai )*jam (kerja )?kantor\W*", re.IGNORECASE)
_FREE = re.compile(r"\b(gratis|cuma-cuma|tidak dipungut)\b", re.IGNORECASE)
_UNPUBLISHED = re.compile(r"\bbelum dipublikasikan\b", re.IGNORECASE)
_COST_UNPUBLISHED = re.compile(r"\b(biaya|tarif)\b[^.;]*\bbelum dipublikasikan\b", re.IGNORECASE)
_PRICE = re.compile(r"\b(bayar|biaya|tarif)\w*[^.;]*\bRp ?\d", re.IGNORECASE)
_LIMIT = re.compile(r"\d+ [^\W\d_]+")
_LIMIT_TOLD = re.compile(rf"\bpaling lama ({_LIMIT.pattern})", re.IGNORECASE)
_TESTS = 2  # of content, at least, of a service
_SAYS_NOTHING = {"title", "names", "replaces", "rule", "sources"}  # on their own


def warnings(subject: Subject, today: date) -> tuple[str, ...]:
    """What somebody should look at once more in a subject's file."""
    found = (*_dates(subject, today), *_found_by(subject), *_texts(subject), *_personal(subject), *_costs(subject))
    found = (*found, *_sources(subject), *_hours(subject), *_confirmed(subject), *_cases(subject), *_limits(subject))
    return tuple(dict.fromkeys(found))


def warnings_of_change(before: KnowledgeBase, after: KnowledgeBase, files: Collection[str], today: date) -> list[str]:
    """What a change of some files brings with it that was not so before, each with the id of its subject."""
    found: list[str] = []
    for identity, file in after.files.items():
        if file in files:
            subject, was = after.subjects[identity], before.subjects.get(identity)
            known = warnings(was, today) if was else ()
            new = [one for one in warnings(subject, today) if one not in known]
            if was and was.sources and not subject.sources:
                new.append("semua `sumber` terhapus.")
            if was is None:
                new += _namesakes(subject, before)
            found += [f"{identity}: {one}" for one in new]
    return found


def _confirmed(subject: Subject) -> Iterator[str]:
    if not isinstance(subject, Service) or subject.confirmed is None:
        return
    given = subject.confirmed
    again = f"/konfirmasi {subject.id} di bot, atau tanya confirm {subject.id}"
    if subject.is_draft:
        why = "isinya berubah" if given.digest else f"`diperbarui` sesudahnya ({subject.updated})"
        lapsed = f"konfirmasi dinas {given.day} gugur karena {why}"
        yield f"{lapsed}; kalau yang baru sudah dibaca, konfirmasi lagi dengan {again}."
    elif not given.digest:
        late = "`dikonfirmasi` tanpa `isi` baru gugur kalau `diperbarui` lewat tanggalnya"
        yield f"{late}; {again}, mengisinya, supaya setiap perubahan menggugurkannya."


def _dates(subject: Subject, today: date) -> Iterator[str]:
    if subject.updated > today:
        yield f"`diperbarui` {subject.updated} belum tiba; warga membaca tanggal ini."
    if subject.notice and subject.notice.until < today:
        yield f"`pemberitahuan` sudah lewat sejak {subject.notice.until}, jadi tidak ditampilkan."


def _found_by(subject: Subject) -> Iterator[str]:
    """Without these nobody finds it, or nobody notices when it is no longer found."""
    if not isinstance(subject, Service | Referral):
        return
    wanted = {"sebutan": subject.names, "contoh": subject.examples, "uji": subject.questions, "sumber": subject.sources}
    wanted |= {"uji_isi": subject.content_tests}
    if missing := [f"`{key}`" for key, values in wanted.items() if not values]:
        yield f"belum ada {', '.join(missing)}."
    if isinstance(subject, Service) and 0 < len(subject.content_tests) < _TESTS:
        yield "baru ada satu `uji_isi`; paling sedikit dua untuk setiap layanan."


def _texts(subject: Subject) -> Iterator[str]:
    lists = {"syarat": getattr(subject, "requirements", ()), "alur": getattr(subject, "steps", ())}
    for variant in getattr(subject, "variants", ()):
        where = f"varian › {variant.title} ›"
        lists |= {f"{where} syarat": variant.requirements, f"{where} alur": variant.steps}
    for key, lines in lists.items():
        if any(_LISTED.match(line) for line in lines):
            yield f"butir `{key}` diawali tanda daftar atau nomor; bot menomori sendiri."


def _cases(subject: Subject) -> Iterator[str]:
    variants = subject.variants if isinstance(subject, Service) else ()
    for one in variants:
        if not one.model_dump(exclude_defaults=True).keys() - _SAYS_NOTHING:
            yield f"varian `{one.title}` tidak berisi apa-apa; isi, atau hapus."
    titles = [one.title for one in variants]
    if twice := [f"`{one}`" for one in dict.fromkeys(titles) if titles.count(one) > 1]:
        yield f"judul varian {', '.join(twice)} dipakai dua kali; beri judul lain, karena warga memilih menurut judul."


def _personal(subject: Subject) -> Iterator[str]:
    """Nobody's NIK belongs into a file; telephone numbers do, though not into what is to be done or was asked."""
    for key, value in subject.model_dump(by_alias=True, exclude={"sources"}).items():
        unwanted = {NIK, PHONE} if key in _WITHOUT_PHONES else {NIK}
        numbered = (line for line in _lines(value) if sum(map(str.isdecimal, line)) >= _DIGITS)
        if kinds := unwanted.intersection(kind for line in numbered for kind in mask(line).found):
            yield f"`{key}` memuat {' dan '.join(sorted(kinds))}; pastikan bukan data pribadi."


def _lines(value: object) -> Iterator[str]:
    """Every text in a value of a file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | tuple | list):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _lines(one)


def _costs(subject: Subject) -> Iterator[str]:
    costs = values(subject, Cost)
    if paid := [cost for cost in costs if cost.rupiah]:
        yield from _paid(subject, paid)
    if tariffs := [cost for cost in costs if cost.rupiah or cost.fees]:
        yield from _published(subject, tariffs)
    if costs and all(cost.free for cost in costs):
        yield from _free(subject, costs)


def _paid(subject: Subject, costs: Iterable[Cost]) -> Iterator[str]:
    if any(_FREE.search(cost.text) for cost in costs):
        yield "`biaya`: ada tarif di `rupiah`, tetapi `keterangan` mengatakan gratis."
    for faq in subject.faq:
        if _FREE.search(faq.answer):
            yield f"`biaya`: ada tarif di `rupiah`, tetapi tanya_jawab `{faq.question}` mengatakan gratis."


def _published(subject: Subject, costs: Iterable[Cost]) -> Iterator[str]:
    places = {"keterangan": any(_UNPUBLISHED.search(cost.text) for cost in costs)}
    places["catatan"] = any(_COST_UNPUBLISHED.search(note) for note in subject.notes)
    for key in (key for key, is_there in places.items() if is_there):
        yield f"`biaya`: ada tarif di `rupiah` atau `rincian`, tetapi `{key}` mengatakan belum dipublikasikan."


def _free(subject: Subject, costs: Iterable[Cost]) -> Iterator[str]:
    if isinstance(subject, Service) and not all(cost.basis for cost in costs):
        yield "`biaya`: gratis tanpa `dasar`; tulis pasalnya, karena tanpa itu tidak dihitung di kepatuhan."
    for faq in subject.faq:
        if _PRICE.search(faq.answer):
            yield f"`biaya`: gratis, tetapi tanya_jawab `{faq.question}` menyebut harga."


def _limits(subject: Subject) -> Iterator[str]:
    for one in values(subject, Duration):
        limit, told = _LIMIT.match(one.at_most.casefold()), _LIMIT_TOLD.findall(one.text.casefold())
        if limit and told and limit[0] not in told:
            yield f"`waktu`: `paling_lama` {limit[0]}, tetapi `keterangan` mengatakan paling lama {told[0]}."


def _namesakes(subject: Subject, before: KnowledgeBase) -> Iterator[str]:
    for other in before.subjects.values():
        if other.name.casefold() == subject.name.casefold():
            yield f"nama ini sudah dipakai `{other.id}`; bila id-nya diganti, kode QR dan tautan lama tidak berlaku."


def _sources(subject: Subject) -> Iterator[str]:
    """An answer prints the source that covers it; where none does, a citizen reads none."""
    if not subject.sources:
        return
    if not says_what_it_covers(subject):
        yield "`sumber` belum menyebut bagian yang dimuatnya; tambahkan di tiap sumber, misalnya `untuk: [syarat]`."
        return
    bare = uncovered(subject)
    if bare:
        asked = (f"{one.part} `{one.own.question}`" if isinstance(one.own, Faq) else one.part for one in bare)
        missing = ", ".join(dict.fromkeys(asked))
        yield f"tidak ada sumber untuk: {missing}. Tambahkan bagiannya di `untuk` sumber yang memuatnya."
    for source, part in ineffective(subject):
        vain = f"`untuk: {part}` di sumber `{source.title}` tidak berpengaruh"
        why = f"karena `{part}` menyebut sumbernya sendiri"
        yield f"{vain}, {why}; tambahkan sumber ini di sana, atau hapus bagian itu dari `untuk`."


def _hours(subject: Subject) -> Iterator[str]:
    if not isinstance(subject, Service):
        return
    if subject.place and not subject.hours:
        yield "ada `lokasi` tetapi tidak ada `jam`, jadi jamnya disebut belum dipublikasikan; isi, atau `jam: kantor`."
    if _OFFICE.fullmatch(subject.hours):
        yield f"`jam: {subject.hours}` dibaca warga begitu saja; mungkin maksudnya `jam: kantor`, yaitu jam instansi."
