"""What must people look into before the bot goes live? Lists to tick off for the region, each agency, referrals."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.authoring.standards.compliance import AgencyStandard, Given, assess
from bot.conversation.composing.wording import long_date
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.coverage import Statement, said, uncovered, values
from bot.knowledge.model import Agency, Cost, Entry, Faq, Phone, Referral, Service, Subject
from bot.knowledge.region import EmergencyNumber
from bot.knowledge.vocabulary import PUBLISHED, Component

KINDS = ("nomor", "konfirmasi", "ragu", "kosong", "sumber", "tinjau")
"""What is listed of each part: ``tayang.<kind>`` is its heading, ``tayang.<kind>_cara`` what is to be done."""

_NUMBER = re.compile(r"\b(?:0\d[\d-]{7,}|1(?!9\d\d\b)\d{2}(?:\d?-\d{3}|\d)?)\b")  # in a text; not a year
_MARKUP = re.compile(r"([\\`*_<>\[\]|])")


@dataclass(frozen=True)
class ToTick:
    """What is to be done about one part of the knowledge, by kind."""

    name: str
    tasks: Mapping[str, tuple[str, ...]]


def checklist(knowledge: KnowledgeBase, today: date) -> list[ToTick]:
    """What has to be looked into, on a day."""
    rung = {_digits(one.number) for one in _phones(knowledge) if one.rung}
    of_region = [*(one.number for one in knowledge.region.emergency), *_numbers(_region_texts(knowledge))]
    elsewhere = rung.union(map(_digits, of_region))  # those stand in the region's list already
    referrals = knowledge.phrases.say("tombol.rujukan")
    parts = [
        _region(knowledge, rung, today),
        *(_agency(one, knowledge, elsewhere, today) for one in assess(knowledge, today).agencies),
        _part(referrals, list(knowledge.referrals.values()), knowledge, elsewhere, today),
    ]
    return [ToTick(one.name, {kind: one.tasks[kind] for kind in KINDS if one.tasks.get(kind)}) for one in parts]


def as_markdown(knowledge: KnowledgeBase, today: date) -> str:
    """The lists as one document, with how many there are of each."""
    say, parts = knowledge.phrases.say, checklist(knowledge, today)
    kinds = [say(f"tayang.{kind}") for kind in KINDS]
    lines = [f"# {say('tayang.judul', daerah=knowledge.region.name)}", ""]
    lines += [say("tayang.pembuka", tanggal=long_date(today), saat=f"{today}T00:00"), ""]
    lines += [f"| | {' | '.join(kinds)} |", f"|---{'|---:' * len(KINDS)}|"]
    for one in parts:
        lines.append(f"| {one.name} | {' | '.join(str(len(one.tasks.get(kind, ()))) for kind in KINDS)} |")
    for one in parts:
        lines += ["", f"## {one.name}"]
        lines += [] if one.tasks else ["", say("tayang.beres")]
        for kind, tasks in one.tasks.items():
            lines += ["", f"### {say(f'tayang.{kind}')}", "", say(f"tayang.{kind}_cara"), ""]
            lines += [f"- [ ] {_plain(task)}" for task in tasks]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """A text in one line, without markup."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _region(knowledge: KnowledgeBase, rung: Collection[str], today: date) -> ToTick:
    region, say = knowledge.region, knowledge.phrases.say
    named = {one.number: f"{one.number} – {one.name}" for one in region.emergency}
    guessed = [one for one in knowledge.holidays if one.tentative and one.day >= today]
    doubts = [say("tayang.libur_perkiraan", nama=one.name, tanggal=long_date(one.day)) for one in guessed]
    months = [one for one in knowledge.ramadan if one.tentative and one.last >= today]
    doubts += [say("tayang.ramadan_perkiraan", dari=long_date(one.first), sampai=long_date(one.last)) for one in months]
    return ToTick(region.name, {"nomor": _unrung(named, _region_texts(knowledge), rung), "ragu": tuple(doubts)})


def _region_texts(knowledge: KnowledgeBase) -> list[str]:
    region = knowledge.region
    return [*region.person, *(f"{one.name} {one.text}" for one in region.complaints)]


def _agency(standard: AgencyStandard, knowledge: KnowledgeBase, rung: Collection[str], today: date) -> ToTick:
    agency, services = standard.agency, [one.service for one in standard.services]
    part = _part(agency.name, [agency, *services], knowledge, rung, today)
    drafts = tuple(_named(one) for one in services if one.is_draft)
    return ToTick(agency.name, {**part.tasks, "konfirmasi": drafts, "kosong": tuple(_holes(standard, knowledge))})


def _part(
    name: str, subjects: Sequence[Subject], knowledge: KnowledgeBase, rung: Collection[str], today: date
) -> ToTick:
    tellers = [one for one in subjects if isinstance(one, Agency | Referral)]
    named = {phone.number: _line(phone, one) for one in tellers for phone in one.phones}
    texts = [text for one in subjects for text in _contacts(one)]
    return ToTick(
        name,
        {
            "nomor": _unrung(named, texts, rung),
            "ragu": _doubts(subjects),
            "sumber": tuple(line for one in subjects for line in _unsourced(one)),
            "tinjau": tuple(line for one in subjects for line in _reviews(one, today, knowledge)),
        },
    )


def _phones(knowledge: KnowledgeBase) -> Iterator[Phone | EmergencyNumber]:
    yield from knowledge.region.emergency
    for agency in knowledge.agencies.values():
        yield from agency.phones
    for referral in knowledge.referrals.values():
        yield from referral.phones


def _line(phone: Phone, teller: Agency | Referral) -> str:
    return f"{phone.number} – {phone.purpose or teller.name}"


def _contacts(subject: Subject) -> Iterator[str]:
    """Texts in which a number may stand."""
    if isinstance(subject, Service):
        yield subject.contact
    if isinstance(subject, Agency):
        yield f"WhatsApp {subject.whatsapp}"
        yield from (f"{one.name} {one.text}" for one in subject.complaints)


def _unrung(named: Mapping[str, str], texts: Iterable[str], rung: Collection[str]) -> tuple[str, ...]:
    """Numbers that nobody rang: those with a purpose, then those that stand in a text."""
    lines = {_digits(number): line for number, line in named.items()}
    for text in texts:
        for number in _numbers([text]):
            lines.setdefault(_digits(number), f"{number} – {text}")
    return tuple(line for digits, line in lines.items() if digits not in rung)


def _numbers(texts: Iterable[str]) -> list[str]:
    return [number for text in texts for number in _NUMBER.findall(text)]


def _digits(number: str) -> str:
    return re.sub(r"[ .()-]", "", number)


def _doubts(subjects: Iterable[Subject]) -> tuple[str, ...]:
    """Each doubt once, with the places that have it: what is asked once is mended everywhere."""
    places = defaultdict[str, list[str]](list)
    for subject in subjects:
        for one in said(subject):
            where = f"{_part_of(one)} ({one.case.title})" if one.case else _part_of(one)
            places[one.doubt].append(f"{subject.id}: {where}")
        for doubt in subject.doubts:
            places[doubt.text].append(f"{subject.id}: {doubt.part}")
    return tuple(f"{text} — {'; '.join(where)}" for text, where in places.items() if text)


def _part_of(one: Statement) -> str:
    return one.own.question if isinstance(one.own, Faq) else one.part


def _unsourced(subject: Subject) -> Iterator[str]:
    bare = dict.fromkeys(_part_of(one) for one in uncovered(subject))
    if bare:
        yield f"{_named(subject)}: {'; '.join(bare)}"


def _reviews(subject: Subject, today: date, knowledge: KnowledgeBase) -> Iterator[str]:
    """An answer past its day, and a tariff that has none: tariffs change."""
    if subject.review_by and subject.review_by < today:
        yield knowledge.phrases.say("tayang.lewat", nama=_named(subject), tanggal=long_date(subject.review_by))
    if subject.review_by is None and any(one.rupiah or one.fees for one in values(subject, Cost)):
        yield knowledge.phrases.say("tayang.tarif", nama=_named(subject))


def _holes(standard: AgencyStandard, knowledge: KnowledgeBase) -> Iterator[str]:
    """Of each service the components it must publish and lacks; of its agency those that no service has."""
    assessment = knowledge.assessment
    names = {one.key: one.name for one in assessment.components} if assessment else {}
    for one in standard.services:
        missing = [names[part] for part in one.missing if part in PUBLISHED]
        if missing:
            yield f"{_named(one.service)}: {'; '.join(missing)}"
    for part in (one for one in Component if one not in PUBLISHED):
        without = [one for one in standard.services if one.given[part] in {Given.NOBODY, Given.NATIONAL}]
        if without:
            counts = {"jumlah": len(without), "semua": len(standard.services)}
            yield knowledge.phrases.say("kepatuhan.belum_di", komponen=names[part], **counts)


def _named(one: Entry) -> str:
    return f"{one.name} ({one.id})"
