"""How is the completeness of standards shown? Lines in the terminal, JSON, a page, lines for a chat."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bot.authoring.standards.compliance import AgencyStandard, Compliance, Given, ServiceStandard, Share
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
    numbers = "".join(f"{number:>3}" for number in range(1, len(Component) + 1)) + f"  {phrases.say('kepatuhan.k')}"
    for one in compliance.agencies:
        yield from (score_line(one, phrases), f"{phrases.say('kepatuhan.layanan'):<{width}}{numbers}")
        for service in one.services:
            marks = "".join(f"{mark:>3}" for mark in _marks(service, phrases))
            yield f"{service.service.id:<{width}}{marks}  {counted(service)}"
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
        marks=_marks,
        counted=counted,
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
    """The two figures, and each component that is missing somewhere, the most missed first."""
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
    """An agency's two figures, what national rules add to them, and how many services it confirmed."""
    if not one.services:
        return phrases.say("kepatuhan.tanpa_layanan", instansi=one.agency.short)
    return phrases.say(
        "kepatuhan.instansi",
        instansi=one.agency.short,
        tayang=decimal(one.published.own),
        tayang_nasional=decimal(one.published.national),
        kelola=decimal(one.management.own),
        kelola_nasional=decimal(one.management.national),
        jumlah=len(one.services),
        dikonfirmasi=one.confirmed,
    )


def counted(one: ServiceStandard) -> str:
    """How many components a service has: its own and, apart from them, those of national rules."""
    national = one.count(Given.NATIONAL)
    own = one.count(Given.SERVICE, Given.AGENCY)
    return f"{own}+{national}/{len(Component)}" if national else f"{own}/{len(Component)}"


def _marks(one: ServiceStandard, phrases: Phrases) -> Iterator[str]:
    """A sign for each component, and one for the confirmation."""
    yield from (phrases.say(f"kepatuhan.lambang_{given}") for given in one.given.values())
    yield phrases.say("kepatuhan.lambang_belum" if one.service.is_draft else "kepatuhan.lambang_layanan")


def overdue_line(entry: Entry, phrases: Phrases) -> str:
    """One answer past its review date."""
    day = long_date(entry.review_by) if entry.review_by else ""
    return phrases.say("kepatuhan.lewat", nama=entry.name, id=entry.id, tanggal=day)


def _agency_values(one: AgencyStandard) -> Mapping[str, Any]:
    return {
        "id": one.agency.id,
        "nama": one.agency.name,
        "wajib_tayang": _share_values(one.published) if one.services else None,
        "pengelolaan": _share_values(one.management) if one.services else None,
        "dikonfirmasi": one.confirmed,
        "layanan": [
            {
                "id": each.service.id,
                "nama": each.service.name,
                "dikonfirmasi": not each.service.is_draft,
                "ada": each.count(Given.SERVICE, Given.AGENCY),
                "nasional": each.count(Given.NATIONAL),
                "komponen": dict(each.given),
                "belum": list(each.missing),
            }
            for each in one.services
        ],
        "ditarik": [service.id for service in one.withdrawn],
    }


def _share_values(share: Share) -> Mapping[str, float]:
    return {"persen": share.own, "nasional": share.national}
