"""How are the parts told that services, referrals and agencies share? Each part is some blocks, none when unknown."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from bot.conversation.composing.wording import Occasion, brief, listed, money, sentence
from bot.conversation.reply import Block, bullets, note, steps, text
from bot.knowledge.model import Agency, Channel, ComplaintRoute, Cost, Duration, Phone, Service, Subject
from bot.knowledge.vocabulary import Aspect

AboutWhat = TypeVar("AboutWhat")
Telling = Callable[[AboutWhat, Occasion], tuple[Block, ...]]
"""How one aspect of a kind of subject is told; no blocks when nothing is published of it."""


def field_of(aspect: Aspect, name: str) -> Telling[Any]:
    """An aspect that is one field of a subject: a text or a list."""

    def tell(subject: Subject, asking: Occasion) -> tuple[Block, ...]:
        said = getattr(subject, name)
        return saying(aspect, said, asking) if isinstance(said, str) else listing(aspect, said, asking)

    return tell


def note_lines(subject: Subject, title: str = "") -> tuple[str, ...]:
    """The remarks about a subject: in the case of a title its own first, else those of each case last."""
    if not isinstance(subject, Service):
        return subject.notes
    if case := subject.case(title):
        return (*case.notes, *subject.notes)
    return (*subject.notes, *(f"{one.title}: {line}" for one in subject.variants for line in one.notes))


def notes(subject: Subject, asking: Occasion) -> tuple[Block, ...]:
    """The remarks about a subject."""
    lines = note_lines(subject, asking.variant)
    return (bullets(lines, asking.say("jawaban.catatan")),) if lines else ()


def name_of(aspect: Aspect, asking: Occasion) -> str:
    """What an aspect is called to a citizen."""
    return asking.say(f"aspek.{aspect.value}")


def listing(aspect: Aspect, lines: Iterable[str], asking: Occasion, label: str = "") -> tuple[Block, ...]:
    """Items of an aspect: numbered when they are steps."""
    items = tuple(lines)
    if not items:
        return ()
    kind = steps if aspect is Aspect.STEPS else bullets
    return (kind(items, label or name_of(aspect, asking)),)


def saying(aspect: Aspect, line: str, asking: Occasion) -> tuple[Block, ...]:
    """One paragraph of an aspect."""
    return (text(sentence(line), name_of(aspect, asking)),) if line else ()


def duration_line(duration: Duration | None, asking: Occasion) -> str:
    """How long it takes, with its limit first where the explanation does not hold it."""
    if duration is None:
        return ""
    limit = " ".join(duration.at_most.split()[:_LIMIT])
    if limit.casefold() in duration.text.casefold():
        return sentence(duration.text)
    return f"{sentence(asking.say('jawaban.paling_lama', waktu=duration.at_most))} {sentence(duration.text)}"


def duration_short(duration: Duration | None, asking: Occasion) -> str:
    """How long it takes, in brief."""
    return brief(duration_line(duration, asking))


_LIMIT = 2  # words that hold the limit itself: "24 jam"


def cost_line(cost: Cost | None, asking: Occasion) -> str:
    """What it costs, in a line: the amount first; free by law names the article."""
    if cost is None:
        return ""
    if cost.free:
        free = asking.say("biaya.gratis_menurut", dasar=cost.basis) if cost.basis else asking.say("biaya.gratis")
        return " ".join(filter(None, (free, _without_free(cost.text, asking))))
    amount = sentence(money(cost.rupiah)) if cost.rupiah is not None else ""
    basis = asking.say("biaya.dasar", dasar=cost.basis) if cost.basis else ""
    return " ".join(filter(None, (amount, sentence(cost.text), basis)))


def cost_short(cost: Cost | None, asking: Occasion) -> str:
    """The same in brief: an explanation up to its amount, only the span of a tariff; a fine in whole."""
    if cost is None:
        return ""
    if cost.fees:
        amounts = sorted({fee.rupiah for fee in cost.fees})
        low, high = (money(amount) for amount in (amounts[0], amounts[-1]))
        said = low if low == high else asking.say("biaya.kisaran", dari=low, sampai=high)
    else:
        said = cost_line(cost, asking) if cost.free else brief(cost_line(cost, asking))
    return f"{said} {sentence(cost.fine)}" if cost.fine else said


def cost_blocks(cost: Cost | None, asking: Occasion, label: str = "") -> tuple[Block, ...]:
    """What it costs, with every line of a tariff."""
    if cost is None:
        return ()
    label = label or name_of(Aspect.COST, asking)
    fees = [asking.say("biaya.baris", untuk=fee.item, jumlah=money(fee.rupiah)) for fee in cost.fees]
    line = cost_line(cost, asking)
    fine = [text(sentence(cost.fine), asking.say("biaya.denda"))] if cost.fine else []
    if not fees:
        return (text(line, label), *fine)
    return (bullets(fees, label), *([text(line)] if line else []), *fine)


def _without_free(explanation: str, asking: Occasion) -> str:
    """An explanation without the sentence that only says once more that it is free."""
    first, _, rest = explanation.partition(".")
    return sentence(rest) if first.strip().casefold() == asking.say("biaya.kata_gratis") else sentence(explanation)


def levy_note(subject: Service | Agency, asking: Occasion, *, fined: bool) -> tuple[Block, ...]:
    """How to report somebody who asks money for what is free, other than a lawful fine where there is one."""
    names = [route.name for route in _routes(subject, asking)][:2]
    key = "biaya.pungutan_selain_denda" if fined else "biaya.pungutan"
    return (note(asking.say(key, jalur=listed(names))),) if names else ()


def complaint_blocks(subject: Service | Agency, asking: Occasion) -> tuple[Block, ...]:
    """Where to complain."""
    lines = (f"{route.name}: {route.text}" if route.text else route.name for route in _routes(subject, asking))
    return listing(Aspect.COMPLAINTS, lines, asking)


def _routes(subject: Service | Agency, asking: Occasion) -> tuple[ComplaintRoute, ...]:
    """A subject's own ways to complain, its agency's, or the region's."""
    agency = asking.knowledge.agency_of(subject)
    return subject.complaints or agency.complaints or asking.knowledge.region.complaints


def channel_lines(channels: Iterable[Channel]) -> list[str]:
    """Websites and apps: name, address, what for."""
    return [" – ".join(filter(None, (one.name, one.address, one.purpose))) for one in channels]


def phone_lines(phones: Iterable[Phone], asking: Occasion) -> list[str]:
    """Telephone numbers with what they are for."""
    numbers = ((asking.say("kontak.telepon", nomor=phone.number), phone.purpose) for phone in phones)
    return [": ".join(filter(None, number)) for number in numbers]


def contact_lines(agency: Agency, asking: Occasion) -> list[str]:
    """Every published way to write to or to call an agency."""
    lines = phone_lines(agency.phones, asking)
    written = {"kontak.wa": agency.whatsapp, "kontak.surel": agency.email, "kontak.situs": agency.website}
    lines += [asking.say(key, isi=value) for key, value in written.items() if value]
    return lines


def place_lines(agency: Agency) -> list[str]:
    """The offices of an agency whose address is known."""
    return [f"{one.name}: {one.address}" for one in agency.offices if one.address]


def missing(aspect: Aspect, agency: Agency, asking: Occasion) -> tuple[Block, ...]:
    """What is not published, said honestly, and whom to ask."""
    return (text(f"{asking.say('jawaban.belum')} {whom_to_ask(agency, asking)}", name_of(aspect, asking)),)


def whom_to_ask(agency: Agency, asking: Occasion) -> str:
    """A sentence that sends to an agency: to its first office whose address is certain, or by its first contact."""
    is_doubted = any(one.part == Aspect.PLACE for one in agency.doubts)
    office = None if is_doubted else next((one for one in agency.offices if one.address), None)
    where = asking.say("jawaban.di", alamat=office.address.rstrip(".")) if office else ""
    parts = (asking.say("jawaban.tanyakan", instansi=agency.short), where, _reached(agency, asking))
    return sentence(" ".join(filter(None, parts)))


def _reached(agency: Agency, asking: Occasion) -> str:
    if agency.website:
        return asking.say("jawaban.lewat_situs", alamat=agency.website)
    if agency.whatsapp:
        return asking.say("jawaban.lewat_wa", nomor=agency.whatsapp)
    return asking.say("jawaban.lewat_telepon", nomor=agency.phones[0].number) if agency.phones else ""
