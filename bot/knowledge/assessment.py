"""How is completeness of a standard judged: components and bands?"""

from datetime import date

from pydantic import Field, model_validator

from bot.knowledge.model import Source
from bot.knowledge.vocabulary import Component, Model, Text, Texts


class ComponentName(Model):
    """What one of the 14 components is called, and what it is."""

    key: Component = Field(alias="kunci")
    name: Text = Field(alias="nama")
    meaning: str = Field("", alias="arti")


class Band(Model):
    """A category of the assessment and the score it begins at, of 100."""

    category: Text = Field(alias="kategori")
    opinion: Text = Field(alias="opini")
    zone: Text = Field(alias="zona")
    at_least: float = Field(alias="dari", ge=0, le=100)


class Assessment(Model):
    """How the completeness of published standards is read (kepatuhan.yaml)."""

    basis: Text = Field(alias="dasar")
    components: tuple[ComponentName, ...] = Field(alias="komponen")
    title: Text = Field(alias="penilaian")
    bands: tuple[Band, ...] = Field(alias="kategori")  # best first; the last one begins at 0
    remarks: Texts = Field((), alias="catatan")
    sources: tuple[Source, ...] = Field((), alias="sumber")
    updated: date = Field(alias="diperbarui")

    @model_validator(mode="after")
    def _whole(self) -> "Assessment":
        missing = [one.value for one in Component if one not in {name.key for name in self.components}]
        if missing or len(self.components) != len(Component):
            raise ValueError(f"komponen harus memuat keempat belas kunci sekali saja; belum ada: {', '.join(missing)}")
        starts = [band.at_least for band in self.bands]
        if starts != sorted(set(starts), reverse=True) or starts[-1:] != [0]:
            raise ValueError("kategori harus urut dari nilai tertinggi, dan yang terakhir dari 0")
        return self

    def band(self, score: float) -> Band:
        """The category of a score, 0..100."""
        return next(band for band in self.bands if score >= band.at_least)
