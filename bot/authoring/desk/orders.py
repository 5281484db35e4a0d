"""What does an admin get who orders a small change in words: a withdrawal, a notice, one more phrase?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from bot.authoring.changing import acts
from bot.authoring.changing.changes import Proposal
from bot.authoring.desk import wording
from bot.authoring.desk.desk import Desk, who
from bot.conversation.reply import Reply
from bot.errors import KnowledgeError, StorageError
from bot.storage.history import How

_USUAL_NOTICE = timedelta(days=7)
_WITHDRAW_WORDS, _NOTICE_WORDS = 2, 3  # a subject and a reason; a subject, a day and a text


@dataclass(frozen=True)
class Orders:
    """Small changes by command. Withdrawing and putting back happen at once, the others are shown first."""

    desk: Desk

    async def withdraw(self, user: int, words: Sequence[str]) -> Reply:
        """Take a service's answer back: its id, and the reason."""
        subject, reason = "".join(words[:1]), " ".join(words[1:])
        refused = self._refused(user, subject if len(words) >= _WITHDRAW_WORDS else "", "pakai_tarik")
        if refused:
            return refused
        edit = partial(acts.withdrawn, reason=reason, since=self.desk.today())
        return await self._at_once(user, subject, edit, How.WITHDRAW, "ditarik")

    async def put_back(self, user: int, words: Sequence[str]) -> Reply:
        """Give a service's answer again: its id."""
        subject = "".join(words[:1])
        if refused := self._refused(user, subject, "pakai_pasang"):
            return refused
        return await self._at_once(user, subject, acts.put_back, How.PUT_BACK, "dipasang")

    async def notice(self, user: int, words: Sequence[str]) -> Reply:
        """Show a temporary notice: a subject's id, its last day, and the text; or the id and the word to delete it."""
        phrases = self.desk.knowledge.phrases
        subject, when = "".join(words[:1]), "".join(words[1:2])
        day = _day(when)
        removes = when.casefold() == phrases.say("admin.hapus")
        if not removes and (day is None or len(words) < _NOTICE_WORDS):
            example = next(iter(self.desk.knowledge.services), "id")
            return wording.told(phrases, "pakai_pemberitahuan", id=example, tanggal=self.desk.today() + _USUAL_NOTICE)
        found = self.desk.file_of(user, subject, "pakai_pemberitahuan")
        if isinstance(found, Reply):
            return found
        edit = acts.unnoticed if day is None else partial(acts.noticed, text=" ".join(words[2:]), until=day)
        return await self._proposed(user, subject, edit, How.NOTICE)

    async def phrase(self, user: int, subject: str, key: acts.PhraseKey, phrase: str) -> Reply:
        """One more way to ask for a subject; unlike a file, none that makes other questions wrong."""
        found = self.desk.file_of(user, subject, "pakai_ambil")
        if isinstance(found, Reply):
            return found
        proposal = await self._edited(user, subject, partial(acts.with_phrase, key=key, phrase=phrase), How.PHRASE)
        if isinstance(proposal, Reply):
            return proposal
        if proposal.wrong:
            return wording.stolen(proposal, self.desk.knowledge.phrases)
        return await self.desk.offered(user, proposal)

    def _refused(self, user: int, subject: str, usage: str) -> Reply | None:
        found = self.desk.file_of(user, subject, usage)
        if isinstance(found, Reply):
            return found
        knowledge = self.desk.knowledge
        if subject not in knowledge.services:
            return wording.unknown(subject, list(knowledge.services), knowledge.phrases)
        return None

    async def _at_once(self, user: int, subject: str, edit: Callable[[bytes], bytes], how: How, name: str) -> Reply:
        knowledge = self.desk.knowledge
        try:
            done = await self.desk.changes.at_once(subject, edit, who(user), how)
        except KnowledgeError as error:
            return wording.broken(error.problems, knowledge.phrases)
        except StorageError:
            return wording.told(knowledge.phrases, "tidak_tertulis")
        return self.desk.outcome(done, name, nama=knowledge.subjects[subject].name, id=subject)

    async def _proposed(self, user: int, subject: str, edit: Callable[[bytes], bytes], how: How) -> Reply:
        proposal = await self._edited(user, subject, edit, how)
        return proposal if isinstance(proposal, Reply) else await self.desk.offered(user, proposal)

    async def _edited(self, user: int, subject: str, edit: Callable[[bytes], bytes], how: How) -> Proposal | Reply:
        try:
            return await self.desk.changes.edited(subject, edit, who(user), how)
        except KnowledgeError as error:
            return wording.broken(error.problems, self.desk.knowledge.phrases)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
