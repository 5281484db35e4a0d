"""The current snapshot of a knowledge folder, and what a change would make of it."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from contextlib import aclosing, contextmanager
from dataclasses import replace
from pathlib import Path

import structlog

from bot.errors import KnowledgeError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.problems import Problem
from bot.knowledge.reading.folder import Files, Marks, NotReadError, files_of, marks_of
from bot.knowledge.reading.loader import Loaded, read_files
from bot.live import learned
from bot.live.candidate import CandidateKnowledge
from bot.live.holding import answering, changed, keep, kept
from bot.live.trial import Snapshot, Trial, tried
from bot.live.watching import git_is_writing, looks, staged

Tell = Callable[[tuple[Problem, ...]], Awaitable[None]]
"""Told the problems of the folder once per distinct set, and an empty one when they are mended."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_LEARNED = "learned.json"  # beside the last good knowledge
_PAUSE_S = 0.15  # that files stand still before they answer; longer than an editor needs for one file
_QUIET_S = 2  # that a folder stands still before its problems are told: an upload may be slow
_LISTEN_S = 0.5
_PATIENCE = 30  # looks; a lock that git left behind must not keep us from reading for ever


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
        self._reading, self._waited = threading.Lock(), 0
        self._marks, self._stirred = marks_of(folder), time.monotonic()
        self._read: tuple[Marks, Files] | None = None  # the folder, and its marks before it was read
        files, good = files_of(folder), kept(last_good) if last_good else {}
        self._good = good
        self._learned = learned.kept(last_good.with_name(_LEARNED)) if last_good else None
        trial = self._tried(files, good)
        self.problems = trial.problems
        if trial.snapshot is None:
            trial = self._tried(good, {})
        if trial.snapshot is None:
            raise KnowledgeError(self.problems)
        self.snapshot, self._good = trial.snapshot, trial.files
        _warn_of(self.problems)
        if self._good != good:
            self._keep()

    def refresh(self) -> bool:
        """Read the folder again, from any thread; whether the snapshot changed.

        Of what is broken the last good version stays, and ``problems`` says what is wrong. What is still being
        written is left for the next time.
        """
        with self._reading:
            if self._is_being_written():
                return False
            marks, began = marks_of(self.folder), time.monotonic()
            trial = self._tried(files_of(self.folder), self._good, self.snapshot)
            time.sleep(max(0, began + _PAUSE_S - time.monotonic()))
            if staged(self.folder) or marks_of(self.folder) != marks:  # begun while we read
                return False
            self._marks, self.problems = marks, trial.problems
            _warn_of(trial.problems)
            return trial.snapshot is not None and self._swap(trial.snapshot, trial.files)

    def files(self) -> Files:
        """The folder as it is now; read again only when it has changed since."""
        return self._now()[1]

    def good(self, file: str) -> bytes | None:
        """The last good version of a file; None when there is none."""
        raw = self._good.get(file)
        return raw if isinstance(raw, bytes) else None

    def candidate(self, changes: Mapping[str, bytes | None]) -> CandidateKnowledge:
        """What the folder would answer with some files changed; from any thread, takes up to a second.

        Args:
            changes: New bytes by path below the folder; None takes the file away.
        """
        with self._reading:
            marks, now = self._now()
            stands = answering(now, self._good, self._problems_of)
            trial = self._tried_whole(changed(self._good if stands is None else stands, changes), self.snapshot)
            written = changed(now, changes)
            return CandidateKnowledge(**vars(trial), written=written, marks=marks, changes=frozenset(changes))

    def adopt(self, candidate: CandidateKnowledge) -> bool:
        """Let a candidate answer whose files were written, without reading them again; whether it answers now.

        A folder that holds anything else is read as ``refresh`` does.
        """
        wanted = candidate.snapshot
        with self._reading:
            marks = marks_of(self.folder)
            if wanted is not None and candidate.stands_in(self.folder, marks):
                self._marks, self.problems = marks, self._problems_of(candidate.written)
                self._swap(wanted, candidate.files)
                return True
        self.refresh()
        return wanted is not None and self.snapshot.version == wanted.version

    def learn(self, weights: str, texts: str) -> None:
        """Let weights stand in for those of the folder; from any thread, takes some seconds.

        Args:
            weights: Encoded.
            texts: Fingerprint of the texts that they were learned of.

        Raises:
            ValueError: They are none, or nothing can answer with them.
        """
        with self._reading:
            loaded = read_files(self._good).knowledge
            if loaded is None:
                raise ValueError("the knowledge cannot be read any more")
            before = self._learned
            self._learned = learned.Learned(weights, texts, learned.mark_of(loaded.language.numbers.weights))
            trial = self._tried_whole(self._good, self.snapshot)
            if trial.snapshot is None:
                self._learned = before
                raise ValueError("nothing can answer with what was learned")
            self.snapshot = trial.snapshot
            self._keep_learned(self._learned)
        _log.info("learned from what was edited", version=self.snapshot.version)

    async def watch(self, tell: Tell) -> None:
        """Follow the folder until cancelled, whatever happens to it; a change answers within a second.

        Args:
            tell: See ``Tell``; while it takes its time the folder is followed.
        """
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follow())
            tasks.create_task(self._report(tell))

    async def _follow(self) -> None:
        seen = self._marks
        async with aclosing(looks(self.folder)) as times:
            async for _ in times:
                marks = await asyncio.to_thread(marks_of, self.folder)
                if marks != seen:
                    seen, self._stirred = marks, time.monotonic()
                if marks != self._marks:
                    with _going_on("the knowledge folder could not be read again"):
                        await asyncio.to_thread(self.refresh)

    async def _report(self, tell: Tell) -> None:
        told: tuple[Problem, ...] = ()
        while True:
            await asyncio.sleep(_LISTEN_S)
            if self.problems != told and time.monotonic() - self._stirred > _QUIET_S:
                told = self.problems
                with _going_on("the problems of the knowledge could not be told"):
                    await tell(told)

    def _now(self) -> tuple[Marks, Files]:
        marks = marks_of(self.folder)
        known = self._read
        if known is None or known[0] != marks or any(isinstance(raw, NotReadError) for raw in known[1].values()):
            known = self._read = marks, files_of(self.folder)  # what could not be opened may be allowed by now
        return known

    def _tried(self, files: Files, good: Files, before: Snapshot | None = None) -> Trial:
        """What the files would answer, each broken one by its last good version."""
        told, broken = {*self._problems_of(files)}, set[str]()
        while (held := answering(files, good, self._problems_of, broken)) is not None:
            trial = self._tried_whole(held, before)
            if trial.snapshot is not None:
                return replace(trial, problems=tuple(sorted(told)))
            told |= {*trial.problems}
            failed = {problem.file for problem in trial.problems}
            if failed <= broken:
                break
            broken |= failed
        return Trial(tuple(sorted(told)))

    def _tried_whole(self, files: Files, before: Snapshot | None) -> Trial:
        """What the files would answer as they are."""
        loaded = self._loaded(files)
        if loaded.knowledge is None:
            return Trial(loaded.problems)
        knowledge = learned.taught(loaded.knowledge, self._learned)
        if before is not None and _is_same(knowledge, before.knowledge):
            return Trial((), before, files)
        return replace(tried(knowledge, before), files=files)

    def _problems_of(self, files: Files) -> tuple[Problem, ...]:
        return self._loaded(files).problems

    def _loaded(self, files: Files) -> Loaded:
        """The files as knowledge; of two that contradict, the one that is being changed is the one to mend."""
        changed = {name for name, raw in files.items() if self._good.get(name) != raw}
        loaded = read_files(files)
        return replace(loaded, problems=tuple(one.in_one_of(changed) for one in loaded.problems))

    def _swap(self, snapshot: Snapshot, files: Files) -> bool:
        if snapshot.version == self.snapshot.version:
            return False
        gone = sorted({*self._good} - {*files})
        self.snapshot, self._good = snapshot, files
        self._keep()
        _log.info("knowledge changed", version=snapshot.version, gone=gone)
        return True

    def _keep(self) -> None:
        if self._last_good is None:
            return
        try:
            keep(self._last_good, self._good)
        except OSError as error:
            _log.warning("the last good knowledge could not be kept", cause=error.strerror)

    def _keep_learned(self, what: learned.Learned) -> None:
        if self._last_good is None:
            return
        try:
            learned.keep(self._last_good.with_name(_LEARNED), what)
        except OSError as error:
            _log.warning("what was learned could not be kept", cause=error.strerror)

    def _is_being_written(self) -> bool:
        cut_off = staged(self.folder)
        busy = bool(cut_off) or git_is_writing(self.folder)
        self._waited = self._waited + 1 if busy else 0
        if cut_off and self._waited > _PATIENCE:
            name = cut_off[0].relative_to(self.folder).as_posix()
            hint = "Mulai ulang bot; berkasnya dipulihkan."
            self.problems = (Problem(name, 1, "perubahan terputus di tengah jalan.", hint),)
        return bool(cut_off) or (busy and self._waited <= _PATIENCE)


@contextmanager
def _going_on(what: str) -> Iterator[None]:
    try:
        yield
    except Exception:  # noqa: BLE001 - whatever it is, the last good knowledge answers and the folder is followed
        _log.exception(what)


def _is_same(knowledge: KnowledgeBase, before: KnowledgeBase) -> bool:
    """Whether two are of one version and have learned the same."""
    return (knowledge.version, knowledge.language.numbers) == (before.version, before.language.numbers)


def _warn_of(problems: Collection[Problem]) -> None:
    if problems:
        _log.warning(
            "files are broken; their last good version answers, if any",
            files=sorted({one.file for one in problems}),
        )
