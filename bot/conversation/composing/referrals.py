"""What can be told about a service of another body? Who gives it, where, through which channel."""

from bot.conversation.composing import components as parts
from bot.conversation.composing.wording import Occasion, sentence
from bot.conversation.reply import Block, bullets, text
from bot.knowledge.model import Aspect, Referral


def aspect_blocks(  # noqa: C901, PLR0911 - one case an aspect
    referral: Referral, aspect: Aspect, asking: Occasion
) -> tuple[Block, ...]:
    """One aspect of a referral; empty when it is not known."""
    phrases = asking.phrases
    match aspect:
        case Aspect.REQUIREMENTS:
            return parts.listing(aspect, referral.requirements, asking)
        case Aspect.STEPS:
            return parts.listing(aspect, referral.steps, asking)
        case Aspect.DURATION:
            return parts.saying(aspect, parts.duration_line(referral.duration, phrases), asking)
        case Aspect.COST:
            return parts.cost_blocks(referral.cost, asking)
        case Aspect.PLACE:
            return parts.saying(aspect, referral.address, asking)
        case Aspect.HOURS:
            return parts.saying(aspect, referral.hours, asking)
        case Aspect.CONTACT | Aspect.COMPLAINTS:
            return parts.listing(aspect, _contacts(referral, asking), asking)
        case Aspect.ONLINE:
            return parts.listing(aspect, parts.channel_lines(referral.channels), asking)
        case Aspect.LEGAL_BASIS:
            return parts.listing(aspect, referral.legal_basis, asking)
        case Aspect.OVERVIEW:
            return (text(sentence(referral.summary)), *_notes(referral, asking))
    return ()


def overview(referral: Referral, asking: Occasion) -> tuple[Block, ...]:
    """The referral at a glance: what to know, and whom to turn to."""
    cost = parts.cost_short(referral.cost, asking.phrases)
    return (
        text(sentence(referral.summary)),
        *whom(referral, asking),
        *parts.saying(Aspect.COST, cost, asking),
    )


def whom(referral: Referral, asking: Occasion, told: tuple[Aspect, ...] = ()) -> tuple[Block, ...]:
    """Who gives the service, where and through which channel; not again what is already told.

    Where something asked is not known, what the service is comes first.
    """
    phrases = asking.phrases
    unknown = any(not aspect_blocks(referral, aspect, asking) for aspect in told)
    about = [text(sentence(referral.summary))] if unknown and Aspect.OVERVIEW not in told else []
    lines = []
    if Aspect.PLACE not in told and referral.address:
        lines.append(phrases.say("rujukan.alamat", alamat=referral.address))
    if not {Aspect.CONTACT, Aspect.COMPLAINTS, Aspect.ONLINE} & set(told):
        lines += _contacts(referral, asking)
    body = text(sentence(referral.body), phrases.say("rujukan.lembaga"))
    return (*about, body, bullets(lines)) if lines else (*about, body)


def missing(aspect: Aspect, asking: Occasion) -> tuple[Block, ...]:
    """What is not known here and must be asked of the body itself; where that is, stands under the answer anyway."""
    if aspect in _UNDER_EVERY_ANSWER:
        return ()
    return (text(asking.phrases.say("rujukan.belum"), parts.name_of(aspect, asking.phrases)),)


_UNDER_EVERY_ANSWER = {Aspect.PLACE, Aspect.CONTACT, Aspect.COMPLAINTS, Aspect.ONLINE}


def _contacts(referral: Referral, asking: Occasion) -> list[str]:
    return [*parts.channel_lines(referral.channels), *parts.phone_lines(referral.phones, asking.phrases)]


def _notes(referral: Referral, asking: Occasion) -> tuple[Block, ...]:
    return (bullets(referral.notes, asking.phrases.say("jawaban.catatan")),) if referral.notes else ()
