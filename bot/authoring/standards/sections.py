"""What does a published page say about a subject? The same words as the bot's, all of them, under headings."""

from dataclasses import dataclass, replace

from bot.conversation.composing import components as parts
from bot.conversation.composing.answer import aspect_blocks, known
from bot.conversation.composing.hours import hours_line
from bot.conversation.composing.wording import Occasion, listed, sentence
from bot.conversation.reply import Block, bullets, text
from bot.knowledge.model import Agency, Aspect, Component, Service, Subject

_OWED = (Aspect.REQUIREMENTS, Aspect.STEPS, Aspect.DURATION, Aspect.COST, Aspect.OUTPUT)  # said even when missing
_ORDER = (
    *_OWED,
    Aspect.FORMS,
    Aspect.ONLINE,
    Aspect.PLACE,
    Aspect.HOURS,
    Aspect.CONTACT,
    Aspect.COMPLAINTS,
    Aspect.LEGAL_BASIS,
)
_INSIDE = (
    Component.FACILITIES,
    Component.COMPETENCE,
    Component.SUPERVISION,
    Component.STAFFING,
    Component.GUARANTEE,
    Component.SAFETY,
    Component.EVALUATION,
)


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it; a block's label is a heading one level down."""

    key: str
    title: str
    blocks: tuple[Block, ...]


def sections(subject: Subject, asking: Occasion) -> list[Section]:
    """Everything that is asked about a subject, in the order people ask; nothing that depends on the hour."""
    found = []
    for aspect in _ORDER:
        title = parts.name_of(aspect, asking.phrases)
        blocks = _hours(subject, asking) if aspect is Aspect.HOURS else known(subject, aspect, asking)
        if not blocks and aspect in _OWED and isinstance(subject, Service):
            blocks = aspect_blocks(subject, aspect, asking)
        if blocks:
            found.append(Section(aspect.value, title, tuple(_below(title, block, asking) for block in blocks)))
    return found


def inside(service: Service, asking: Occasion) -> list[Section]:
    """Components of the standard that are owed though nobody asks; the agency's where the service has none.

    The last one names those that are not published.
    """
    agency = asking.knowledge.agency_of(service)
    assessment = asking.knowledge.assessment
    names = {name.key: name.name for name in assessment.components} if assessment else {}
    lines = {component: _lines(service, component) or _lines(agency, component) for component in _INSIDE}
    found = [Section(one.value, names.get(one, one.value), (bullets(said),)) for one, said in lines.items() if said]
    missing = [names.get(one, one.value) for one, said in lines.items() if not said]
    if missing:
        title = asking.phrases.say("terbit.belum")
        found.append(Section("belum", title, (text(sentence(listed(missing, asking.phrases))),)))
    return found


_FIELDS = {
    Component.FACILITIES: "facilities",
    Component.COMPETENCE: "competence",
    Component.SUPERVISION: "supervision",
    Component.STAFFING: "staffing",
    Component.GUARANTEE: "guarantee",
    Component.SAFETY: "safety",
    Component.EVALUATION: "evaluation",
}


def _lines(owner: Service | Agency, component: Component) -> tuple[str, ...]:
    lines: tuple[str, ...] = getattr(owner, _FIELDS[component])
    return lines


def _hours(subject: Subject, asking: Occasion) -> tuple[Block, ...]:
    """The week, without what today is like: a page is read on another day."""
    if not isinstance(subject, Service | Agency):
        return known(subject, Aspect.HOURS, asking)
    if isinstance(subject, Service) and subject.hours:
        return (text(sentence(subject.hours)),)
    agency = subject if isinstance(subject, Agency) else asking.knowledge.agency_of(subject)
    week = agency.hours or asking.knowledge.region.office_hours
    line = hours_line(agency, asking)
    remark = week.text if week else ""
    return tuple(text(sentence(one)) for one in (line, remark) if one)


def _below(title: str, block: Block, asking: Occasion) -> Block:
    """A block without what the section's heading says already ("Syarat: WNI" below "Syarat" is "WNI")."""
    before = asking.phrases.say("jawaban.untuk_varian", bagian=title, varian="")
    return replace(block, label="" if block.label == title else block.label.removeprefix(before))
