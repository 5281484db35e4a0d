"""What is a standard made of, and how is its completeness read?"""

from collections.abc import Mapping
from typing import Any

from pydantic import Field, field_validator, model_validator

from bot.knowledge.model import Source
from bot.knowledge.vocabulary import Component, Day, Model, Text, Texts

_BANDS = {"penilaian", "kategori"}


class ComponentName(Model):
    """What one of the 14 components is called, and what it is."""

    key: Component = Field(alias="kunci")
    name: Text = Field(alias="nama")
    meaning: str = Field("", alias="arti")


class Assessment(Model):
    """How the completeness of published standards is read (kepatuhan.yaml)."""

    basis: Text = Field(alias="dasar")
    components: tuple[ComponentName, ...] = Field(alias="komponen")
    remarks: Texts = Field((), alias="catatan")
    sources: tuple[Source, ...] = Field((), alias="sumber")
    updated: Day = Field(alias="diperbarui")

    @model_validator(mode="before")
    @classmethod
    def _without_bands(cls, given: Any) -> Any:
        """Older files hold categories of an assessment that measures something else."""
        return {key: given[key] for key in given if key not in _BANDS} if isinstance(given, Mapping) else given

    @field_validator("components")
    @classmethod
    def _in_order(cls, components: tuple[ComponentName, ...]) -> tuple[ComponentName, ...]:
        return tuple(sorted(components, key=lambda one: [*Component].index(one.key)))

    @model_validator(mode="after")
    def _whole(self) -> "Assessment":
        missing = [one.value for one in Component if one not in {name.key for name in self.components}]
        if missing or len(self.components) != len(Component):
            raise ValueError(f"komponen harus memuat keempat belas kunci sekali saja; belum ada: {', '.join(missing)}")
        return self
