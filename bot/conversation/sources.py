"""Where does an answer come from? The one or two sources that say most, and the day it was last brought up to date."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.asking import Asking
from bot.conversation.reply import Block, BlockKind
from bot.conversation.wording import label, long_date, printed_date
from bot.knowledge.model import Agency, Aspect, Referral, Service, Source, Subject

SHOWN = 2


def source_block(subject: Subject, aspects: Iterable[Aspect], asking: Asking) -> Block:
    """The line under an answer: sources with their dates, and when the answer was brought up to date."""
    phrases = asking.phrases
    updated = phrases.say("jawaban.diperbarui", tanggal=long_date(subject.updated, phrases))
    named = [_named(source, asking) for source in _best(subject, tuple(aspects), asking)]
    if not named and not isinstance(subject, Agency):
        named = list(subject.legal_basis[:SHOWN])
    if not named:
        return Block(BlockKind.SOURCE, (updated,))
    return Block(BlockKind.SOURCE, (f"{phrases.say('jawaban.sumber', daftar='; '.join(named))} {updated}",))


def _best(subject: Subject, aspects: tuple[Aspect, ...], asking: Asking) -> list[Source]:
    """Sources that name the article of the cost asked for, then local ones, then the newest."""
    basis = ""
    if Aspect.COST in aspects and isinstance(subject, Service | Referral) and subject.cost:
        basis = subject.cost.basis.casefold()
    local = asking.knowledge.region.name.casefold()

    def order(source: Source) -> tuple[bool, bool, str]:
        title = source.title.casefold()
        return bool(basis) and basis in title, local in title, source.date

    return sorted(subject.sources, key=order, reverse=True)[:SHOWN]


def _named(source: Source, asking: Asking) -> str:
    title = source.title if len(source.title) <= _TITLE else label(source.title)
    if not source.date:
        return title
    return f"{title} ({printed_date(source.date, asking.phrases)})"


_TITLE = 110  # letters: a longer title is cut
