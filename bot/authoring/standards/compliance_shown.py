"""How is the completeness of standards shown? Lines in the terminal, JSON, a page, lines for a chat."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bot.authoring.standards.compliance import AgencyStandard, Compliance
from bot.authoring.standards.pages import render, stylesheet
from bot.conversation.composing.wording import decimal, long_date
from bot.conversation.reply import Block, Reply, bullets, note, text
from bot.conversation.turn import Outcome
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Entry
from bot.knowledge.phrases import Phrases
from bot.knowledge.vocabulary import Component


def as_json(compliance: Compliance) -> Mapping[str, Any]:
    """The whole picture as plain values."""
    return {
        "tanggal": compliance.on.isoformat(),
        "instansi": [_agency_values(one) for one in compliance.agencies],
        "lewat_tinjau": [
            {"id": one.id, "nama": one.name, "tinjau_sebelum": str(one.review_by)} for one in compliance.overdue
        ],
        "catatan": list(compliance.assessment.remarks),
    }


def as_lines(compliance: Compliance, phrases: Phrases) -> Iterator[str]:
    """A table for each agency, then what is overdue and how to read the scores."""
    width = max((len(service.service.id) for one in compliance.agencies for service in one.services), default=0)
    numbers = "".join(f"{number:>3}" for number in range(1, len(Component) + 1))
    for one in compliance.agencies:
        yield from (score_line(one, phrases), f"{phrases.say('kepatuhan.layanan'):<{width}}{numbers}")
        for service in one.services:
            marks = "".join(f"{phrases.say(f'kepatuhan.lambang_{given}'):>3}" for given in service.given.values())
            yield f"{service.service.id:<{width}}{marks}  {service.count}/{len(Component)}"
        yield ""
    yield phrases.say("kepatuhan.keterangan")
    yield from (f"{number:>2} {one.name}" for number, one in enumerate(compliance.assessment.components, 1))
    yield from ("", phrases.say("kepatuhan.lewat_judul" if compliance.overdue else "kepatuhan.lewat_tidak_ada"))
    yield from (overdue_line(entry, phrases) for entry in compliance.overdue)
    yield from ("", *(f"- {remark}" for remark in compliance.assessment.remarks))


def as_html(compliance: Compliance, knowledge: KnowledgeBase) -> str:
    """One page that stands alone: its style is inside."""
    return render(
        "kepatuhan.html",
        knowledge,
        root="",
        today=compliance.on,
        style=stylesheet(),
        compliance=compliance,
        phrases=knowledge.phrases,
        score_line=score_line,
        overdue_line=overdue_line,
        decimal=decimal,
    )


def as_reply(compliance: Compliance, agencies: Collection[str], phrases: Phrases) -> Reply:
    """Some agencies, by id, in a few lines each, and which of their answers are past their review date."""
    own = [one for one in compliance.agencies if one.agency.id in agencies]
    ids = {service.service.id for one in own for service in one.services}
    blocks = [block for one in own for block in _agency_blocks(one, compliance, phrases)]
    late = tuple(overdue_line(entry, phrases) for entry in compliance.overdue if entry.id in ids | set(agencies))
    if late:
        blocks.append(bullets(late, phrases.say("kepatuhan.lewat_judul")))
    remarks = [note(remark) for remark in compliance.assessment.remarks[:1]]
    return Reply("", Outcome.HELP, (*blocks, *remarks))


def _agency_blocks(one: AgencyStandard, compliance: Compliance, phrases: Phrases) -> Iterator[Block]:
    """The score, and each component that is missing somewhere, the most missed first."""
    yield text(score_line(one, phrases))
    names = {name.key: name.name for name in compliance.assessment.components}
    missed = {component: sum(component in service.missing for service in one.services) for component in Component}
    lines = tuple(
        phrases.say("kepatuhan.belum_di", komponen=names[component], jumlah=count, semua=len(one.services))
        for component, count in sorted(missed.items(), key=lambda pair: -pair[1])
        if count
    )
    if lines:
        yield bullets(lines)
    elif one.services:
        yield text(phrases.say("kepatuhan.lengkap"))


def score_line(one: AgencyStandard, phrases: Phrases) -> str:
    """An agency's score, category and zone."""
    if one.band is None or one.score is None:
        return phrases.say("kepatuhan.tanpa_layanan", instansi=one.agency.short)
    return phrases.say(
        "kepatuhan.instansi",
        instansi=one.agency.short,
        nilai=decimal(one.score),
        kategori=one.band.category,
        opini=one.band.opinion,
        zona=one.band.zone,
        jumlah=len(one.services),
    )


def overdue_line(entry: Entry, phrases: Phrases) -> str:
    """One answer past its review date."""
    day = long_date(entry.review_by) if entry.review_by else ""
    return phrases.say("kepatuhan.lewat", nama=entry.name, id=entry.id, tanggal=day)


def _agency_values(one: AgencyStandard) -> Mapping[str, Any]:
    return {
        "id": one.agency.id,
        "nama": one.agency.name,
        "nilai": one.score,
        "kategori": one.band and one.band.category,
        "opini": one.band and one.band.opinion,
        "zona": one.band and one.band.zone,
        "layanan": [
            {
                "id": each.service.id,
                "nama": each.service.name,
                "ada": each.count,
                "komponen": dict(each.given),
                "belum": list(each.missing),
            }
            for each in one.services
        ],
        "ditarik": [service.id for service in one.withdrawn],
    }
