"""What an admin is told at the desk: how a command is used, what may not be, and why."""

import ast
from pathlib import Path

import pytest

from bot.access import Access
from bot.authoring.desk import desk as desks
from bot.authoring.desk import wording
from bot.authoring.desk.orders import Orders
from bot.channels.terminal import render
from bot.conversation.reply import Reply
from bot.conversation.turn import Action, ActionKind
from bot.knowledge.base import KnowledgeBase
from tests.authoring.desk.admins import KTP, Desk

CLERK, OTHER = 1, 2
KIA = "dukcapil/kia.yaml"
AUTHORING = Path(wording.__file__).parent


@pytest.fixture
def office(desk: Desk) -> desks.Desk:
    access = Access(frozenset(), {"dukcapil": frozenset({CLERK}), "rujukan": frozenset({OTHER})})
    return desks.Desk(access, desk.changes)


def words(reply: Reply) -> str:
    return render(reply, numbered=False)


def test_the_state_names_admins_of_a_folder_that_does_not_exist(office: desks.Desk, desk: Desk) -> None:
    assert "AGENCY_ADMINS" not in words(office.state(0))
    wrong = desks.Desk(Access(frozenset(), {"dukcapl": frozenset({CLERK})}), desk.changes)
    assert "AGENCY_ADMINS menyebut folder yang tidak ada: dukcapl. Yang ada: dukcapil, rujukan." in words(
        wrong.state(0)
    )


ORDERS = [
    ("withdraw", "", "Tulis /tarik, id layanan, lalu alasannya"),
    ("withdraw", "ktp-hilang", "Tulis /tarik, id layanan, lalu alasannya"),
    ("withdraw", "ktp-ilang salah", "Mungkin maksudnya: ktp-hilang."),
    ("withdraw", "dukcapil", "Layanan yang bisa ditarik: kia, ktp-hilang"),
    ("withdraw", "dukcapil salah", "pakai /pemberitahuan dukcapil"),
    ("withdraw", "ktp salah", "Mungkin maksudnya: ktp-hilang."),
    ("put_back", "rujukan-sim", "bukan layanan"),
    ("put_back", "", "Tulis /pasang diikuti id layanan"),
    ("put_back", "ktp-hilang", "Tidak ada yang berubah"),
    ("notice", "", "Tulis /pemberitahuan"),
    ("notice", "ktp-hilang tutup besok", "/pemberitahuan kia 1 Desember 2026"),
    ("notice", "ktp-hilang 2020-01-01 Tutup.", "1 Januari 2020 sudah lewat"),
    ("notice", "ktp-hilang minggu depan Loket tutup", "/pemberitahuan kia 1 Desember 2026"),
    ("notice", "ktp-hilang 31-11-2026 Tutup.", "Tanggal 31-11-2026 tidak ada di kalender."),
    ("notice", "ktp-hilang 2026-12-01", "Tulis /pemberitahuan"),
    ("notice", "../x 2026-12-01 tutup", "Tidak ada layanan atau instansi dengan id ../x."),
    ("notice", "ktp-hilang hapus", "Tidak ada yang berubah"),
    (
        "notice",
        "dukcapil 2026-12-01 Kantor pindah.",
        "ditambah “isi: Kantor pindah.; sampai: 2026-12-01”",
    ),
]


@pytest.mark.parametrize(("order", "said", "answer"), ORDERS)
async def test_an_order_that_is_not_clear_is_explained(office: desks.Desk, order: str, said: str, answer: str) -> None:
    assert answer in words(await getattr(Orders(office), order)(CLERK, said.split()))


async def test_a_phrase_is_proposed_and_its_twin_refused(office: desks.Desk) -> None:
    good = await Orders(office).phrase(CLERK, "ktp-hilang", "contoh", "ktp saya kecebur sumur")
    twin = await Orders(office).phrase(CLERK, "ktp-hilang", "sebutan", "kia")
    assert [button.label for button in good.buttons] == ["Terapkan", "Batal"]
    assert "sudah ada di dukcapil/kia.yaml" in words(twin)
    assert twin.buttons == ()


async def test_a_phrase_that_takes_the_question_of_another_service_is_not_added(desk: Desk, office: desks.Desk) -> None:
    await desk.change(desk.written("kartu anak]", "kartu anak, ktp kecopetan pasar]", KIA), KIA)
    refused = await Orders(office).phrase(CLERK, "kia", "sebutan", "kecopetan ktp di pasar")
    assert "Kalimat ini tidak ditambahkan" in words(refused)
    assert "ktp kecopetan di pasar" in words(refused)
    assert refused.buttons == ()


def test_a_list_that_is_cut_says_how_many_more_there_are(desk: Desk) -> None:
    told = wording.not_a_service("dukcapil", [f"s-{n}" for n in range(37)], desk.changes.live.snapshot.knowledge)
    assert words(told).endswith("s-14, dan 22 lagi")


FOUND = [("ktp", "ktp-hilang · "), ("Ilang KTP", "ktp-hilang · "), ("anak", "kia · ")]


@pytest.mark.parametrize(("said", "line"), FOUND)
async def test_words_of_an_id_or_a_name_list_what_is_named_so(office: desks.Desk, said: str, line: str) -> None:
    listed = await office.fetched(CLERK, said)
    assert isinstance(listed, Reply)
    assert words(listed).count(" · ") == words(listed).count(line) == 1


@pytest.mark.parametrize("number", ["", "x", "-1", "99", "9" * 40, "²"])
async def test_a_version_that_is_not_there_is_not_restored(office: desks.Desk, number: str) -> None:
    assert (await office.restored(CLERK, number)).buttons == ()


async def test_a_version_of_another_agency_is_not_restored(desk: Desk, office: desks.Desk) -> None:
    await desk.change(desk.written("Fotokopi", "Salinan"))
    assert (await office.restored(OTHER, "1")).buttons == ()
    assert (await office.restored(CLERK, "1")).buttons != ()


async def test_history_shows_only_what_an_admin_may_change(desk: Desk, office: desks.Desk) -> None:
    await desk.change(desk.written("Fotokopi", "Salinan"))
    assert "KTP-el hilang · unggahan · admin 1" in words(await office.history(CLERK))
    assert "Belum ada perubahan" in words(await office.history(OTHER))


async def test_history_tells_what_lay_in_the_folder_and_how_to_go_back_to_it(desk: Desk, office: desks.Desk) -> None:
    await desk.change(desk.written("Fotokopi", "Salinan"))
    said = words(await office.history(CLERK))
    assert "KTP-el hilang · isi di folder saat itu · bukan lewat bot" in said
    assert "misalnya /kembalikan 1." in said


async def test_a_service_that_is_gone_keeps_its_history_and_what_never_was_is_said(
    desk: Desk, office: desks.Desk
) -> None:
    await desk.change(desk.written("Fotokopi", "Salinan"))
    (desk.folder / KTP).unlink()
    desk.changes.live.refresh()
    assert "ktp-hilang" not in office.knowledge.services
    assert "unggahan · admin 1" in words(await office.history(CLERK, "ktp-hilang"))
    assert "tidakada" in words(await office.history(CLERK, "tidakada"))
    assert "unggahan" not in words(await office.history(CLERK, "tidakada"))


async def test_a_broken_file_that_never_was_good_is_said_not_to_answer_and_can_be_fetched(
    desk: Desk, office: desks.Desk
) -> None:
    broken = b"id: baru\nnama: [\n"
    (desk.folder / "dukcapil/baru.yaml").write_bytes(broken)
    desk.changes.live.refresh()
    said = words(office.state(0))
    assert ("belum ikut dijawab:\n• dukcapil/baru.yaml:2" in said, "yang baik tetap dipakai" in said) == (True, False)
    fetched = await office.fetched(CLERK, "baru")
    assert isinstance(fetched, desks.Fetched)
    assert fetched.raw.startswith(broken)
    assert isinstance(await office.fetched(OTHER, "baru"), Reply)


async def test_a_file_from_an_older_version_is_refused_with_what_would_be_lost(desk: Desk, office: desks.Desk) -> None:
    monday = desk.read()
    await desk.change(desk.written("rupiah: 0", "rupiah: 5000"))
    reply = await office.upload(CLERK, monday, "a.yaml")
    assert "biaya › rupiah: 0 → 5000" in words(reply)
    assert "/ambil ktp-hilang" in words(reply)
    assert reply.buttons == ()


async def test_a_draft_whose_file_was_edited_by_hand_meanwhile_says_so(desk: Desk, office: desks.Desk) -> None:
    preview = await office.upload(CLERK, desk.written("Fotokopi", "Salinan"), "x.yaml")
    by_hand = desk.written("Cetak ulang", "Cetak lagi")
    (desk.folder / KTP).write_bytes(by_hand)
    said = words(await office.decided(CLERK, preview.buttons[0].action))
    assert "Sejak perubahan ini ditunjukkan, isinya sudah diubah lagi." in said
    assert desk.read() == by_hand


async def test_an_order_that_another_change_overtook_is_to_be_given_again(desk: Desk, office: desks.Desk) -> None:
    preview = await Orders(office).notice(CLERK, ["ktp-hilang", "2026-12-01", "Tutup."])
    await desk.change(desk.written("Fotokopi", "Salinan"))
    reply = await office.decided(CLERK, preview.buttons[0].action)
    said = words(reply)
    assert "Sejak perubahan ini ditunjukkan, isinya sudah diubah lagi." in said
    assert "syarat: Fotokopi KK. → Salinan KK." in said
    assert "Ulangi perubahannya, lalu periksa lagi." in said
    assert ("/ambil" in said, reply.buttons) == (False, ())


async def test_taking_a_question_of_ones_own_is_warned_of_and_of_another_agency_refused(
    desk: Desk, office: desks.Desk
) -> None:
    names = "ktp kecopetan pasar, kecopetan di pasar, ktp kecopetan, kecopetan ktp di pasar"
    taking = desk.written("kartu anak]", f"kartu anak, {names}]", KIA)
    giving = desk.written("nama: KTP-el hilang", "nama: Surat").replace(b"[ktp hilang, ktp ilang]", b"[surat lain]")
    await desk.change(giving.replace(b"uji:\n  - ktp kecopetan di pasar\n", b""))
    (desk.folder / "rujukan/rujukan-sim.yaml").write_bytes(
        desk.read("rujukan/rujukan-sim.yaml") + b"uji: [ktp kecopetan di pasar]\ncontoh: [kecopetan ktp di pasar]\n"
    )
    desk.changes.live.refresh()
    others = await office.upload(CLERK, taking.replace(b", kecopetan ktp di pasar", b""), "a.yaml")
    assert "Perubahan ini membuat 1 pertanyaan salah" in words(others)
    assert "milik instansi lain" in words(others)
    assert others.buttons == ()


async def test_a_button_of_nothing_is_old(office: desks.Desk) -> None:
    reply = await office.decided(CLERK, Action(ActionKind.ADMIN, wording.APPLY, "tidak-ada"))
    assert words(reply) == "Tombol ini sudah lama. Kirim lagi perubahannya."


async def test_a_second_press_says_that_it_is_done(desk: Desk, office: desks.Desk) -> None:
    preview = await office.upload(CLERK, desk.written("Fotokopi", "Salinan"), "a.yaml")
    yes = preview.buttons[0].action
    assert "Sudah diterapkan" in words(await office.decided(CLERK, yes))
    assert words(await office.decided(CLERK, yes)) == "Perubahan ini sudah diterapkan."


async def with_a_tariff(desk: Desk) -> None:
    tariff = desk.written("{rupiah: 0, keterangan: Gratis., dasar: UU 24/2013 Pasal 79A}", "{rupiah: 50000}")
    await desk.change(tariff + b"uji_isi:\n  - {t: ktp ilang, memuat: [Rp50.000]}\n")


@pytest.mark.parametrize(("press", "rupiah", "tested"), [(0, b"60000", b"Rp60.000"), (1, b"50000", b"Rp50.000")])
async def test_an_edit_that_contradicts_a_test_shows_both_and_one_press_decides_on_both(
    desk: Desk, office: desks.Desk, press: int, rupiah: bytes, tested: bytes
) -> None:
    await with_a_tariff(desk)
    preview = await office.upload(CLERK, desk.written("50000", "60000"), "ktp-hilang.yaml")
    shown = words(preview)
    assert "Bertentangan dengan uji_isi. Kalau diterapkan, ujinya ikut diubah" in shown
    assert "“ktp ilang” (dijawab: ktp-hilang) tidak memuat “Rp50.000”. Jawabannya kini: Rp60.000." in shown
    assert "Ujinya menjadi: memuat “Rp60.000”" in shown
    assert [button.label for button in preview.buttons] == ["Terapkan", "Batal"]
    await office.decided(CLERK, preview.buttons[press].action)
    assert (rupiah in desk.read(), tested in desk.read()) == (True, True)
    assert len(await desk.log.versions([KTP])) == 3 - press


async def test_an_answer_that_a_change_makes_wrong_is_shown_and_may_be_applied_all_the_same(
    desk: Desk, office: desks.Desk
) -> None:
    await with_a_tariff(desk)
    wrong = desk.written("[Rp50.000]", "[Rp70.000]")
    preview = await office.upload(CLERK, wrong, "ktp-hilang.yaml")
    assert "“ktp ilang” (dijawab: ktp-hilang) tidak memuat “Rp70.000”" in words(preview)
    assert [button.label for button in preview.buttons] == ["Tetap terapkan", "Batal"]


async def test_a_change_that_contradicts_a_test_of_another_agency_is_refused(desk: Desk, office: desks.Desk) -> None:
    await with_a_tariff(desk)
    sim = "rujukan/rujukan-sim.yaml"
    await desk.change(desk.read(sim) + b"uji_isi:\n  - {t: ktp ilang, memuat: [Rp50.000]}\n", sim)
    preview = await office.upload(CLERK, desk.written("50000", "60000"), "ktp-hilang.yaml")
    assert "milik instansi lain" in words(preview)
    assert preview.buttons == ()


async def test_after_the_yes_the_difference_stays_to_be_read(desk: Desk, office: desks.Desk) -> None:
    preview = await office.upload(CLERK, desk.written("Fotokopi KK.", "KK asli."), "a.yaml")
    done = words(await office.decided(CLERK, preview.buttons[0].action))
    assert "Sudah diterapkan" in done
    assert "syarat: Fotokopi KK. → KK asli." in done


async def test_two_long_texts_are_shown_around_where_they_differ(desk: Desk, office: desks.Desk) -> None:
    long = "Fotokopi KK yang masih berlaku dan terbaca, " * 6
    await desk.change(desk.written("Fotokopi KK.", f"{long}satu lembar."))
    shown = words(await office.upload(CLERK, desk.written("satu lembar.", "dua lembar."), "a.yaml"))
    assert "satu lembar. → …" in shown
    assert "dua lembar." in shown


async def test_the_preview_says_what_is_hardly_meant(desk: Desk, office: desks.Desk) -> None:
    shown = await office.upload(CLERK, desk.written("2026-11-24", "2030-01-01"), "a.yaml")
    assert "`diperbarui` 2030-01-01 belum tiba" in words(shown)
    assert shown.buttons != ()


async def test_a_broken_file_is_withdrawn_from_its_last_good_version_and_that_is_said(
    desk: Desk, office: desks.Desk
) -> None:
    (desk.folder / KTP).write_bytes(desk.written("syarat:", "sarat:"))
    desk.changes.live.refresh()
    done = words(await Orders(office).withdraw(CLERK, ["ktp-hilang", "salah"]))
    assert "sudah ditarik" in done
    assert "dukcapil/ktp-hilang.yaml di folder sedang rusak" in done


async def test_a_notice_on_a_broken_file_is_put_on_its_last_good_version_and_that_is_said(
    desk: Desk, office: desks.Desk
) -> None:
    good = desk.read()
    (desk.folder / KTP).write_bytes(desk.written("syarat:", "sarat:"))
    desk.changes.live.refresh()
    shown = await Orders(office).notice(CLERK, ["ktp-hilang", "2026-12-01", "Loket", "tutup."])
    assert "dukcapil/ktp-hilang.yaml di folder sedang rusak" in words(shown)
    await office.decided(CLERK, shown.buttons[0].action)
    assert desk.read().replace(b"pemberitahuan:\n  isi: Loket tutup.\n  sampai: 2026-12-01\n", b"") == good


async def test_a_disk_that_refuses_is_owned_up_to(desk: Desk, office: desks.Desk) -> None:
    preview = await office.upload(CLERK, desk.written("Fotokopi", "Salinan"), "a.yaml")
    (desk.folder / f"dukcapil/.{Path(KTP).name}.tanya-new").mkdir()
    assert "tidak ada yang berubah" in words(await office.decided(CLERK, preview.buttons[0].action))


def test_every_sentence_for_admins_is_written(desk: Desk) -> None:
    knowledge: KnowledgeBase = desk.changes.live.snapshot.knowledge
    names = {"_say": 1, "told": 1}
    said = {
        f"admin.{node.args[1].value}"
        for path in AUTHORING.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") in names or getattr(node.func, "attr", "") in names)
        and len(node.args) > 1
        and isinstance(node.args[1], ast.Constant)
    }
    assert len(said) > 20
    assert said - knowledge.phrases.sentences.keys() == set()
