"""An agency's admin confirms what citizens are told: by a line, by a button, and only what he read."""

from pathlib import Path

import pytest

from bot.access import Access
from bot.authoring.desk import drafts
from bot.authoring.desk.confirming import Confirming
from bot.authoring.desk.desk import Desk as Counter
from bot.authoring.desk.desk import Fetched
from bot.authoring.desk.orders import Orders
from bot.channels.terminal import render
from bot.conversation.reply import Reply
from bot.conversation.turn import Action, ActionKind
from bot.knowledge.model import Service
from bot.knowledge.reading.loader import load
from bot.storage.history import How
from tests.authoring.desk.admins import KTP, Desk

CLERK, OTHER, EDITOR = 1, 2, 3
DAY = "24 November 2026"


@pytest.fixture
def counter(desk: Desk) -> Counter:
    access = Access(frozenset(), {"dukcapil": frozenset({CLERK}), "rujukan": frozenset({OTHER})}, frozenset({EDITOR}))
    return Counter(access, desk.changes)


@pytest.fixture
def confirming(counter: Counter) -> Confirming:
    return Confirming(counter)


def words(reply: Reply) -> str:
    return render(reply, numbered=False)


def service(desk: Desk, identity: str = "ktp-hilang") -> Service:
    return load(desk.folder).services[identity]


async def ordered(confirming: Confirming, said: str, user: int = CLERK) -> str:
    return words(await confirming.ordered(user, said.split()))


async def test_a_line_confirms_what_is_told_and_the_history_keeps_who_did(desk: Desk, confirming: Confirming) -> None:
    before = desk.read()
    assert f"Warga membaca “Dikonfirmasi dinas {DAY}”" in await ordered(confirming, "KTP-hilang")
    given = service(desk).confirmed
    assert (given.by, str(given.day), given.digest) == ("Dukcapil", "2026-11-24", service(desk).digest)
    assert desk.read().startswith(before)
    assert not service(desk).is_draft
    newest, found = await desk.log.versions([KTP])
    assert (newest.who, newest.how, found.content) == ("telegram:1", How.CONFIRM, before)


async def test_several_are_confirmed_as_one_change_in_the_name_of_an_office(desk: Desk, confirming: Confirming) -> None:
    told = await ordered(confirming, "ktp-hilang, kia oleh Bidang Pelayanan KTP")
    assert "KTP-el hilang dan Kartu Identitas Anak" in told
    assert {service(desk, one).confirmed.by for one in ("ktp-hilang", "kia")} == {"Bidang Pelayanan KTP"}
    assert await ordered(confirming, "") == "Semua layanan Anda sudah dikonfirmasi."


async def test_confirming_again_keeps_the_office_and_no_persons_number_is_published(
    desk: Desk, confirming: Confirming
) -> None:
    await ordered(confirming, "ktp-hilang oleh Bidang Pelayanan KTP")
    await ordered(confirming, "ktp-hilang")
    assert service(desk).confirmed.by == "Bidang Pelayanan KTP"


async def test_a_withdrawn_answer_is_not_confirmed(desk: Desk, confirming: Confirming) -> None:
    await desk.change(desk.read() + b"ditarik: {alasan: Diperiksa., sejak: 2026-11-01}\n")
    assert "/pasang ktp-hilang" in await ordered(confirming, "ktp-hilang")
    assert service(desk).confirmed is None


async def test_a_broken_word_confirms_nothing(desk: Desk, confirming: Confirming) -> None:
    assert "Mungkin maksudnya: ktp-hilang" in await ordered(confirming, "kia ktp-ilang")
    assert "hanya layanan" in await ordered(confirming, "kia dukcapil")
    assert "/konfirmasi kia" in await ordered(confirming, "oleh Dukcapil")
    assert service(desk, "kia").is_draft


@pytest.mark.parametrize("user", [OTHER, 7])
async def test_only_the_agencys_admins_and_editors_confirm(desk: Desk, confirming: Confirming, user: int) -> None:
    button = Action(ActionKind.ADMIN, drafts.CONFIRM, "ktp-hilang", service(desk).digest)
    refused = [await ordered(confirming, "ktp-hilang", user), words(await confirming.decided(user, button))]
    assert all("Anda tidak mengurus dukcapil/ktp-hilang.yaml" in one for one in refused)
    assert service(desk).is_draft
    await confirming.decided(EDITOR, button)
    assert not service(desk).is_draft


async def test_what_is_not_confirmed_is_listed_and_read_before_it_is_confirmed(
    desk: Desk, confirming: Confirming
) -> None:
    faq = "tanya_jawab: [{t: Boleh diwakilkan?, j: Boleh., ragu: Suratnya belum dipublikasikan.}]\n"
    await desk.change(desk.read() + faq.encode())
    listed = await confirming.ordered(CLERK, [])
    assert "ktp-hilang · KTP-el hilang" in words(listed)
    assert words(listed).startswith("BELUM DIKONFIRMASI DINAS: 2 DARI 2 LAYANAN")
    look = next(button.action for button in listed.buttons if button.action.aspect == "ktp-hilang")
    shown = await confirming.decided(CLERK, look)
    assert "Surat kehilangan dari kepolisian." in words(shown)
    assert "UU 24/2013 Pasal 79A" in words(shown)
    assert "Belum pasti: Suratnya belum dipublikasikan." in words(shown)
    assert words(shown).count("Perpres 96/2018") == 1
    done = await confirming.decided(CLERK, shown.buttons[0].action)
    assert "Sudah dikonfirmasi: KTP-el hilang" in words(done)
    assert [button.action.service for button in done.buttons] == [drafts.LIST]
    assert f"Dikonfirmasi dinas {DAY}." in words(await confirming.decided(CLERK, look))


async def test_a_button_confirms_only_what_was_shown(desk: Desk, confirming: Confirming) -> None:
    look = Action(ActionKind.ADMIN, drafts.LOOK, "ktp-hilang")
    shown = await confirming.decided(CLERK, look)
    await desk.change(desk.written("Fotokopi KK.", "KK asli."))
    assert "Isinya sudah berubah" in words(await confirming.decided(CLERK, shown.buttons[0].action))
    assert service(desk).is_draft


async def test_a_change_lapses_a_confirmation_and_says_so_before_and_after(
    desk: Desk, confirming: Confirming, counter: Counter
) -> None:
    await ordered(confirming, "ktp-hilang")
    preview = await counter.upload(CLERK, desk.written("Fotokopi KK.", "KK asli."), "ktp.yaml")
    assert "konfirmasi dinas 2026-11-24 gugur karena isinya berubah" in words(preview)
    applied = await counter.decided(CLERK, preview.buttons[0].action)
    assert service(desk).is_draft
    assert f"konfirmasi {DAY} gugur karena isinya berubah" in await ordered(confirming, "")
    await confirming.decided(CLERK, applied.buttons[0].action)
    assert not service(desk).is_draft


async def test_a_confirmation_written_by_hand_lapses_by_its_day_and_says_no_more_than_that(
    desk: Desk, confirming: Confirming
) -> None:
    await desk.change(desk.read() + b"dikonfirmasi: {oleh: Kabid, tanggal: 2026-11-01}\n")
    assert "konfirmasi 1 November 2026 gugur karena diperbarui sesudahnya" in await ordered(confirming, "")
    shown = words(await confirming.decided(CLERK, Action(ActionKind.ADMIN, drafts.LOOK, "ktp-hilang")))
    assert "Konfirmasi 1 November 2026 gugur karena diperbarui sesudahnya." in shown


async def test_going_back_takes_a_confirmation_back(desk: Desk, confirming: Confirming, counter: Counter) -> None:
    await ordered(confirming, "ktp-hilang")
    _, found = await desk.log.versions([KTP])
    preview = await counter.restored(CLERK, str(found.id))
    await counter.decided(CLERK, preview.buttons[0].action)
    assert service(desk).confirmed is None


@pytest.mark.parametrize(
    "change",
    [
        ("ktp ilang]", "ktp ilang, ktp raib]"),
        ("diperbarui: 2026-11-24", "diperbarui: 2026-11-23"),
    ],
)
async def test_the_words_a_service_is_found_by_lapse_nothing(
    desk: Desk, confirming: Confirming, change: tuple[str, str]
) -> None:
    await ordered(confirming, "ktp-hilang")
    await desk.change(desk.written(*change))
    assert not service(desk).is_draft


async def test_another_wording_of_a_question_lapses_nothing(desk: Desk, confirming: Confirming) -> None:
    faq = "tanya_jawab:\n  - t: Boleh diwakilkan?\n    j: Boleh.\n"
    await desk.change(desk.read() + faq.encode())
    await ordered(confirming, "ktp-hilang")
    await desk.change(desk.read().replace(b"j: Boleh.", b"j: Boleh.\n    sebutan: [bisa titip saudara]"))
    assert service(desk).faq[0].names == ("bisa titip saudara",)
    assert not service(desk).is_draft


async def test_a_notice_and_a_withdrawal_lapse_nothing(desk: Desk, confirming: Confirming, counter: Counter) -> None:
    await ordered(confirming, "ktp-hilang")
    noticed = await Orders(counter).notice(CLERK, ["ktp-hilang", "2026-12-01", "Loket", "tutup."])
    assert "gugur" not in words(noticed)
    await counter.decided(CLERK, noticed.buttons[0].action)
    await Orders(counter).withdraw(CLERK, ["ktp-hilang", "salah"])
    assert not service(desk).is_draft


async def test_a_draft_can_be_confirmed_where_its_file_is_fetched(desk: Desk, counter: Counter, folder: Path) -> None:
    fetched = await counter.fetched(CLERK, "ktp-hilang")
    assert isinstance(fetched, Fetched)
    assert [button.label for button in fetched.buttons] == ["Konfirmasi: isinya benar", "Yang belum dikonfirmasi"]
    await Confirming(counter).decided(CLERK, fetched.buttons[0].action)
    again = await counter.fetched(CLERK, "ktp-hilang")
    assert isinstance(again, Fetched)
    assert again.buttons == ()


async def test_what_was_edited_by_hand_meanwhile_is_not_confirmed(desk: Desk, confirming: Confirming) -> None:
    (desk.folder / KTP).write_bytes(desk.written("Fotokopi KK.", "KK asli."))
    assert "Isinya sudah berubah" in await ordered(confirming, "ktp-hilang")
    assert service(desk).is_draft


async def test_the_service_that_was_withdrawn_waits_for_no_confirmation(
    desk: Desk, confirming: Confirming, counter: Counter
) -> None:
    await Orders(counter).withdraw(CLERK, ["ktp-hilang", "salah"])
    assert "ktp-hilang" not in (await ordered(confirming, ""))
