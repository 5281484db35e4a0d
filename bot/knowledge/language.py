"""How do people speak? The word lists of bahasa/, as read."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, TypeVar, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, FiniteFloat, RootModel

from bot.knowledge.vocabulary import Aspect, Model, Text, Texts, YesNo

Content = TypeVar("Content")


class WholeFile(RootModel[Content]):
    """A frozen list or mapping that fills a file."""

    model_config = ConfigDict(frozen=True)


class WordsFile(WholeFile[dict[Text, dict[Text, Texts]]]):
    """kata.yaml: under headings, an official word and the ways people write it.

    A way of several words ("kartu keluarga") is read as the one official word ("kk").
    """


class Affixes(Model):
    """imbuhan.yaml: syllables that may be cut from a word to find the one it comes from."""

    prefixes: dict[Text, tuple[str, ...]] = Field(alias="awalan")  # and what they may have swallowed: "meny" an "s"
    clitics: Texts = Field(alias="klitik")  # hang on any word: "-nya", "-kah"
    suffixes: Texts = Field(alias="akhiran")
    short: Texts = Field((), alias="pendek")  # words of less than four letters that may be part of words run together


class Fillers(WholeFile[dict[Text, Texts]]):
    """abaikan.yaml: under headings, words that say nothing about what is asked."""


class Decoys(WholeFile[dict[Text, Texts]]):
    """umpan.yaml: topics that are not ours, each with questions people ask about it."""


class Directions(Model):
    """Words before a place that tell where a move goes or whose office is asked, and words for this region itself."""

    to: Texts = Field(alias="ke")
    since: Texts = Field(alias="dari")
    here: Texts = Field(alias="sini")
    hither: Texts = Field((), alias="kesini")  # words for here that also tell where a move goes
    elsewhere: Texts = Field((), alias="lain")  # words for any other region: "luar kota"
    kinds: Texts = Field((), alias="jenis")  # words before the name of a region: "kabupaten"
    offices: Texts = Field((), alias="kantor")  # before another region's name they ask for its office
    citizens: Texts = Field((), alias="warga")  # before another region's name they tell that its citizen speaks
    between: Texts = Field((), alias="sela")  # words that may stand between those and the name: "di", "saya"
    kin: Texts = Field((), alias="kerabat")  # people whose place is not the speaker's


class Events(Model):
    """peristiwa.yaml: what is spoken of and what happened to it.

    Words of one list can stand for each other in "kalau rusak?" or "kalau perawat?".
    """

    objects: Texts = Field(alias="benda")
    general: Texts = Field((), alias="umum")  # name no service by themselves: surat, kartu, izin
    operations: Texts = Field(alias="kejadian")  # decide the service: baru, hilang, rusak; offered in this order
    making: Texts = Field((), alias="membuat")  # ask for a new one: "bikin ktp"
    life: Texts = Field(alias="kehidupan")  # weaker: lahir, mati, kawin, cerai
    people: Texts = Field((), alias="pelaku")  # who it is for: bidan, perawat, wna
    directions: Directions = Field(alias="arah")


class AspectCues(Model):
    """Words that ask for one aspect.

    A cue is a sequence of words; ``a/b`` allows either, ``..`` up to two words between, ``$`` is the end of the text.
    """

    clear: Texts = Field((), alias="tanda")
    weak: Texts = Field((), alias="lemah")  # count only when nothing clearer was said


class AspectWords(Model):
    """aspek.yaml: cues by aspect, and word sequences that look like a cue but are none."""

    cues: dict[Aspect, AspectCues] = Field(alias="aspek")
    not_asked: Texts = Field((), alias="bukan")

    def all(self) -> tuple[str, ...]:
        """Every cue, and what is none."""
        return (*(cue for one in self.cues.values() for cue in (*one.clear, *one.weak)), *self.not_asked)


class Cues(Model):
    """Word sequences that say one thing, and those that take it back."""

    cues: Texts = Field(alias="tanda")
    unless: Texts = Field((), alias="kecuali")


def _one_word(value: str) -> str:
    if " " in value:
        raise ValueError(f"`{value}` bukan satu kata; tulis di `tanda` atau `bahaya` jenisnya")
    return value


Word = Annotated[Text, AfterValidator(_one_word)]


class Danger(Model):
    """How one kind of danger is told."""

    always: Texts = Field((), alias="selalu")  # whatever else is said
    cues: Texts = Field((), alias="tanda")  # unless papers, the past or a supposition are spoken of
    threats: Texts = Field((), alias="bahaya")  # the same, and only beside a person or words that press
    beside: Texts = Field((), alias="bersama")  # besides a person: "rumah", "dapur"
    unless: Texts = Field((), alias="kecuali")  # another kind, or none
    gentle: YesNo = Field(default=False, alias="lembut")  # answered with kind words


class DangerWords(Model):
    """darurat.yaml: how somebody who is in danger now writes, by kind; the first kind that is heard counts."""

    words: dict[Word, tuple[Word, ...]] = Field(alias="kata")  # one for many that tell the same, with all affixes
    people: Texts = Field(alias="orang")
    pressing: Texts = Field(alias="mendesak")
    now: Texts = Field(alias="sekarang")
    business: Texts = Field(alias="urusan")  # papers, money, advice, the past
    supposed: Texts = Field(alias="andai")  # before a danger: it has not happened
    nothing: Texts = Field(alias="bukan")  # look like danger and are none: "mati lampu"
    kinds: dict[Text, Danger] = Field(alias="jenis")

    def ways(self) -> tuple[str, ...]:
        """Every word that stands for another, and those they stand for."""
        return tuple(way for head, ways in self.words.items() for way in (head, *ways))

    def cues(self) -> tuple[str, ...]:
        """Every cue."""
        lists = [self.people, self.pressing, self.now, self.business, self.supposed, self.nothing]
        for one in self.kinds.values():
            lists += [one.always, one.cues, one.threats, one.beside, one.unless]
        return tuple(cue for cues in lists for cue in cues)


class SmallTalk(Model):
    """sapaan.yaml: what people say besides asking for a service."""

    greeting: Cues = Field(alias="salam")
    thanks: Cues = Field(alias="terima_kasih")
    help: Cues = Field(alias="bantuan")
    person: Cues = Field(alias="petugas")
    own_file: Cues = Field(alias="berkas_sendiri")
    complaint: Cues = Field(alias="keluhan")  # of an officer or of how one was served
    levy: Cues = Field(alias="pungutan")  # somebody asked for money
    nod: Cues = Field(alias="mengangguk")
    bye: Cues = Field(alias="pamit")
    who: Cues = Field(alias="siapa")  # who is speaking here, and may one trust it
    none_of_these: Cues = Field(alias="bukan_semua")
    correction: Cues = Field(alias="koreksi")
    rejecting: Texts = Field(alias="menolak")  # "bukan apotek": what follows is not meant
    follow_up: Cues = Field(alias="lanjutan")
    switch: Cues = Field(alias="beralih")  # "kalau rusak?": the same of another kind
    not_elsewhere: Texts = Field(alias="bukan_daerah_lain")  # said with another region's name without asking its office
    both: Cues = Field(alias="keduanya")  # two services in one question
    joints: Texts = Field(alias="penyambung")  # words that begin a new part of a message: "tapi", "soalnya"
    picks: tuple[Texts, ...] = Field(alias="pilihan")  # first, second, third, fourth of what was offered

    def cues(self) -> tuple[str, ...]:
        """Every cue of every kind."""
        kinds = [value for _, value in self if isinstance(value, Cues)]
        return (*(cue for kind in kinds for cue in (*kind.cues, *kind.unless)), *self.not_elsewhere)


class Days(Model):
    """hari.yaml: a day ("besok", "jumat", "hari libur") and the ways people write it."""

    ways: dict[Text, Texts] = Field(alias="hari")
    dates: Texts = Field(alias="tanggal")  # words before a date


class WordCheck(Model):
    """A sentence and how it must be read."""

    sentence: Text = Field(alias="kalimat")
    words: Texts = Field((), alias="kata")  # official words that must be found
    aspects: tuple[Aspect, ...] = Field((), alias="aspek")  # all aspects that must be found


class WordChecks(WholeFile[tuple[WordCheck, ...]]):
    """uji.yaml: tests of the word lists."""


class Act(StrEnum):
    """What a message may be instead of a question about a subject; the values are written in pesan.yaml."""

    NOT_OURS = "bukan-urusan"
    OWN_FILE = "berkas-sendiri"  # the state of a person's own file, or a delay
    COMPLAINT = "keluhan"  # of somebody or of money that was asked for
    DANGER = "bahaya"


class Numbers(Model):
    """angka.yaml: learned numbers by name; written by ``make calibrate``, never by hand."""

    fitted_on: str = Field("", alias="pengetahuan")  # fingerprint of the texts that the weights were learned of
    ours: dict[Text, FiniteFloat] = Field(default_factory=dict, alias="urusan_kita")
    first: dict[Text, FiniteFloat] = Field(default_factory=dict, alias="benar_pertama")
    acts: dict[Act, dict[Text, FiniteFloat]] = Field(default_factory=dict, alias="maksud")
    stored: dict[Text, FiniteFloat] = Field(default_factory=dict, alias="tanya_jawab")
    thresholds: dict[Text, FiniteFloat] = Field(default_factory=dict, alias="ambang")
    weights: str = Field("", alias="bobot")  # of the linear view, encoded


class Message(Model):
    """A message as people write it, and what it is about; a message of several is well served by any of them."""

    text: Text = Field(alias="pesan")
    about: Annotated[Texts, Field(min_length=1)] = Field(alias="untuk")  # ids of subjects, or values of ``Act``
    aspects: tuple[Aspect, ...] = Field((), alias="aspek")  # all that is asked


class Messages(WholeFile[tuple[Message, ...]]):
    """pesan.yaml: what people write, to learn from; no answer comes of it."""


YES_OR_NO = "ya_tidak"
"""The frame of what asks for a yes or a no."""


class Frames(Model):
    """kerangka.yaml: what is often asked in quite different words, with cues for it as in aspek.yaml."""

    deciding: dict[Text, Texts] = Field(
        default_factory=dict, alias="penentu"
    )  # a stored question of it asks nothing else
    helping: dict[Text, Texts] = Field(default_factory=dict, alias="penguat")
    yes_or_no: Texts = Field((), alias="ya_tidak")  # cues that ask for a yes or a no

    def cues(self) -> Mapping[str, Texts]:
        """The cues of all frames by name."""
        return {**self.deciding, **self.helping, YES_OR_NO: self.yes_or_no}


class DangerMessages(WholeFile[dict[Text, Texts]]):
    """pesan-darurat.yaml: by kind of danger what people in it write, and what only looks like it; to learn from."""


class Learned(Model):
    """angka-darurat.yaml, angka-aspek.yaml: what messages taught; written by ``make calibrate``, never by hand."""

    weights: str = Field("", alias="bobot")


NO_DANGER = "bukan"
"""Stands in pesan-darurat.yaml for messages of nobody in danger."""


class Language(BaseModel):
    """Everyday words, events, cues, fillers, decoys and small talk of one region's speakers; a file each."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    words: WordsFile = Field(alias="kata.yaml")
    affixes: Affixes = Field(alias="imbuhan.yaml")
    events: Events = Field(alias="peristiwa.yaml")
    aspects: AspectWords = Field(alias="aspek.yaml")
    fillers: Fillers = Field(alias="abaikan.yaml")
    decoys: Decoys = Field(alias="umpan.yaml")
    small_talk: SmallTalk = Field(alias="sapaan.yaml")
    danger: DangerWords = Field(alias="darurat.yaml")
    days: Days = Field(alias="hari.yaml")
    checks: WordChecks = Field(alias="uji.yaml")
    danger_messages: DangerMessages = Field(DangerMessages({}), alias="pesan-darurat.yaml")
    danger_numbers: Learned = Field(Learned(), alias="angka-darurat.yaml")
    asking_numbers: Learned = Field(Learned(), alias="angka-aspek.yaml")  # which aspects are asked
    messages: Messages = Field(Messages(()), alias="pesan.yaml")
    frames: Frames = Field(Frames(), alias="kerangka.yaml")
    numbers: Numbers = Field(Numbers(), alias="angka.yaml")  # what it leaves out stands in the code


LANGUAGE_FILES: Mapping[str, type[BaseModel]] = {
    str(one.alias): cast("type[BaseModel]", one.annotation) for one in Language.model_fields.values()
}
OPTIONAL_FILES = frozenset(str(one.alias) for one in Language.model_fields.values() if not one.is_required())
