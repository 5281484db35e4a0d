"""How is a decision put into words? One function for each outcome; pure."""

from collections.abc import Callable, Mapping

from bot.conversation.composing import acts, buttons
from bot.conversation.composing.answer import answer
from bot.conversation.composing.emergency import emergency
from bot.conversation.composing.wording import Occasion, drafts_line
from bot.conversation.deciding.dialogue import OTHERS
from bot.conversation.decision import Decision, Reason
from bot.conversation.reply import Block, Button, Reply, Said, Told, bullets, heading, note, text
from bot.conversation.turn import Action, ActionKind, Outcome, Rating
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Agency, Service
from bot.knowledge.vocabulary import Aspect

_WHY = (Rating.WRONG_SERVICE, Rating.INCOMPLETE, Rating.OUTDATED, Rating.UNCLEAR)  # an answer was bad


def compose(decision: Decision, knowledge: KnowledgeBase) -> Reply:
    """The reply to a decision; every one has a next step."""
    asking = Occasion(knowledge, decision.at, decision.day, decision.variant)
    blocks, next_steps = _BY_OUTCOME[decision.outcome](decision, asking)
    return Reply(decision.turn, decision.outcome, blocks, next_steps, decision.subjects)


def _answer(decision: Decision, asking: Occasion) -> Said:
    if acts.is_grievance(decision, asking):
        return acts.grievance(decision, asking)
    blocks: list[Block] = []
    aspects = decision.aspects
    if decision.reason is Reason.ELSEWHERE:  # only whom to ask there is known, whatever was asked
        blocks.append(elsewhere(decision, asking))
        aspects = ()
    told = Told(())
    for position, identity in enumerate(decision.subjects):
        faq = decision.faq if decision.faq and _whose(decision) == position else None
        said = answer(asking.knowledge.subjects[identity], aspects, asking, faq)
        blocks += said.blocks
        told = said
    if decision.draft:
        blocks.append(note(asking.say("jawaban.rangkuman")))
    return tuple(blocks), buttons.answer_buttons(decision, told, asking)


def _whose(decision: Decision) -> int:
    """Under which of the subjects the question's own answer stands; an agency's under the first."""
    owner = decision.faq[0] if decision.faq else ""
    return decision.subjects.index(owner) if owner in decision.subjects else 0


def _clarify(decision: Decision, asking: Occasion) -> Said:
    offered = buttons.offered_buttons(decision, asking)
    if decision.reason is Reason.GUESSED:
        name = asking.knowledge.subjects[decision.subjects[0]].name
        return (text(asking.say("percakapan.maksudnya_ini", nama=name)),), offered
    return (text(asking.say("percakapan.maksudnya_yang_mana")),), offered


def greet(decision: Decision, asking: Occasion) -> Said:
    """Hello, what this is, and how to ask."""
    hello = text(asking.say("percakapan.salam", daerah=asking.knowledge.region.name))
    drafts = drafts_line(asking) if decision.draft else ""
    return (hello, _examples(asking), *([note(drafts)] if drafts else [])), buttons.menu_buttons(asking)


def thank(decision: Decision, asking: Occasion) -> Said:
    """You are welcome; or thanks for a rating, and after a bad one the question why."""
    key, why = _THANKED.get(decision.reason, "percakapan.sama_sama"), tuple[Button, ...]()
    if rated := decision.rated:
        key = {Rating.GOOD: "nilai.terima_kasih", Rating.BAD: "nilai.kenapa"}.get(rated.value, "nilai.dicatat")
        why = buttons.rating_buttons(_WHY, rated.turn, asking) if rated.value is Rating.BAD else ()
    return (text(asking.say(key)),), (*why, *buttons.menu_or_person(asking))


_THANKED = {Reason.NOD: "percakapan.mengangguk", Reason.BYE: "percakapan.pamit"}


def guide(decision: Decision, asking: Occasion) -> Said:
    """The menu, or one step of browsing."""
    if decision.reason is Reason.WHO:
        return acts.who(asking)
    if decision.reason is Reason.SERVICES:
        return _services(decision, asking)
    if key := _BROWSED.get(decision.reason):
        return (text(asking.say(key)),), buttons.menu_buttons(asking)
    about = text(asking.say("bantuan.isi", daerah=asking.knowledge.region.name))
    privacy = text(asking.say("bantuan.data_pribadi"))
    blocks = (heading(asking.say("bantuan.judul")), about, _examples(asking), privacy)
    return blocks, buttons.menu_buttons(asking)


_BROWSED = {Reason.OLD_BUTTON: "bantuan.tombol_lama", Reason.AGENCIES: "bantuan.pilih_instansi"}


def _services(decision: Decision, asking: Occasion) -> Said:
    chosen = decision.browsed
    name = asking.say("tombol.rujukan") if chosen == OTHERS else asking.knowledge.agencies[chosen].name
    page, last = buttons.page_of(chosen, decision.page, asking)
    said = asking.say("bantuan.pilih_layanan")
    if last:
        said = asking.say("bantuan.pilih_layanan_halaman", halaman=page + 1, semua=last + 1)
    return (heading(name), text(said)), buttons.page_buttons(chosen, page, asking)


def _examples(asking: Occasion) -> Block:
    return bullets(asking.say("bantuan.contoh").split(" | "), asking.say("bantuan.contoh_judul"))


def person(decision: Decision, asking: Occasion) -> Said:
    """How to reach a human being; first those of the agency spoken of."""
    knowledge = asking.knowledge
    twice = decision.reason is Reason.DECLINED_TWICE
    blocks = [text(asking.say("petugas.belum_paham_lagi" if twice else "petugas.pembuka"))]
    agency = agency_near(decision, asking)
    if agency and not twice:
        blocks += acts.reach(agency, asking)
    blocks.append(bullets(knowledge.region.person))
    near = _near(decision, asking) if twice else []
    contacts = [_contact(one, decision.question, asking) for one in knowledge.agencies.values() if one != agency]
    return tuple(blocks), (*near, *contacts, buttons.menu_button(asking))


def agency_near(decision: Decision, asking: Occasion) -> Agency | None:
    """The agency of what comes nearest to the question."""
    subject = asking.knowledge.subjects.get(decision.near[0]) if decision.near else None
    return asking.knowledge.agency_of(subject) if isinstance(subject, Service | Agency) else None


def _contact(agency: Agency, question: str, asking: Occasion) -> Button:
    action = Action.about(ActionKind.SHOW, agency.id, [Aspect.CONTACT], question)
    return Button(asking.say("tombol.kontak_instansi", instansi=agency.short), action)


def decline(decision: Decision, asking: Occasion) -> Said:
    """What is said instead of an answer."""
    if decision.reason is Reason.OWN_FILE:
        return acts.own_file(decision, asking)
    if decision.reason is Reason.ELSEWHERE:
        return _other_region(decision, asking)
    said = text(asking.say(_DECLINED.get(decision.reason, "penolakan.belum_paham")))
    if decision.near and decision.reason not in _DECLINED:
        nearest = text(asking.say("penolakan.terdekat"))
        return (said, nearest), (*_near(decision, asking), *buttons.menu_or_person(asking))
    topics = text(asking.say("penolakan.topik", daerah=asking.knowledge.region.name))
    return (said, topics), buttons.menu_buttons(asking)


_DECLINED = {Reason.NONE_FITS: "penolakan.bukan_semuanya", Reason.NOT_OURS: "penolakan.bukan_urusan"}


def elsewhere(decision: Decision, asking: Occasion) -> Block:
    """That another region's office was asked for."""
    place = decision.place or asking.say("penolakan.daerah_lain")
    return text(asking.say("penolakan.bukan_daerah_ini", tempat=place, daerah=asking.knowledge.region.name))


def _other_region(decision: Decision, asking: Occasion) -> Said:
    near = _near(decision, asking)
    ask_there = text(asking.say("penolakan.tanya_di_sana"))
    hint = [text(asking.say("penolakan.aturan_di_sini", daerah=asking.knowledge.region.name))] if near else []
    return (elsewhere(decision, asking), ask_there, *hint), (*near, buttons.menu_button(asking))


def _near(decision: Decision, asking: Occasion) -> list[Button]:
    subjects = asking.knowledge.subjects
    return [buttons.subject_button(subjects[one], decision.question, decision.aspects) for one in decision.near]


_BY_OUTCOME: Mapping[Outcome, Callable[[Decision, Occasion], Said]] = {
    Outcome.ANSWER: _answer,
    Outcome.REFER: _answer,
    Outcome.CLARIFY: _clarify,
    Outcome.DECLINE: decline,
    Outcome.GREET: greet,
    Outcome.THANKS: thank,
    Outcome.HELP: guide,
    Outcome.EMERGENCY: emergency,
    Outcome.PERSON: person,
}
