"""What is decided about a turn."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.conversation.turn import WELCOME, Action, ActionKind, Outcome, Picked
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Act
from bot.knowledge.model import Confirmation
from bot.knowledge.vocabulary import Aspect
from bot.understanding.result import Cue
from tests.conversation.conftest import Conversation, heard, labels, unknown, unsure


def test_a_service_understood_for_sure_is_answered(talk: Conversation) -> None:
    reply = talk.hears(heard("ktp-hilang"))
    assert (reply.outcome, reply.answered) == (Outcome.ANSWER, ("ktp-hilang",))


def test_a_service_of_another_body_is_referred(talk: Conversation) -> None:
    reply = talk.hears(heard("rujukan-sim"))
    assert (reply.outcome, reply.answered) == (Outcome.REFER, ("rujukan-sim",))


def test_two_subjects_asked_at_once_are_both_answered(talk: Conversation) -> None:
    reply = talk.hears(heard("ktp-hilang", "rujukan-sim"))
    assert (reply.outcome, reply.answered) == (Outcome.ANSWER, ("ktp-hilang", "rujukan-sim"))


def test_a_greeting_with_a_question_is_the_question(talk: Conversation) -> None:
    assert talk.hears(heard("ktp-hilang", cues=frozenset({Cue.GREETING}))).outcome is Outcome.ANSWER


def test_several_close_subjects_are_offered_at_most_four(talk: Conversation) -> None:
    reply = talk.hears(unsure("ktp-hilang", "ktp-rusak", "kia", "surat-1", "surat-2"))
    assert reply.outcome is Outcome.CLARIFY
    assert reply.answered == ("ktp-hilang", "ktp-rusak", "kia", "surat-1")
    assert labels(reply)[-1] == "Bukan semuanya"


def test_one_doubtful_subject_is_offered_by_name(talk: Conversation) -> None:
    reply = talk.hears(unsure("ktp-hilang"))
    assert reply.blocks[0].lines == ("Maksudnya Ganti KTP hilang?",)
    assert labels(reply) == ["Ganti KTP hilang", "Bukan itu"]


def test_a_pressed_offer_answers_the_aspect_asked_before(talk: Conversation) -> None:
    offered = talk.hears(unsure("ktp-hilang", "ktp-rusak", aspects=(Aspect.COST,)))
    talk.hears(offered.buttons[1].action)
    assert (talk.decision.subjects, talk.decision.aspects) == (("ktp-rusak",), (Aspect.COST,))


def test_a_pressed_offer_tells_which_question_it_belongs_to(talk: Conversation) -> None:
    offer = talk.hears(unsure("ktp-hilang", "kia"))
    talk.hears(offer.buttons[1].action)
    assert talk.decision.picked == Picked(offer.turn, "kia")


def test_a_number_picks_from_the_offer_and_keeps_the_aspect(talk: Conversation) -> None:
    talk.hears(unsure("ktp-hilang", "ktp-rusak", aspects=(Aspect.COST,)))
    talk.hears(unknown(choice=1))
    assert (talk.decision.subjects, talk.decision.aspects) == (("ktp-rusak",), (Aspect.COST,))


def test_a_number_beyond_the_offer_asks_again(talk: Conversation) -> None:
    talk.hears(unsure("ktp-hilang", "ktp-rusak"))
    reply = talk.hears(unknown(choice=6))
    assert (reply.outcome, reply.answered) == (Outcome.CLARIFY, ("ktp-hilang", "ktp-rusak"))


def test_a_pick_in_words_keeps_the_aspect_asked_before(talk: Conversation) -> None:
    talk.hears(unsure("ktp-hilang", "ktp-rusak", aspects=(Aspect.COST,)))
    talk.hears(heard("ktp-rusak"))
    assert talk.decision.aspects == (Aspect.COST,)


@pytest.mark.parametrize("cue", [Cue.FOLLOW_UP, Cue.SWITCH])
def test_the_other_one_is_asked_the_same(talk: Conversation, cue: Cue) -> None:
    talk.hears(heard("ktp-hilang", aspects=(Aspect.STEPS,)))
    talk.hears(heard("ktp-rusak", cues=frozenset({cue})))
    assert talk.decision.aspects == (Aspect.STEPS,)


def test_a_correction_is_a_new_question(talk: Conversation) -> None:
    talk.hears(heard("ktp-hilang", aspects=(Aspect.STEPS,)))
    talk.hears(heard("ktp-rusak", cues=frozenset({Cue.FOLLOW_UP, Cue.CORRECTION})))
    assert talk.decision.aspects == ()


def test_a_new_question_does_not_inherit_what_was_asked_before(talk: Conversation) -> None:
    talk.hears(heard("ktp-hilang", aspects=(Aspect.STEPS,)))
    talk.hears(heard("ktp-rusak"))
    assert talk.decision.aspects == ()


def test_a_day_alone_asks_an_agency_for_its_hours(talk: Conversation) -> None:
    talk.hears(heard("dukcapil", day="besok"))
    assert talk.decision.aspects == (Aspect.HOURS,)


def test_another_day_is_asked_the_same(talk: Conversation) -> None:
    talk.hears(heard("ktp-hilang", aspects=(Aspect.HOURS,), day="sabtu"))
    talk.hears(heard("ktp-hilang", cues=frozenset({Cue.FOLLOW_UP}), day="minggu"))
    assert (talk.decision.aspects, talk.decision.day) == ((Aspect.HOURS,), "minggu")


def test_a_day_in_the_story_of_a_service_asks_for_nothing(talk: Conversation) -> None:
    talk.hears(heard("ktp-hilang", day="besok"))
    assert talk.decision.aspects == ()


def test_what_is_not_understood_is_declined_with_the_nearest_topics(talk: Conversation) -> None:
    reply = talk.hears(unknown(near=("ktp-hilang",)))
    assert reply.outcome is Outcome.DECLINE
    assert labels(reply) == ["Ganti KTP hilang", "Semua layanan", "Hubungi petugas"]


def test_what_is_not_ours_is_declined_with_the_agencies(talk: Conversation) -> None:
    reply = talk.hears(unknown(near=("ktp-hilang",), cues=frozenset({Cue.NOT_OURS})))
    assert reply.outcome is Outcome.DECLINE
    assert labels(reply) == ["Dinkes", "Dukcapil", "Layanan kantor lain", "Hubungi petugas"]


def test_declining_twice_in_a_row_leads_to_a_person(talk: Conversation) -> None:
    outcomes = [talk.hears(unknown()).outcome for _ in range(3)]
    assert outcomes == [Outcome.DECLINE, Outcome.PERSON, Outcome.PERSON]


def test_an_answer_between_two_declines_starts_the_count_again(talk: Conversation) -> None:
    outcomes = [talk.hears(one).outcome for one in (unknown(), heard("ktp-hilang"), unknown())]
    assert outcomes == [Outcome.DECLINE, Outcome.ANSWER, Outcome.DECLINE]


def test_fifteen_idle_minutes_forget_the_declines(talk: Conversation) -> None:
    talk.hears(unknown())
    talk.at += timedelta(minutes=16)
    assert talk.hears(unknown()).outcome is Outcome.DECLINE


def test_after_a_decline_the_topic_before_is_still_known(talk: Conversation) -> None:
    talk.hears(heard("ktp-hilang"))
    talk.hears(unknown())
    assert talk.session.topic.subjects == ("ktp-hilang",)


def test_an_emergency_comes_before_everything(talk: Conversation) -> None:
    reply = talk.hears(heard("ktp-hilang", cues=frozenset({Cue.EMERGENCY, Cue.PERSON})))
    assert reply.outcome is Outcome.EMERGENCY


def test_asking_for_a_person_gives_a_person(talk: Conversation) -> None:
    reply = talk.hears(unsure("ktp-hilang", "kia", cues=frozenset({Cue.PERSON})))
    assert reply.outcome is Outcome.PERSON


def test_a_question_about_reaching_an_agency_stays_a_question(talk: Conversation) -> None:
    reply = talk.hears(heard("dukcapil", aspects=(Aspect.CONTACT,), cues=frozenset({Cue.PERSON})))
    assert reply.outcome is Outcome.ANSWER


def test_another_regions_office_is_declined_naming_it(talk: Conversation) -> None:
    text = talk.says(heard("ktp-hilang", cues=frozenset({Cue.ELSEWHERE}), place="Surabaya"))
    assert talk.decision.outcome is Outcome.DECLINE
    assert "Saya hanya tahu layanan Kabupaten Contoh, bukan Surabaya." in text


def test_another_region_with_a_referral_is_referred(talk: Conversation) -> None:
    found = unknown(near=("rujukan-kota-tetangga",), cues=frozenset({Cue.ELSEWHERE}), place="Kota Tetangga")
    assert (talk.hears(found).outcome, talk.decision.subjects) == (Outcome.REFER, ("rujukan-kota-tetangga",))


def test_which_side_of_the_border_a_place_lies_on_is_answered(talk: Conversation) -> None:
    neighbour = "rujukan-kota-tetangga"
    found = heard(neighbour, cues=frozenset({Cue.ELSEWHERE}), place="Kota Tetangga", faq=(neighbour, 0))
    text = talk.says(found)
    assert ("Terbagi dua." in text, "Saya hanya tahu" in text) == (True, False)


def test_a_place_in_a_topic_that_is_not_ours_is_no_office(talk: Conversation) -> None:
    cues = frozenset({Cue.ELSEWHERE, Cue.NOT_OURS})
    assert "Surabaya" not in talk.says(unknown(cues=cues, place="Surabaya"))


def test_a_persons_own_file_is_declined_with_where_to_ask(talk: Conversation) -> None:
    text = talk.says(heard("ktp-hilang", acts=frozenset({Act.OWN_FILE})))
    assert talk.decision.outcome is Outcome.DECLINE
    assert "Kantor Dukcapil: Jalan Merdeka 1" in text


def test_none_of_those_offered_asks_for_other_words(talk: Conversation) -> None:
    talk.hears(unsure("ktp-hilang", "kia"))
    reply = talk.hears(unknown(cues=frozenset({Cue.NONE_OF_THESE})))
    assert (reply.outcome, reply.answered) == (Outcome.DECLINE, ())


@pytest.mark.parametrize(
    ("cue", "outcome"),
    [
        (Cue.GREETING, Outcome.GREET),
        (Cue.THANKS, Outcome.THANKS),
        (Cue.HELP, Outcome.HELP),
        (Cue.NOD, Outcome.THANKS),
        (Cue.BYE, Outcome.THANKS),
        (Cue.WHO, Outcome.HELP),
    ],
)
def test_small_talk_gets_small_talk(talk: Conversation, cue: Cue, outcome: Outcome) -> None:
    assert talk.hears(unknown(cues=frozenset({cue}))).outcome is outcome


def test_thanks_that_only_lean_on_the_topic_are_thanks(talk: Conversation) -> None:
    talk.hears(heard("ktp-hilang"))
    assert talk.hears(heard("ktp-hilang", cues=frozenset({Cue.THANKS}))).outcome is Outcome.THANKS


def test_thanks_with_a_question_are_the_question(talk: Conversation) -> None:
    talk.hears(heard("ktp-hilang"))
    asked = heard("ktp-hilang", cues=frozenset({Cue.THANKS}), aspects=(Aspect.COST,))
    assert talk.hears(asked).outcome is Outcome.ANSWER


def test_candidates_that_are_no_longer_known_are_not_offered(talk: Conversation) -> None:
    assert talk.hears(unsure("gone", "ktp-hilang")).answered == ("ktp-hilang",)


def test_an_own_answer_that_is_no_longer_there_is_left_out(talk: Conversation) -> None:
    talk.hears(heard("ktp-hilang", faq=("ktp-hilang", 7)))
    assert talk.decision.faq is None


@pytest.mark.parametrize(
    "action",
    [
        Action(ActionKind.SHOW, "gone"),
        Action(ActionKind.PICK),
        Action(ActionKind.BROWSE, "gone"),
        Action(ActionKind.RATE, aspect="baik"),
        Action(ActionKind.RATE, aspect="luar biasa", turn="turn1"),
        Action(ActionKind.MENU, aspect="lama"),
        Action(ActionKind.ADMIN, "log"),
    ],
)
def test_a_button_that_leads_nowhere_any_more_leads_to_the_menu(talk: Conversation, action: Action) -> None:
    reply = talk.hears(action)
    assert reply.outcome is Outcome.HELP
    assert reply.blocks[0].lines[0].startswith("Tombol ini sudah lama.")
    assert labels(reply) == ["Dinkes", "Dukcapil", "Layanan kantor lain", "Hubungi petugas"]


def test_a_number_that_was_not_offered_offers_again_what_was_asked(talk: Conversation) -> None:
    talk.hears(unsure("ktp-hilang", "ktp-rusak", aspects=(Aspect.COST,)))
    talk.hears(unknown(choice=4))
    assert (talk.decision.outcome, talk.decision.aspects) == (Outcome.CLARIFY, (Aspect.COST,))
    talk.hears(unknown(choice=1))
    assert (talk.decision.subjects, talk.decision.aspects) == (("ktp-rusak",), (Aspect.COST,))


DRAFT = "Ini rangkuman dari sumber terbuka dan belum dikonfirmasi dinas."


def test_once_a_conversation_an_answer_says_that_nobody_confirmed_it(talk: Conversation) -> None:
    assert talk.says(heard("ktp-hilang")).endswith(DRAFT)
    assert DRAFT not in talk.says(heard("ktp-rusak"))
    assert DRAFT not in talk.shows("ktp-hilang", "biaya")
    talk.at += timedelta(minutes=16)
    assert DRAFT in talk.shows("ktp-hilang", "biaya")


@pytest.mark.parametrize(
    "said",
    [
        heard("rujukan-sim"),
        heard("dukcapil"),
        unsure("ktp-hilang", "ktp-rusak"),
        unknown(cues=frozenset({Cue.GREETING})),
        heard("ktp-hilang", cues=frozenset({Cue.EMERGENCY})),
    ],
)
def test_what_tells_nothing_of_a_service_is_no_draft_and_leaves_it_to_be_said(talk: Conversation, said: object) -> None:
    assert "belum dikonfirmasi" not in talk.says(said)
    assert DRAFT in talk.says(heard("ktp-hilang"))


def test_what_was_withdrawn_is_no_draft(talk: Conversation) -> None:
    talk.knowledge = _with(talk.knowledge, withdrawn={"alasan": "Salah.", "sejak": "2026-11-01"})
    assert DRAFT not in talk.says(heard("ktp-hilang"))


def test_opening_the_bot_says_how_many_services_nobody_confirmed_and_the_first_answer_says_it_still(
    talk: Conversation,
) -> None:
    opened = talk.says(WELCOME)
    assert "Dari 11 layanan, 11 belum dikonfirmasi dinasnya." in opened
    assert DRAFT in talk.says(heard("ktp-hilang"))


def test_a_service_that_was_confirmed_is_no_draft_until_what_it_tells_changes(talk: Conversation) -> None:
    digest = talk.knowledge.services["ktp-hilang"].digest
    confirmed = Confirmation(by="Dukcapil", day=date(2026, 11, 20), digest=digest)
    talk.knowledge = _with(talk.knowledge, confirmed=confirmed.model_dump(by_alias=True))
    told = talk.says(heard("ktp-hilang"))
    assert (DRAFT in told, "Dikonfirmasi dinas 20 November 2026." in told) == (False, True)
    talk.knowledge = _with(talk.knowledge, summary="Lain.")
    told = talk.says(heard("ktp-hilang"))
    assert (DRAFT in told, "Dikonfirmasi dinas" in told, "Diperbarui" in told) == (True, False, True)


def _with(knowledge: KnowledgeBase, **values: object) -> KnowledgeBase:
    """The knowledge with other values of one service."""
    service = knowledge.services["ktp-hilang"]
    changed = type(service).model_validate({**service.model_dump(), "agency": service.agency, **values})
    return replace(knowledge, services={**knowledge.services, service.id: changed})
