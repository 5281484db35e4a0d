"""Which next steps does a reply offer? No reply is without one."""

from collections.abc import Collection, Iterable
from itertools import islice

from bot.conversation.composing.answer import known
from bot.conversation.composing.wording import Occasion, label
from bot.conversation.deciding.dialogue import OTHERS
from bot.conversation.decision import Decision
from bot.conversation.reply import Button
from bot.conversation.turn import Action, ActionKind, Rating
from bot.knowledge.model import Agency, Aspect, Referral, Subject

ASPECTS_SHOWN = 6
PAGE = 8  # services on one page of browsing

_ORDER = (
    Aspect.REQUIREMENTS,
    Aspect.STEPS,
    Aspect.COST,
    Aspect.DURATION,
    Aspect.PLACE,
    Aspect.HOURS,
    Aspect.ONLINE,
    Aspect.OVERVIEW,
    Aspect.FORMS,
    Aspect.CONTACT,
    Aspect.COMPLAINTS,
    Aspect.OUTPUT,
    Aspect.LEGAL_BASIS,
)


def answer_buttons(decision: Decision, told: Collection[Aspect], asking: Occasion) -> tuple[Button, ...]:
    """After an answer: the aspects not yet told, the way back, and the rating."""
    subjects = [asking.knowledge.subjects[subject] for subject in decision.subjects]
    if len(subjects) > 1:
        next_steps = [subject_button(subject, decision.question) for subject in subjects]
    else:
        left = _aspect_buttons(subjects[0], decision.question, told, asking)
        next_steps = [*left, _way_back(subjects[0], asking)]
    return (*next_steps, *_rating_buttons(decision.question, asking))


def subject_button(subject: Subject, question: str = "", aspects: Iterable[Aspect] = ()) -> Button:
    """A button that leads from a question to a subject, asking the same of it."""
    return Button(_name(subject), Action.about(ActionKind.SHOW, subject.id, aspects, question))


def offered_buttons(decision: Decision, asking: Occasion) -> tuple[Button, ...]:
    """The subjects to choose from, and a way to say that it is none of them."""
    offered = [
        Button(
            _name(asking.knowledge.subjects[subject]),
            Action.about(ActionKind.PICK, subject, decision.aspects, decision.question),
        )
        for subject in decision.subjects
    ]
    none = asking.say("tombol.bukan_semuanya" if len(offered) > 1 else "tombol.bukan")
    return (*offered, Button(none, Action(ActionKind.NONE)))


def menu_buttons(asking: Occasion) -> tuple[Button, ...]:
    """The agencies, what belongs to others, and a person."""
    knowledge = asking.knowledge
    agencies = [Button(label(one.short), Action(ActionKind.BROWSE, one.id)) for one in knowledge.agencies.values()]
    others = [Button(asking.say("tombol.rujukan"), Action(ActionKind.BROWSE, OTHERS))]
    return (*agencies, *(others if knowledge.referrals else []), person_button(asking))


def person_button(asking: Occasion, agency: str = "") -> Button:
    """How to reach a human being."""
    return Button(asking.say("tombol.petugas"), Action(ActionKind.PERSON, agency))


def menu_button(asking: Occasion) -> Button:
    """The list of agencies."""
    return Button(asking.say("tombol.semua_layanan"), Action(ActionKind.BROWSE))


def page_of(agency: str, page: int, asking: Occasion) -> tuple[int, int]:
    """A page that exists and the last one, from 0, of an agency's services or of the referrals."""
    last = max(0, (len(_browsed(agency, asking)) - 1) // PAGE)
    return min(page, last), last


def page_buttons(agency: str, page: int, asking: Occasion) -> tuple[Button, ...]:
    """One page of services, the ways to the pages around it, and the way back."""
    page, last = page_of(agency, page, asking)
    shown = _browsed(agency, asking)[page * PAGE : (page + 1) * PAGE]
    turning = {page - 1: "tombol.sebelumnya", page + 1: "tombol.berikutnya"}
    around = [
        Button(asking.say(key), Action(ActionKind.BROWSE, agency, str(number)))
        for number, key in turning.items()
        if 0 <= number <= last
    ]
    about = [Button(asking.say("tombol.kantor"), Action(ActionKind.SHOW, agency))]
    return (*map(subject_button, shown), *around, *(about if agency != OTHERS else []), menu_button(asking))


def _browsed(agency: str, asking: Occasion) -> tuple[Subject, ...]:
    knowledge = asking.knowledge
    return tuple(knowledge.referrals.values() if agency == OTHERS else knowledge.of_agency(agency))


def reason_buttons(turn: str, asking: Occasion) -> tuple[Button, ...]:
    """Why an answer was bad."""
    reasons = (Rating.WRONG_SERVICE, Rating.INCOMPLETE, Rating.OUTDATED, Rating.UNCLEAR)
    return tuple(Button(asking.say(f"nilai.{_key(reason)}"), _rate(reason, turn)) for reason in reasons)


def _aspect_buttons(subject: Subject, question: str, told: Collection[Aspect], asking: Occasion) -> list[Button]:
    said = {*told, *(() if subject.notes else (Aspect.OVERVIEW,))}
    left = (aspect for aspect in _ORDER if aspect not in said and known(subject, aspect, asking))
    return [
        Button(asking.say(f"aspek.{aspect.value}"), Action.about(ActionKind.SHOW, subject.id, [aspect], question))
        for aspect in islice(left, ASPECTS_SHOWN)
    ]


def _way_back(subject: Subject, asking: Occasion) -> Button:
    if isinstance(subject, Referral):
        return Button(asking.say("tombol.rujukan"), Action(ActionKind.BROWSE, OTHERS))
    agency = subject if isinstance(subject, Agency) else asking.knowledge.agency_of(subject)
    return Button(label(asking.say("tombol.layanan_instansi", instansi=agency.short)), _browse(agency, subject, asking))


def _name(subject: Subject) -> str:
    return label(subject.short if isinstance(subject, Agency) else subject.name)


def _browse(agency: Agency, subject: Subject, asking: Occasion) -> Action:
    ids = [service.id for service in asking.knowledge.of_agency(agency.id)]
    page = ids.index(subject.id) // PAGE if subject.id in ids else 0
    return Action(ActionKind.BROWSE, agency.id, str(page) if page else "")


def _rating_buttons(question: str, asking: Occasion) -> tuple[Button, ...]:
    if not question:  # there is no row that could keep a rating
        return ()
    return (
        Button(asking.say("nilai.baik"), _rate(Rating.GOOD, question)),
        Button(asking.say("nilai.buruk"), _rate(Rating.BAD, question)),
    )


def _rate(rating: Rating, turn: str) -> Action:
    return Action(ActionKind.RATE, aspect=rating.value, turn=turn)


def _key(reason: Rating) -> str:
    return reason.value.replace(" ", "_")
