"""Who helps when an answer does not? Emergency numbers first, then human beings."""

from __future__ import annotations

from bot.conversation import buttons
from bot.conversation import components as parts
from bot.conversation.asking import Asking
from bot.conversation.decision import Decision, Reason
from bot.conversation.reply import Block, Button, Said, bullets, heading, text
from bot.conversation.turn import Action, ActionKind
from bot.knowledge.model import Agency, Aspect, EmergencyNumber, Service
from bot.knowledge.phrases import Phrases


def emergency(decision: Decision, asking: Asking) -> Said:
    """Whom to call when life is in danger; what the text was about comes after."""
    phrases, knowledge = asking.phrases, asking.knowledge
    numbers = knowledge.region.emergency
    call = phrases.say("darurat.judul", nomor=numbers[0].number) if numbers else phrases.say("darurat.umum")
    lines = bullets(_number(one, phrases) for one in numbers)
    near = [buttons.subject_button(knowledge.subjects[one]) for one in decision.near]
    said = (heading(call), lines, text(phrases.say("darurat.sebutkan")))
    return said, (*near, buttons.menu_button(phrases))


def person(decision: Decision, asking: Asking) -> Said:
    """How to reach a human being; first those of the agency spoken of."""
    phrases, knowledge = asking.phrases, asking.knowledge
    twice = decision.reason is Reason.DECLINED_TWICE
    blocks = [text(phrases.say("petugas.belum_paham_lagi" if twice else "petugas.pembuka"))]
    agency = agency_near(decision, asking)
    if agency and not twice:
        blocks += reach(agency, asking)
    blocks.append(bullets(knowledge.region.person))
    near = [buttons.subject_button(knowledge.subjects[one]) for one in decision.near if twice]
    contacts = [_contact(one, phrases) for one in knowledge.agencies.values() if one != agency]
    return tuple(blocks), (*near, *contacts, buttons.menu_button(phrases))


def reach(agency: Agency, asking: Asking) -> list[Block]:
    """Where an agency is and how it can be reached."""
    lines = [*parts.place_lines(agency)[:2], *parts.contact_lines(agency, asking.phrases)]
    return [bullets(lines, agency.short)] if lines else [text(parts.whom_to_ask(agency, asking.phrases))]


def agency_near(decision: Decision, asking: Asking) -> Agency | None:
    """The agency of what comes nearest to the question."""
    subject = asking.knowledge.subjects.get(decision.near[0]) if decision.near else None
    if isinstance(subject, Service):
        return asking.knowledge.agency_of(subject)
    return subject if isinstance(subject, Agency) else None


def _number(one: EmergencyNumber, phrases: Phrases) -> str:
    line = phrases.say("darurat.baris", nomor=one.number, nama=one.name)
    return f"{line} – {one.purpose}" if one.purpose else line


def _contact(agency: Agency, phrases: Phrases) -> Button:
    action = Action.about(ActionKind.SHOW, agency.id, [Aspect.CONTACT])
    return Button(phrases.say("tombol.kontak_instansi", instansi=agency.short), action)
