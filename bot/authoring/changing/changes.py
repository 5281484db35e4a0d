"""How does a change of the knowledge go live: proposed, looked at, applied, kept, taken back?"""

import asyncio
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.authoring.changing.difference import Difference, difference, top_values
from bot.authoring.changing.folder import commit, contents, locked, settle
from bot.authoring.changing.questions import Checked, Report, ask_all, compare, weakened
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.folder import files_of
from bot.knowledge.loader import read_files
from bot.knowledge.problems import Problem
from bot.live import Live, Snapshot
from bot.storage.history import ChangeLog, How, Pending, Version, fingerprint

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_OLDER = 20  # versions of a file that are looked through for an older one that an upload was made from


@dataclass(frozen=True)
class Proposal:
    """A change and what it would do; nothing is written yet.

    ``differences`` say what changes; ``problems`` what forbids it; ``stale`` what has changed since the version it
    was made from, and would be lost; ``wrong`` the questions it makes wrong, ``weaker`` those it makes
    the bot ask back.
    """

    pending: Pending
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()
    stale: tuple[Difference, ...] = ()
    wrong: tuple[Checked, ...] = ()
    weaker: tuple[Checked, ...] = ()
    asked: int = 0  # questions that were asked

    @property
    def may_be_applied(self) -> bool:
        """Whether there is something to apply and nothing forbids it."""
        return bool(self.differences) and not self.problems and not self.stale


@dataclass(frozen=True)
class Applied:
    """A change that stands in the folder and in the history."""

    version: str  # of the knowledge that answers now
    files: tuple[str, ...]


class Changes:
    """The one way to change knowledge.

    Args:
        live: The folder and what answers from it.
        log: Keeps versions and what waits for a yes.
        now: The clock; aware moments.
    """

    def __init__(self, live: Live, log: ChangeLog, now: Callable[[], datetime]) -> None:
        self.live, self.log, self.now = live, log, now
        self._report: tuple[str, Report] | None = None  # of what answers now, by its version

    async def propose(
        self, files: Mapping[str, bytes | None], who: str, how: How, bases: Mapping[str, str] | None = None
    ) -> Proposal:
        """What a change would do.

        Args:
            files: New bytes by path below the knowledge folder; None takes the file away.
            who: Who wants it, as it is kept: "telegram:1234".
            how: In which way it came.
            bases: Fingerprint of the version each file was made from; of a file left out it is not known, and
                taking back what was changed since an older version makes it stale.

        Raises:
            StorageError: The history cannot be read.
        """
        proposal, knowledge = await self._looked_at(files, who, how, bases or {})
        if knowledge is None or not proposal.differences:
            return proposal
        before = await asyncio.to_thread(self._report_now)
        after = await asyncio.to_thread(lambda: ask_all(Snapshot.of(knowledge)))
        return replace(proposal, wrong=compare(before, after), weaker=weakened(before, after), asked=len(after.tested))

    async def apply(self, pending: Pending) -> Applied | Proposal:
        """Write a change, all of it or nothing, and keep it in the history; cancelling does not cut it off.

        Returns:
            What was applied; or, with nothing written, why it can no longer be.

        Raises:
            StorageError: It could not be written, and all is as it was.
        """
        return await asyncio.shield(asyncio.ensure_future(self._apply(pending)))

    async def _apply(self, pending: Pending) -> Applied | Proposal:
        async with locked(self.live.folder):
            await settle(self.live.folder, self.log)
            proposal, _ = await self._looked_at(pending.files, pending.who, pending.how, pending.bases)
            if not proposal.may_be_applied:
                return proposal
            await commit(self.live.folder, self.log, pending, self.now())
        await asyncio.to_thread(self.live.refresh)
        _log.info("knowledge changed by an admin", files=sorted(pending.files), how=pending.how.value)
        return Applied(self.live.snapshot.version, tuple(pending.files))

    async def restored(self, version: Version, who: str) -> Proposal:
        """What going back to a version would do."""
        now = self.fingerprints([version.file])
        return await self.propose({version.file: version.content}, who, How.RESTORE, now)

    async def edited(self, subject: str, edit: Callable[[bytes], bytes], who: str, how: How) -> Proposal:
        """What a small change of one subject's file would do.

        Raises:
            KeyError: There is no such subject.
            KnowledgeError: Its file cannot be changed by itself.
        """
        files, bases = self._edited(subject, edit)
        return await self.propose(files, who, how, bases)

    async def at_once(self, subject: str, edit: Callable[[bytes], bytes], who: str, how: How) -> Applied | Proposal:
        """Make a small change of one subject's file that takes no question from anybody.

        Returns:
            As ``apply``.

        Raises:
            KeyError: There is no such subject.
            KnowledgeError: Its file cannot be changed by itself.
            StorageError: It could not be written, and all is as it was.
        """
        files, bases = self._edited(subject, edit)
        proposal, _ = await self._looked_at(files, who, how, bases)
        return await self.apply(proposal.pending)

    def _edited(self, subject: str, edit: Callable[[bytes], bytes]) -> tuple[Mapping[str, bytes], Mapping[str, str]]:
        file = self.live.snapshot.knowledge.files[subject]
        raw = contents(self.live.folder, [file])[file] or b""
        return {file: edit(raw)}, {file: fingerprint(raw)}

    def fingerprints(self, files: Iterable[str]) -> Mapping[str, str]:
        """Of files as they are now.

        Raises:
            StorageError: One cannot be read.
        """
        return {name: fingerprint(raw) for name, raw in contents(self.live.folder, files).items()}

    async def _looked_at(
        self, files: Mapping[str, bytes | None], who: str, how: How, bases: Mapping[str, str]
    ) -> tuple[Proposal, KnowledgeBase | None]:
        """A proposal without its questions, and the knowledge it would make; None when it would be broken."""
        now = await asyncio.to_thread(files_of, self.live.folder)
        current = {name: _bytes(now.get(name)) for name in files}
        made_for = {name: fingerprint(raw) for name, raw in current.items()}
        pending = Pending(secrets.token_urlsafe(9), self.now(), who, how, files, made_for)
        stale = [await self._stale(name, current[name], raw, bases) for name, raw in files.items()]
        differences = [difference(name, current[name], raw) for name, raw in files.items()]
        after = {name: raw for name, raw in {**now, **files}.items() if raw is not None}
        loaded = await asyncio.to_thread(read_files, after)
        proposal = Proposal(
            pending,
            differences=tuple(one for one in differences if one),
            problems=loaded.problems,
            stale=tuple(one for one in stale if one),
        )
        return proposal, loaded.knowledge

    async def _stale(
        self, name: str, now: bytes | None, new: bytes | None, bases: Mapping[str, str]
    ) -> Difference | None:
        """What was changed since the version that a new file was made from; None when it is the newest."""
        if name in bases and bases[name] == fingerprint(now):
            return None
        known = [one.content for one in await self.log.versions([name], _OLDER)]
        older = [content for content in known[known.index(now) + 1 if now in known else 0 :] if content != now]
        if name in bases:
            base = next((content for content in older if fingerprint(content) == bases[name]), None)
            return difference(name, base if base is not None else new, now)
        base = next((content for content in older if _takes_back(content, now, new)), None)
        return difference(name, base, now) if base is not None else None

    def _report_now(self) -> Report:
        snapshot = self.live.snapshot
        if self._report is None or self._report[0] != snapshot.version:
            self._report = snapshot.version, ask_all(snapshot)
        return self._report[1]


def _takes_back(older: bytes | None, now: bytes | None, new: bytes | None) -> bool:
    """Whether a new file says again what an older one said and the newest no longer says."""
    was, is_, will = top_values(older), top_values(now), top_values(new)
    changed = (key for key in {*was, *is_} if was.get(key) != is_.get(key))
    return bool(was) and any(will.get(key) == was.get(key) for key in changed)


def _bytes(raw: bytes | OSError | None) -> bytes | None:
    return raw if isinstance(raw, bytes) else None
