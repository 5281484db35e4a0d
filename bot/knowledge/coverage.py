"""Which source holds a statement? What a file says of it, and what no source covers."""

from collections.abc import Iterator, Mapping

from bot.knowledge.model import COMPONENT_FIELDS, Service, Source, Stated, Subject, Variant
from bot.knowledge.vocabulary import UNASKED, Aspect

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


def covering(subject: Subject, part: str, stated: Stated | None = None) -> tuple[Source, ...]:
    """The sources that hold a part of a subject, or a statement of it that names its own.

    In a file whose sources say nowhere what they cover, as older ones do not, each may cover anything.
    """
    if stated and stated.sources:
        return tuple(one for one in subject.sources if any(_meant(named, one) for named in stated.sources))
    if not says_what_it_covers(subject):
        return subject.sources
    return tuple(one for one in subject.sources if part in one.covers)


def says_what_it_covers(subject: Subject) -> bool:
    """Whether any source of a subject says which parts it holds."""
    return any(source.covers for source in subject.sources)


def is_national(subject: Subject, part: str, stated: Stated | None = None) -> bool:
    """Whether a statement is a national rule: it says so, or every source that holds it is one."""
    if stated and stated.rule:
        return True
    found = covering(subject, part, stated)
    return bool(found) and all(source.rule for source in found)


def doubt_of(subject: Subject, part: str, stated: Stated | None = None) -> str:
    """What is not certain about a part of a subject; empty when nothing is known to be."""
    said = [one.text for one in subject.doubts if one.part == part]
    return " ".join([*([stated.doubt] if stated and stated.doubt else []), *said])


def statements(subject: Subject) -> Iterator[tuple[Path, Stated]]:
    """The statements of a subject that may name sources of their own, each with its place in the file."""
    yield from _inside(subject)
    for index, faq in enumerate(subject.faq):
        yield ("tanya_jawab", index), faq
    for index, variant in enumerate(_variants(subject)):
        yield ("varian", index), variant
        for path, stated in _inside(variant):
            yield ("varian", index, *path), stated


def told(subject: Subject) -> Iterator[tuple[str, Stated | None]]:
    """Every part that a subject tells, with the statement that may name its sources."""
    for part in _parts(subject):
        yield part, dict(_inside(subject)).get((part,))
    for faq in subject.faq:
        yield "tanya_jawab", faq
    for variant in _variants(subject):
        for part in _parts(variant):
            stated = dict(_inside(variant)).get((part,))
            yield part, stated if stated and stated.sources else variant


def uncovered(subject: Subject) -> list[tuple[str, Stated | None]]:
    """What a subject tells and no source of its file covers."""
    return [(part, stated) for part, stated in told(subject) if not covering(subject, part, stated)]


def _parts(teller: Subject | Variant) -> Iterator[str]:
    return (part for part, fields in _FIELDS.items() if any(getattr(teller, field, None) for field in fields))


def _inside(teller: Subject | Variant) -> Iterator[tuple[Path, Stated]]:
    for key in (Aspect.DURATION, Aspect.COST):
        stated = getattr(teller, _FIELDS[key][0], None)
        if isinstance(stated, Stated):
            yield (key.value,), stated


def _variants(subject: Subject) -> tuple[Variant, ...]:
    return subject.variants if isinstance(subject, Service) else ()


def _meant(named: str, source: Source) -> bool:
    return named.casefold() in source.title.casefold()
