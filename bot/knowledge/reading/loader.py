"""How is a knowledge folder read? Everything at once: all of it, or every problem."""

import hashlib
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from bot.errors import KnowledgeError
from bot.knowledge.assessment import Assessment
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import LANGUAGE_FILES, OPTIONAL_FILES, Language
from bot.knowledge.model import Agency, Referral, Service
from bot.knowledge.phrases import PhrasesFile
from bot.knowledge.problems import Problem, unknown_key, worded
from bot.knowledge.reading import rules
from bot.knowledge.reading.document import Document, Documents, parse
from bot.knowledge.reading.folder import EVERYTHING, Files, NotReadError, files_of
from bot.knowledge.region import Holidays, Region

M = TypeVar("M", bound=BaseModel)

REGION, HOLIDAYS, AGENCY = "daerah.yaml", "hari-libur.yaml", "instansi.yaml"
ASSESSMENT = "kepatuhan.yaml"  # may be absent
REFERRALS, LANGUAGE, PHRASES = "rujukan", "bahasa", "kalimat.yaml"
REQUIRED = (REGION, HOLIDAYS, f"{LANGUAGE}/{PHRASES}")  # and the word lists, of which some may be absent
NOT_AGENCIES = frozenset({REFERRALS, LANGUAGE, "skema"})
_VERSIONS = 4  # of a file that are remembered: what stands, what answers, and what somebody proposes


@dataclass(frozen=True)
class Loaded:
    """What was read of a folder: every problem, and the knowledge when there was none."""

    problems: tuple[Problem, ...]
    knowledge: KnowledgeBase | None


def load(folder: Path) -> KnowledgeBase:
    """Read all knowledge of a folder.

    Raises:
        KnowledgeError: With every problem of every file.
    """
    loaded = read(folder)
    if loaded.knowledge is None:
        raise KnowledgeError(loaded.problems)
    return loaded.knowledge


def read(folder: Path) -> Loaded:
    """Read all knowledge of a folder; never raises."""
    return read_files(files_of(folder))


def read_files(files: Files, parts: "Parts | None" = None) -> Loaded:
    """Read knowledge from files already in memory, so that a change can be tried before it is written.

    Args:
        files: By path below the folder.
        parts: Spares the reading of files that were read before.
    """
    reading = _Reading(files, parts or Parts())
    knowledge = reading.all()
    problems = tuple(sorted(set(reading.problems)))
    return Loaded(problems, None if problems else knowledge)


class Parts:
    """What files were read as: a change of one file reads one file. Not for several threads at once."""

    def __init__(self) -> None:
        self._known: dict[str, deque[tuple[bytes, BaseModel | None, list[Problem]]]] = {}

    def read(self, file: str, raw: bytes, model: type[M]) -> tuple[M | None, list[Problem]]:
        """A file as a value, and what keeps it from being one."""
        known = self._known.setdefault(file, deque(maxlen=_VERSIONS))
        for content, value, problems in known:
            if content == raw:
                return cast("M | None", value), problems
        document, broken = parse(raw, file)
        read, found = validated(document, model, file) if document.root is not None else (None, [])
        known.append((raw, read, broken + found))
        return read, broken + found


@dataclass
class _Reading:
    files: Files
    parts: Parts
    problems: list[Problem] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)  # id -> file
    unread: frozenset[str] = frozenset()

    def all(self) -> KnowledgeBase | None:
        self._leave_out()
        if EVERYTHING in self.unread:
            return None
        region = self._required(REGION, Region)
        holidays = self._required(HOLIDAYS, Holidays)
        phrases = self._required(f"{LANGUAGE}/{PHRASES}", PhrasesFile)
        language = self._language()
        assessment = self._one(ASSESSMENT, Assessment) if ASSESSMENT in self.files else None
        agencies = {agency.id: agency for agency in self._agencies()}
        services = {service.id: service for service in self._services(agencies)}
        referrals = {referral.id: referral for referral in self._referrals()}
        self._strays()
        if region is None or holidays is None or phrases is None or language is None:
            return None
        knowledge = KnowledgeBase(
            region=region,
            agencies=agencies,
            services=services,
            referrals=referrals,
            holidays=holidays.days,
            language=language,
            phrases=phrases.phrases(),
            version=self._version(),
            files=dict(self.paths),
            assessment=assessment,
        )
        self.problems += rules.check(knowledge, Documents(self.files))
        return knowledge

    def _leave_out(self) -> None:
        """Name what is not read, and read the rest."""
        unread = {file: raw for file, raw in self.files.items() if isinstance(raw, NotReadError)}
        for file, why in unread.items():
            self._add(file, 1, why.message, why.hint)
        self.files = {file: raw for file, raw in self.files.items() if file not in unread}
        self.unread = frozenset(unread)

    def _agencies(self) -> Iterator[Agency]:
        for file in self._in("*", only=AGENCY):
            agency = self._one(file, Agency)
            if agency is None or not self._named(file, agency.id, file.split("/", maxsplit=1)[0]):
                continue
            yield agency

    def _services(self, agencies: Mapping[str, Agency]) -> Iterator[Service]:
        for file in self._in("*"):
            folder, name = file.split("/")
            service = self._one(file, Service)
            if service is None or not self._named(file, service.id, name.removesuffix(".yaml")):
                continue
            if folder not in agencies and f"{folder}/{AGENCY}" not in self.files:
                self._add(file, 1, f"folder `{folder}` tidak punya {AGENCY}.")
                continue
            yield service.model_copy(update={"agency": folder})

    def _referrals(self) -> Iterator[Referral]:
        for file in self._in(REFERRALS):
            referral = self._one(file, Referral)
            if referral and self._named(file, referral.id, Path(file).stem):
                yield referral

    def _in(self, folder: str, only: str = "") -> Iterator[str]:
        for file in self.files:
            where, _, name = file.rpartition("/")
            ours = where == folder if folder != "*" else bool(where) and where not in NOT_AGENCIES
            if ours and (name == only if only else name != AGENCY):
                yield file

    def _language(self) -> Language | None:
        parts = {
            name: self._required(f"{LANGUAGE}/{name}", model)
            for name, model in LANGUAGE_FILES.items()
            if f"{LANGUAGE}/{name}" in self.files or name not in OPTIONAL_FILES
        }
        return None if None in parts.values() else Language.model_validate(parts)

    def _required(self, file: str, model: type[M]) -> M | None:
        if file not in self.files:
            if file not in self.unread:
                self._add(file, 1, "berkas ini wajib ada.")
            return None
        return self._one(file, model)

    def _one(self, file: str, model: type[M]) -> M | None:
        raw = self.files[file]
        if isinstance(raw, OSError):
            self._add(file, 1, f"berkas tidak dapat dibuka ({raw.strerror}).")
            return None
        value, problems = self.parts.read(file, raw, model)
        self.problems += problems
        return value

    def _named(self, file: str, found: str, expected: str) -> bool:
        wrong = ""
        if found != expected:
            wrong = f"id `{found}` harus sama dengan nama berkasnya, `{expected}`."
        elif found in self.paths:
            wrong = f"id `{found}` sudah dipakai di {self.paths[found]}."
        if wrong:
            self._add(file, Documents(self.files)[file].line(["id"]), wrong)
            return False
        self.paths[found] = file
        return True

    def _strays(self) -> None:
        known = {
            REGION,
            HOLIDAYS,
            ASSESSMENT,
            f"{LANGUAGE}/{PHRASES}",
            *(f"{LANGUAGE}/{name}" for name in LANGUAGE_FILES),
        }
        for file in self.files:
            folder = file.rpartition("/")[0]
            if folder in {"", LANGUAGE} and file not in known:
                self._add(file, 1, "berkas ini tidak dikenal di sini.", f"Yang dikenal: {', '.join(sorted(known))}.")

    def _add(self, file: str, line: int, message: str, hint: str = "") -> None:
        self.problems.append(Problem(file, line, message, hint))

    def _version(self) -> str:
        digest = hashlib.sha256()
        for name, raw in sorted(self.files.items()):
            content = raw if isinstance(raw, bytes) else b""
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        return digest.hexdigest()[:12]


def validated(document: Document, model: type[M], file: str) -> tuple[M | None, list[Problem]]:
    """A document as a value of a model, or what keeps it from being one."""
    try:
        return model.model_validate(document.data, by_alias=True, by_name=False), []
    except ValidationError as error:
        return None, [_problem(detail, document, model, file) for detail in error.errors(include_url=False)]


def _problem(detail: Any, document: Document, model: type[BaseModel], file: str) -> Problem:
    loc = [part for part in detail["loc"] if part != "[key]"]
    if detail["type"] == "extra_forbidden":
        message, hint = unknown_key(str(loc[-1]), _keys_at(model, loc[:-1]), _keys_at(model, []))
        return Problem(file, document.line(loc), message, hint)
    return Problem(file, document.line(loc), worded(detail))


def _keys_at(model: type[BaseModel], path: list[str | int]) -> list[str]:
    for part in path:
        inner = next((f.annotation for n, f in model.model_fields.items() if part in (f.alias, n)), None)
        model = _model_in(inner) or model
    return [f.alias or name for name, f in model.model_fields.items() if not f.exclude]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found:
            return found
    return None
