"""What does an admin get who sends a file, says yes to a change, or goes back to an old version? A Reply."""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import structlog

from bot.access import Access
from bot.authoring.changing.changes import Changes, Proposal
from bot.authoring.desk import drafts, wording
from bot.authoring.desk.uploads import marked, read_upload
from bot.authoring.spreadsheet.write import export_sheet
from bot.authoring.standards.compliance import assess
from bot.authoring.standards.compliance_shown import as_reply
from bot.conversation.reply import Button, Reply
from bot.conversation.turn import Action
from bot.errors import StorageError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Service
from bot.storage.history import How, Pending, fingerprint

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_WORKBOOK = ("excel", "xlsx", "lembar")  # what an admin may call it
_SHOWN, _LOOKED_THROUGH = 15, 200  # versions


@dataclass(frozen=True)
class Fetched:
    """A file for an admin to change and send back."""

    name: str
    raw: bytes
    remark: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Desk:
    """Where admins change knowledge; every act asks for the right to do it."""

    access: Access
    changes: Changes
    channel: str = "telegram"  # whose numbers its admins have

    @property
    def knowledge(self) -> KnowledgeBase:
        """What answers right now."""
        return self.changes.live.snapshot.knowledge

    async def upload(self, user: int, raw: bytes, name: str, caption: str = "") -> Reply:
        """Look at a file as it was sent, with its caption: what it changes, and the buttons to decide."""
        files = await asyncio.to_thread(self.changes.live.files)
        said = caption.strip().casefold()
        folders = [said] if said in self.knowledge.agencies else self.access.folders_of(user)
        upload = await read_upload(raw, name, folders, self.knowledge, files)
        if upload.problems:
            return wording.broken(upload.problems, self.knowledge.phrases)
        if refused := self.refusal(user, upload.files):
            return refused
        proposal = await self.changes.propose(upload.files, self.who(user), upload.how, upload.bases)
        return await self.offered(user, upload.told(proposal))

    async def offered(self, user: int, proposal: Proposal) -> Reply:
        """What a change would do; it waits for a yes where one may be given."""
        is_message = proposal.pending.how is How.MESSAGE  # its subject is an own one: that was asked before
        touched = proposal.harmed if is_message else (*proposal.harmed, *proposal.pending.files)
        others = any(not self.access.may_change(user, file) for file in touched)
        if proposal.may_be_applied and not others:
            await self.changes.log.keep(proposal.pending)
        return wording.proposed(proposal, self.knowledge.phrases, others=others)

    async def applied(self, pending: Pending, name: str = "diterapkan", **values: object) -> Reply:
        """Apply a change: what came of it, a sentence and the difference when it went well."""
        try:
            done = await self.changes.apply(pending)
        except StorageError as error:
            _log.error("a change could not be written", cause=str(error))
            return wording.told(self.knowledge.phrases, "tidak_tertulis")
        if isinstance(done, Proposal):
            return wording.overtaken(done, self.knowledge.phrases)
        reply = wording.applied(done, self.knowledge.phrases, name, **values)
        changed = [one for one in self._told(self.knowledge.services) if self.knowledge.files[one.id] in done.files]
        return replace(reply, buttons=drafts.next_steps(changed, self.knowledge.phrases)) if done.answers else reply

    async def decided(self, user: int, action: Action) -> Reply:
        """Apply a change that waits, or let it go."""
        phrases, log = self.knowledge.phrases, self.changes.log
        pending = await log.pending(action.aspect, self.changes.now())
        if pending is None:
            done = await log.has(action.aspect)
            return wording.told(phrases, "sudah_diterapkan" if done else "tombol_lama")
        is_own_message = pending.how is How.MESSAGE and pending.who == self.who(user)
        if not is_own_message and (refused := self.refusal(user, pending.files)):
            return refused
        if action.service == wording.CANCEL:
            await log.drop(pending.id)
            return wording.told(phrases, "dibatalkan")
        return await self.applied(pending)

    async def fetched(self, user: int, subject: str) -> Fetched | Reply:
        """The file of a subject, or a workbook of all that an admin may change, to be changed and sent back.

        Without a subject: what may be asked for; with words of names: what of it is named so.
        """
        subject = subject.casefold()
        if subject in _WORKBOOK:
            return await asyncio.to_thread(self._workbook, user)
        named = [one for one in self.own(user, self.knowledge.files) if self._is_named(one, subject)]
        broken = self._broken(user, subject)
        if subject not in self.knowledge.files and not broken and (named or not subject):
            return wording.own_subjects(named, self.knowledge)
        found = broken or self.file_of(user, subject, "pakai_ambil")
        if isinstance(found, Reply):
            return found
        phrases = self.knowledge.phrases
        raw = await self.changes.given(found)
        given = marked(raw, fingerprint(raw), phrases.say("admin.penanda"))
        given_to_confirm = drafts.next_steps(self._told([subject]), phrases)
        return Fetched(f"{subject}.yaml", given, phrases.say("admin.ambil_keterangan"), given_to_confirm)

    def _broken(self, user: int, subject: str) -> str:
        """The file of a subject that does not answer because it never was good; empty when there is none."""
        named = (one.file for one in self.changes.live.problems if one.file.endswith(f"/{subject}.yaml"))
        return next((file for file in named if self.access.may_change(user, file)), "")

    def _is_named(self, subject: str, words: str) -> bool:
        """Whether id, name and other names hold all of some words, or their beginnings."""
        one = self.knowledge.subjects[subject]
        names = " ".join(("", subject, one.name, *one.names)).casefold().replace("-", " ")
        return all(f" {word}" in names for word in words.replace("-", " ").split())

    def _workbook(self, user: int) -> Fetched:
        phrases = self.knowledge.phrases
        own = {file: raw for file, raw in self.changes.live.files().items() if self.access.may_change(user, file)}
        return Fetched("pengetahuan.xlsx", export_sheet(own, self.knowledge), phrases.say("admin.ambil_lembar"))

    async def history(self, user: int, subject: str = "") -> Reply:
        """The newest versions of what an admin may change, or of one subject."""
        files = [self.knowledge.files[subject]] if subject in self.knowledge.files else []
        versions = await self.changes.log.versions(files, _LOOKED_THROUGH)
        own = [one for one in versions if self.access.may_change(user, one.file)]
        if subject and not files:  # a subject that is gone has its history still
            own = [one for one in own if one.file.endswith(f"/{subject}.yaml")]
            if not own:
                return wording.unknown(subject, self.own(user, self.knowledge.files), self.knowledge.phrases)
        return wording.history(own[:_SHOWN], self.knowledge)

    async def restored(self, user: int, number: str) -> Reply:
        """What going back to a version would do."""
        phrases = self.knowledge.phrases
        if not re.fullmatch(r"[0-9]{1,9}", number):
            return wording.told(phrases, "pakai_kembalikan")
        version = await self.changes.log.version(int(number))
        if version is None or not self.access.may_change(user, version.file):
            return wording.told(phrases, "tidak_ada_versi")
        return await self.offered(user, await self.changes.restored(version, self.who(user)))

    def state(self, waiting: int) -> Reply:
        """Which knowledge answers, what is wrong with its files or its admins, and how many messages wait."""
        unknown = self.access.unknown_folders(self.knowledge.agencies)
        live = self.changes.live
        return wording.state(self.knowledge, live.problems, live.good, waiting, unknown)

    def compliance(self, user: int) -> Reply:
        """How complete the standards are of every agency that an admin answers for."""
        knowledge = self.knowledge
        if knowledge.assessment is None:
            return wording.told(knowledge.phrases, "tanpa_kepatuhan")
        own = self.own(user, knowledge.agencies)
        reply = as_reply(assess(knowledge, self.changes.today()), own, knowledge.phrases)
        drafts_left = any(one.is_draft for one in self.own_services(user))
        return replace(reply, buttons=(drafts.list_button(knowledge.phrases),)) if drafts_left else reply

    def file_of(self, user: int, subject: str, usage: str, among: Iterable[str] | None = None) -> str | Reply:
        """The file of a subject that an admin may change, or why not; without a subject how to use the command.

        ``usage`` names the sentence that tells how, ``among`` the ids that can be meant.
        """
        phrases, files = self.knowledge.phrases, self.knowledge.files
        own = self.own(user, files if among is None else among)
        if not subject:
            return wording.told(phrases, usage, id=own[0] if own else "id")
        if subject not in files:
            return wording.unknown(subject, own, phrases)
        return self.refusal(user, [files[subject]]) or files[subject]

    def refusal(self, user: int, files: Iterable[str]) -> Reply | None:
        """Why an admin may not change files; None when he may."""
        others = sorted(file for file in files if not self.access.may_change(user, file))
        return wording.told(self.knowledge.phrases, "bukan_hak", berkas=", ".join(others)) if others else None

    def own_services(self, user: int) -> list[Service]:
        """The services that an admin may change, but for those whose answers are taken back."""
        return self._told(self.own(user, self.knowledge.services))

    def _told(self, ids: Iterable[str]) -> list[Service]:
        today = self.changes.today()
        services = (self.knowledge.services[one] for one in ids if one in self.knowledge.services)
        return [one for one in services if not one.is_withdrawn(today)]

    def own(self, user: int, subjects: Iterable[str]) -> list[str]:
        """Those of some ids that an admin may change."""
        return [one for one in subjects if self.access.may_change(user, self.knowledge.files[one])]

    def who(self, user: int) -> str:
        """How an admin is kept in the history."""
        return f"{self.channel}:{user}"
