"""How is a question declined? Kindly, with the nearest topics and the way to a person."""

from __future__ import annotations

from bot.conversation import buttons
from bot.conversation.asking import Asking
from bot.conversation.decision import Decision, Reason
from bot.conversation.people import agency_near, reach
from bot.conversation.reply import Block, Button, Said, bullets, text


def decline(decision: Decision, asking: Asking) -> Said:
    """What is said instead of an answer."""
    match decision.reason:
        case Reason.OWN_FILE:
            return _own_file(decision, asking)
        case Reason.ELSEWHERE:
            return _other_region(decision, asking)
        case Reason.NONE_FITS:
            return _plainly("penolakan.bukan_semuanya", asking)
        case Reason.NOT_OURS:
            return _plainly("penolakan.bukan_urusan", asking)
    if not decision.near:
        return _plainly("penolakan.belum_paham", asking)
    phrases = asking.phrases
    said = (text(phrases.say("penolakan.belum_paham")), text(phrases.say("penolakan.terdekat")))
    around = (buttons.menu_button(phrases), buttons.person_button(phrases))
    return said, (*_near(decision, asking), *around)


def elsewhere(decision: Decision, asking: Asking) -> Block:
    """That another region's office was asked for."""
    place = decision.place or asking.phrases.say("penolakan.daerah_lain")
    return text(asking.phrases.say("penolakan.bukan_daerah_ini", tempat=place, daerah=asking.knowledge.region.name))


def _plainly(key: str, asking: Asking) -> Said:
    phrases, knowledge = asking.phrases, asking.knowledge
    topics = text(phrases.say("penolakan.topik", daerah=knowledge.region.name))
    return (text(phrases.say(key)), topics), buttons.menu_buttons(knowledge)


def _other_region(decision: Decision, asking: Asking) -> Said:
    phrases = asking.phrases
    near = _near(decision, asking)
    ask_there = text(phrases.say("penolakan.tanya_di_sana"))
    hint = [text(phrases.say("penolakan.aturan_di_sini", daerah=asking.knowledge.region.name))] if near else []
    return (elsewhere(decision, asking), ask_there, *hint), (*near, buttons.menu_button(phrases))


def _own_file(decision: Decision, asking: Asking) -> Said:
    phrases = asking.phrases
    agency = agency_near(decision, asking)
    whom = reach(agency, asking) if agency else [bullets(asking.knowledge.region.person)]
    around = (buttons.menu_button(phrases), buttons.person_button(phrases, agency.id if agency else ""))
    said = text(phrases.say("penolakan.berkas_sendiri"))
    return (said, *whom), (*_near(decision, asking), *around)


def _near(decision: Decision, asking: Asking) -> list[Button]:
    subjects = asking.knowledge.subjects
    return [buttons.subject_button(subjects[one], decision.aspects) for one in decision.near]
