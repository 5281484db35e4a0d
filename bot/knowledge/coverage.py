"""Which source holds a statement? What a file says of it, and what no source covers."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from bot.knowledge.model import COMPONENT_FIELDS, Faq, Service, Source, Stated, Subject, Variant
from bot.knowledge.region import Region
from bot.knowledge.vocabulary import OFFICE_HOURS, UNASKED, Aspect, Part

Value = TypeVar("Value", bound=Stated)
Path = tuple[str | int, ...]
"""Keys and positions from a file's top to a statement."""

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "ringkas": ("summary",),
    "catatan": ("notes",),
    Aspect.REQUIREMENTS: ("requirements",),
    Aspect.STEPS: ("steps",),
    Aspect.DURATION: ("duration",),
    Aspect.COST: ("cost",),
    Aspect.OUTPUT: ("output",),
    Aspect.PLACE: ("place", "address", "offices"),
    Aspect.HOURS: ("hours",),
    Aspect.CONTACT: ("contact", "phones", "whatsapp", "email", "website"),
    Aspect.ONLINE: ("online", "channels"),
    Aspect.FORMS: ("forms",),
    **{component.value: (COMPONENT_FIELDS[component],) for component in UNASKED},
}
"""Parts that need a source, and the fields that tell them; a law is its own, and so are ways to complain."""


@dataclass(frozen=True)
class Statement:
    """One thing that a subject says: of which part, in which case, and the value that may name sources of its own."""

    part: str
    own: Stated | None = None
    case: Variant | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """Parts of titles of the sources that the statement or its case names."""
        return (self.own.sources if self.own else ()) or (self.case.sources if self.case else ())

    @property
    def rule(self) -> str:
        """``nasional`` when the statement or its case says that it is a national rule."""
        return (self.own.rule if self.own else "") or (self.case.rule if self.case else "")

    @property
    def doubt(self) -> str:
        """What is not certain about it; a case that has requirements doubts these."""
        if self.own and self.own.doubt:
            return self.own.doubt
        is_of_case = self.case and (self.part == Aspect.REQUIREMENTS or not self.case.requirements)
        return self.case.doubt if self.case and is_of_case else ""


def said(subject: Subject, parts: Collection[str] = (*_FIELDS, "tanya_jawab")) -> Iterator[Statement]:
    """Everything that a subject says of some parts and that needs a source."""
    fields = {part: _FIELDS[part] for part in parts if part in _FIELDS}
    yield from _of(subject, None, fields)
    yield from (Statement("tanya_jawab", faq) for faq in (subject.faq if "tanya_jawab" in parts else ()))
    for case in _cases(subject):
        yield from _of(case, case, fields)


def values(subject: Subject, kind: type[Value]) -> list[Value]:
    """The costs, or the times, that a subject tells: for all, then those of its cases."""
    return [one.own for one in said(subject) if isinstance(one.own, kind)]


def covering(subject: Subject | Region, statement: Statement) -> tuple[Source, ...]:
    """The sources that hold a statement: those it names, or those that cover its part.

    In a file whose sources say nowhere what they cover, as older ones do not, each may cover anything.
    """
    if statement.named:
        return tuple(one for one in subject.sources if any(_meant(named, one) for named in statement.named))
    if not says_what_it_covers(subject):
        return subject.sources
    return tuple(one for one in subject.sources if statement.part in one.covers)


def says_what_it_covers(subject: Subject | Region) -> bool:
    """Whether any source of a subject says which parts it holds."""
    return any(source.covers for source in subject.sources)


def is_national(subject: Subject | Region, statement: Statement) -> bool:
    """Whether a statement is a national rule: it says so, or every source that holds it is one."""
    found = covering(subject, statement)
    return bool(statement.rule) or (bool(found) and all(source.rule for source in found))


def uncovered(subject: Subject) -> list[Statement]:
    """What a subject says and no source of its file covers."""
    return [one for one in said(subject) if not covering(subject, one)]


def ineffective(subject: Subject) -> Iterator[tuple[Source, Part]]:
    """Parts that a source says it covers in vain: all that is said of them names other sources."""
    statements = [*said(subject)]
    for source in subject.sources:
        for part in source.covers:
            told = [one for one in statements if one.part == part]
            if told and all(one.named and source not in covering(subject, one) for one in told):
                yield source, part


def named_sources(subject: Subject) -> Iterator[tuple[Path, str]]:
    """Every part of a title by which a statement names its source, with its place in the file."""
    groups: list[tuple[Path, Stated]] = [(("tanya_jawab", at), faq) for at, faq in enumerate(subject.faq)]
    groups += [(("varian", at), case) for at, case in enumerate(_cases(subject))]
    for path, teller in [((), subject), *((path, one) for path, one in groups if not isinstance(one, Faq))]:
        groups += [((*path, part), own) for part in (Aspect.DURATION, Aspect.COST) if (own := _own(teller, part))]
    for path, stated in groups:
        yield from (((*path, "sumber", at), named) for at, named in enumerate(stated.sources))


def _of(teller: Subject | Variant, case: Variant | None, parts: Mapping[str, tuple[str, ...]]) -> Iterator[Statement]:
    for part, fields in parts.items():
        told = next(filter(None, (getattr(teller, field, None) for field in fields)), None)
        if told and not (part == Aspect.HOURS and told == OFFICE_HOURS):
            yield Statement(part, _own(teller, part), case)


def _own(teller: object, part: str) -> Stated | None:
    value = getattr(teller, _FIELDS[part][0], None)
    return value if isinstance(value, Stated) else None


def _cases(subject: Subject) -> tuple[Variant, ...]:
    return subject.variants if isinstance(subject, Service) else ()


def _meant(named: str, source: Source) -> bool:
    return named.casefold() in source.title.casefold()
