"""Suggestions at the desk: what is told while they are made, how old they are, and who is forgotten."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.access import Access
from bot.authoring.desk import desk as desks
from bot.authoring.desk.orders import Orders
from bot.authoring.desk.suggestions import OTHERS, SuggestionDesk
from bot.authoring.suggestions.board import addition
from bot.authoring.suggestions.boards import Boards
from bot.channels.terminal import render
from bot.conversation.reply import Reply
from bot.conversation.turn import Action, ActionKind, Outcome
from bot.storage.engine.database import Database
from bot.storage.log.missed import Mark, MarkState, Missed, Suggestions
from tests.authoring.desk.admins import Desk
from tests.storage.conftest import CommittingLog, record

EDITOR, CLERK = 1, 7
MADE = "Saran sedang disusun"


class Held(Suggestions):
    """Reads what was missed, and gives it only when it may: from the next look at what is kept on."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.may_go, self.has_read = asyncio.Event(), asyncio.Event()
        self.may_go.set()
        self.dealt_with: Mark | None = None  # just after it was read what is

    async def missed(self, since: object) -> tuple[Missed, ...]:
        rows = await super().missed(since)
        self.has_read.set()
        await self.may_go.wait()
        return rows

    async def marks(self) -> tuple[Mark, ...]:
        marks = await super().marks()
        if self.dealt_with:
            await self.mark(self.dealt_with)
        return marks

    async def are_kept(self, turns: Sequence[str]) -> bool:
        are_kept = await super().are_kept(turns)
        self.may_go.set()
        return are_kept


@pytest.fixture
def suggestions(desk: Desk, database: Database) -> SuggestionDesk:
    boards = Boards(Held(database), desk.changes.live, desk.changes.now, patience_s=60)
    return SuggestionDesk(desks.Desk(Access(frozenset({EDITOR}), {}), desk.changes), boards)


def words(reply: Reply) -> str:
    return render(reply, numbered=False)


async def missed(database: Database, desk: Desk, number: int, question: str, user: str = "warga") -> None:
    at = desk.changes.now() - timedelta(minutes=number)
    row = record(number, question, at=at, outcome=Outcome.DECLINE, services=(), scores=(), user=user)
    await CommittingLog(database).keep(row)


async def test_while_the_first_board_is_made_that_is_said_with_a_way_to_ask_again(suggestions, desk, database):
    await missed(database, desk, 1, "lomba mancing hari minggu")
    suggestions.boards.patience_s = 0
    told = await suggestions.page(EDITOR)
    assert MADE in words(told)
    assert [button.label for button in told.buttons] == ["Berikutnya »"]
    await suggestions.boards.renew()
    shown = await suggestions.decided(EDITOR, told.buttons[0].action)
    assert "lomba mancing hari minggu" in words(shown)


async def test_a_board_that_was_asked_for_is_made_anew_every_hour(suggestions, desk, database):
    boards, waited = suggestions.boards, []

    async def sleep(seconds: float) -> None:
        waited.append((seconds, boards._board and boards._board.at))
        desk.clock[0] += timedelta(seconds=seconds)
        if len(waited) == 1:
            await boards.board()  # nobody had asked for one before
        if len(waited) == 3:
            raise asyncio.CancelledError

    begin, boards.sleep = desk.clock[0], sleep
    with pytest.raises(asyncio.CancelledError):
        await boards.keep_fresh()
    assert waited == [(3600, None), (3600, begin + timedelta(hours=1)), (3600, begin + timedelta(hours=2))]


async def test_who_stops_while_a_board_is_made_leaves_nobody_reading(suggestions, desk, database):
    boards = suggestions.boards
    fresh = asyncio.create_task(boards.keep_fresh())
    boards.suggestions.may_go.clear()
    building = boards.renew()
    await boards.suggestions.has_read.wait()
    fresh.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fresh
    assert building.cancelled()


async def test_a_suggestion_says_of_when_it_is(suggestions, desk, database):
    await missed(database, desk, 1, "lomba mancing hari minggu")
    assert "Keadaan pukul 11.00." in words(await suggestions.page(EDITOR))


async def test_nothing_says_of_when_it_is_and_for_whom_and_is_looked_for_anew(suggestions, desk, database):
    assert "Keadaan pukul 11.00." in words(await suggestions.page(EDITOR))
    assert "layanan Anda" in words(await suggestions.page(EDITOR + 1))
    desk.clock[0] += timedelta(seconds=11)
    await missed(database, desk, 1, "lomba mancing hari minggu")
    assert "mancing" in words(await suggestions.page(EDITOR))


async def test_an_old_board_is_shown_only_while_a_new_one_is_made(suggestions, desk, database):
    await missed(database, desk, 1, "lomba mancing hari minggu")
    await suggestions.page(EDITOR)
    desk.clock[0] += timedelta(minutes=6)
    suggestions.boards.patience_s = 0

    async def looked_at_until_the_new_one_is_there(_: Sequence[str]) -> bool:
        await suggestions.boards.renew()
        return True

    suggestions.boards.suggestions.are_kept = looked_at_until_the_new_one_is_there
    assert "Keadaan pukul 11.00." in words(await suggestions.page(EDITOR))
    assert "Keadaan pukul 11.06." in words(await suggestions.page(EDITOR))


async def test_who_is_erased_while_a_board_is_made_is_never_shown(suggestions, desk, database):
    await missed(database, desk, 1, "lomba mancing hari minggu")
    await suggestions.boards.renew()
    held = suggestions.boards.suggestions
    held.may_go.clear()
    held.has_read.clear()
    suggestions.boards.renew()
    await held.has_read.wait()
    await CommittingLog(database).erase("warga")
    assert "mancing" not in words(await suggestions.page(EDITOR))


async def test_what_is_dealt_with_while_a_board_is_made_stays_away(suggestions, desk, database):
    await missed(database, desk, 1, "lomba mancing hari minggu")
    suggestions.boards.suggestions.dealt_with = Mark(("lomba", "mancing"), MarkState.IGNORED, desk.clock[0], "x")
    assert "mancing" not in words(await suggestions.page(EDITOR))


async def test_an_old_button_shows_nothing_of_who_was_erased(suggestions, desk, database):
    await missed(database, desk, 1, "ktp dukcapil hilang patah")
    shown = await suggestions.page(EDITOR)
    action = next(button.action for button in shown.buttons if button.label == "Layanan lain")
    assert (action.kind, action.service) == (ActionKind.ADMIN, OTHERS)
    assert "patah" in words(await suggestions.decided(EDITOR, action))
    await CommittingLog(database).erase("warga")
    assert "patah" not in words(await suggestions.decided(EDITOR, Action(ActionKind.ADMIN, OTHERS, turn=action.turn)))


STORY = (
    "min kemaren saya ke pasar tigaraksa naik angkot, turun2 dompet udah ga ada di tas. isinya ktp sama kartu atm, "
    "duitnya mah ga seberapa. besok mau kerja di pabrik baru"
)


@pytest.fixture
def agency_desk(suggestions: SuggestionDesk) -> SuggestionDesk:
    """As an admin of the population office, who may change nothing but its own files."""
    own = Access(frozenset({EDITOR}), {"dukcapil": frozenset({CLERK})})
    return SuggestionDesk(desks.Desk(own, suggestions.desk.changes), suggestions.boards)


async def test_a_long_message_is_added_with_two_taps_to_those_that_are_learned_from(agency_desk, desk, database):
    await missed(database, desk, 1, STORY)
    orders = Orders(agency_desk.desk)
    shown = await orders.message(CLERK, "ktp-hilang", STORY)
    assert "kemaren saya ke pasar" in words(shown)
    done = await agency_desk.desk.decided(CLERK, shown.buttons[0].action)
    assert "Sudah diterapkan" in words(done)
    messages = desk.changes.live.snapshot.knowledge.language.messages.root
    assert (messages[-1].text, messages[-1].about) == (STORY, ("ktp-hilang",))


async def test_nobody_adds_a_message_to_a_service_of_another_agency(agency_desk, desk, database):
    before = desk.read("bahasa/pesan.yaml")
    refused = await Orders(agency_desk.desk).message(CLERK, "rujukan-sim", STORY)
    assert refused.buttons == ()
    assert desk.read("bahasa/pesan.yaml") == before


async def test_a_file_of_messages_that_an_agency_admin_sends_is_refused(agency_desk, desk, database):
    raw = desk.read("bahasa/pesan.yaml") + b'- {pesan: "apa saja", untuk: [rujukan-sim]}\n'
    assert "Anda tidak mengurus bahasa/pesan.yaml" in words(agency_desk.desk.refusal(CLERK, {"bahasa/pesan.yaml": raw}))


def test_a_message_too_long_for_a_phrase_is_offered_as_one_to_learn_from(desk):
    snapshot = desk.changes.live.snapshot
    assert addition([STORY], "ktp-hilang", snapshot).key == "pesan"
    assert addition(["ktp raib di pasar waktu belanja"], "ktp-hilang", snapshot).key == "contoh"
    assert addition([f"{STORY} nik saya 3603121212900001"], "ktp-hilang", snapshot) is None
