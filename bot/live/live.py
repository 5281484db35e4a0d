"""The current snapshot of a knowledge folder, and what a change would make of it."""

import asyncio
import hashlib
import threading
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

import structlog
from watchfiles import awatch

from bot.errors import KnowledgeError
from bot.knowledge.kept import keep, kept
from bot.knowledge.loader import Files, Parts, files_of, read_files
from bot.knowledge.problems import Problem
from bot.live.snapshot import Snapshot

Tell = Callable[[tuple[Problem, ...]], Awaitable[None]]
"""Told the problems of the folder once per distinct set, and an empty one when they are mended; must not raise."""
Marks = Mapping[str, tuple[int, int, int]]
"""Time, size and identity of every file, which change with its bytes."""

STAGED = ".tanya-new"
"""End of the names of new files that lie beside the old ones while several are being replaced as one."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_LOOK_MS = 1000  # network folders report nothing, so we look ourselves this often
_GATHER_MS = 100  # what changes within this time is taken as one change
_PAUSE_S = 0.15  # between two readings that must be equal; longer than an editor needs for one file
_PATIENCE = 30  # looks; a lock that git left behind must not keep us from reading for ever


@dataclass(frozen=True)
class Candidate:
    """What the folder would answer with some of its files changed; nothing is written.

    ``problems`` are those of the change: what is wrong in other files already does not forbid it.
    """

    files: Files  # of the folder, once the change is written
    problems: tuple[Problem, ...]
    snapshot: Snapshot | None  # None with problems
    fingerprint: str  # of the folder it was made from, as ``Live.fingerprint`` tells it
    standing: tuple[Problem, ...]  # in the folder, once the change is written
    answering: Files  # that the snapshot is made of
    marks: Marks  # of the folder it was made from
    changed: frozenset[str]


class Live:
    """The current snapshot of a knowledge folder."""

    def __init__(self, folder: Path, last_good: Path | None = None) -> None:
        """Read the folder.

        Args:
            folder: The knowledge.
            last_good: Where the last good knowledge is kept for a start with a broken folder; None keeps none.

        Raises:
            KnowledgeError: There is no good knowledge to start with.
        """
        self.folder, self._last_good = folder, last_good
        self._marks, self._waited, self._reading = _marks(folder), 0, threading.Lock()
        self._parts = Parts()
        files = files_of(folder)
        loaded = read_files(files, self._parts)
        knowledge = loaded.knowledge or (kept(last_good) if last_good else None)
        if knowledge is None:
            raise KnowledgeError(loaded.problems)
        self.problems = loaded.problems
        self.snapshot = Snapshot.of(knowledge)
        self._good: Files = files if not self.problems else {}
        if not self.problems:
            self._keep(files)

    def fingerprint(self) -> str:
        """Of the folder as it is now: another one as soon as a file is written, added or taken away."""
        return _fingerprint(_marks(self.folder))

    def refresh(self) -> bool:
        """Read the folder again, from any thread; whether the snapshot changed.

        With problems the last good snapshot stays, and ``problems`` says what is wrong. What is still being
        written is left for the next time.
        """
        with self._reading:
            if self._is_being_written():
                return False
            marks = _marks(self.folder)
            files = _settled(self.folder)
            if files is None or staged(self.folder):  # begun while we read
                return False
            self._marks = marks
            return self._take(files)

    def candidate(self, changes: Mapping[str, bytes | None]) -> Candidate:
        """What the folder would answer with some files changed; from any thread, takes up to a second.

        Args:
            changes: New bytes by path below the folder; None takes the file away.
        """
        with self._reading:
            marks = _marks(self.folder)
            now = files_of(self.folder)
            stands = now if not read_files(now, self._parts).problems else self._good
            answering = _with(stands, changes)
            loaded = read_files(answering, self._parts)
            files = _with(now, changes)
            return Candidate(
                files=files,
                problems=loaded.problems,
                snapshot=Snapshot.of(loaded.knowledge) if loaded.knowledge else None,
                fingerprint=_fingerprint(marks),
                standing=read_files(files, self._parts).problems,
                answering=answering,
                marks=marks,
                changed=frozenset(changes),
            )

    def adopt(self, candidate: Candidate) -> bool:
        """Let a candidate answer whose files were written, without reading them again; whether it answers now.

        A folder that holds anything else is read as ``refresh`` does.
        """
        with self._reading:
            marks = _marks(self.folder)
            if candidate.snapshot is not None and self._holds(candidate, marks):
                self._marks, self.problems = marks, candidate.standing
                self._swap(candidate.snapshot, candidate.answering)
        if candidate.snapshot is None or self.snapshot.version != candidate.snapshot.version:
            self.refresh()
        return candidate.snapshot is not None and self.snapshot.version == candidate.snapshot.version

    async def watch(self, tell: Tell) -> None:
        """Follow the folder until cancelled; a change is taken within two seconds.

        Args:
            tell: See ``Tell``.
        """
        told: tuple[Problem, ...] = ()
        async with aclosing(_looks(self.folder)) as looks:
            async for _ in looks:
                if _marks(self.folder) != self._marks:
                    await asyncio.to_thread(self.refresh)
                if self.problems != told:
                    told = self.problems
                    await tell(told)

    def _take(self, files: Files) -> bool:
        loaded = read_files(files, self._parts)
        self.problems = loaded.problems
        if loaded.knowledge is None:
            _log.warning("knowledge has problems, the last good one answers", problems=len(loaded.problems))
            return False
        if loaded.knowledge.version == self.snapshot.version:
            return False
        self._swap(Snapshot.of(loaded.knowledge), files)
        return True

    def _swap(self, snapshot: Snapshot, files: Files) -> None:
        self.snapshot, self._good = snapshot, files
        self._keep(files)
        _log.info("knowledge changed", version=snapshot.version)

    def _holds(self, candidate: Candidate, marks: Marks) -> bool:
        """Whether the folder holds a candidate's files: only the changed ones are read."""
        if _others(marks, candidate.changed) != _others(candidate.marks, candidate.changed):
            return False
        return all(_content(self.folder / name) == candidate.files.get(name) for name in candidate.changed)

    def _keep(self, files: Files) -> None:
        if self._last_good is None:
            return
        try:
            keep(self._last_good, files)
        except OSError as error:
            _log.warning("the last good knowledge could not be kept", cause=error.strerror)

    def _is_being_written(self) -> bool:
        cut_off = staged(self.folder)
        busy = bool(cut_off) or _git_is_writing(self.folder)
        self._waited = self._waited + 1 if busy else 0
        if cut_off and self._waited > _PATIENCE:
            name = cut_off[0].relative_to(self.folder).as_posix()
            hint = "Mulai ulang bot; berkasnya dipulihkan."
            self.problems = (Problem(name, 1, "perubahan terputus di tengah jalan.", hint),)
        return bool(cut_off) or (busy and self._waited <= _PATIENCE)


def staged(folder: Path) -> Sequence[Path]:
    """New files that wait to be put in place: a change is under way, or was cut off."""
    found = (*folder.glob(f".*{STAGED}"), *folder.glob(f"*/.*{STAGED}"))
    return [path for path in found if path.is_file()]


def _with(files: Files, changes: Mapping[str, bytes | None]) -> Files:
    """Files with some changed, in the order in which a folder is read."""
    after = {name: raw for name, raw in {**files, **changes}.items() if raw is not None}
    return dict(sorted(after.items()))


def _others(marks: Marks, names: frozenset[str]) -> Marks:
    return {name: mark for name, mark in marks.items() if name not in names}


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _fingerprint(marks: Marks) -> str:
    return hashlib.sha256(repr(sorted(marks.items())).encode()).hexdigest()[:16]


async def _looks(folder: Path) -> AsyncGenerator[None]:
    """When to look: at once where the system reports changes, every second in any case."""
    try:
        async for _ in awatch(
            folder, debounce=_GATHER_MS, step=_GATHER_MS // 2, rust_timeout=_LOOK_MS, yield_on_timeout=True
        ):
            yield
    except (OSError, RuntimeError) as error:  # no watches left, or the folder is gone
        _log.warning("changes are not reported here, looking every second", reason=type(error).__name__)
    while True:
        await asyncio.sleep(_LOOK_MS / 1000)
        yield


def _marks(folder: Path) -> Marks:
    marks = {}
    for path in (*folder.glob("*.yaml"), *folder.glob("*/*.yaml")):
        name = path.relative_to(folder).as_posix()
        try:
            stat = path.stat()
        except OSError:
            marks[name] = (0, 0, 0)
        else:
            marks[name] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    return marks


def _settled(folder: Path) -> Files | None:
    """All files, read twice the same; None while somebody is still writing."""
    first = files_of(folder)
    time.sleep(_PAUSE_S)
    second = files_of(folder)
    return second if _same(first, second) else None


def _same(one: Files, other: Files) -> bool:
    return _comparable(one) == _comparable(other)


def _comparable(files: Files) -> Mapping[str, bytes | str]:
    # Two OSErrors are never equal, though they say the same.
    return {name: raw if isinstance(raw, bytes) else str(raw) for name, raw in files.items()}


def _git_is_writing(folder: Path) -> bool:
    here = folder.resolve()
    return any((place / ".git" / "index.lock").exists() for place in (here, *here.parents))
