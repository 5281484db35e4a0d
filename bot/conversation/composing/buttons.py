"""Which next steps does a reply offer? No reply is without one."""

from collections.abc import Collection, Iterable
from itertools import islice

from bot.conversation.composing import components as parts
from bot.conversation.composing.answer import known
from bot.conversation.composing.wording import Occasion, label
from bot.conversation.deciding.dialogue import OTHERS
from bot.conversation.decision import Decision
from bot.conversation.reply import Button, Told
from bot.conversation.turn import Action, ActionKind, Rating, key_of
from bot.knowledge.model import Agency, Referral, Subject
from bot.knowledge.vocabulary import Aspect

SHOWN = 6  # buttons under an answer, besides those of the rating
PAGE = 8  # services on one page of browsing

_ORDER = (
    Aspect.REQUIREMENTS,
    Aspect.STEPS,
    Aspect.COST,
    Aspect.DURATION,
    Aspect.OVERVIEW,
    Aspect.PLACE,
    Aspect.HOURS,
    Aspect.ONLINE,
    Aspect.FORMS,
    Aspect.CONTACT,
    Aspect.COMPLAINTS,
    Aspect.OUTPUT,
    Aspect.LEGAL_BASIS,
)


def answer_buttons(
    decision: Decision, told: Told, asking: Occasion, first: Iterable[Button] = ()
) -> tuple[Button, ...]:
    """After an answer: some given, the cases to choose from, stored questions, what was not told, the rating."""
    subjects = [asking.knowledge.subjects[subject] for subject in decision.subjects]
    if len(subjects) > 1:
        next_steps = [subject_button(subject, decision.question) for subject in subjects]
    else:
        next_steps = [*first, *_next_steps(subjects[0], decision, told, asking)][:SHOWN]
    # Without a question there is no row that could keep a rating.
    ratings = rating_buttons((Rating.GOOD, Rating.BAD), decision.question, asking) if decision.question else ()
    return (*next_steps, *ratings)


def _next_steps(subject: Subject, decision: Decision, told: Told, asking: Occasion) -> list[Button]:
    cases = _case_buttons(subject, decision, told.cases)[:SHOWN]
    room = max(0, SHOWN - 1 - len(cases))
    asked = _question_buttons(subject, decision)[: (room + bool(decision.asked_next)) // 2]
    left = _aspect_buttons(subject, decision.question, told.aspects, asking)[: room - len(asked)]
    steps = [*cases, *asked, *left]
    return [*steps, _way_back(subject, asking)] if len(steps) < SHOWN else steps


def _question_buttons(subject: Subject, decision: Decision) -> list[Button]:
    """The subject's stored questions that were not told: those nearest to what was asked, then in their order."""
    order = dict.fromkeys((*decision.asked_next, *range(len(subject.faq))))
    left = [subject.faq[place] for place in order if decision.faq != (subject.id, place)]
    return [
        Button(label(one.label), Action(ActionKind.ASK, subject.id, key_of(one.question), decision.question))
        for one in left
    ]


def _case_buttons(subject: Subject, decision: Decision, titles: Collection[str]) -> list[Button]:
    """A button for each case: what was asked of it, or what it needs."""
    aspects = decision.aspects or (Aspect.REQUIREMENTS,)
    about = (Action.about(ActionKind.SHOW, subject.id, aspects, decision.question, title) for title in titles)
    return [Button(label(title), action) for title, action in zip(titles, about, strict=True)]


def subject_button(
    subject: Subject, question: str = "", aspects: Iterable[Aspect] = (), kind: ActionKind = ActionKind.SHOW
) -> Button:
    """A button that leads from a question to a subject, asking the same of it."""
    name = label(subject.short if isinstance(subject, Agency) else subject.name)
    return Button(name, Action.about(kind, subject.id, aspects, question))


def offered_buttons(decision: Decision, asking: Occasion) -> tuple[Button, ...]:
    """The subjects to choose from, and a way to say that it is none of them."""
    subjects = [asking.knowledge.subjects[subject] for subject in decision.subjects]
    offered = [subject_button(one, decision.question, decision.aspects, ActionKind.PICK) for one in subjects]
    none = asking.say("tombol.bukan_semuanya" if len(offered) > 1 else "tombol.bukan")
    return (*offered, Button(none, Action(ActionKind.NONE)))


def menu_buttons(asking: Occasion) -> tuple[Button, ...]:
    """The agencies, what belongs to others, and a person."""
    knowledge = asking.knowledge
    agencies = [Button(label(one.short), Action(ActionKind.BROWSE, one.id)) for one in knowledge.agencies.values()]
    return (*agencies, *([_others(asking)] if knowledge.referrals else []), _person_button(asking))


def menu_or_person(asking: Occasion, agency: str = "") -> tuple[Button, Button]:
    """The list of agencies, and a human being, of an agency when one was spoken of."""
    return menu_button(asking), _person_button(asking, agency)


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


def rating_buttons(ratings: Collection[Rating], turn: str, asking: Occasion) -> tuple[Button, ...]:
    """What can be thought of the answer to a turn."""
    names = [asking.say(f"nilai.{rating.value.replace(' ', '_')}") for rating in ratings]
    actions = [Action(ActionKind.RATE, "", rating.value, turn) for rating in ratings]
    return tuple(map(Button, names, actions))


def _aspect_buttons(subject: Subject, question: str, told: Collection[Aspect], asking: Occasion) -> list[Button]:
    said = {*told, *(() if parts.notes(subject, asking) else (Aspect.OVERVIEW,))}
    left = (aspect for aspect in _ORDER if aspect not in said and known(subject, aspect, asking))
    return [
        Button(
            asking.say(f"aspek.{aspect.value}"),
            Action.about(ActionKind.SHOW, subject.id, [aspect], question, asking.variant),
        )
        for aspect in islice(left, SHOWN)
    ]


def _way_back(subject: Subject, asking: Occasion) -> Button:
    if isinstance(subject, Referral):
        return _others(asking)
    agency = asking.knowledge.agency_of(subject)
    ids = [service.id for service in asking.knowledge.of_agency(agency.id)]
    page = ids.index(subject.id) // PAGE if subject.id in ids else 0
    name = label(asking.say("tombol.layanan_instansi", instansi=agency.short))
    return Button(name, Action(ActionKind.BROWSE, agency.id, str(page or "")))


def _others(asking: Occasion) -> Button:
    return Button(asking.say("tombol.rujukan"), Action(ActionKind.BROWSE, OTHERS))


def _person_button(asking: Occasion, agency: str = "") -> Button:
    return Button(asking.say("tombol.petugas"), Action(ActionKind.PERSON, agency))
