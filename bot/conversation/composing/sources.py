"""Where does an answer come from? The one or two sources that say most, and the day it was last brought up to date."""

import re
from collections.abc import Iterable

from bot.conversation.composing.wording import Occasion, long_date, printed_date, sentence, shortened
from bot.conversation.reply import Block, source
from bot.knowledge.model import Agency, Service, Source, Subject
from bot.knowledge.region import Region
from bot.knowledge.vocabulary import Aspect

_TITLE = 75  # letters: a longer title is cut
_WORD = re.compile(r"\w{3,}")  # shorter words tell nothing about a source
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORTH = 2  # years: a source that names the subject may be so much older than one that does not
_ON_THE_SPOT = {Aspect.PLACE, Aspect.HOURS, Aspect.CONTACT, Aspect.ONLINE, Aspect.COMPLAINTS}  # no law tells these
_WITHOUT_LAW = {Aspect.COST, Aspect.LEGAL_BASIS, *_ON_THE_SPOT}
_OWN = {Aspect.HOURS: "hours", Aspect.CONTACT: "contact", Aspect.COMPLAINTS: "complaints"}
"""What an agency tells for a service that does not tell it itself, and the service's own field."""


def source_block(subject: Subject, aspects: Iterable[Aspect], asking: Occasion) -> Block:
    """The line under an answer: the law and one source with its date, and when the answer was brought up to date."""
    asked = set(aspects)
    teller = _teller(subject, asked, asking)
    updated = asking.say("jawaban.diperbarui", tanggal=long_date(teller.updated))
    law, nearest = _law(teller, asked), _nearest(teller, asked, asking)
    named = [line for line in (law if law not in nearest else "", nearest) if line]
    if not named:
        return source(updated)
    said = sentence(asking.say("jawaban.sumber", daftar="; ".join(named)))
    return source(f"{said} {updated}")


def _teller(subject: Subject, aspects: set[Aspect], asking: Occasion) -> Subject | Region:
    """Whose words an answer is: hours and contacts that a service lacks are its agency's, or the region's."""
    if not isinstance(subject, Service) or not aspects or not aspects <= _OWN.keys():
        return subject
    if any(getattr(subject, _OWN[aspect]) for aspect in aspects):
        return subject
    agency = asking.knowledge.agency_of(subject)
    return asking.knowledge.region if aspects == {Aspect.HOURS} and agency.hours is None else agency


def _law(subject: Subject | Region, aspects: set[Aspect]) -> str:
    """The law an answer rests on; the article of a cost stands in the answer itself."""
    if isinstance(subject, Agency | Region) or (aspects and aspects <= _WITHOUT_LAW):
        return ""
    return shortened(subject.legal_basis[0], _TITLE) if subject.legal_basis else ""


def _nearest(subject: Subject | Region, aspects: set[Aspect], asking: Occasion) -> str:
    """The article when the cost was asked; else the source nearest to the subject, a local one first."""
    region = asking.knowledge.region
    here = {name.casefold() for name in (region.name, *region.names)}
    about = set() if isinstance(subject, Agency | Region) else set(_WORD.findall(subject.name.casefold()))
    article = "" if isinstance(subject, Agency | Region) or not subject.cost else subject.cost.basis.casefold()

    def nearness(source: Source) -> tuple[int, bool, int, str]:
        year = max(map(int, _YEAR.findall(source.date)), default=0)
        title = source.title.casefold()
        match = 2 * (title == article) or (bool(article) and (title in article or article in title))
        local = any(map(title.__contains__, here))
        fresh = year + _WORTH * len(about.intersection(_WORD.findall(title)))
        return match if Aspect.COST in aspects else -match, local, fresh, source.date

    nearest = max(subject.sources, key=nearness, default=None)
    return _named(nearest) if nearest else ""


def _named(source: Source) -> str:
    title = shortened(source.title, _TITLE)
    return f"{title} ({printed_date(source.date)})" if source.date else title
