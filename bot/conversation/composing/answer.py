"""How is one subject answered? Notice, heading, the question's own answer, the aspects asked, remarks, source."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.conversation.composing import agencies, referrals, services
from bot.conversation.composing import components as parts
from bot.conversation.composing.sources import Held, footed, held, held_answer, updated
from bot.conversation.composing.wording import Occasion, long_date, sentence
from bot.conversation.reply import Block, Told, heading, note, text
from bot.knowledge.model import Agency, Referral, Service, Subject, Withdrawn
from bot.knowledge.vocabulary import Aspect

_OVERVIEW: Mapping[type[Subject], Callable[[Any, Occasion], Told]] = {
    Service: services.overview,
    Referral: referrals.overview,
    Agency: agencies.overview,
}
_ASPECTS: Mapping[type[Subject], Mapping[Aspect, parts.Telling[Any]]] = {
    Service: services.ASPECTS,
    Referral: referrals.ASPECTS,
    Agency: agencies.ASPECTS,
}

_PARTS = {Aspect.OVERVIEW: ("ringkas", Aspect.OUTPUT, "catatan")}
"""What an aspect tells of a subject, where that is not the part of its name."""


def answer(subject: Subject, aspects: tuple[Aspect, ...], asking: Occasion, faq: tuple[str, int] | None = None) -> Told:
    """Everything that is said about one subject.

    Args:
        subject: What was asked about.
        aspects: What was asked of it, in that order; empty: the overview, unless ``faq`` answers it.
        asking: The moment and the day or variant named.
        faq: Subject and index of the entry of ``tanya_jawab`` that was asked.
    """
    opening = (*_notices(subject, asking), heading(subject.name))
    if isinstance(subject, Service) and subject.withdrawn and subject.is_withdrawn(asking.today):
        return Told((*opening, *_withdrawn(subject, subject.withdrawn, asking)), frozenset(Aspect))
    said = _said(subject, aspects, asking, faq)
    closing = (*_overdue(subject, asking), updated(subject, asking))
    return Told((*opening, *said.blocks, *closing), said.aspects, said.cases)


def _said(subject: Subject, aspects: tuple[Aspect, ...], asking: Occasion, faq: tuple[str, int] | None) -> Told:
    if not aspects and not faq:
        return _OVERVIEW[type(subject)](subject, asking)
    published = tuple(aspect for aspect in aspects if known(subject, aspect, asking))
    lacking = () if faq else tuple(aspect for aspect in aspects if aspect not in published)
    found = [_stored(asking.knowledge.subjects[faq[0]], faq[1])] if faq else []
    is_of_kind = any(aspect in _ASPECTS[type(subject)] for aspect in lacking)
    if subject.summary and is_of_kind and not (published or isinstance(subject, Referral)):
        # An answer opens with what there is.
        found.append(held(asking, (text(sentence(subject.summary)),), subject, "ringkas"))
    found += [_held(subject, aspect, asking) for aspect in published]
    told = frozenset(published)
    if aspects and isinstance(subject, Referral):
        found.append(held(asking, referrals.whom(subject, asking, (*published, *lacking)), subject, *referrals.WHOM))
        told |= referrals.UNDER_EVERY
    found += [Held(_unknown(subject, aspect, asking)) for aspect in lacking]
    cases = services.cases_left(subject, aspects, asking) if isinstance(subject, Service) else ()
    return Told(footed(found, asking), told | frozenset(lacking), cases)


def _held(subject: Subject, aspect: Aspect, asking: Occasion) -> Held:
    return held(asking, known(subject, aspect, asking), subject, *_PARTS.get(aspect, (aspect,)))


def _stored(subject: Subject, index: int) -> Held:
    asked = subject.faq[index]
    return held_answer((text(asked.answer, asked.label),), subject, index)


def aspect_blocks(subject: Subject, aspect: Aspect, asking: Occasion) -> tuple[Block, ...]:
    """One aspect of a subject; what is not published is said, with whom to ask."""
    return known(subject, aspect, asking) or _unknown(subject, aspect, asking)


def _unknown(subject: Subject, aspect: Aspect, asking: Occasion) -> tuple[Block, ...]:
    if isinstance(subject, Referral):
        return referrals.missing(aspect, asking)
    if aspect not in _ASPECTS[type(subject)]:
        return (text(asking.say("instansi.tiap_layanan"), parts.name_of(aspect, asking)),)
    return parts.missing(aspect, asking.knowledge.agency_of(subject), asking)


def known(subject: Subject, aspect: Aspect, asking: Occasion) -> tuple[Block, ...]:
    """One aspect of a subject; empty when it is not published."""
    tell = _ASPECTS[type(subject)].get(aspect)
    return tell(subject, asking) if tell else ()


def _notices(subject: Subject, asking: Occasion) -> list[Block]:
    title = asking.say("jawaban.pemberitahuan")
    return [note(one.text, title) for one in asking.knowledge.notices(subject, asking.today)]


def _withdrawn(service: Service, withdrawn: Withdrawn, asking: Occasion) -> tuple[Block, ...]:
    agency = asking.knowledge.agency_of(service)
    since, reason = long_date(withdrawn.since), sentence(withdrawn.reason)
    said = asking.say("jawaban.ditarik", sejak=since, alasan=reason[:1].upper() + reason[1:])
    return (text(f"{said} {parts.whom_to_ask(agency, asking)}"),)


def _overdue(subject: Subject, asking: Occasion) -> tuple[Block, ...]:
    if subject.review_by is None or subject.review_by >= asking.today:
        return ()
    return (note(asking.say("jawaban.perlu_ditinjau", tanggal=long_date(subject.review_by))),)
