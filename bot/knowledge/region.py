"""What is known of the region: its districts, neighbours, emergency numbers, holidays?"""

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator

from bot.knowledge.model import ComplaintRoute, Source, WeekHours
from bot.knowledge.vocabulary import Day, Link, Model, Text, Texts, YesNo


class District(Model):
    """A sub-district (kecamatan) of the region."""

    name: Text = Field(alias="nama")
    names: Texts = Field((), alias="sebutan")
    villages: Texts = Field((), alias="desa")
    wards: Texts = Field((), alias="kelurahan")
    police: str = Field("", alias="polres")


class Neighbour(Model):
    """Another region that people confuse with ours or ask about; a referral when one is written for it."""

    name: Text = Field(alias="nama")
    names: Texts = Field((), alias="sebutan")
    places: Texts = Field((), alias="tempat")
    referral: str = Field("", alias="rujukan")


class EmergencyNumber(Model):
    """A number to call when life is in danger; or a site where one can write, when it has an address."""

    number: Text = Field(alias="nomor")
    name: Text = Field(alias="nama")
    link: Link = Field("", alias="alamat")
    rung: Day | None = Field(None, alias="ditelepon")  # the day somebody rang it and was answered


class Region(Model):
    """The region this knowledge is about (daerah.yaml)."""

    name: Text = Field(alias="nama")
    names: Texts = Field((), alias="sebutan")
    province: str = Field("", alias="provinsi")
    capital: str = Field("", alias="ibu_kota")
    timezone: Text = Field(alias="zona_waktu")
    timezone_label: Text = Field("WIB", alias="label_waktu")
    website: str = Field("", alias="situs")
    emergency: tuple[EmergencyNumber, ...] = Field(alias="darurat")
    by_danger: dict[Text, Texts] = Field(default_factory=dict, alias="nomor_bahaya")  # numbers by kind, the best first
    complaints: tuple[ComplaintRoute, ...] = Field((), alias="pengaduan")
    grievances: Texts = Field((), alias="keluhan")  # ids of the subjects that tell how to complain
    person: Texts = Field(alias="petugas")  # how to reach a human being
    office_hours: WeekHours | None = Field(None, alias="jam_kerja")
    ramadan_hours: WeekHours | None = Field(None, alias="jam_ramadan")  # the usual ones during Ramadan
    districts: tuple[District, ...] = Field((), alias="kecamatan")
    neighbours: tuple[Neighbour, ...] = Field((), alias="tetangga")
    elsewhere: Texts = Field((), alias="daerah_lain")  # names of other cities and regencies
    sources: tuple[Source, ...] = Field((), alias="sumber")
    updated: Day = Field(alias="diperbarui")

    @field_validator("timezone")
    @classmethod
    def _exists(cls, timezone: str) -> str:
        try:
            ZoneInfo(timezone)
        except (ValueError, OSError, KeyError):  # as a path, a folder, or no such zone
            raise ValueError(f"zona waktu `{timezone}` tidak dikenal; misalnya Asia/Jakarta") from None
        return timezone

    def numbers_for(self, danger: str) -> tuple[EmergencyNumber, ...]:
        """Whom to call in a danger of some kind, the best first; everybody when nothing is known of it."""
        named = {one.number: one for one in self.emergency}
        return tuple(named[number] for number in self.by_danger.get(danger, ())) or self.emergency

    @property
    def zone(self) -> ZoneInfo:
        """What the clocks of the region go by."""
        return ZoneInfo(self.timezone)

    def local(self, moment: datetime) -> datetime:
        """A moment as the clocks of the region show it."""
        return moment.astimezone(self.zone)


class Holiday(Model):
    """A day on which offices are closed."""

    day: Day = Field(alias="tanggal")
    name: Text = Field(alias="nama")
    kind: Literal["libur nasional", "cuti bersama"] = Field("libur nasional", alias="jenis")
    tentative: YesNo = Field(default=False, alias="perkiraan")


class Ramadan(Model):
    """The days of one Ramadan, on which offices keep other hours."""

    first: Day = Field(alias="dari")
    last: Day = Field(alias="sampai")
    tentative: YesNo = Field(default=False, alias="perkiraan")

    @model_validator(mode="after")
    def _in_order(self) -> "Ramadan":
        if self.last < self.first:
            raise ValueError(f"hari terakhir {self.last} harus sesudah hari pertama {self.first}")
        return self


class Holidays(Model):
    """All holidays known (hari-libur.yaml)."""

    days: tuple[Holiday, ...] = Field(alias="libur")
    ramadan: tuple[Ramadan, ...] = ()
    sources: tuple[Source, ...] = Field((), alias="sumber")
    updated: Day = Field(alias="diperbarui")
