"""What can be told about an agency?"""

from collections.abc import Mapping

from bot.conversation.composing import components as parts
from bot.conversation.composing.hours import hours_blocks, hours_in_brief
from bot.conversation.composing.sources import Held, footed, held
from bot.conversation.composing.wording import Occasion, sentence
from bot.conversation.reply import Block, Told, text
from bot.knowledge.model import Agency
from bot.knowledge.vocabulary import Aspect


def overview(agency: Agency, asking: Occasion) -> Told:
    """The agency at a glance: what it is, where, when."""
    place = _places(agency, asking)
    unknown = parts.saying(Aspect.PLACE, asking.say("jawaban.belum"), asking)
    summary = (text(sentence(agency.summary)),) if agency.summary else ()
    contacts = parts.listing(Aspect.CONTACT, parts.contact_lines(agency, asking), asking)
    said = (
        held(asking, (*summary, *place), agency, "ringkas", *([Aspect.PLACE] if place else [])),
        held(asking, hours_in_brief(agency, asking), agency, Aspect.HOURS),
        held(asking, contacts, agency, Aspect.CONTACT),
        Held(() if place else unknown),
    )
    return Told((*footed(said, asking), text(asking.say("instansi.pilih"))), frozenset({Aspect.CONTACT}))


def contact(agency: Agency, asking: Occasion) -> tuple[Block, ...]:
    """How to reach an agency; what it has not published is said."""
    blocks = parts.listing(Aspect.CONTACT, parts.contact_lines(agency, asking), asking)
    if not blocks or agency.phones or agency.whatsapp:
        return blocks
    key = "kontak.tanpa_telepon" if parts.place_lines(agency) else "kontak.tanpa_alamat"
    return (*blocks, text(asking.say(key, instansi=agency.short)))


def _places(agency: Agency, asking: Occasion) -> tuple[Block, ...]:
    lines = []
    for office in agency.offices:
        where = ": ".join(filter(None, (office.name, office.address)))
        lines.append(" ".join(sentence(line) for line in (where, office.serves, office.note) if line))
    return parts.listing(Aspect.PLACE, lines, asking)


def _about(agency: Agency, asking: Occasion) -> tuple[Block, ...]:
    said = tuple(text(sentence(line)) for line in (agency.summary, agency.pledge) if line)
    return (*said, *parts.notes(agency, asking))


ASPECTS: Mapping[Aspect, parts.Telling[Agency]] = {
    Aspect.PLACE: _places,
    Aspect.HOURS: hours_blocks,
    Aspect.CONTACT: contact,
    Aspect.ONLINE: lambda agency, asking: parts.listing(Aspect.ONLINE, parts.channel_lines(agency.channels), asking),
    Aspect.COMPLAINTS: parts.complaint_blocks,
    Aspect.OVERVIEW: _about,
}
"""What is told of each aspect; those of a service only are no agency's."""
