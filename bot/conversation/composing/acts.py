"""What is said to who does not ask but tells: of money that was asked for, of how one was served, of one's own file."""

from bot.conversation.composing import buttons, referrals
from bot.conversation.composing import components as parts
from bot.conversation.composing.answer import answer, known
from bot.conversation.composing.wording import Occasion, drafts_line
from bot.conversation.decision import Decision, Reason
from bot.conversation.reply import Block, Said, bullets, text
from bot.knowledge.model import Agency, Referral, Service, Subject
from bot.knowledge.vocabulary import Aspect

_HOW_TO_COMPLAIN = (Aspect.COMPLAINTS, Aspect.REQUIREMENTS)


def is_grievance(decision: Decision, asking: Occasion) -> bool:
    """Whether somebody complained, and is told where to."""
    ways = asking.knowledge.region.grievances
    return decision.reason in {Reason.COMPLAINT, Reason.LEVY} and set(decision.subjects) <= set(ways)


def grievance(decision: Decision, asking: Occasion) -> Said:
    """Where to complain and what to note down; first what the rule says of the money that was asked for."""
    subject = asking.knowledge.subjects[decision.subjects[0]]
    told = answer(subject, _HOW_TO_COMPLAIN, asking, decision.faq)
    is_levy = decision.reason is Reason.LEVY
    opening = text(asking.say("keluhan.pungutan" if is_levy else "keluhan.pelayanan"))
    about = asking.knowledge.subjects.get(decision.near[0]) if decision.near else None
    lawful = _lawful(about, asking) if is_levy and about else ()
    near = [buttons.subject_button(about, decision.question)] if about else []
    return (opening, *lawful, *told.blocks), buttons.answer_buttons(decision, told, asking, near)


def _lawful(subject: Subject, asking: Occasion) -> tuple[Block, ...]:
    """What a service costs by the rule."""
    cost = parts.cost_line(subject.cost, asking) if isinstance(subject, Service | Referral) else ""
    return (text(cost, asking.say("keluhan.tarif", nama=subject.name)),) if cost else ()


def own_file(decision: Decision, asking: Occasion) -> Said:
    """That nobody's file can be seen here; what is usual, whom to ask and what to bring."""
    subject = asking.knowledge.subjects.get(decision.near[0]) if decision.near else None
    blocks = [text(asking.say("penolakan.berkas_sendiri"))]
    usual = known(subject, Aspect.DURATION, asking) if isinstance(subject, Service | Referral) else ()
    if subject and usual:
        blocks += [text(asking.say("penolakan.lazimnya", nama=subject.name)), *usual]
    blocks += whom(subject, asking)
    agency = asking.knowledge.agency_of(subject) if isinstance(subject, Service | Agency) else None
    near = [buttons.subject_button(subject, decision.question)] if subject else []
    return tuple(blocks), (*near, *buttons.menu_or_person(asking, agency.id if agency else ""))


def whom(subject: Subject | None, asking: Occasion) -> list[Block]:
    """Whom to ask about a subject: its agency, its body, or anybody of the region."""
    if isinstance(subject, Referral):
        return list(referrals.whom(subject, asking))
    if subject is None:
        return [bullets(asking.knowledge.region.person)]
    return reach(asking.knowledge.agency_of(subject), asking) if isinstance(subject, Service | Agency) else []


def reach(agency: Agency, asking: Occasion) -> list[Block]:
    """Where an agency is and how it can be reached."""
    lines = [*parts.place_lines(agency)[:2], *parts.contact_lines(agency, asking)]
    return [bullets(lines, agency.short)] if lines else [text(parts.whom_to_ask(agency, asking))]


def who(asking: Occasion) -> Said:
    """Who is speaking here: a program, of whom, and what it knows and must not be told."""
    region = asking.knowledge.region
    lines = [asking.say("siapa.program", daerah=region.name), drafts_line(asking), asking.say("bantuan.data_pribadi")]
    if region.website:
        lines.append(asking.say("siapa.resmi", situs=region.website))
    return tuple(text(line) for line in lines if line), buttons.menu_buttons(asking)
