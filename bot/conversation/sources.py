"""Where does an answer come from? The one or two sources that say most, and the day it was last brought up to date."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.conversation.asking import Asking
from bot.conversation.reply import Block, BlockKind
from bot.conversation.wording import long_date, printed_date, shortened
from bot.knowledge.model import Agency, Aspect, Source, Subject

SHOWN = 2


SHOWN = 2
_TITLE = 90  # letters: a longer title is cut
_CITATION = re.compile(r"\d+/\d{4}")  # 24/2013: number and year of a law
_ON_THE_SPOT = {Aspect.PLACE, Aspect.HOURS, Aspect.CONTACT, Aspect.ONLINE, Aspect.COMPLAINTS}  # no law tells these


def source_block(subject: Subject, aspects: Iterable[Aspect], asking: Asking) -> Block:
    """The line under an answer: sources with their dates, and when the answer was brought up to date."""
    phrases = asking.phrases
    updated = phrases.say("jawaban.diperbarui", tanggal=long_date(subject.updated, phrases))
    named = [_named(source, asking) for source in _best(subject, set(aspects), asking)]
    if not named and not isinstance(subject, Agency):
        named = list(subject.legal_basis[:1])
    if not named:
        return Block(BlockKind.SOURCE, (updated,))
    return Block(BlockKind.SOURCE, (f"{phrases.say('jawaban.sumber', daftar='; '.join(named))} {updated}",))


def _best(subject: Subject, aspects: set[Aspect], asking: Asking) -> list[Source]:
    """The law behind the answer and the newest local source; else the newest of all."""
    region = asking.knowledge.region.name.casefold()
    newest = sorted(subject.sources, key=lambda source: source.date, reverse=True)
    local = [source for source in newest if region in source.title.casefold()]
    law = [] if aspects and aspects <= _ON_THE_SPOT else _law(subject, aspects)
    return list(dict.fromkeys((*law[:1], *local[:1], *newest)))[: SHOWN if law and local else 1]


def _law(subject: Subject, aspects: set[Aspect]) -> list[Source]:
    """Sources that cite a law the answer rests on, those that say it shortest first."""
    if isinstance(subject, Agency):
        return []
    basis = " ".join(subject.legal_basis)
    if Aspect.COST in aspects and subject.cost and subject.cost.basis:
        basis = subject.cost.basis
    cited = set(_CITATION.findall(basis))
    found = (source for source in subject.sources if cited & set(_CITATION.findall(source.title)))
    return sorted(found, key=lambda source: len(source.title))


def _named(source: Source, asking: Asking) -> str:
    title = shortened(source.title, _TITLE)
    if not source.date:
        return title
    return f"{title} ({printed_date(source.date, asking.phrases)})"
