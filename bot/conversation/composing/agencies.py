"""What can be told about an agency?"""

from bot.conversation.composing import components as parts
from bot.conversation.composing.hours import hours_blocks, hours_line
from bot.conversation.composing.wording import Occasion, sentence
from bot.conversation.reply import Block, bullets, text
from bot.knowledge.model import Agency, Aspect


def aspect_blocks(agency: Agency, aspect: Aspect, asking: Occasion) -> tuple[Block, ...]:
    """One aspect of an agency; empty when it is not published."""
    match aspect:
        case Aspect.PLACE:
            return _places(agency, asking)
        case Aspect.HOURS:
            return hours_blocks(agency, asking)
        case Aspect.CONTACT:
            return contact(agency, asking)
        case Aspect.ONLINE:
            return parts.listing(aspect, parts.channel_lines(agency.channels), asking)
        case Aspect.COMPLAINTS:
            return parts.complaint_blocks(parts.routes_of(None, agency, asking), asking)
        case Aspect.OVERVIEW:
            return tuple(text(sentence(line)) for line in (agency.summary, agency.pledge) if line)
    return ()


def overview(agency: Agency, asking: Occasion) -> tuple[Block, ...]:
    """The agency at a glance: what it is, where, when."""
    phrases = asking.phrases
    hours = hours_line(agency, asking)
    blocks = [text(sentence(agency.summary))] if agency.summary else []
    places = parts.place_lines(agency)
    blocks += parts.listing(Aspect.PLACE, places, asking) or parts.saying(
        Aspect.PLACE, phrases.say("jawaban.belum"), asking
    )
    blocks += [text(sentence(hours), phrases.say("aspek.jam"))] if hours else []
    lines = parts.contact_lines(agency, phrases)
    blocks += [bullets(lines, phrases.say("aspek.kontak"))] if lines else []
    return (*blocks, text(phrases.say("instansi.pilih")))


def contact(agency: Agency, asking: Occasion) -> tuple[Block, ...]:
    """How to reach an agency; what it has not published is said."""
    lines = parts.contact_lines(agency, asking.phrases)
    if not lines:
        return ()
    blocks = parts.listing(Aspect.CONTACT, lines, asking)
    if agency.phones or agency.whatsapp:
        return blocks
    return (*blocks, text(asking.phrases.say("kontak.tanpa_telepon", instansi=agency.short)))


def _places(agency: Agency, asking: Occasion) -> tuple[Block, ...]:
    lines = []
    for office in agency.offices:
        where = ": ".join(filter(None, (office.name, office.address)))
        extra = " ".join(sentence(line) for line in (office.serves, office.note) if line)
        lines.append(" ".join(filter(None, (sentence(where), extra))))
    return parts.listing(Aspect.PLACE, lines, asking)
