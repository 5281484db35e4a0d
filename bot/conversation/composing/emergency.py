"""What is said when somebody is in danger? Whom to call, the best first, in lines that are read at a glance."""

from bot.conversation.composing import buttons
from bot.conversation.composing.wording import Occasion
from bot.conversation.decision import Decision
from bot.conversation.reply import Said, heading, numbers, text

_MOST = 4  # numbers; who has to choose calls nobody


def emergency(decision: Decision, asking: Occasion) -> Said:
    """Whom to call in this kind of danger, and what to say there; nothing else leads away."""
    called = asking.knowledge.region.numbers_for(decision.danger)[:_MOST]
    lines = {one.number: asking.say("darurat.baris", nomor=one.number, nama=one.name) for one in called}
    kind = asking.knowledge.language.danger.kinds.get(decision.danger)
    tone = "lembut" if kind and kind.gentle else "tegas"
    said = (heading(asking.say(f"darurat.{tone}")), numbers(lines, (one.link for one in called)))
    return (*said, text(asking.say(f"darurat.{tone}_lanjut"))), (buttons.menu_button(asking),)
