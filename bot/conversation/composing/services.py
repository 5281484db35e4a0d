"""What can be told about a service of one of our agencies?"""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from operator import attrgetter

from bot.conversation.composing import agencies
from bot.conversation.composing import components as parts
from bot.conversation.composing.hours import hours_blocks
from bot.conversation.composing.wording import Occasion, first_sentence, sentence
from bot.conversation.reply import Block, Told, bullets, text
from bot.knowledge.model import Cost, Duration, Service, Variant
from bot.knowledge.vocabulary import Aspect

OVERVIEW = 550  # letters: remarks join an overview that stays within this, its labels and source not counted
SHORT_LIST = 320  # letters: a list of requirements up to here stands in an overview
_SHORT_LINE = 200  # letters: so long may a line of an overview be before it is cut after a sentence

_Lines = Callable[[Service | Variant], tuple[str, ...]]


def overview(service: Service, asking: Occasion) -> Told:
    """The service at a glance: what it is, requirements when short, cost and time in a line each, remarks that fit.

    What it leaves nothing out of is told; the rest needs a button.
    """
    blocks, told = [text(sentence(service.summary))], {Aspect.DURATION}
    requirements = ASPECTS[Aspect.REQUIREMENTS](service, asking)
    if _letters(requirements) <= SHORT_LIST:
        blocks += requirements
        told.add(Aspect.REQUIREMENTS)
    else:
        blocks += _requirements_by(service, asking)
    cost, unknown = _cost(service, asking), asking.say("jawaban.belum")
    if cost and not cost.fees:
        told.add(Aspect.COST)
    blocks += parts.saying(Aspect.COST, _shorter(parts.cost_short(cost, asking)) or unknown, asking)
    blocks += parts.saying(Aspect.DURATION, parts.duration_short(_duration(service, asking)) or unknown, asking)
    if _letters(blocks) + sum(map(len, service.notes)) <= OVERVIEW:
        blocks += parts.notes(service, asking)
        told.add(Aspect.OVERVIEW)
    return Told(tuple(blocks), frozenset(told))


def _letters(blocks: Iterable[Block]) -> int:
    return sum(len(line) for block in blocks for line in block.lines)


def _requirements_by(service: Service, asking: Occasion) -> tuple[Block, ...]:
    """Of a list too long for an overview, on what it depends."""
    titles = [variant.title for variant in service.variants if variant.requirements]
    known = titles and not _variant(service, asking)
    return (bullets(titles, asking.say("jawaban.syarat_menurut")),) if known else ()


def _cost(service: Service, asking: Occasion) -> Cost | None:
    named = _variant(service, asking)
    return (named and named.cost) or service.cost


def _duration(service: Service, asking: Occasion) -> Duration | None:
    named = _variant(service, asking)
    return (named and named.duration) or service.duration


def _varying(aspect: Aspect, of: _Lines) -> parts.Telling[Service]:
    """The common list, and that of the variant that was named, or each variant's under its title."""

    def tell(service: Service, asking: Occasion) -> tuple[Block, ...]:
        common, named = parts.listing(aspect, of(service), asking), _variant(service, asking)
        variants = (named,) if named and of(named) else service.variants
        label = parts.name_of(aspect, asking)
        titles = [asking.say("jawaban.untuk_varian", bagian=label, varian=one.title) for one in variants]
        each = [parts.listing(aspect, of(one), asking, title) for one, title in zip(variants, titles, strict=True)]
        return (*common, *chain.from_iterable(each))

    return tell


def _durations(service: Service, asking: Occasion) -> tuple[Block, ...]:
    blocks = parts.saying(Aspect.DURATION, parts.duration_line(_duration(service, asking), asking), asking)
    if _variant(service, asking):
        return blocks
    each = [f"{one.title}: {parts.duration_line(one.duration, asking)}" for one in service.variants if one.duration]
    return (*blocks, *parts.listing(Aspect.DURATION, each, asking))


def _costs(service: Service, asking: Occasion) -> tuple[Block, ...]:
    cost = _cost(service, asking)
    blocks = list(parts.cost_blocks(cost, asking))
    if not _variant(service, asking):
        for one in service.variants:
            blocks += parts.cost_blocks(one.cost, asking, one.title)
    if cost and cost.free:
        blocks += parts.levy_note(service, asking)
    return tuple(blocks)


def _place(service: Service, asking: Occasion) -> tuple[Block, ...]:
    own = parts.saying(Aspect.PLACE, service.place, asking)
    return own or agencies.ASPECTS[Aspect.PLACE](asking.knowledge.agency_of(service), asking)


def _hours(service: Service, asking: Occasion) -> tuple[Block, ...]:
    own = parts.saying(Aspect.HOURS, service.hours, asking)
    return own if own and not asking.day else (*own, *hours_blocks(asking.knowledge.agency_of(service), asking))


def _contact(service: Service, asking: Occasion) -> tuple[Block, ...]:
    own = parts.saying(Aspect.CONTACT, service.contact, asking)
    return (*own, *agencies.contact(asking.knowledge.agency_of(service), asking)[: 1 if own else None])


def _about(service: Service, asking: Occasion) -> tuple[Block, ...]:
    output = parts.saying(Aspect.OUTPUT, service.output, asking)
    return (text(sentence(service.summary)), *output, *parts.notes(service, asking))


def _variant(service: Service, asking: Occasion) -> Variant | None:
    return next((one for one in service.variants if one.title == asking.variant), None)


def _shorter(line: str) -> str:
    """A line cut after a sentence when it is long for an overview."""
    return line if len(line) <= _SHORT_LINE else sentence(first_sentence(line))


ASPECTS: Mapping[Aspect, parts.Telling[Service]] = {
    Aspect.REQUIREMENTS: _varying(Aspect.REQUIREMENTS, attrgetter("requirements")),
    Aspect.STEPS: _varying(Aspect.STEPS, attrgetter("steps")),
    Aspect.DURATION: _durations,
    Aspect.COST: _costs,
    Aspect.PLACE: _place,
    Aspect.HOURS: _hours,
    Aspect.CONTACT: _contact,
    Aspect.COMPLAINTS: parts.complaint_blocks,
    Aspect.OUTPUT: parts.field_of(Aspect.OUTPUT, "output"),
    Aspect.ONLINE: parts.field_of(Aspect.ONLINE, "online"),
    Aspect.FORMS: parts.field_of(Aspect.FORMS, "forms"),
    Aspect.LEGAL_BASIS: parts.field_of(Aspect.LEGAL_BASIS, "legal_basis"),
    Aspect.OVERVIEW: _about,
}
"""What is told of each aspect; place, hours, contact and complaints fall back to the agency's."""
