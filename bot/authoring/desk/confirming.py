"""What does an admin get who confirms what is told of a service, or asks what nobody confirmed? A Reply."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile

from bot.authoring.changing import small_changes
from bot.authoring.changing.changes import Edit
from bot.authoring.desk import drafts, wording
from bot.authoring.desk.desk import Desk
from bot.authoring.desk.orders import Orders
from bot.conversation.composing.wording import Occasion, listed, long_date
from bot.conversation.reply import Reply
from bot.conversation.turn import Action
from bot.knowledge.model import Service
from bot.storage.history import How

ACTS = frozenset({drafts.CONFIRM, drafts.LOOK, drafts.LIST})


@dataclass(frozen=True)
class Confirming:
    """Confirmations in the name of an agency; every act asks for the right to give them."""

    desk: Desk

    async def ordered(self, user: int, words: Sequence[str]) -> Reply:
        """Confirm services by id, in the name of the office behind them; without an id: what is not confirmed."""
        if not words:
            return self._list(user)
        before = self.desk.knowledge.phrases.say("admin.oleh")
        ids = [one.strip(",").casefold() for one in takewhile(lambda word: word.casefold() != before, words)]
        return await self.confirmed(user, list(dict.fromkeys(filter(None, ids))), " ".join(words[len(ids) + 1 :]))

    async def decided(self, user: int, action: Action) -> Reply:
        """Do what a button says: list, show or confirm; only what still tells what was shown is confirmed."""
        if action.service == drafts.LIST:
            return self._list(user)
        if refused := self._refused(user, action.aspect):
            return refused
        service = self.desk.knowledge.services[action.aspect]
        if action.service == drafts.LOOK:
            return drafts.shown(service, self._now())
        if action.turn != service.digest:
            return wording.told(self.desk.knowledge.phrases, "konfirmasi_berubah")
        return await self.confirmed(user, [service.id])

    def _now(self) -> Occasion:
        knowledge = self.desk.knowledge
        return Occasion(knowledge, knowledge.region.local(self.desk.changes.now()))

    def _list(self, user: int) -> Reply:
        own = self.desk.own_services(user)
        return drafts.listed_drafts([one for one in own if one.is_draft], len(own), self.desk.knowledge.phrases)

    async def confirmed(self, user: int, ids: Sequence[str], by: str = "") -> Reply:
        """Confirm services by id; without a name in the name of the office that did so before, or of the agency."""
        phrases, today = self.desk.knowledge.phrases, self.desk.changes.today()
        if refused := next((reply for one in ids or [""] if (reply := self._refused(user, one))), None):
            return refused
        services = [self.desk.knowledge.services[one] for one in ids]
        edits: dict[str, Edit] = {
            one.id: partial(small_changes.confirmed, by=by or self._office(one), day=today, digest=one.digest)
            for one in services
        }
        names = listed(one.name for one in services)
        told = {"nama": names, "id": ids[0], "tanggal": long_date(today)}
        reply = await Orders(self.desk).at_once(user, edits, How.CONFIRM, "dikonfirmasi", **told)
        if any(self.desk.knowledge.services[one.id].digest != one.digest for one in services):  # edited by hand
            return wording.told(phrases, "konfirmasi_berubah")
        own = self.desk.own_services(user)
        left = (drafts.list_button(phrases),) if any(one.is_draft for one in own) else ()
        return replace(reply, buttons=left)

    def _office(self, service: Service) -> str:
        """In whose name a service is confirmed where nobody says: as before, or its agency's; never a person's."""
        return service.confirmed.by if service.confirmed else self.desk.knowledge.agency_of(service).short

    def _refused(self, user: int, subject: str) -> Reply | None:
        """Why a service cannot be confirmed."""
        knowledge = self.desk.knowledge
        if subject in knowledge.subjects and subject not in knowledge.services:
            return wording.told(knowledge.phrases, "konfirmasi_bukan_layanan", id=subject)
        found = self.desk.file_of(user, subject, "pakai_konfirmasi", among=knowledge.services)
        if not isinstance(found, Reply) and knowledge.services[subject].is_withdrawn(self.desk.changes.today()):
            return wording.told(knowledge.phrases, "konfirmasi_ditarik", id=subject)
        return found if isinstance(found, Reply) else None
