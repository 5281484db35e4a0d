"""What can be told about a service of one of our agencies?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from bot.conversation.composing import agencies
from bot.conversation.composing import components as parts
from bot.conversation.composing.hours import hours_blocks, office_line
from bot.conversation.composing.sources import footed, held
from bot.conversation.composing.wording import Occasion, sentence
from bot.conversation.reply import Block, Told, bullets, text
from bot.knowledge.model import Service
from bot.knowledge.vocabulary import OFFICE_HOURS, Aspect

OVERVIEW = 550  # letters: remarks join an overview that stays within this, its labels and sources not counted
SHORT_LIST = 320  # letters: a list of requirements up to here stands in an overview
LONG_LIST = 900  # letters: requirements of several cases that are longer are told by case

_BESIDE: Mapping[str, tuple[str, ...]] = {Aspect.REQUIREMENTS: (Aspect.REQUIREMENTS, "ringkas")}
"""Parts that an overview tells in one, and that share their sources."""

_Line = Callable[[Any, Occasion], str]


def overview(service: Service, asking: Occasion) -> Told:
    """The service at a glance: what it is, requirements when short, cost and time in brief, remarks that fit.

    Who names a case gets its whole list. What it leaves nothing out of is told; the rest needs a button.
    """
    requirements = every_requirement(service, asking)
    is_short = bool(service.case(asking.variant)) or _letters(requirements) <= SHORT_LIST
    cases = () if is_short else _titles(service, asking)
    needed = requirements if is_short else _by_case(cases, asking)
    said: dict[str, tuple[Block, ...]] = {
        Aspect.REQUIREMENTS: (text(sentence(service.summary)), *needed),
        Aspect.COST: _brief_costs(service, asking),
        Aspect.DURATION: _brief_durations(service, asking),
    }
    told = {Aspect.REQUIREMENTS} if is_short or (cases and not service.requirements) else set()
    told |= {aspect for aspect, whole in _WHOLE.items() if said[aspect] == whole(service, asking)}
    notes = parts.notes(service, asking)
    if _letters(chain(*said.values(), notes)) <= OVERVIEW:
        said["catatan"] = notes
        told.add(Aspect.OVERVIEW)
    each = (held(asking, blocks, service, *_BESIDE.get(part, (part,))) for part, blocks in said.items())
    return Told(footed(each, asking), frozenset(told), cases)


def every_requirement(service: Service, asking: Occasion) -> tuple[Block, ...]:
    """What all need, and what the case that was named or each case needs besides or instead."""
    case = service.case(asking.variant)
    common = () if case and case.replaces else service.requirements
    blocks = parts.listing(Aspect.REQUIREMENTS, common, asking)
    name = parts.name_of(Aspect.REQUIREMENTS, asking)
    for one in (case,) if case else service.variants:
        title = asking.say("jawaban.untuk_varian", bagian=name, varian=one.title)
        if common and not one.replaces:
            title = asking.say("jawaban.tambahan_varian", bagian=name.lower(), varian=one.title)
        blocks += parts.listing(Aspect.REQUIREMENTS, one.requirements, asking, title)
    return blocks


def cases_left(service: Service, aspects: Iterable[Aspect], asking: Occasion) -> tuple[str, ...]:
    """The cases by which what was asked is told, because the whole is long; empty when all of it is told."""
    is_long = Aspect.REQUIREMENTS in aspects and _letters(every_requirement(service, asking)) > LONG_LIST
    return _titles(service, asking) if is_long else ()


def own_hours(service: Service, asking: Occasion) -> tuple[Block, ...] | None:
    """The hours that a service keeps itself, none when they are not published; None: those of its agency's office."""
    values = {one for _, one in _each("hours", service, asking)}
    if values == {OFFICE_HOURS} or not (values or _each("place", service, asking)):
        return None
    office = office_line(asking.knowledge.agency_of(service), asking)
    return _texts(Aspect.HOURS, "hours", lambda one, _: office if one == OFFICE_HOURS else one)(service, asking)


def _titles(service: Service, asking: Occasion) -> tuple[str, ...]:
    """Cases to choose from."""
    titles = [one.title for one in service.variants if one.requirements]
    return () if service.case(asking.variant) or len(titles) < 2 else tuple(titles)  # noqa: PLR2004  # one is no choice


def _by_case(titles: tuple[str, ...], asking: Occasion) -> tuple[Block, ...]:
    return (bullets(titles, asking.say("jawaban.syarat_menurut")),) if titles else ()


def _letters(blocks: Iterable[Block]) -> int:
    return sum(len(line) for block in blocks for line in block.lines)


def _each(name: str, service: Service, asking: Occasion) -> list[tuple[str, Any]]:
    """What a field is: in the case that was named, or first for all and then by the titles of the cases."""
    own, case = getattr(service, name), service.case(asking.variant)
    if case:
        found = [("", getattr(case, name) or own)]
    else:
        found = [("", own), *((one.title, getattr(one, name)) for one in service.variants)]
    return [(title, value) for title, value in found if value]


def _texts(aspect: Aspect, name: str, line: _Line = lambda value, _: value) -> parts.Telling[Service]:
    """An aspect that is a sentence, with one for each case in which it is another."""

    def tell(service: Service, asking: Occasion) -> tuple[Block, ...]:
        said = [(title, line(value, asking)) for title, value in _each(name, service, asking)]
        common = next((one for title, one in said if not title), "")
        each = [f"{title}: {one}" for title, one in said if title]
        label = "" if common else parts.name_of(aspect, asking)
        return (*parts.saying(aspect, common, asking), *((bullets(each, label),) if each else ()))

    return tell


def _lists(aspect: Aspect, name: str) -> parts.Telling[Service]:
    """An aspect that is a list, with one for each case in which it is another."""

    def tell(service: Service, asking: Occasion) -> tuple[Block, ...]:
        blocks: list[Block] = []
        for title, lines in _each(name, service, asking):
            label = parts.name_of(aspect, asking)
            label = asking.say("jawaban.untuk_varian", bagian=label, varian=title) if title else label
            blocks += parts.listing(aspect, lines, asking, label)
        return tuple(blocks)

    return tell


def _requirements(service: Service, asking: Occasion) -> tuple[Block, ...]:
    cases = cases_left(service, [Aspect.REQUIREMENTS], asking)
    if not cases:
        return every_requirement(service, asking)
    common = parts.listing(Aspect.REQUIREMENTS, service.requirements, asking)
    return (*common, *_by_case(cases, asking))


def _tariffs(service: Service, asking: Occasion) -> tuple[Block, ...]:
    each = _each("cost", service, asking)
    return tuple(chain.from_iterable(parts.cost_blocks(cost, asking, title) for title, cost in each))


def _costs(service: Service, asking: Occasion) -> tuple[Block, ...]:
    free = [cost for _, cost in _each("cost", service, asking) if cost.free]
    fined = any(cost.fine for cost in free)
    return (*_tariffs(service, asking), *(parts.levy_note(service, asking, fined=fined) if free else ()))


def _hours(service: Service, asking: Occasion) -> tuple[Block, ...]:
    own = own_hours(service, asking)
    if own is not None:
        return own
    agency = asking.knowledge.agency_of(service)
    said = hours_blocks(agency, asking)
    whose = asking.say("jam.kantor_instansi", instansi=agency.short)
    return (*(replace(one, label=whose) for one in said[:1]), *said[1:])


def _place(service: Service, asking: Occasion) -> tuple[Block, ...]:
    own = _texts(Aspect.PLACE, "place")(service, asking)
    return own or agencies.ASPECTS[Aspect.PLACE](asking.knowledge.agency_of(service), asking)


def _contact(service: Service, asking: Occasion) -> tuple[Block, ...]:
    own = parts.saying(Aspect.CONTACT, service.contact, asking)
    whole = agencies.contact(asking.knowledge.agency_of(service), asking)
    return (*own, *(replace(block, label="") for block in whole[:1])) if own else whole


def _about(service: Service, asking: Occasion) -> tuple[Block, ...]:
    return (text(sentence(service.summary)), *_output(service, asking), *parts.notes(service, asking))


_output = _texts(Aspect.OUTPUT, "output")
_durations = _texts(Aspect.DURATION, "duration", parts.duration_line)
_brief_costs = _texts(Aspect.COST, "cost", parts.cost_short)
_brief_durations = _texts(Aspect.DURATION, "duration", parts.duration_short)
_WHOLE: Mapping[Aspect, parts.Telling[Service]] = {Aspect.COST: _tariffs, Aspect.DURATION: _durations}
"""What an overview tells in brief, and in whole where that is the same."""

ASPECTS: Mapping[Aspect, parts.Telling[Service]] = {
    Aspect.REQUIREMENTS: _requirements,
    Aspect.STEPS: _lists(Aspect.STEPS, "steps"),
    Aspect.DURATION: _durations,
    Aspect.COST: _costs,
    Aspect.PLACE: _place,
    Aspect.HOURS: _hours,
    Aspect.CONTACT: _contact,
    Aspect.COMPLAINTS: parts.complaint_blocks,
    Aspect.OUTPUT: _output,
    Aspect.ONLINE: _texts(Aspect.ONLINE, "online"),
    Aspect.FORMS: _lists(Aspect.FORMS, "forms"),
    Aspect.LEGAL_BASIS: parts.field_of(Aspect.LEGAL_BASIS, "legal_basis"),
    Aspect.OVERVIEW: _about,
}
"""What is told of each aspect; place, hours, contact and complaints fall back to the agency's."""
