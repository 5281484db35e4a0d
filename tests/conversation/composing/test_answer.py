"""What a citizen reads about a subject."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.channels.terminal import render
from bot.conversation.composing.answer import known
from bot.conversation.composing.buttons import SHOWN, answer_buttons
from bot.conversation.composing.components import notes
from bot.conversation.composing.wording import Occasion
from bot.conversation.decision import Decision
from bot.conversation.reply import Told
from bot.conversation.turn import Action, ActionKind, Outcome, Session, key_of
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Faq
from bot.knowledge.reading.loader import load
from bot.knowledge.vocabulary import Aspect
from tests.conftest import REAL_KNOWLEDGE
from tests.conversation.conftest import TUESDAY, Conversation, heard, labels

ZONE = ZoneInfo("Asia/Jakarta")
TalkAt = Callable[[datetime], Conversation]


def test_only_the_aspects_asked_are_answered_in_their_order(talk: Conversation) -> None:
    talk.session = Session(at=TUESDAY, draft_told=True)
    text = talk.says(heard("ktp-hilang", aspects=(Aspect.DURATION, Aspect.STEPS)))
    assert text == (
        "GANTI KTP HILANG\n\n"
        "Waktu: Jadi dalam 1 jam, paling lama 24 jam.\n\n"
        "Alur:\n1. Minta surat kehilangan di kantor polisi.\n2. Datang ke kecamatan.\n\n"
        "Sumber: Kabar pelayanan di Kabupaten Contoh (September 2025)\n\n"
        "Diperbarui 24 November 2026."
    )


def test_what_is_free_by_law_names_the_article_and_where_to_report_a_levy(talk: Conversation) -> None:
    text = talk.shows("ktp-hilang", "biaya")
    assert "Biaya: Gratis menurut UU 24/2013 Pasal 79A. Laporkan bila ada yang meminta uang." in text
    assert "Kalau ada pungutan tidak resmi, laporkan lewat Loket pengaduan Dukcapil." in text


def test_under_a_cost_stands_only_the_source_that_holds_it_and_that_it_is_a_national_rule(talk: Conversation) -> None:
    text = talk.shows("ktp-hilang", "biaya")
    assert "Aturan nasional menurut: UU 24/2013 Pasal 79A (24 Desember 2013) – https://uu.example/24-2013\n" in text
    assert "Kabar pelayanan" not in text


def test_free_without_an_article_is_just_free(talk: Conversation) -> None:
    assert "Biaya: Gratis.\n" in talk.shows("ktp-rusak", "biaya")


def test_a_tariff_is_listed_in_rupiah(talk: Conversation) -> None:
    text = talk.shows("surat-1", "biaya")
    assert "• Surat biasa: Rp10.000\n• Surat lengkap: Rp1.250.000\n\nTarif puskesmas." in text


def test_an_overview_is_short_and_leaves_the_rest_to_buttons(talk: Conversation) -> None:
    reply = talk.hears(heard("ktp-hilang"))
    told = [block.label for block in reply.blocks if block.label]
    assert told == [
        *("Syarat – WNI", "Syarat – Orang asing", "Sumber"),
        *("Biaya", "Aturan nasional menurut"),
        *("Waktu", "Sumber"),
    ]
    assert labels(reply) == [
        "Perlu pengantar RT",
        *("Alur", "Lokasi", "Jam buka", "Kontak"),
        "Layanan Dukcapil",
        "👍 Membantu",
        "👎 Belum membantu",
    ]


def test_a_stored_question_is_asked_by_its_button_and_is_not_offered_again(talk: Conversation) -> None:
    button = next(one for one in talk.hears(heard("ktp-hilang")).buttons if one.label == "Perlu pengantar RT")
    reply = talk.hears(button.action)
    assert "Perlu pengantar RT: Tidak perlu." in render(reply)
    assert button.label not in labels(reply)


def test_the_questions_nearest_to_what_was_asked_are_offered_first(knowledge: KnowledgeBase) -> None:
    asked = [Faq(question=f"Soal {place}?", answer="Ya.") for place in range(9)]
    kia = knowledge.services["kia"].model_copy(update={"faq": tuple(asked)})
    talk = Conversation(replace(knowledge, services={**knowledge.services, "kia": kia}))
    assert labels(talk.hears(heard("kia")))[:2] == ["Soal 0", "Soal 1"]
    assert labels(talk.hears(heard("kia", near_stored=(7, 3))))[:3] == ["Soal 7", "Soal 3", "Soal 0"]


def test_the_button_of_a_question_that_was_edited_leads_to_the_overview_and_not_to_another_answer(
    talk: Conversation,
) -> None:
    gone = Action(ActionKind.ASK, "ktp-hilang", key_of("Perlu pengantar RW?"))
    assert "Tidak perlu." not in render(talk.hears(gone))
    assert (talk.decision.subjects, talk.decision.aspects, talk.decision.faq) == (("ktp-hilang",), (), None)


def test_an_overview_gives_a_tariff_as_a_span(talk: Conversation) -> None:
    assert "Biaya: Rp10.000 sampai Rp1.250.000, menurut jenisnya." in talk.shows("surat-1")


def test_requirements_are_listed_under_the_title_of_each_variant(talk: Conversation) -> None:
    text = talk.shows("ktp-hilang", "syarat")
    assert "Syarat – WNI:\n• Surat kehilangan dari kepolisian\n• Fotokopi KK\n\nSyarat – Orang asing:" in text


def test_only_the_variant_that_was_named_is_told(talk: Conversation) -> None:
    text = talk.says(heard("ktp-hilang", aspects=(Aspect.REQUIREMENTS,), variant="Orang asing"))
    assert "• Paspor" in text
    assert "WNI" not in text


def test_what_is_not_published_is_said_with_whom_to_ask(talk: Conversation) -> None:
    text = talk.shows("ktp-rusak", "waktu")
    assert (
        "Waktu: Belum dipublikasikan. Tanyakan ke Dukcapil (Jalan Merdeka 1) atau buka https://dukcapil.contoh.go.id."
        in text
    )


def test_a_services_own_question_is_answered_first(talk: Conversation) -> None:
    text = talk.says(heard("ktp-hilang", faq=("ktp-hilang", 0)))
    assert text.startswith("GANTI KTP HILANG\n\nPerlu pengantar RT: Tidak perlu.\n\nSumber:")


def test_beside_a_stored_answer_nothing_is_said_to_be_missing(talk: Conversation) -> None:
    text = talk.says(heard("ktp-hilang", aspects=(Aspect.FORMS, Aspect.DURATION), faq=("ktp-hilang", 0)))
    assert "Perlu pengantar RT: Tidak perlu." in text
    assert "Waktu: Jadi dalam 1 jam" in text
    assert "Formulir" not in text


def test_an_agencys_question_is_answered_under_its_service(talk: Conversation) -> None:
    text = talk.says(heard("ktp-hilang", faq=("dukcapil", 0)))
    assert text.startswith("GANTI KTP HILANG\n\nBoleh diwakilkan: Boleh, dengan surat kuasa.")


def test_two_subjects_are_answered_each_under_its_heading(talk: Conversation) -> None:
    text = talk.says(heard("ktp-hilang", "ktp-rusak", aspects=(Aspect.COST,)))
    assert text.index("GANTI KTP HILANG") < text.index("79A") < text.index("GANTI KTP RUSAK")


def test_a_notice_stands_above_until_its_last_day(talk_at: TalkAt) -> None:
    first = talk_at(datetime(2026, 11, 30, 20, tzinfo=ZONE)).shows("ktp-rusak")
    after = talk_at(datetime(2026, 12, 1, 0, 1, tzinfo=ZONE)).shows("ktp-rusak")
    assert first.startswith("Pemberitahuan: Blanko KTP sedang habis.")
    assert after.startswith("GANTI KTP RUSAK")


def test_an_answer_past_its_review_day_says_so_softly(talk: Conversation) -> None:
    assert "mestinya ditinjau ulang sebelum 1 Oktober 2026" in talk.shows("ktp-rusak", "biaya")


def test_a_withdrawn_answer_gives_the_reason_and_the_office_instead(talk: Conversation) -> None:
    reply = talk.hears(heard("kia", aspects=(Aspect.REQUIREMENTS,)))
    text = render(reply, numbered=False)
    assert labels(reply)[0] == "Layanan Dukcapil"
    assert "ditarik sejak 1 November 2026. Syaratnya sedang diperbaiki." in text
    assert "Tanyakan ke Dukcapil (Jalan Merdeka 1)" in text
    assert "Akta kelahiran" not in text


def test_an_answer_is_not_withdrawn_before_its_day(talk_at: TalkAt) -> None:
    assert "Akta kelahiran" in talk_at(datetime(2026, 10, 31, 9, tzinfo=ZONE)).shows("kia", "syarat")


def test_a_referral_tells_who_where_and_through_which_channel(talk: Conversation) -> None:
    text = talk.shows("rujukan-sim")
    assert "Diurus di: Satpas Polres Contoh." in text
    assert (
        "• Alamat: Jalan Polisi 1\n• Korlantas – https://korlantas.go.id – perpanjangan\n• Telepon 110: polisi" in text
    )


def test_a_referral_tells_what_it_knows_and_who_knows_the_rest(talk: Conversation) -> None:
    text = talk.says(heard("rujukan-sim", aspects=(Aspect.REQUIREMENTS, Aspect.DURATION)))
    assert "Syarat:\n• KTP asli" in text
    assert "Waktu: Saya belum punya keterangannya." in text
    assert "SIM diurus di kepolisian." in text
    assert "Diurus di: Satpas Polres Contoh." in text


def test_where_a_referral_without_address_is_given_is_told_by_its_body(talk: Conversation) -> None:
    text = talk.shows("rujukan-kota-tetangga", "lokasi")
    assert text.startswith(
        "LAYANAN KOTA TETANGGA\n\nWarga Kota Tetangga mengurus di kotanya.\n\nDiurus di: Pemerintah Kota Tetangga.\n\n"
    )


def test_an_agency_tells_where_when_and_how_to_reach_it(talk: Conversation) -> None:
    text = talk.shows("dukcapil")
    assert "Lokasi:\n• Kantor Dukcapil: Jalan Merdeka 1" in text
    assert "Jam buka: Senin-Kamis 07.30-16.00" in text
    assert "Kontak:\n• Situs https://dukcapil.contoh.go.id" in text


def test_an_agency_without_a_telephone_says_so(talk: Conversation) -> None:
    assert "Nomor telepon dan WhatsApp Dukcapil belum dipublikasikan." in talk.shows("dukcapil", "kontak")
    assert "belum dipublikasikan" not in talk.shows("dinkes", "kontak")


def test_what_an_agency_remarks_is_told_when_it_is_explained(knowledge: KnowledgeBase) -> None:
    agency = knowledge.agencies["dukcapil"].model_copy(update={"notes": ("Blanko KTP-el dari pusat.",)})
    talk = Conversation(replace(knowledge, agencies={**knowledge.agencies, "dukcapil": agency}))
    assert "Blanko KTP-el dari pusat." in talk.shows("dukcapil", "umum")


def test_what_differs_by_service_is_not_answered_for_an_agency(talk: Conversation) -> None:
    reply = talk.hears(heard("dukcapil", aspects=(Aspect.REQUIREMENTS,)))
    assert reply.blocks[1].lines == ("Ini berbeda untuk tiap layanan. Pilih layanannya, atau tulis yang dicari.",)


def test_no_answer_opens_with_what_is_not_published() -> None:
    real = load(REAL_KNOWLEDGE)
    for subject in real.subjects:
        for aspect in Aspect:
            _, first, *_ = Conversation(real).hears(Action(ActionKind.SHOW, subject, aspect.value)).blocks
            assert not first.lines[0].startswith(("Belum dipublikasikan", "Saya belum punya")), (subject, aspect)


def test_complaints_of_an_agency_without_routes_are_the_regions(talk: Conversation) -> None:
    text = talk.shows("surat-1", "pengaduan")
    assert "• SP4N-LAPOR!: Pilih Kabupaten Contoh.\n• Ombudsman 137" in text


@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_aspect_of_every_subject_has_an_answer_and_a_next_step(knowledge: KnowledgeBase, aspect: Aspect) -> None:
    for subject in knowledge.subjects:
        reply = Conversation(knowledge).hears(Action(ActionKind.SHOW, subject, aspect.value))
        assert all(line for block in reply.blocks for line in block.lines)
        assert len(reply.blocks) >= 2
        assert reply.buttons


def test_an_aspect_has_a_button_exactly_when_something_is_told_of_it() -> None:
    real_knowledge = load(REAL_KNOWLEDGE)
    for subject in real_knowledge.subjects.values():
        for variant in ("", *(one.title for one in getattr(subject, "variants", ()))):
            asking = Occasion(real_knowledge, TUESDAY, variant=variant)
            told = {aspect for aspect in Aspect if known(subject, aspect, asking)}
            told -= set() if notes(subject, asking) else {Aspect.OVERVIEW}
            decision = Decision("turn1", TUESDAY, Outcome.ANSWER, subjects=(subject.id,), variant=variant)
            buttons = answer_buttons(decision, Told(()), asking)
            offered = {
                one for button in buttons if button.action.kind is ActionKind.SHOW for one in button.action.aspects
            }
            assert offered <= told
            asked = sum(button.action.kind is ActionKind.ASK for button in buttons)
            assert len(offered) == min(len(told), SHOWN - 1 - asked)
            assert len(buttons) <= SHOWN
