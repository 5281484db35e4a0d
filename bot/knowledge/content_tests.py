"""What must an answer hold, and what may it not? Tests that stand in the file whose content they test."""

import re

from pydantic import Field, model_validator

from bot.knowledge.vocabulary import Model, Text, Texts, YesNo

WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+|[^\w\s]|_|\n")
"""A word, a number or a mark of an answer: "Rp50.000." is "Rp", "50.000" and "."."""
_AT_THE_START = frozenset({"ya", "tidak"})


def folded(text: str) -> str:
    """The words of a text without case, each between two spaces; a line begins with a line break."""
    return f" \n {' '.join(WORD.findall(text.casefold()))} "


def stands_in(wanted: str, folded_text: str) -> bool:
    """Whether some words stand in a folded text one after the other; yes or no only where a line begins.

    "5 hari" does not stand in "15 hari", nor "tidak" in "Ya. Itu tidak perlu".
    """
    words = " ".join(WORD.findall(wanted.casefold()))
    return (f" \n {words} " if words in _AT_THE_START else f" {words} ") in folded_text


class ContentTest(Model):
    """A question whose answer must hold some words and must not hold others: numbers, names, yes or no."""

    question: Text = Field(alias="t")
    holds: Texts = Field((), alias="memuat")
    lacks: Texts = Field((), alias="tidak_memuat")
    not_yet: YesNo = Field(default=False, alias="belum_bisa")  # known to fail; told when it no longer does

    @model_validator(mode="after")
    def _can_fail(self) -> "ContentTest":
        if not self.holds and not self.lacks:
            raise ValueError("uji_isi kosong: isi memuat atau tidak_memuat")
        if both := self.opposed(self):
            raise ValueError(f"uji_isi bertentangan: `{both}` ada di memuat dan di tidak_memuat; hapus salah satu")
        return self

    def opposed(self, other: "ContentTest") -> str:
        """What another test forbids and this one asks for; empty when an answer can meet both."""
        return next((word for word in other.lacks if any(stands_in(word, folded(one)) for one in self.holds)), "")
