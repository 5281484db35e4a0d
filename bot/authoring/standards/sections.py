"""What does a published page say about a subject? The same words as the bot's, all of them, under headings."""

from dataclasses import dataclass, replace

from bot.conversation.composing import components as parts
from bot.conversation.composing import services
from bot.conversation.composing.answer import aspect_blocks, known
from bot.conversation.composing.hours import usual_hours
from bot.conversation.composing.sources import footed, held, held_answer
from bot.conversation.composing.wording import Occasion, listed, sentence
from bot.conversation.reply import Block, bullets, text
from bot.knowledge.model import COMPONENT_FIELDS, Referral, Service, Subject
from bot.knowledge.vocabulary import UNASKED, Aspect

_OWED = (Aspect.REQUIREMENTS, Aspect.STEPS, Aspect.DURATION, Aspect.COST, Aspect.OUTPUT)  # said even when missing
_OFFICE = (Aspect.PLACE, Aspect.CONTACT)  # what is said of a service whose answers were taken back


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it; a block's label is a heading one level down."""

    key: str
    title: str
    blocks: tuple[Block, ...]


def sections(subject: Subject, asking: Occasion) -> list[Section]:
    """Everything that is asked about a subject, nothing that depends on the hour; of a withdrawn one its office."""
    if isinstance(subject, Service) and subject.is_withdrawn(asking.today):
        office = asking.knowledge.agency_of(subject)
        found = [(aspect, held(asking, known(office, aspect, asking), office, aspect)) for aspect in _OFFICE]
    else:
        asked = (aspect for aspect in Aspect if aspect is not Aspect.OVERVIEW)
        found = [(one, held(asking, _said(subject, one, asking), subject, one)) for one in asked]
    return [_section(aspect, footed([part], asking), asking) for aspect, part in found if part.blocks]


def stored(subject: Subject, asking: Occasion) -> list[Section]:
    """The questions of a subject with their answers."""
    each = ((held_answer((text(one.answer),), subject, index), one.question) for index, one in enumerate(subject.faq))
    return [Section("", question, footed([part], asking)) for part, question in each]


def _said(subject: Subject, aspect: Aspect, asking: Occasion) -> tuple[Block, ...]:
    if aspect is Aspect.REQUIREMENTS and isinstance(subject, Service):
        blocks = services.every_requirement(subject, asking)
    else:
        blocks = _hours(subject, asking) if aspect is Aspect.HOURS else known(subject, aspect, asking)
    owed = aspect in _OWED and isinstance(subject, Service)
    return aspect_blocks(subject, aspect, asking) if owed and not blocks else blocks


def _section(aspect: Aspect, blocks: tuple[Block, ...], asking: Occasion) -> Section:
    """Without what the heading says already ("Syarat: WNI" below "Syarat" is "WNI")."""
    title = parts.name_of(aspect, asking)
    before = asking.say("jawaban.untuk_varian", bagian=title, varian="")
    below = (replace(one, label="" if one.label == title else one.label.removeprefix(before)) for one in blocks)
    return Section(aspect.value, title, tuple(below))


def inside(service: Service, asking: Occasion) -> list[Section]:
    """Components of the standard that are owed though nobody asks; the agency's where the service has none.

    The last one names those that are not published. A service that is withdrawn has none.
    """
    if service.is_withdrawn(asking.today):
        return []
    agency = asking.knowledge.agency_of(service)
    assessment = asking.knowledge.assessment
    names = {name.key: name.name for name in assessment.components} if assessment else {}
    fields = {component: COMPONENT_FIELDS[component] for component in UNASKED}
    lines = {one: getattr(service, name) or getattr(agency, name) for one, name in fields.items()}
    found = [Section(one.value, names.get(one, one.value), (bullets(said),)) for one, said in lines.items() if said]
    missing = [names.get(one, one.value) for one, said in lines.items() if not said]
    if missing:
        title = asking.say("terbit.belum")
        found.append(Section("belum", title, (text(sentence(listed(missing))),)))
    return found


def _hours(subject: Subject, asking: Occasion) -> tuple[Block, ...]:
    """The week, without what today is like: a page is read on another day."""
    if isinstance(subject, Referral):
        return known(subject, Aspect.HOURS, asking)
    own = services.own_hours(subject, asking) if isinstance(subject, Service) else None
    if own is not None:
        return own
    return usual_hours(asking.knowledge.agency_of(subject), asking)
