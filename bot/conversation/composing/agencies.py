"""What can be told about an agency?"""

from collections.abc import Mapping

from bot.conversation.composing import components as parts
from bot.conversation.composing.hours import hours_blocks, hours_line
from bot.conversation.composing.wording import Occasion, sentence
from bot.conversation.reply import Block, Told, bullets, text
from bot.knowledge.model import Agency, Aspect


def overview(agency: Agency, asking: Occasion) -> Told:
    """The agency at a glance: what it is, where, when."""
    hours = hours_line(agency, asking)
    blocks = [text(sentence(agency.summary))] if agency.summary else []
    places = parts.place_lines(agency)
    blocks += parts.listing(Aspect.PLACE, places, asking) or parts.saying(
        Aspect.PLACE, asking.say("jawaban.belum"), asking
    )
    blocks += [text(sentence(hours), asking.say("aspek.jam"))] if hours else []
    lines = parts.contact_lines(agency, asking)
    blocks += [bullets(lines, asking.say("aspek.kontak"))] if lines else []
    return Told((*blocks, text(asking.say("instansi.pilih"))), frozenset({Aspect.CONTACT}))


def contact(agency: Agency, asking: Occasion) -> tuple[Block, ...]:
    """How to reach an agency; what it has not published is said."""
    lines = parts.contact_lines(agency, asking)
    if not lines:
        return ()
    blocks = parts.listing(Aspect.CONTACT, lines, asking)
    if agency.phones or agency.whatsapp:
        return blocks
    return (*blocks, text(asking.say("kontak.tanpa_telepon", instansi=agency.short)))


def _places(agency: Agency, asking: Occasion) -> tuple[Block, ...]:
    lines = []
    for office in agency.offices:
        where = ": ".join(filter(None, (office.name, office.address)))
        extra = " ".join(sentence(line) for line in (office.serves, office.note) if line)
        lines.append(" ".join(filter(None, (sentence(where), extra))))
    return parts.listing(Aspect.PLACE, lines, asking)


def _about(agency: Agency, _asking: Occasion) -> tuple[Block, ...]:
    return tuple(text(sentence(line)) for line in (agency.summary, agency.pledge) if line)


def _complaints(agency: Agency, asking: Occasion) -> tuple[Block, ...]:
    return parts.complaint_blocks(parts.routes_of(None, agency, asking), asking)


ASPECTS: Mapping[Aspect, parts.Telling[Agency]] = {
    Aspect.PLACE: _places,
    Aspect.HOURS: hours_blocks,
    Aspect.CONTACT: contact,
    Aspect.ONLINE: lambda agency, asking: parts.listing(Aspect.ONLINE, parts.channel_lines(agency.channels), asking),
    Aspect.COMPLAINTS: _complaints,
    Aspect.OVERVIEW: _about,
}
"""What is told of each aspect; those of a service only are no agency's."""
