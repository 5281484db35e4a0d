"""How does a change of the knowledge go live: proposed, looked at, applied, kept, taken back?"""

import asyncio
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import structlog

from bot.authoring.changing.answers import AnswerCheck
from bot.authoring.changing.difference import Difference, difference, top_values
from bot.authoring.changing.folder import commit, contents, locked, settle
from bot.authoring.changing.names import doubted_names
from bot.authoring.changing.questions import Checked, Report, ask_all, compare, weakened
from bot.authoring.changing.renewed_tests import RenewedTest, contradicted, spoiled, with_renewed
from bot.authoring.changing.yaml_edit import EditError
from bot.errors import KnowledgeError
from bot.knowledge.problems import Problem, in_file
from bot.knowledge.reading.doubts import warnings_of_change
from bot.knowledge.reading.folder import marks_of
from bot.live import CandidateKnowledge, Live, Snapshot
from bot.storage.history import ChangeLog, How, Pending, Version, fingerprint

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
Edit = Callable[[bytes], bytes]
"""What is made of a file."""

_OLDER = 20  # versions of a file that are looked through for an older one that an upload was made from


@dataclass(frozen=True)
class Proposal:
    """A change and what it would do; nothing is written yet.

    ``differences`` say what changes; ``problems`` what forbids it; ``stale`` what has changed since the version it
    was made from, and would be lost; ``wrong`` the questions it makes wrong, ``weaker`` those it makes
    the bot ask back, ``spoiled`` the answers it makes wrong. ``renewed`` are the tests of content that it contradicts,
    and that it changes too.
    """

    pending: Pending
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()
    stale: tuple[Difference, ...] = ()
    wrong: tuple[Checked, ...] = ()
    weaker: tuple[Checked, ...] = ()
    spoiled: tuple[AnswerCheck, ...] = ()
    renewed: tuple[RenewedTest, ...] = ()
    asked: int = 0  # questions that were asked
    warnings: tuple[str, ...] = ()  # what should be looked at once more
    mends: str = ""  # the broken file in the folder in whose place the last good version is changed
    candidate: CandidateKnowledge | None = field(default=None, compare=False, repr=False)  # what would answer

    @property
    def may_be_applied(self) -> bool:
        """Whether there is something to apply and nothing forbids it."""
        return bool(self.differences) and not self.problems and not self.stale

    @property
    def harmed(self) -> tuple[str, ...]:
        """Files whose questions it makes wrong, or whose answers."""
        return (*(one.file for one in self.wrong), *(one.file for one in self.spoiled))


@dataclass(frozen=True)
class Applied:
    """A change that stands in the folder and in the history."""

    version: str  # of the knowledge that answers now
    differences: tuple[Difference, ...]
    answers: bool = True  # False: the folder holds something else that keeps it from answering

    @property
    def files(self) -> tuple[str, ...]:
        """Paths below the knowledge folder."""
        return tuple(one.file for one in self.differences)


class Changes:
    """The one way to change knowledge; it raises StorageError when folder or history cannot be read or written."""

    def __init__(self, live: Live, log: ChangeLog, now: Callable[[], datetime]) -> None:
        self.live, self.log, self.now = live, log, now
        self._reports: Mapping[str, Report] = {}  # by version of the knowledge
        self._newest: Proposal | None = None  # that was looked at; only one is kept, for each holds a matcher

    async def propose(
        self, files: Mapping[str, bytes | None], who: str, how: How, bases: Mapping[str, str] | None = None
    ) -> Proposal:
        """What a change would do, and what it does to the questions.

        Args:
            files: New bytes by path below the knowledge folder; None takes the file away.
            who: Who wants it, as it is kept: "telegram:1234".
            how: In which way it came.
            bases: Fingerprint of the version each file was made from; of a file left out it is not known, and
                taking back what was changed since an older version makes it stale.
        """
        pending = replace(self._begun(who, how), files=files, bases=bases or {})
        return await self.asked(await self._looked_at(pending))

    async def edited(self, edits: Mapping[str, Edit], who: str, how: How) -> Proposal:
        """What small changes of subjects' files, by id, would do; of a broken file its last good version is changed."""
        files = {self.live.snapshot.knowledge.files[subject]: edit for subject, edit in edits.items()}
        now = await asyncio.to_thread(contents, self.live.folder, files)
        proposal = await self._edited(files, now, now, self._begun(who, how))
        good = {file: self.live.good(file) or raw for file, raw in now.items()}
        if not proposal.problems or good == now:
            return proposal
        mended = await self._edited(files, now, good, self._begun(who, how))
        broken = ", ".join(file for file in files if good[file] != now[file])
        return proposal if mended.problems else replace(mended, mends=broken)

    async def asked(self, proposal: Proposal) -> Proposal:
        """A proposal with what it does to the questions; tests of content that it contradicts change with it."""
        snapshot = proposal.candidate.snapshot if proposal.candidate else None
        if snapshot is None or not proposal.differences:
            return proposal
        now = self.live.snapshot
        before, after = await asyncio.to_thread(self._asked, now, snapshot)
        self._reports = {now.version: before, snapshot.version: after}
        renewed = contradicted(before, after) if proposal.may_be_applied else ()
        if renewed and (whole := await self._with_tests(proposal, renewed)):
            return replace(await self.asked(whole), renewed=renewed)
        files, known = proposal.pending.files.keys(), snapshot.knowledge
        warnings = warnings_of_change(now.knowledge, known, files, self.today())
        touched = [subject for subject, file in known.files.items() if file in files]
        doubts = await asyncio.to_thread(lambda: [*doubted_names(snapshot, touched)])
        warnings += [f"{subject}: {doubt}" for subject, doubt in doubts]
        return replace(
            proposal,
            wrong=compare(before, after),
            weaker=weakened(before, after),
            spoiled=spoiled(before, after),
            asked=len(after.tested) + len(after.answers),
            warnings=tuple(warnings),
        )

    async def restored(self, version: Version, who: str) -> Proposal:
        """What going back to a version would do."""
        files = {version.file: version.content}
        return await self.propose(files, who, How.RESTORE, self.fingerprints(files))

    async def apply(self, pending: Pending) -> Applied | Proposal:
        """Keep a change in the history and write it, all of it or nothing; or tell why it can no longer be.

        Cancelling does not cut it off.
        """
        return await asyncio.shield(self._apply(pending))

    def today(self) -> date:
        """The day in the region."""
        return self.live.snapshot.knowledge.region.local(self.now()).date()

    def fingerprints(self, files: Iterable[str]) -> Mapping[str, str]:
        """Of files as they are now."""
        return {name: fingerprint(raw) for name, raw in contents(self.live.folder, files).items()}

    async def given(self, file: str) -> bytes:
        """A file for somebody to change; the history keeps it, so that what comes back can be compared with it."""
        raw = (await asyncio.to_thread(contents, self.live.folder, [file]))[file]
        await self.log.found(file, raw, self.now())
        return raw or b""

    async def _apply(self, pending: Pending) -> Applied | Proposal:
        async with locked(self.live.folder):
            await settle(self.live.folder, self.log)
            proposal = await self._looked_at(pending)
            if proposal.candidate is None or not proposal.may_be_applied:
                return proposal
            await commit(self.live.folder, self.log, pending, self.now())
            answers = await asyncio.to_thread(self.live.adopt, proposal.candidate)
        self._newest = None  # it was made of the folder as it was
        _log.info("knowledge changed by an admin", files=sorted(pending.files), how=pending.how.value)
        return Applied(self.live.snapshot.version, proposal.differences, answers)

    def _begun(self, who: str, how: How) -> Pending:
        return Pending(secrets.token_urlsafe(9), self.now(), who, how)

    async def _edited(
        self,
        edits: Mapping[str, Edit],
        now: Mapping[str, bytes | None],
        raw: Mapping[str, bytes | None],
        pending: Pending,
    ) -> Proposal:
        files: dict[str, bytes | None] = {}
        for file, edit in edits.items():
            try:
                files[file] = edit(raw[file] or b"")
            except KnowledgeError as error:
                problems = (one for one in error.problems if isinstance(one, Problem))
                return Proposal(pending, problems=in_file(file, problems))
        bases = {file: fingerprint(content) for file, content in now.items()}
        return await self._looked_at(replace(pending, files=files, bases=bases))

    async def _with_tests(self, proposal: Proposal, renewed: tuple[RenewedTest, ...]) -> Proposal | None:
        """A change that changes the tests it contradicts, too; None when they cannot be changed."""
        pending, tests = proposal.pending, {one.check.file for one in renewed}
        files = {**await asyncio.to_thread(contents, self.live.folder, tests), **pending.files}
        bases = {**{name: fingerprint(files[name]) for name in tests}, **pending.bases}
        try:
            for name in tests:
                files[name] = with_renewed(files[name] or b"", [one for one in renewed if one.check.file == name])
        except EditError:
            return None
        whole = await self._looked_at(replace(self._begun(pending.who, pending.how), files=files, bases=bases))
        return replace(whole, mends=proposal.mends) if whole.may_be_applied else None

    async def _looked_at(self, pending: Pending) -> Proposal:
        """A change without its questions: what it would make of the folder as it is now."""
        if newest := await asyncio.to_thread(self._as_looked_at, pending):
            return newest
        candidate, now, differences = await asyncio.to_thread(self._tried, pending)
        lost = [await self._stale(one, now[one.file], pending) for one in differences]
        self._newest = Proposal(
            replace(pending, bases={name: fingerprint(raw) for name, raw in now.items()}),
            differences=differences,
            problems=(*candidate.problems, *(one for one in lost if isinstance(one, Problem))),
            stale=tuple(one for one in lost if isinstance(one, Difference)),
            candidate=candidate,
        )
        return self._newest

    def _as_looked_at(self, pending: Pending) -> Proposal | None:
        """A change as it was looked at, unless the folder has changed since."""
        newest = self._newest
        known = newest.candidate if newest and newest.pending.id == pending.id else None
        return newest if known and known.marks == marks_of(self.live.folder) else None

    def _tried(self, pending: Pending) -> tuple[CandidateKnowledge, Mapping[str, bytes | None], tuple[Difference, ...]]:
        """What would answer; then what the files hold, never what they held before its marks; what differs."""
        candidate, now = self.live.candidate(pending.files), contents(self.live.folder, pending.files)
        found = (difference(name, now[name], raw) for name, raw in pending.files.items())
        return candidate, now, tuple(one for one in found if one)

    def _asked(self, now: Snapshot, changed: Snapshot) -> tuple[Report, Report]:
        """What the questions come to now and after a change, asked once a version."""
        before = self._reports.get(now.version) or ask_all(now)
        return before, self._reports.get(changed.version) or ask_all(changed, (now, before))

    async def _stale(self, change: Difference, now: bytes | None, pending: Pending) -> Difference | Problem | None:
        """What was changed since the version that a new file was made from; None when it is the newest."""
        name, base = change.file, pending.bases.get(change.file)
        if base == fingerprint(now):
            return None
        known = [one.content for one in await self.log.versions([name], _OLDER)]
        older = [content for content in known[known.index(now) + 1 if now in known else 0 :] if content != now]
        for content in older:
            taken = base is None and _takes_back(content, now, pending.files[name])
            if content is not None and (taken or fingerprint(content) == base):
                return difference(name, content, now)
        if base is None:
            return None
        hint = f"Ambil versi terbaru dengan /ambil {change.subject}, ubah di situ, lalu kirim lagi."
        return Problem(name, 0, "berkas ini dibuat dari versi yang tidak lagi dikenal.", hint)


def _takes_back(older: bytes | None, now: bytes | None, new: bytes | None) -> bool:
    """Whether a new file says again what an older one said and the newest no longer says."""
    was, is_, will = top_values(older), top_values(now), top_values(new)
    changed = (key for key in {*was, *is_} if was.get(key) != is_.get(key))
    return bool(was) and any(will.get(key) == was.get(key) for key in changed)
