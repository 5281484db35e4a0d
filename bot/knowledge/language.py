"""How do people speak? The word lists of bahasa/, as read."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field, RootModel

from bot.knowledge.model import Aspect, Model, Text, Texts


class WordsFile(RootModel[dict[Text, dict[Text, Texts]]]):
    """kata.yaml: under headings, an official word and the ways people write it.

    A way of several words ("kartu keluarga") is read as the one official word ("kk").
    """

    model_config = ConfigDict(frozen=True)


class Affixes(Model):
    """imbuhan.yaml: syllables that may be cut from a word to find the one it comes from."""

    prefixes: dict[Text, tuple[str, ...]] = Field(alias="awalan")  # and what they may have swallowed: "meny" an "s"
    clitics: Texts = Field(alias="klitik")  # hang on any word: "-nya", "-kah"
    suffixes: Texts = Field(alias="akhiran")
    short: Texts = Field((), alias="pendek")  # words of less than four letters that may be part of words run together


class Fillers(RootModel[dict[Text, Texts]]):
    """abaikan.yaml: under headings, words that say nothing about what is asked."""

    model_config = ConfigDict(frozen=True)


class Decoys(RootModel[dict[Text, Texts]]):
    """umpan.yaml: topics that are not ours, each with questions people ask about it."""

    model_config = ConfigDict(frozen=True)


class Directions(Model):
    """WordsFile before a place that tell where a move goes to or comes from, and words for this region itself."""

    to: Texts = Field(alias="ke")
    since: Texts = Field(alias="dari")
    here: Texts = Field(alias="sini")
    hither: Texts = Field((), alias="kesini")  # words for here that also tell where a move goes
    elsewhere: Texts = Field((), alias="lain")  # words for any other region: "luar kota"
    kinds: Texts = Field((), alias="jenis")  # words before the name of a region: "kabupaten"


class Events(Model):
    """peristiwa.yaml: what is spoken of and what happened to it.

    WordsFile of one list can stand for each other in "kalau rusak?" or "kalau perawat?".
    """

    objects: Texts = Field(alias="benda")
    general: Texts = Field((), alias="umum")  # name no service by themselves: surat, kartu, izin
    operations: Texts = Field(alias="kejadian")  # decide the service: baru, hilang, rusak; offered in this order
    making: Texts = Field((), alias="membuat")  # ask for a new one: "bikin ktp"
    life: Texts = Field(alias="kehidupan")  # weaker: lahir, mati, kawin, cerai
    people: Texts = Field((), alias="pelaku")  # who it is for: bidan, perawat, wna
    directions: Directions = Field(alias="arah")


class AspectCues(Model):
    """WordsFile that ask for one aspect.

    A cue is a sequence of words; ``a/b`` allows either, ``..`` up to two words between, ``$`` is the end of the text.
    """

    clear: Texts = Field((), alias="tanda")
    weak: Texts = Field((), alias="lemah")  # count only when nothing clearer was said


class AspectWords(Model):
    """aspek.yaml: cues by aspect, and word sequences that look like a cue but are none."""

    cues: dict[Aspect, AspectCues] = Field(alias="aspek")
    not_asked: Texts = Field((), alias="bukan")


class Cues(Model):
    """Word sequences that say one thing, and those that take it back."""

    cues: Texts = Field(alias="tanda")
    unless: Texts = Field((), alias="kecuali")


class EmergencyCues(Cues):
    """Danger now: a cue by itself, or a danger with a word of urgency."""

    danger: Texts = Field(alias="bahaya")
    urgent: Texts = Field(alias="mendesak")


class SmallTalk(Model):
    """sapaan.yaml: what people say besides asking for a service."""

    greeting: Cues = Field(alias="salam")
    thanks: Cues = Field(alias="terima_kasih")
    help: Cues = Field(alias="bantuan")
    person: Cues = Field(alias="petugas")
    emergency: EmergencyCues = Field(alias="darurat")
    own_file: Cues = Field(alias="berkas_sendiri")
    none_of_these: Cues = Field(alias="bukan_semua")
    correction: Cues = Field(alias="koreksi")
    rejecting: Texts = Field(alias="menolak")  # "bukan apotek": what follows is not meant
    follow_up: Cues = Field(alias="lanjutan")
    switching: Cues = Field(alias="beralih")  # "kalau rusak?": the same of another kind
    not_elsewhere: Texts = Field(alias="bukan_daerah_lain")  # said with another region's name without asking its office
    both: Cues = Field(alias="keduanya")  # two services in one question
    picks: tuple[Texts, ...] = Field(alias="pilihan")  # first, second, third, fourth of what was offered

    def cues(self) -> tuple[str, ...]:
        """Every cue of every kind."""
        kinds = [value for _, value in self if isinstance(value, Cues)]
        danger = (*self.emergency.danger, *self.emergency.urgent)
        return (*(cue for kind in kinds for cue in (*kind.cues, *kind.unless)), *danger, *self.not_elsewhere)


class Days(Model):
    """hari.yaml: a day ("besok", "jumat", "hari libur") and the ways people write it."""

    ways: dict[Text, Texts] = Field(alias="hari")
    dates: Texts = Field(alias="tanggal")  # words before a date


class WordCheck(Model):
    """A sentence and how it must be read."""

    sentence: Text = Field(alias="kalimat")
    words: Texts = Field((), alias="kata")  # official words that must be found
    aspects: tuple[Aspect, ...] = Field((), alias="aspek")  # all aspects that must be found


class WordChecks(RootModel[tuple[WordCheck, ...]]):
    """uji.yaml: tests of the word lists."""

    model_config = ConfigDict(frozen=True)


class Numbers(Model):
    """angka.yaml: learned numbers by name; written by ``make calibrate``, never by hand."""

    fitted_on: str = Field("", alias="pengetahuan")  # version of the knowledge they were fitted on
    first: dict[Text, float] = Field(default_factory=dict, alias="benar_pertama")
    four: dict[Text, float] = Field(default_factory=dict, alias="benar_empat")
    thresholds: dict[Text, float] = Field(default_factory=dict, alias="ambang")


@dataclass(frozen=True)
class Language:
    """Everyday words, events, cues, fillers, decoys and small talk of one region's speakers."""

    words: WordsFile
    affixes: Affixes
    events: Events
    aspects: AspectWords
    fillers: Fillers
    decoys: Decoys
    small_talk: SmallTalk
    days: Days
    checks: WordChecks
    numbers: Numbers | None = None  # None: the numbers that stand in the code


_FIELDS = MappingProxyType(
    {
        "kata.yaml": "words",
        "imbuhan.yaml": "affixes",
        "peristiwa.yaml": "events",
        "aspek.yaml": "aspects",
        "abaikan.yaml": "fillers",
        "umpan.yaml": "decoys",
        "sapaan.yaml": "small_talk",
        "hari.yaml": "days",
        "uji.yaml": "checks",
        "angka.yaml": "numbers",
    }
)
OPTIONAL_FILES = frozenset({"angka.yaml"})
LANGUAGE_FILES: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        "kata.yaml": WordsFile,
        "imbuhan.yaml": Affixes,
        "peristiwa.yaml": Events,
        "aspek.yaml": AspectWords,
        "abaikan.yaml": Fillers,
        "umpan.yaml": Decoys,
        "sapaan.yaml": SmallTalk,
        "hari.yaml": Days,
        "uji.yaml": WordChecks,
        "angka.yaml": Numbers,
    }
)


def language_of(files: Mapping[str, object]) -> Language:
    """The language made of validated files.

    Args:
        files: By file name, the value its model made; files of ``OPTIONAL_FILES`` may be absent.

    Raises:
        KeyError: A file that is not optional is absent.
    """
    needed = {name: field for name, field in _FIELDS.items() if name in files or name not in OPTIONAL_FILES}
    return Language(**{field: files[name] for name, field in needed.items()})  # type: ignore[arg-type]  # by LANGUAGE_FILES
