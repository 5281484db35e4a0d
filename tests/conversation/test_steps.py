"""The next steps that replies offer: browsing, rating, reaching a person."""

from bot.conversation.turn import Action, ActionKind, Outcome, Rated, Rating
from bot.knowledge.base import KnowledgeBase
from tests.conversation.conftest import Conversation, heard, labels, unknown, unsure

BROWSE = Action(ActionKind.BROWSE)


def test_browsing_leads_from_agencies_to_services_to_an_answer(talk: Conversation) -> None:
    agencies = talk.hears(BROWSE)
    services = talk.hears(agencies.buttons[1].action)
    assert labels(services)[:2] == ["Kartu Identitas Anak", "Ganti KTP hilang"]
    assert talk.hears(services.buttons[1].action).answered == ("ktp-hilang",)


def test_many_services_are_shown_by_pages_with_ways_on_and_back(talk: Conversation) -> None:
    first = talk.hears(Action(ActionKind.BROWSE, "dinkes"))
    assert labels(first)[7:] == ["Surat sehat jenis 8", "Berikutnya »", "Kantor dan jam buka", "Semua layanan"]
    second = talk.hears(first.buttons[8].action)
    assert labels(second) == ["Surat sehat jenis 9", "« Sebelumnya", "Kantor dan jam buka", "Semua layanan"]
    assert second.blocks[1].lines == ("Pilih layanannya. Halaman 2 dari 2.",)


def test_a_page_that_is_no_longer_there_shows_the_last(talk: Conversation) -> None:
    assert labels(talk.hears(Action(ActionKind.BROWSE, "dinkes", "99")))[0] == "Surat sehat jenis 9"


def test_services_of_other_bodies_can_be_browsed_too(talk: Conversation) -> None:
    others = talk.hears(talk.hears(BROWSE).buttons[2].action)
    assert labels(others) == ["Layanan Kota Tetangga", "SIM baru dan perpanjangan", "Semua layanan"]


def test_an_answer_leads_back_to_the_page_it_stands_on(talk: Conversation) -> None:
    answer = talk.hears(Action(ActionKind.SHOW, "surat-9"))
    back = next(button for button in answer.buttons if button.label == "Layanan Dinkes")
    assert labels(talk.hears(back.action))[0] == "Surat sehat jenis 9"


def test_a_good_rating_goes_to_the_answer_it_is_about(talk: Conversation) -> None:
    answer = talk.hears(heard("ktp-hilang"))
    reply = talk.hears(answer.buttons[-2].action)
    assert (reply.outcome, talk.decision.rated) == (Outcome.THANKS, Rated("turn1", Rating.GOOD))


def test_a_bad_rating_asks_why_about_the_same_answer(talk: Conversation) -> None:
    answer = talk.hears(heard("ktp-hilang"))
    why = talk.hears(answer.buttons[-1].action)
    assert labels(why)[:4] == ["Salah layanan", "Kurang lengkap", "Sudah berubah", "Tidak paham"]
    talk.hears(why.buttons[2].action)
    assert talk.decision.rated == Rated("turn1", Rating.OUTDATED)


def test_rating_an_answer_leaves_the_topic_as_it_was(talk: Conversation) -> None:
    answer = talk.hears(heard("ktp-hilang"))
    before = talk.session.topic
    talk.hears(answer.buttons[-1].action)
    assert talk.session.topic == before


def test_none_of_those_offered_shows_the_agencies(talk: Conversation) -> None:
    offered = talk.hears(unsure("ktp-hilang", "kia"))
    assert labels(talk.hears(offered.buttons[-1].action))[:2] == ["Dinkes", "Dukcapil"]


def test_a_person_is_reached_first_at_the_agency_spoken_of(talk: Conversation) -> None:
    talk.hears(heard("dukcapil"))
    text = talk.says(Action(ActionKind.PERSON, "dukcapil"))
    assert text.index("Jalan Merdeka 1") < text.index("Datang ke kantor kecamatan pada jam kerja.")


def test_after_two_declines_the_nearest_topics_are_still_offered(talk: Conversation) -> None:
    talk.hears(unknown())
    reply = talk.hears(unknown(near=("ktp-hilang",)))
    assert (reply.outcome, labels(reply)[0]) == (Outcome.PERSON, "Ganti KTP hilang")


def test_every_button_fits_telegram_and_comes_back_as_it_was(knowledge: KnowledgeBase) -> None:
    talk = Conversation(knowledge)
    replies = [talk.hears(Action(ActionKind.SHOW, subject)) for subject in knowledge.subjects]
    for button in (button for reply in replies for button in reply.buttons):
        assert len(button.label) <= 40
        assert Action.decode(button.action.encode()) == button.action
