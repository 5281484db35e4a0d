"""What does the knowledge hold? Types of the YAML files; each alias is the Indonesian key a clerk writes."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from bot.knowledge.content_tests import ContentTest
from bot.knowledge.vocabulary import (
    UNASKED,
    Clock,
    Component,
    Day,
    Hours,
    Id,
    Link,
    Model,
    Part,
    Rule,
    Rupiah,
    Text,
    Texts,
    YesNo,
)


class Source(Model):
    """Where a fact comes from."""

    title: Text = Field(alias="judul")
    address: Link = Field("", alias="alamat")
    date: str = Field("", alias="tanggal")  # as printed by the source: 2025-11-10, 2025-09, 2018
    covers: tuple[Part, ...] = Field((), alias="untuk")  # the parts whose statements it holds
    rule: Rule = Field("", alias="aturan")


class Stated(Model):
    """A statement that may name its own sources, say that it is a national rule, and hold a doubt."""

    rule: Rule = Field("", alias="aturan")
    doubt: str = Field("", alias="ragu")
    sources: Texts = Field((), alias="sumber")  # each a part of the title of one source of the same file


class Doubt(Model):
    """What is not certain about one part of a subject."""

    part: Part = Field(alias="bagian")
    text: Text = Field(alias="isi")


class Duration(Stated):
    """How long a service takes."""

    text: Text = Field(alias="keterangan")
    at_most: str = Field("", alias="paling_lama")
    is_standard: YesNo = Field(default=True, alias="standar")  # no: a treatment's length, a deadline to report


class Fee(Model):
    """One line of a tariff."""

    item: Text = Field(alias="untuk")
    rupiah: Rupiah


class Cost(Stated):
    """What a service costs; without an amount and lines only the explanation is known."""

    rupiah: Rupiah | None = None
    text: str = Field("", alias="keterangan")
    basis: str = Field("", alias="dasar")
    fees: tuple[Fee, ...] = Field((), alias="rincian")
    fine: str = Field("", alias="denda")  # a lawful fine, for a late report

    @model_validator(mode="after")
    def _says_something(self) -> "Cost":
        if self.rupiah is None and not self.text and not self.fees:
            raise ValueError("biaya kosong: isi rupiah, keterangan, atau rincian")
        return self

    @property
    def free(self) -> bool:
        """Whether the service costs nothing at all."""
        return self.rupiah == 0 and not any(fee.rupiah for fee in self.fees)


class Faq(Stated):
    """A question people ask about one subject, with its answer."""

    question: Text = Field(alias="t")
    answer: Text = Field(alias="j")
    names: Texts = Field((), alias="sebutan")  # other ways of asking it

    @property
    def label(self) -> str:
        """The question as it stands before its answer."""
        return self.question.rstrip(" ?")

    @property
    def wordings(self) -> Texts:
        """The question in all the ways it may be asked."""
        return (self.question, *self.names)


class Notice(Model):
    """A temporary notice, shown above every answer until its last day."""

    text: Text = Field(alias="isi")
    until: Day = Field(alias="sampai")


class Withdrawn(Model):
    """An answer taken back: the bot says so and names the office."""

    reason: Text = Field(alias="alasan")
    since: Day = Field(alias="sejak")


class Variant(Stated):
    """One case of a service (WNI / WNA, new / renewal).

    Its requirements are added to the service's, or replace them; whatever else it gives holds instead of the service's.
    """

    title: Text = Field(alias="judul")
    names: Texts = Field((), alias="sebutan")
    replaces: YesNo = Field(default=False, alias="ganti")
    requirements: Texts = Field((), alias="syarat")
    steps: Texts = Field((), alias="alur")
    duration: Duration | None = Field(None, alias="waktu")
    cost: Cost | None = Field(None, alias="biaya")
    output: str = Field("", alias="produk")
    online: str = ""
    place: str = Field("", alias="lokasi")
    hours: Hours = Field("", alias="jam")
    forms: Texts = Field((), alias="formulir")
    notes: Texts = Field((), alias="catatan")

    @model_validator(mode="after")
    def _replaces_something(self) -> "Variant":
        if self.replaces and not self.requirements:
            raise ValueError(
                f"varian `{self.title}` mengganti syarat, tetapi `syarat`-nya kosong: isi, atau hapus ganti"
            )
        return self


class Channel(Model):
    """A website or an app where something can be done."""

    name: Text = Field(alias="nama")
    address: Link = Field("", alias="alamat")
    purpose: str = Field("", alias="guna")


class Phone(Model):
    """A telephone number that is published."""

    number: Text = Field(alias="nomor")
    purpose: str = Field("", alias="untuk")
    rung: Day | None = Field(None, alias="ditelepon")  # the day somebody rang it and was answered


class ComplaintRoute(Model):
    """One way to complain."""

    name: Text = Field(alias="saluran")
    text: str = Field("", alias="keterangan")


class Confirmation(Model):
    """Who at the agency has confirmed what is told of a service, and when."""

    by: Text = Field(alias="oleh")
    day: Day = Field(alias="tanggal")
    digest: str = Field("", alias="isi")  # of what was confirmed, so that a change lapses it


class Entry(Model):
    """What every subject of a question has: names, ways of asking for it, sources."""

    id: Id
    name: Text = Field(alias="nama")
    summary: str = Field("", alias="ringkas")
    names: Texts = Field((), alias="sebutan")
    examples: Texts = Field((), alias="contoh")
    questions: Texts = Field((), alias="uji")
    content_tests: tuple[ContentTest, ...] = Field((), alias="uji_isi")
    faq: tuple[Faq, ...] = Field((), alias="tanya_jawab")
    notes: Texts = Field((), alias="catatan")
    doubts: tuple[Doubt, ...] = Field((), alias="ragu")
    notice: Notice | None = Field(None, alias="pemberitahuan")
    review_by: Day | None = Field(None, alias="tinjau_sebelum")
    sources: tuple[Source, ...] = Field((), alias="sumber")
    updated: Day = Field(alias="diperbarui")

    def is_withdrawn(self, day: date) -> bool:  # noqa: ARG002  # only a service's answers are ever taken back
        """Whether its answers are taken back on a day."""
        return False


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
    hours: Hours = Field("", alias="jam")
    contact: str = Field("", alias="kontak")
    forms: Texts = Field((), alias="formulir")
    legal_basis: Texts = Field((), alias="dasar_hukum")
    withdrawn: Withdrawn | None = Field(None, alias="ditarik")
    confirmed: Confirmation | None = Field(None, alias="dikonfirmasi")

    def case(self, title: str) -> Variant | None:
        """The variant of a title; None when there is none."""
        return next((one for one in self.variants if one.title == title), None)

    @cached_property
    def digest(self) -> str:
        """Eight digits that change with whatever citizens are told of it.

        Not with the words it is found by, nor with what its agency says for a while above it or instead of it.
        """
        told = self.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=_NOT_TOLD)
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:8]

    @property
    def is_draft(self) -> bool:
        """Whether nobody at the agency has confirmed what is told now."""
        if self.confirmed is None:
            return True
        if self.confirmed.digest:
            return self.confirmed.digest != self.digest
        return self.confirmed.day < self.updated

    def is_withdrawn(self, day: date) -> bool:
        """Whether its answers are taken back on a day."""
        return self.withdrawn is not None and self.withdrawn.since <= day


_NOT_TOLD: Mapping[str, bool | Mapping[str, Mapping[str, bool]]] = {
    **dict.fromkeys(("names", "examples", "questions", "content_tests", "updated", "confirmed"), True),
    **dict.fromkeys(("notice", "withdrawn"), True),
    "faq": {"__all__": {"names": True}},
}


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
    whose: Literal["", "pegawai"] = Field("", alias="milik")  # only the staff's hours are known, not their counter's
    monday: OpenHours | None = Field(None, alias="senin")
    tuesday: OpenHours | None = Field(None, alias="selasa")
    wednesday: OpenHours | None = Field(None, alias="rabu")
    thursday: OpenHours | None = Field(None, alias="kamis")
    friday: OpenHours | None = Field(None, alias="jumat")
    saturday: OpenHours | None = Field(None, alias="sabtu")
    sunday: OpenHours | None = Field(None, alias="minggu")

    @property
    def of_staff(self) -> bool:
        """Whether these are working hours of officials, whose counter may keep others."""
        return bool(self.whose)

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
    ramadan_hours: WeekHours | None = Field(None, alias="jam_ramadan")  # what holds instead during Ramadan
    pledge: str = Field("", alias="maklumat")


Subject = Service | Referral | Agency


COMPONENT_FIELDS: Mapping[Component, str] = {
    component: next(name for name, field in Service.model_fields.items() if field.alias == component)
    for component in Component
}
"""Where a service gives each component; an agency and a variant give theirs under the same name."""

KEY_ORDER = (
    *("id", "nama", "singkatan", "ringkas", "lembaga", "sebutan", "contoh", "uji", "uji_isi", "syarat", "varian"),
    *("alur", "waktu", "biaya", "produk", "online", "lokasi", "kantor", "alamat", "telepon", "whatsapp", "surel"),
    *("situs", "kanal_online", "jam", "jam_ramadan", "kontak", "formulir", "maklumat", "pengaduan", *UNASKED),
    *("catatan", "ragu", "tanya_jawab", "dasar_hukum", "pemberitahuan", "ditarik", "tinjau_sebelum", "sumber"),
    *("diperbarui", "dikonfirmasi"),
)
"""The usual order of a subject's keys in its file."""
