"""What does the knowledge hold? Types of the YAML files; each alias is the Indonesian key a clerk writes."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Texts = tuple[Text, ...]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=32)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3])\.[0-5]\d$")]


def _whole(value: object) -> object:
    """Money as digits only: read as a number, ``10.000`` would be ten rupiah."""
    if isinstance(value, str) and not re.fullmatch(r"0|-?[1-9][0-9]{0,14}", value):
        raise PydanticCustomError("int_parsing", "not a whole number")
    return value


Rupiah = Annotated[int, BeforeValidator(_whole), Field(ge=0)]


def _yes_or_no(value: object) -> object:
    return {"ya": True, "tidak": False}.get(value.strip().lower(), value) if isinstance(value, str) else value


YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]


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


class Model(BaseModel):
    """A frozen value read from a file; a key the model does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Source(Model):
    """Where a fact comes from."""

    title: Text = Field(alias="judul")
    address: Link = Field("", alias="alamat")
    date: str = Field("", alias="tanggal")  # as printed by the source: 2025-11-10, 2025-09, 2018


class Duration(Model):
    """How long a service takes."""

    text: Text = Field(alias="keterangan")
    at_most: str = Field("", alias="paling_lama")


class Fee(Model):
    """One line of a tariff."""

    item: Text = Field(alias="untuk")
    rupiah: Rupiah


class Cost(Model):
    """What a service costs; without an amount and lines only the explanation is known."""

    rupiah: Rupiah | None = None
    text: str = Field("", alias="keterangan")
    basis: str = Field("", alias="dasar")
    fees: tuple[Fee, ...] = Field((), alias="rincian")

    @model_validator(mode="after")
    def _says_something(self) -> "Cost":
        if self.rupiah is None and not self.text and not self.fees:
            raise ValueError("biaya kosong: isi rupiah, keterangan, atau rincian")
        return self

    @property
    def free(self) -> bool:
        """Whether the service costs nothing at all."""
        return self.rupiah == 0 and not any(fee.rupiah for fee in self.fees)


class Faq(Model):
    """A question people ask about one subject, with its answer."""

    question: Text = Field(alias="t")
    answer: Text = Field(alias="j")


class Notice(Model):
    """A temporary notice, shown above every answer until its last day."""

    text: Text = Field(alias="isi")
    until: date = Field(alias="sampai")


class Withdrawn(Model):
    """An answer taken back: the bot says so and names the office."""

    reason: Text = Field(alias="alasan")
    since: date = Field(alias="sejak")


class Variant(Model):
    """One case of a service (WNI / WNA, new / renewal); what it leaves out is the service's own."""

    title: Text = Field(alias="judul")
    names: Texts = Field((), alias="sebutan")
    requirements: Texts = Field((), alias="syarat")
    steps: Texts = Field((), alias="alur")
    duration: Duration | None = Field(None, alias="waktu")
    cost: Cost | None = Field(None, alias="biaya")


class Channel(Model):
    """A website or an app where something can be done."""

    name: Text = Field(alias="nama")
    address: Link = Field("", alias="alamat")
    purpose: str = Field("", alias="guna")


class Phone(Model):
    """A telephone number that is published."""

    number: Text = Field(alias="nomor")
    purpose: str = Field("", alias="untuk")


class ComplaintRoute(Model):
    """One way to complain."""

    name: Text = Field(alias="saluran")
    text: str = Field("", alias="keterangan")


class Entry(Model):
    """What every subject of a question has: names, ways of asking for it, sources."""

    id: Id
    name: Text = Field(alias="nama")
    summary: str = Field("", alias="ringkas")
    names: Texts = Field((), alias="sebutan")
    examples: Texts = Field((), alias="contoh")
    questions: Texts = Field((), alias="uji")
    faq: tuple[Faq, ...] = Field((), alias="tanya_jawab")
    notes: Texts = Field((), alias="catatan")
    notice: Notice | None = Field(None, alias="pemberitahuan")
    review_by: date | None = Field(None, alias="tinjau_sebelum")
    sources: tuple[Source, ...] = Field((), alias="sumber")
    updated: date = Field(alias="diperbarui")


class AgencyComponents(Model):
    """Components of the standard that an agency gives once and a service may override."""

    complaints: tuple[ComplaintRoute, ...] = Field((), alias="pengaduan")
    facilities: Texts = Field((), alias="sarana")
    competence: Texts = Field((), alias="kompetensi")
    supervision: Texts = Field((), alias="pengawasan")
    staffing: Texts = Field((), alias="jumlah_pelaksana")
    guarantee: Texts = Field((), alias="jaminan")
    safety: Texts = Field((), alias="keamanan")
    evaluation: Texts = Field((), alias="evaluasi")


class Service(Entry, AgencyComponents):
    """A service of one of our agencies."""

    summary: Text = Field(alias="ringkas")
    agency: str = Field("", exclude=True)  # id of the agency; set by the loader from the folder
    requirements: Texts = Field((), alias="syarat")
    variants: tuple[Variant, ...] = Field((), alias="varian")
    steps: Texts = Field((), alias="alur")
    duration: Duration | None = Field(None, alias="waktu")
    cost: Cost | None = Field(None, alias="biaya")
    output: str = Field("", alias="produk")
    online: str = ""
    place: str = Field("", alias="lokasi")
    hours: str = Field("", alias="jam")
    contact: str = Field("", alias="kontak")
    forms: Texts = Field((), alias="formulir")
    legal_basis: Texts = Field((), alias="dasar_hukum")
    withdrawn: Withdrawn | None = Field(None, alias="ditarik")


class Referral(Entry):
    """A service of another body: we say who, where and through which channel."""

    summary: Text = Field(alias="ringkas")
    body: Text = Field(alias="lembaga")
    address: str = Field("", alias="alamat")
    hours: str = Field("", alias="jam")
    channels: tuple[Channel, ...] = Field((), alias="kanal_online")
    phones: tuple[Phone, ...] = Field((), alias="telepon")
    requirements: Texts = Field((), alias="syarat")
    steps: Texts = Field((), alias="alur")
    duration: Duration | None = Field(None, alias="waktu")
    cost: Cost | None = Field(None, alias="biaya")
    legal_basis: Texts = Field((), alias="dasar_hukum")


class Office(Model):
    """A place where an agency can be visited."""

    name: Text = Field(alias="nama")
    address: str = Field("", alias="alamat")
    serves: str = Field("", alias="melayani")
    note: str = Field("", alias="catatan")


class OpenHours(Model):
    """Opening and closing time of one day, and its break."""

    opens: Clock = Field(alias="buka")
    closes: Clock = Field(alias="tutup")
    break_from: Clock | None = Field(None, alias="istirahat_mulai")
    break_until: Clock | None = Field(None, alias="istirahat_selesai")

    @model_validator(mode="after")
    def _in_order(self) -> "OpenHours":
        if self.closes <= self.opens:
            raise ValueError(f"jam tutup {self.closes} harus sesudah jam buka {self.opens}")
        if (self.break_until or "") < (self.break_from or ""):
            raise ValueError(f"istirahat selesai {self.break_until} harus sesudah mulai {self.break_from}")
        return self


class WeekHours(Model):
    """Hours by weekday; a day left out is closed."""

    text: str = Field("", alias="keterangan")
    monday: OpenHours | None = Field(None, alias="senin")
    tuesday: OpenHours | None = Field(None, alias="selasa")
    wednesday: OpenHours | None = Field(None, alias="rabu")
    thursday: OpenHours | None = Field(None, alias="kamis")
    friday: OpenHours | None = Field(None, alias="jumat")
    saturday: OpenHours | None = Field(None, alias="sabtu")
    sunday: OpenHours | None = Field(None, alias="minggu")

    def on(self, weekday: int) -> OpenHours | None:
        """Hours on a weekday, 0 = Monday … 6 = Sunday; None when closed."""
        days = (self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday)
        return days[weekday]


class Agency(Entry, AgencyComponents):
    """An agency that publishes its standards here (instansi.yaml)."""

    short: Text = Field(alias="singkatan")
    offices: tuple[Office, ...] = Field((), alias="kantor")
    phones: tuple[Phone, ...] = Field((), alias="telepon")
    whatsapp: str = ""
    email: str = Field("", alias="surel")
    website: str = Field("", alias="situs")
    channels: tuple[Channel, ...] = Field((), alias="kanal_online")
    hours: WeekHours | None = Field(None, alias="jam")  # None: the region's usual office hours
    pledge: str = Field("", alias="maklumat")


Subject = Service | Referral | Agency


COMPONENT_FIELDS: Mapping[Component, str] = {
    component: next(name for name, field in Service.model_fields.items() if field.alias == component)
    for component in Component
}
"""Where a service gives each component; an agency and a variant give theirs under the same name."""

UNASKED = tuple(component for component in Component if component.value not in {aspect.value for aspect in Aspect})
"""Components that are owed though nobody asks for them."""

KEY_ORDER = (
    *("id", "nama", "singkatan", "ringkas", "lembaga", "sebutan", "contoh", "uji", "syarat", "varian", "alur", "waktu"),
    *("biaya", "produk", "online", "lokasi", "kantor", "alamat", "telepon", "whatsapp", "surel", "situs"),
    *("kanal_online", "jam", "kontak", "formulir", "maklumat", "pengaduan", *UNASKED, "catatan", "tanya_jawab"),
    *("dasar_hukum", "pemberitahuan", "ditarik", "tinjau_sebelum", "sumber", "diperbarui"),
)
"""The usual order of a subject's keys in its file."""
