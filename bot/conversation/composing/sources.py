"""Where does an answer come from? Below what is said the sources that hold it; at the end the day of its writing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from bot.conversation.composing.wording import Occasion, printed_date, sentence, shortened, standing
from bot.conversation.reply import Block, note, sources
from bot.knowledge.coverage import Statement, covering, is_national, said
from bot.knowledge.model import Agency, Service, Source, Subject
from bot.knowledge.region import Region
from bot.knowledge.vocabulary import Aspect

_TITLE = 75  # letters: a longer title is cut
_SHOWN = 2  # sources under one statement
_LENT = {Aspect.PLACE, Aspect.HOURS, Aspect.CONTACT}  # what an agency tells for a service that does not


@dataclass(frozen=True)
class Held:
    """Some blocks of an answer, and what holds them."""

    blocks: tuple[Block, ...]
    sources: tuple[tuple[Source, ...], ...] = ()  # of each statement
    national: bool = False
    doubts: tuple[str, ...] = ()


def held(asking: Occasion, blocks: tuple[Block, ...], subject: Subject, part: str, *others: str) -> Held:
    """Blocks that tell parts of a subject, with the sources that hold them; another's where another tells it."""
    teller = _teller(subject, part, asking)
    if isinstance(teller, Region):
        return _held(blocks, teller, [Statement(part)])
    statements = list(chain.from_iterable(_statements(teller, one, asking.variant) for one in (part, *others)))
    if part != Aspect.REQUIREMENTS or not isinstance(teller, Service):
        return _held(blocks, teller, statements)
    if not _lists_any(blocks, asking):
        return _held(blocks, teller, statements, doubted=[one for one in statements if not one.case])
    found = _held(blocks, teller, statements)
    return replace(found, blocks=(*blocks, note(asking.say("jawaban.syarat_nasional")))) if found.national else found


def held_answer(blocks: tuple[Block, ...], subject: Subject, index: int) -> Held:
    """Blocks that tell one entry of a subject's ``tanya_jawab``."""
    return _held(blocks, subject, [Statement("tanya_jawab", subject.faq[index])])


def footed(parts: Iterable[Held], asking: Occasion) -> tuple[Block, ...]:
    """The blocks of an answer with what holds them below; neighbours that one source holds share it."""
    shared: list[Held] = []
    doubted: set[str] = set()
    for found in parts:
        part = replace(found, doubts=tuple(one for one in found.doubts if one not in doubted))
        doubted.update(part.doubts)
        last = shared[-1] if shared else None
        both = (*last.sources, *part.sources) if last and part.sources and not last.doubts else ()
        if last and _in_all(both) and last.national == part.national:
            shared[-1] = replace(part, blocks=(*last.blocks, *part.blocks), sources=both)
        elif part.blocks:
            shared.append(part)
    return tuple(block for part in shared for block in (*part.blocks, *_foot(part, asking)))


def updated(subject: Subject, asking: Occasion) -> Block:
    """When what is told of a subject was confirmed by its agency, or else brought up to date."""
    return sources([standing(subject, asking)])


def _foot(part: Held, asking: Occasion) -> list[Block]:
    """Doubts, and the sources, which say of a national rule that it is one."""
    foot = [note(asking.say("jawaban.ragu", isi=sentence(one))) for one in part.doubts]
    shown = _in_all(part.sources)[:_SHOWN] or _first_of_each(part.sources)
    if shown:
        label = asking.say("jawaban.aturan_nasional" if part.national else "jawaban.sumber")
        return [*foot, sources(map(_named, shown), label, [one.address for one in shown])]
    return [note(asking.say("jawaban.ini_nasional")), *foot] if part.national else foot


def _held(
    blocks: tuple[Block, ...],
    teller: Subject | Region,
    statements: list[Statement],
    doubted: list[Statement] | None = None,
) -> Held:
    """Blocks with what holds some statements; doubted: those whose doubts are told, because their words are."""
    if not blocks or not statements:
        return Held(blocks)
    doubts = list(_doubts(statements if doubted is None else doubted))
    if not isinstance(teller, Region):
        parts = {one.part for one in statements}
        doubts += [one.text for one in teller.doubts if one.part in parts]
    national = all(is_national(teller, one) for one in statements)
    found = tuple(covering(teller, one) for one in statements)
    return Held(blocks, found, national, tuple(dict.fromkeys(doubts)))


def _lists_any(blocks: tuple[Block, ...], asking: Occasion) -> bool:
    """Whether requirements are listed, and not only said or offered by case."""
    return any(block.label not in {"", asking.say("jawaban.syarat_menurut")} for block in blocks)


def _doubts(statements: list[Statement]) -> Iterator[str]:
    """What is not certain of some statements, once, after the cases of which it is not."""
    cases: dict[str, list[str]] = {}
    for one in statements:
        if one.doubt:
            cases.setdefault(one.doubt, []).append(one.case.title if one.case else "")
    for doubt, titles in cases.items():
        yield f"{', '.join(dict.fromkeys(titles))}: {doubt}" if all(titles) else doubt


def _in_all(found: tuple[tuple[Source, ...], ...]) -> tuple[Source, ...]:
    """The sources that hold each of some statements."""
    ids = [set(map(id, sources)) for sources in found[1:]]
    return tuple(one for one in chain.from_iterable(found[:1]) if all(id(one) in others for others in ids))


def _first_of_each(found: tuple[tuple[Source, ...], ...]) -> tuple[Source, ...]:
    return tuple({id(source): source for covers in found for source in covers[:1]}.values())


def _statements(subject: Subject, part: str, title: str) -> list[Statement]:
    """What a subject says of a part: in the case of a title, or in every case."""
    found = list(said(subject, (part,)))
    case = subject.case(title) if isinstance(subject, Service) else None
    if case is None:
        return found
    own = [one for one in found if one.case is case]
    if own and (part != Aspect.REQUIREMENTS or case.replaces):
        return own
    return [*(one for one in found if one.case is None), *own]


def _teller(subject: Subject, part: str, asking: Occasion) -> Subject | Region:
    """Whose words a part is: what a service lacks is its agency's, and what that lacks the region's."""
    if isinstance(subject, Service) and part in _LENT and not _statements(subject, part, asking.variant):
        subject = asking.knowledge.agency_of(subject)
    usual = isinstance(subject, Agency) and part == Aspect.HOURS and subject.hours is None
    return asking.knowledge.region if usual else subject


def _named(source: Source) -> str:
    title = shortened(source.title, _TITLE)
    return f"{title} ({printed_date(source.date)})" if source.date else title
