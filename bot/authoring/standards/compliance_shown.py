"""How is the completeness of standards shown? Lines in the terminal, JSON, a page, lines for a chat."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from bot.authoring.standards.compliance import AgencyStandard, Compliance, Given, ServiceStandard
from bot.authoring.standards.pages import render, stylesheet
from bot.conversation.composing.wording import long_date
from bot.conversation.reply import Block, Reply, bullets, note, text
from bot.conversation.turn import Outcome
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Component, Entry
from bot.knowledge.phrases import Phrases

_NUMBERS = tuple(str(number) for number in range(1, len(Component) + 1))


def as_json(compliance: Compliance) -> Mapping[str, Any]:
    """The whole picture as plain values."""
    return {
        "tanggal": compliance.on.isoformat(),
        "instansi": [_agency_json(one) for one in compliance.agencies],
        "lewat_tinjau": [
            {"id": one.id, "nama": one.name, "tinjau_sebelum": one.review_by.isoformat()}
            for one in compliance.overdue
            if one.review_by
        ],
        "catatan": list(compliance.assessment.remarks),
    }


def as_lines(compliance: Compliance, phrases: Phrases) -> Iterator[str]:
    """A table for each agency, then what is overdue and how to read the scores."""
    ids = [service.service.id for one in compliance.agencies for service in one.services]
    width = max(map(len, ids), default=0)
    for one in compliance.agencies:
        yield from (score_line(one, phrases), _row(phrases.say("kepatuhan.layanan"), _NUMBERS, width))
        for service in one.services:
            marks = [mark(given, phrases) for given in service.given.values()]
            yield _row(service.service.id, marks, width) + f"  {service.count}/{len(Component)}"
        yield ""
    yield phrases.say("kepatuhan.keterangan")
    yield from (f"{number:>2} {one.name}" for number, one in enumerate(compliance.assessment.components, 1))
    yield from ("", *overdue_lines(compliance, phrases), "")
    yield from (f"- {remark}" for remark in compliance.assessment.remarks)


def _row(name: str, marks: Iterable[str], width: int) -> str:
    return f"{name:<{width}}" + "".join(f"{one:>3}" for one in marks)


def as_html(compliance: Compliance, knowledge: KnowledgeBase) -> str:
    """One page that stands alone: its style is inside."""
    phrases = knowledge.phrases
    return render(
        "kepatuhan.html",
        knowledge,
        root="",
        today=compliance.on,
        style=stylesheet(),
        compliance=compliance,
        score_line=partial(score_line, phrases=phrases),
        overdue_line=partial(overdue_line, phrases=phrases),
        mark=partial(mark, phrases=phrases),
        decimal=decimal,
    )


def as_reply(compliance: Compliance, agencies: Collection[str], phrases: Phrases) -> Reply:
    """Some agencies in a few lines each, and which of their answers are past their review date.

    Args:
        compliance: The whole picture.
        agencies: Ids of those to tell of.
        phrases: The bot's sentences.
    """
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


def overdue_lines(compliance: Compliance, phrases: Phrases) -> Iterator[str]:
    """Answers past their review date."""
    if not compliance.overdue:
        yield phrases.say("kepatuhan.lewat_tidak_ada")
        return
    yield phrases.say("kepatuhan.lewat_judul")
    yield from (overdue_line(entry, phrases) for entry in compliance.overdue)


def overdue_line(entry: Entry, phrases: Phrases) -> str:
    """One answer past its review date."""
    day = long_date(entry.review_by) if entry.review_by else ""
    return phrases.say("kepatuhan.lewat", nama=entry.name, id=entry.id, tanggal=day)


def mark(given: Given, phrases: Phrases) -> str:
    """The sign of who gives a component."""
    return phrases.say(f"kepatuhan.lambang_{given.value}")


def decimal(score: float) -> str:
    """A score with two digits behind a comma."""
    return f"{score:.2f}".replace(".", ",")


def _agency_json(one: AgencyStandard) -> Mapping[str, Any]:
    return {
        "id": one.agency.id,
        "nama": one.agency.name,
        "nilai": one.score,
        "kategori": one.band.category if one.band else None,
        "opini": one.band.opinion if one.band else None,
        "zona": one.band.zone if one.band else None,
        "layanan": [_service_json(service) for service in one.services],
        "ditarik": [service.id for service in one.withdrawn],
    }


def _service_json(one: ServiceStandard) -> Mapping[str, Any]:
    return {
        "id": one.service.id,
        "nama": one.service.name,
        "ada": one.count,
        "komponen": {component.value: given.value for component, given in one.given.items()},
        "belum": [component.value for component in one.missing],
    }
