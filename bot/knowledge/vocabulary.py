"""What words do the files of the knowledge use? Kinds of values, what can be asked, the parts of a standard."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from bot.knowledge.problems import nearest

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Texts = tuple[Text, ...]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=32)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3])\.[0-5]\d$")]


OFFICE_HOURS = "kantor"
"""What stands as the hours of a service that keeps those of its agency's office."""


def _hours(value: str) -> str:
    return OFFICE_HOURS if value.strip().casefold() == OFFICE_HOURS else value


Hours = Annotated[str, AfterValidator(_hours)]


def _whole(value: object) -> object:
    """Money as digits only: read as a number, ``10.000`` would be ten rupiah."""
    if isinstance(value, str) and not re.fullmatch(r"0|-?[1-9][0-9]{0,14}", value):
        raise PydanticCustomError("int_parsing", "not a whole number")
    return value


Rupiah = Annotated[int, BeforeValidator(_whole), Field(ge=0)]


def _yes_or_no(value: object) -> object:
    return {"ya": True, "tidak": False}.get(value.strip().lower(), value) if isinstance(value, str) else value


YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]


_OLDEST = 1945  # a year; a number read as a day falls before it


def _day(value: object) -> object:
    """A day as digits only: any other number would be read as seconds since 1970."""
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip()):
        raise PydanticCustomError("date_parsing", "not a day")
    try:
        day = date.fromisoformat(value.strip())
    except ValueError:
        raise PydanticCustomError("no_such_day", "in no calendar") from None
    if day.year < _OLDEST:
        raise PydanticCustomError("old_day", "too long ago")
    return day


Day = Annotated[date, BeforeValidator(_day)]


def _link(value: str) -> str:
    if value and not re.match(r"https?://[^\s]+$", value):
        raise ValueError("alamat harus diawali https:// dan tanpa spasi")
    return value


Link = Annotated[str, AfterValidator(_link)]


class Aspect(StrEnum):
    """What can be asked of a subject; the value is the word shown outside."""

    REQUIREMENTS = "syarat"
    STEPS = "alur"
    DURATION = "waktu"
    COST = "biaya"
    OUTPUT = "produk"
    PLACE = "lokasi"
    HOURS = "jam"
    CONTACT = "kontak"
    ONLINE = "online"
    FORMS = "formulir"
    LEGAL_BASIS = "dasar_hukum"
    COMPLAINTS = "pengaduan"
    OVERVIEW = "umum"


class Component(StrEnum):
    """The 14 components of a service standard. Source: UU 25/2009 article 21, Permenpan RB 15/2014."""

    REQUIREMENTS = "syarat"
    STEPS = "alur"
    DURATION = "waktu"
    COST = "biaya"
    OUTPUT = "produk"
    COMPLAINTS = "pengaduan"
    LEGAL_BASIS = "dasar_hukum"
    FACILITIES = "sarana"
    COMPETENCE = "kompetensi"
    SUPERVISION = "pengawasan"
    STAFFING = "jumlah_pelaksana"
    GUARANTEE = "jaminan"
    SAFETY = "keamanan"
    EVALUATION = "evaluasi"


PUBLISHED = tuple(Component)[:6]
"""Components of delivering a service, which must be published; the others are of managing it."""

UNASKED = tuple(component for component in Component if component.value not in {aspect.value for aspect in Aspect})
"""Components that are owed though nobody asks for them."""

PARTS = (
    *("ringkas", "catatan", "tanya_jawab"),
    *(aspect.value for aspect in Aspect if aspect is not Aspect.OVERVIEW),
    *(component.value for component in UNASKED),
)
"""What a source or a doubt may be about: the keys under which a subject is told."""


def _part(value: str) -> str:
    if value not in PARTS:
        near = nearest(value, PARTS)
        said = f"mungkin maksudnya `{near}`" if near else f"yang dikenal: {', '.join(PARTS)}"
        raise ValueError(f"bagian `{value}` tidak dikenal; {said}")
    return value


Part = Annotated[str, AfterValidator(_part), Field(json_schema_extra={"enum": list(PARTS)})]
Rule = Literal["", "nasional"]
"""Whose rule a statement is: a national one, or one from here."""


class Model(BaseModel):
    """A frozen value read from a file; a key the model does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
