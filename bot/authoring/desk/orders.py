"""What does an admin get who orders a small change in words: a withdrawal, a notice, one more phrase?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from bot.authoring.changing import small_changes
from bot.authoring.changing.changes import Edit, Proposal
from bot.authoring.desk import wording
from bot.authoring.desk.days import day_and_text
from bot.authoring.desk.desk import Desk
from bot.conversation.composing.wording import long_date
from bot.conversation.reply import Reply
from bot.knowledge.reading.doubts_of_messages import FILE as MESSAGES
from bot.storage.history import How

_USUAL_NOTICE = timedelta(days=7)


@dataclass(frozen=True)
class Orders:
    """Small changes by command. Withdrawing and putting back happen at once, the others are shown first."""

    desk: Desk

    async def withdraw(self, user: int, words: Sequence[str]) -> Reply:
        """Take a service's answer back: its id, and the reason."""
        if refused := self._refused(user, words, "pakai_tarik", with_text=True):
            return refused
        edit = partial(small_changes.withdrawn, reason=" ".join(words[1:]), since=self.desk.changes.today())
        return await self.at_once(user, {words[0]: edit}, How.WITHDRAW, "ditarik", nama=self._name(words), id=words[0])

    async def put_back(self, user: int, words: Sequence[str]) -> Reply:
        """Give a service's answer again: its id."""
        if refused := self._refused(user, words, "pakai_pasang"):
            return refused
        return await self.at_once(
            user, {words[0]: small_changes.put_back}, How.PUT_BACK, "dipasang", nama=self._name(words)
        )

    async def notice(self, user: int, words: Sequence[str]) -> Reply:
        """Show a temporary notice: a subject's id, its last day, and the text; or the id and the word to delete it."""
        knowledge, today = self.desk.knowledge, self.desk.changes.today()
        phrases = knowledge.phrases
        removes = [word.casefold() for word in words[1:]] == [phrases.say("admin.hapus")]
        said = day_and_text(words[1:], today, knowledge)
        if isinstance(said, str):
            return wording.told(phrases, "tanggal_tidak_ada", tanggal=said)
        if not removes and (said is None or not said.text):
            own = next(iter(self.desk.own(user, knowledge.services)), "id")
            until = long_date(today + _USUAL_NOTICE)
            return wording.told(phrases, "pakai_pemberitahuan", id=own, tanggal=until)
        found = self.desk.file_of(user, words[0], "pakai_pemberitahuan")
        if isinstance(found, Reply):
            return found
        if said and said.day < today:
            return wording.told(phrases, "tanggal_lewat", tanggal=long_date(said.day))
        edit = partial(small_changes.noticed, text=said.text, until=said.day) if said else small_changes.unnoticed
        changes = self.desk.changes
        proposal = await changes.edited({words[0]: edit}, self.desk.who(user), How.NOTICE)
        return await self.desk.offered(user, await changes.asked(proposal))

    async def phrase(self, user: int, subject: str, key: small_changes.PhraseKey, phrase: str) -> Reply:
        """One more way to ask for a subject; unlike a file, none that makes other questions wrong."""
        found = self.desk.file_of(user, subject, "pakai_ambil")
        if isinstance(found, Reply):
            return found
        changes, edit = self.desk.changes, partial(small_changes.with_phrase, key=key, phrase=phrase)
        return await self._added(user, await changes.edited({subject: edit}, self.desk.who(user), How.PHRASE))

    async def message(self, user: int, subject: str, message: str) -> Reply:
        """One more message as people write it, to learn from; who may change its subject may add it."""
        found = self.desk.file_of(user, subject, "pakai_ambil")
        if isinstance(found, Reply):
            return found
        changes = self.desk.changes
        raw = changes.live.files().get(MESSAGES)
        whole = small_changes.with_message(raw if isinstance(raw, bytes) else b"", message, subject)
        return await self._added(user, await changes.propose({MESSAGES: whole}, self.desk.who(user), How.MESSAGE))

    async def _added(self, user: int, proposal: Proposal) -> Reply:
        proposal = await self.desk.changes.asked(proposal)
        if proposal.harmed:
            return wording.stolen(proposal, self.desk.knowledge.phrases)
        return await self.desk.offered(user, proposal)

    def _name(self, words: Sequence[str]) -> str:
        return self.desk.knowledge.services[words[0]].name

    def _refused(self, user: int, words: Sequence[str], usage: str, *, with_text: bool = False) -> Reply | None:
        """Why a service cannot be withdrawn or put back; only what is a service can be."""
        knowledge, subject = self.desk.knowledge, "".join(words[:1])
        own = self.desk.own(user, knowledge.services)
        if subject in knowledge.subjects and subject not in knowledge.services:
            return wording.not_a_service(subject, own, knowledge)
        wanted = subject if len(words) > with_text else ""
        found = self.desk.file_of(user, wanted, usage, among=knowledge.services)
        return found if isinstance(found, Reply) else None

    async def at_once(self, user: int, edits: Mapping[str, Edit], how: How, name: str, **values: object) -> Reply:
        """Change services' files without showing it first; ``name`` is the sentence that tells it is done."""
        proposal = await self.desk.changes.edited(edits, self.desk.who(user), how)
        if not proposal.may_be_applied:
            return wording.proposed(proposal, self.desk.knowledge.phrases)
        reply = await self.desk.applied(proposal.pending, name, **values)
        if not proposal.mends:
            return reply
        remark = wording.told(self.desk.knowledge.phrases, "dari_versi_baik", berkas=proposal.mends)
        return replace(reply, blocks=(*reply.blocks, *remark.blocks))
