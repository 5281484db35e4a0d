"""How is a knowledge folder read? Everything at once: all of it, or every problem."""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

from pydantic import BaseModel

from bot.errors import KnowledgeError
from bot.knowledge.assessment import Assessment
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import LANGUAGE_FILES, OPTIONAL_FILES, Language
from bot.knowledge.model import Agency, Referral, Service, Subject
from bot.knowledge.phrases import PhrasesFile
from bot.knowledge.problems import Problem, in_file
from bot.knowledge.reading import rules
from bot.knowledge.reading.document import LARGE, document_of, lines_of
from bot.knowledge.reading.folder import EVERYTHING, Files, NotReadError, StrayError, files_of
from bot.knowledge.reading.validation import validated
from bot.knowledge.region import Holidays, Region

M = TypeVar("M", bound=BaseModel)
S = TypeVar("S", Agency, Service, Referral)

REGION, HOLIDAYS, AGENCY = "daerah.yaml", "hari-libur.yaml", "instansi.yaml"
ASSESSMENT = "kepatuhan.yaml"  # may be absent
REFERRALS, LANGUAGE, PHRASES = "rujukan", "bahasa", "kalimat.yaml"
REQUIRED = (REGION, HOLIDAYS, f"{LANGUAGE}/{PHRASES}")  # and the word lists, of which some may be absent
NOT_AGENCIES = frozenset({REFERRALS, LANGUAGE, "skema"})
_KEPT_LONG = 8  # the messages and the weights, two versions of each and some more
_KEPT = 1024  # files as values, about 30 MB: what stands, what answers, and what somebody proposes


@dataclass(frozen=True)
class Loaded:
    """What was read of a folder: every problem, and the knowledge when there was none but stray files."""

    problems: tuple[Problem, ...]
    knowledge: KnowledgeBase | None


def load(folder: Path) -> KnowledgeBase:
    """Read all knowledge of a folder, or raise KnowledgeError with every problem, but not for a stray file alone."""
    loaded = read(folder)
    if loaded.knowledge is None:
        raise KnowledgeError(loaded.problems)
    return loaded.knowledge


def read(folder: Path) -> Loaded:
    """Read all knowledge of a folder; never raises."""
    return read_files(files_of(folder))


def read_files(files: Files) -> Loaded:
    """Read knowledge from files already in memory, so that a change can be tried before it is written."""
    reading = _Reading(files)
    knowledge = reading.all()
    problems = tuple(sorted({*reading.problems, *reading.strays}))
    return Loaded(problems, None if reading.problems else knowledge)


def _value_of(raw: bytes, model: type[BaseModel]) -> tuple[BaseModel | None, list[Problem]]:
    """A file as a value, and what is wrong in it, told of a file without a name: a change of one file reads one."""
    document = document_of(raw)
    value, found = validated(document, model) if document.data is not None else (None, [])
    return value, [*document.problems, *found]


_kept = lru_cache(maxsize=_KEPT)(_value_of)
_kept_of_language = lru_cache(maxsize=_KEPT_LONG)(_value_of)


@dataclass
class _Reading:
    files: Files
    problems: list[Problem] = field(default_factory=list)
    strays: list[Problem] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)  # id -> file

    def all(self) -> KnowledgeBase | None:
        for file, raw in self.files.items():
            if isinstance(raw, NotReadError):
                (self.strays if isinstance(raw, StrayError) else self.problems).append(Problem(file, 1, *raw.args))
        if EVERYTHING in self.files:
            return None
        region = self._required(REGION, Region)
        holidays = self._required(HOLIDAYS, Holidays)
        phrases = self._required(f"{LANGUAGE}/{PHRASES}", PhrasesFile)
        language = self._language()
        assessment = self._one(ASSESSMENT, Assessment)
        agencies, services, referrals = self._subjects(Agency), self._subjects(Service), self._subjects(Referral)
        self._unknown_files()
        if region is None or holidays is None or phrases is None or language is None:
            return None
        knowledge = KnowledgeBase(
            region=region,
            agencies=agencies,
            services=services,
            referrals=referrals,
            holidays=holidays.days,
            ramadan=holidays.ramadan,
            language=language,
            phrases=phrases.phrases(),
            version=self._version(),
            files=self.paths,
            assessment=assessment,
        )
        self.problems += rules.check(knowledge, self.files)
        return knowledge

    def _subjects(self, model: type[S]) -> dict[str, S]:
        """The agencies, the services or the referrals, by id."""
        found: dict[str, S] = {}
        for file in self.files:
            folder, _, name = file.rpartition("/")
            subject = self._one(file, model) if _model_of(folder, name) is model else None
            expected = folder if model is Agency else name.removesuffix(".yaml")
            if subject is None or not self._named(file, subject.id, expected):
                continue
            if isinstance(subject, Service):
                if f"{folder}/{AGENCY}" not in self.files:
                    self._add(file, 1, f"folder `{folder}` tidak punya {AGENCY}.")
                    continue
                subject = subject.model_copy(update={"agency": folder})
            found[subject.id] = subject
        return found

    def _language(self) -> Language | None:
        parts = {
            name: self._required(f"{LANGUAGE}/{name}", model)
            for name, model in LANGUAGE_FILES.items()
            if f"{LANGUAGE}/{name}" in self.files or name not in OPTIONAL_FILES
        }
        return None if None in parts.values() else Language.model_validate(parts)

    def _required(self, file: str, model: type[M]) -> M | None:
        if file not in self.files:
            self._add(file, 1, "berkas ini wajib ada.")
        return self._one(file, model)

    def _one(self, file: str, model: type[M]) -> M | None:
        raw = self.files.get(file)
        if not isinstance(raw, bytes):
            return None
        keep = _kept if len(raw) < LARGE else _kept_of_language if file.startswith(f"{LANGUAGE}/") else _value_of
        value, problems = keep(raw, model)
        self.problems += in_file(file, problems)
        return cast("M | None", value)

    def _named(self, file: str, found: str, expected: str) -> bool:
        if found != expected:
            wrong = f"id `{found}` harus sama dengan nama berkasnya, `{expected}`."
        elif (known := self.paths.setdefault(found, file)) != file:
            wrong = f"id `{found}` sudah dipakai di {known}."
        else:
            return True
        self._add(file, lines_of(self.files)(file, "id"), wrong)
        return False

    def _unknown_files(self) -> None:
        known = {*REQUIRED, ASSESSMENT, *(f"{LANGUAGE}/{name}" for name in LANGUAGE_FILES)}
        for file, raw in self.files.items():
            if file.rpartition("/")[0] in {"", LANGUAGE} and file not in known and isinstance(raw, bytes):
                self._add(file, 1, "berkas ini tidak dikenal di sini.", f"Yang dikenal: {', '.join(sorted(known))}.")

    def _add(self, file: str, line: int, message: str, hint: str = "") -> None:
        self.problems.append(Problem(file, line, message, hint))

    def _version(self) -> str:
        digest = hashlib.sha256()
        for name, raw in sorted(self.files.items()):
            if isinstance(raw, bytes):
                digest.update(f"{name}\0{len(raw)}\0".encode() + raw)
        return digest.hexdigest()[:12]


def _model_of(folder: str, name: str) -> type[Subject] | None:
    if folder == REFERRALS:
        return Referral
    if not folder or folder in NOT_AGENCIES:
        return None
    return Agency if name == AGENCY else Service
