"""What can be told about a service of one of our agencies?"""

from collections.abc import Callable

from bot.conversation.composing import agencies
from bot.conversation.composing import components as parts
from bot.conversation.composing.hours import hours_blocks
from bot.conversation.composing.wording import Occasion, first_sentence, sentence
from bot.conversation.reply import Block, bullets, text
from bot.knowledge.model import Aspect, Cost, Duration, Service, Variant

OVERVIEW = 550  # letters: remarks join an overview that stays within this, its labels and source not counted
SHORT_LIST = 320  # letters: a list of requirements up to here stands in an overview
_SHORT_LINE = 200  # letters: so long may a line of an overview be before it is cut after a sentence


def aspect_blocks(  # noqa: C901, PLR0911 - one case an aspect
    service: Service, aspect: Aspect, asking: Occasion
) -> tuple[Block, ...]:
    """One aspect of a service; empty when it is not published.

    Place, hours, contact and complaints fall back to the agency's.
    """
    match aspect:
        case Aspect.REQUIREMENTS:
            return _lists(service, asking, aspect, service.requirements, lambda variant: variant.requirements)
        case Aspect.STEPS:
            return _lists(service, asking, aspect, service.steps, lambda variant: variant.steps)
        case Aspect.DURATION:
            return _durations(service, asking)
        case Aspect.COST:
            return _costs(service, asking)
        case Aspect.PLACE | Aspect.HOURS | Aspect.CONTACT | Aspect.COMPLAINTS:
            return _at_the_agency(service, aspect, asking)
        case Aspect.OUTPUT:
            return parts.saying(aspect, service.output, asking)
        case Aspect.ONLINE:
            return parts.saying(aspect, service.online, asking)
        case Aspect.FORMS:
            return parts.listing(aspect, service.forms, asking)
        case Aspect.LEGAL_BASIS:
            return parts.listing(aspect, service.legal_basis, asking)
        case Aspect.OVERVIEW:
            return _about(service, asking)


def overview(service: Service, asking: Occasion) -> tuple[Block, ...]:
    """The service at a glance: what it is, requirements when short, cost and time in a line each, remarks that fit."""
    blocks = _glance(service, asking)
    return (*blocks, *_notes(service, asking)) if _notes_fit(service, blocks) else blocks


def _glance(service: Service, asking: Occasion) -> tuple[Block, ...]:
    unknown = asking.phrases.say("jawaban.belum")
    cost = _shorter(parts.cost_short(_cost(service, asking), asking.phrases))
    duration = parts.duration_short(_duration(service, asking))
    return (
        text(sentence(service.summary)),
        *_short_requirements(service, asking),
        *parts.saying(Aspect.COST, cost or unknown, asking),
        *parts.saying(Aspect.DURATION, duration or unknown, asking),
    )


def told_in_overview(service: Service, asking: Occasion) -> set[Aspect]:
    """Aspects of which the overview leaves nothing out, so that they need no button."""
    told = {Aspect.DURATION}
    if _is_short(service, asking):
        told.add(Aspect.REQUIREMENTS)
    cost = _cost(service, asking)
    if cost and not cost.fees:
        told.add(Aspect.COST)
    if _notes_fit(service, _glance(service, asking)):
        told.add(Aspect.OVERVIEW)
    return told


def _notes_fit(service: Service, blocks: tuple[Block, ...]) -> bool:
    letters = sum(map(len, service.notes)) + sum(len(line) for block in blocks for line in block.lines)
    return letters <= OVERVIEW


def _notes(service: Service, asking: Occasion) -> tuple[Block, ...]:
    return (bullets(service.notes, asking.phrases.say("jawaban.catatan")),) if service.notes else ()


def _short_requirements(service: Service, asking: Occasion) -> tuple[Block, ...]:
    if _is_short(service, asking):
        return aspect_blocks(service, Aspect.REQUIREMENTS, asking)
    titles = [variant.title for variant in service.variants if variant.requirements]
    if titles and not _variant(service, asking):
        return (bullets(titles, asking.phrases.say("jawaban.syarat_menurut")),)
    return ()


def _is_short(service: Service, asking: Occasion) -> bool:
    blocks = aspect_blocks(service, Aspect.REQUIREMENTS, asking)
    return sum(len(line) for block in blocks for line in block.lines) <= SHORT_LIST


def _cost(service: Service, asking: Occasion) -> Cost | None:
    named = _variant(service, asking)
    return (named and named.cost) or service.cost


def _duration(service: Service, asking: Occasion) -> Duration | None:
    named = _variant(service, asking)
    return (named and named.duration) or service.duration


def _lists(
    service: Service,
    asking: Occasion,
    aspect: Aspect,
    common: tuple[str, ...],
    of: Callable[[Variant], tuple[str, ...]],
) -> tuple[Block, ...]:
    """The list of the variant that was named, or the common list and each variant's under its title."""
    named = _variant(service, asking)
    label = parts.name_of(aspect, asking.phrases)
    if named and of(named):
        title = asking.phrases.say("jawaban.untuk_varian", bagian=label, varian=named.title)
        return (*parts.listing(aspect, common, asking), *parts.listing(aspect, of(named), asking, title))
    each = [
        block
        for variant in service.variants
        for block in parts.listing(
            aspect, of(variant), asking, asking.phrases.say("jawaban.untuk_varian", bagian=label, varian=variant.title)
        )
    ]
    return (*parts.listing(aspect, common, asking), *each)


def _durations(service: Service, asking: Occasion) -> tuple[Block, ...]:
    phrases = asking.phrases
    blocks = parts.saying(Aspect.DURATION, parts.duration_line(_duration(service, asking), phrases), asking)
    if _variant(service, asking):
        return blocks
    each = [f"{one.title}: {parts.duration_line(one.duration, phrases)}" for one in service.variants if one.duration]
    return (*blocks, *parts.listing(Aspect.DURATION, each, asking))


def _costs(service: Service, asking: Occasion) -> tuple[Block, ...]:
    cost = _cost(service, asking)
    blocks = list(parts.cost_blocks(cost, asking))
    if not _variant(service, asking):
        for one in service.variants:
            blocks += parts.cost_blocks(one.cost, asking, one.title)
    if cost and cost.free:
        agency = asking.knowledge.agency_of(service)
        blocks += parts.levy_note(parts.routes_of(service, agency, asking), asking)
    return tuple(blocks)


def _at_the_agency(service: Service, aspect: Aspect, asking: Occasion) -> tuple[Block, ...]:
    agency = asking.knowledge.agency_of(service)
    match aspect:
        case Aspect.PLACE if service.place:
            return parts.saying(aspect, service.place, asking)
        case Aspect.HOURS:
            own = parts.saying(aspect, service.hours, asking)
            return own if own and not asking.day else (*own, *hours_blocks(agency, asking))
        case Aspect.CONTACT:
            own = parts.saying(aspect, service.contact, asking)
            return (*own, *agencies.contact(agency, asking)[: 1 if own else None])
        case Aspect.COMPLAINTS:
            return parts.complaint_blocks(parts.routes_of(service, agency, asking), asking)
    return agencies.aspect_blocks(agency, aspect, asking)


def _about(service: Service, asking: Occasion) -> tuple[Block, ...]:
    output = parts.saying(Aspect.OUTPUT, service.output, asking)
    return (text(sentence(service.summary)), *output, *_notes(service, asking))


def _variant(service: Service, asking: Occasion) -> Variant | None:
    return next((one for one in service.variants if one.title == asking.variant), None)


def _shorter(line: str) -> str:
    """A line cut after a sentence when it is long for an overview."""
    return line if len(line) <= _SHORT_LINE else sentence(first_sentence(line))
