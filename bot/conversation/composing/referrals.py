"""What can be told about a service of another body? Who gives it, where, through which channel."""

from collections.abc import Mapping

from bot.conversation.composing import components as parts
from bot.conversation.composing.sources import footed, held
from bot.conversation.composing.wording import Occasion, sentence
from bot.conversation.reply import Block, Told, bullets, text
from bot.knowledge.model import Referral
from bot.knowledge.vocabulary import Aspect


def overview(referral: Referral, asking: Occasion) -> Told:
    """The referral at a glance: what to know, and whom to turn to."""
    cost = parts.saying(Aspect.COST, parts.cost_short(referral.cost, asking), asking)
    said = (
        held(asking, (text(sentence(referral.summary)), *whom(referral, asking)), referral, "ringkas", *WHOM),
        held(asking, cost, referral, Aspect.COST),
    )
    return Told(footed(said, asking), UNDER_EVERY)


def whom(referral: Referral, asking: Occasion, told: tuple[Aspect, ...] = ()) -> tuple[Block, ...]:
    """Who gives the service, where and through which channel; not again what is already told.

    Where something asked is not known, what the service is comes first.
    """
    unknown = any(aspect not in ASPECTS or not ASPECTS[aspect](referral, asking) for aspect in told)
    about = [text(sentence(referral.summary))] if unknown and Aspect.OVERVIEW not in told else []
    lines = []
    if Aspect.PLACE not in told and referral.address:
        lines.append(asking.say("rujukan.alamat", alamat=referral.address))
    if not {Aspect.CONTACT, Aspect.COMPLAINTS, Aspect.ONLINE} & set(told):
        lines += _contacts(referral, asking)
    body = text(sentence(referral.body), asking.say("rujukan.lembaga"))
    return (*about, body, bullets(lines)) if lines else (*about, body)


def missing(aspect: Aspect, asking: Occasion) -> tuple[Block, ...]:
    """What is not known here and must be asked of the body itself; where that is, stands under the answer anyway."""
    if aspect in {*UNDER_EVERY, Aspect.ONLINE}:
        return ()
    return (text(asking.say("rujukan.belum"), parts.name_of(aspect, asking)),)


WHOM = (Aspect.PLACE, Aspect.CONTACT, Aspect.ONLINE)
"""What is told of whom to turn to."""

UNDER_EVERY = frozenset({Aspect.PLACE, Aspect.CONTACT, Aspect.COMPLAINTS})
"""Aspects that stand under every answer about a referral."""


def _contacts(referral: Referral, asking: Occasion) -> list[str]:
    return [*parts.channel_lines(referral.channels), *parts.phone_lines(referral.phones, asking)]


def _contacting(aspect: Aspect) -> parts.Telling[Referral]:
    return lambda referral, asking: parts.listing(aspect, _contacts(referral, asking), asking)


ASPECTS: Mapping[Aspect, parts.Telling[Referral]] = {
    Aspect.REQUIREMENTS: parts.field_of(Aspect.REQUIREMENTS, "requirements"),
    Aspect.STEPS: parts.field_of(Aspect.STEPS, "steps"),
    Aspect.DURATION: lambda one, asking: parts.saying(
        Aspect.DURATION, parts.duration_line(one.duration, asking), asking
    ),
    Aspect.COST: lambda one, asking: parts.cost_blocks(one.cost, asking),
    Aspect.PLACE: parts.field_of(Aspect.PLACE, "address"),
    Aspect.HOURS: parts.field_of(Aspect.HOURS, "hours"),
    Aspect.CONTACT: _contacting(Aspect.CONTACT),
    Aspect.COMPLAINTS: _contacting(Aspect.COMPLAINTS),
    Aspect.ONLINE: lambda one, asking: parts.listing(Aspect.ONLINE, parts.channel_lines(one.channels), asking),
    Aspect.LEGAL_BASIS: parts.field_of(Aspect.LEGAL_BASIS, "legal_basis"),
    Aspect.OVERVIEW: lambda one, asking: (text(sentence(one.summary)), *parts.notes(one, asking)),
}
"""What is told of each aspect; output and forms are another body's."""
