"""What is said around questions? Greetings, thanks, help, and browsing."""

from __future__ import annotations

from bot.conversation import buttons
from bot.conversation.asking import Asking
from bot.conversation.decision import Decision, Reason
from bot.conversation.presses import OTHERS
from bot.conversation.reply import Block, Said, bullets, heading, text
from bot.conversation.turn import Rating


def greet(_decision: Decision, asking: Asking) -> Said:
    """Hello, what this is, and how to ask."""
    hello = asking.phrases.say("percakapan.salam", daerah=asking.knowledge.region.name)
    return (text(hello), _examples(asking)), buttons.menu_buttons(asking.knowledge)


def thank(decision: Decision, asking: Asking) -> Said:
    """You are welcome; or thanks for a rating, and after a bad one the question why."""
    phrases = asking.phrases
    around = (buttons.menu_button(phrases), buttons.person_button(phrases))
    if decision.rated is None:
        return (text(phrases.say("percakapan.sama_sama")),), around
    if decision.rated.value is Rating.BAD:
        return (text(phrases.say("nilai.kenapa")),), (*buttons.reason_buttons(decision.rated.turn, phrases), *around)
    key = "nilai.terima_kasih" if decision.rated.value is Rating.GOOD else "nilai.dicatat"
    return (text(phrases.say(key)),), around


def guide(decision: Decision, asking: Asking) -> Said:
    """The menu, or one step of browsing."""
    phrases, knowledge = asking.phrases, asking.knowledge
    match decision.reason:
        case Reason.OLD_BUTTON:
            return (text(phrases.say("bantuan.tombol_lama")),), buttons.menu_buttons(knowledge)
        case Reason.AGENCIES:
            return (text(phrases.say("bantuan.pilih_instansi")),), buttons.menu_buttons(knowledge)
        case Reason.SERVICES:
            return _services(decision, asking)
    about = text(phrases.say("bantuan.isi", daerah=knowledge.region.name))
    privacy = text(phrases.say("bantuan.data_pribadi"))
    blocks = (heading(phrases.say("bantuan.judul")), about, _examples(asking), privacy)
    return blocks, buttons.menu_buttons(knowledge)


def _services(decision: Decision, asking: Asking) -> Said:
    phrases, knowledge = asking.phrases, asking.knowledge
    chosen = decision.browsed
    name = phrases.say("tombol.rujukan") if chosen == OTHERS else knowledge.agencies[chosen].name
    page, last = buttons.page_of(chosen, decision.page, knowledge)
    said = phrases.say("bantuan.pilih_layanan")
    if last:
        said = phrases.say("bantuan.pilih_layanan_halaman", halaman=page + 1, semua=last + 1)
    return (heading(name), text(said)), buttons.page_buttons(chosen, page, knowledge)


def _examples(asking: Asking) -> Block:
    phrases = asking.phrases
    return bullets(phrases.say("bantuan.contoh").split(" | "), phrases.say("bantuan.contoh_judul"))
