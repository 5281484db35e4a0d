"""A clerk is told which of a subject's names would not find it."""

from dataclasses import replace

from bot.authoring.changing.names import doubted_names
from bot.knowledge.reading.loader import load
from bot.live import Snapshot
from tests.authoring.desk.admins import Desk
from tests.conftest import REAL_KNOWLEDGE


def called(*names: str) -> Snapshot:
    """The real knowledge, a service of it called by some names more."""
    knowledge = load(REAL_KNOWLEDGE)
    service = knowledge.services["ktp-hilang"]
    more = service.model_copy(update={"names": (*service.names, *names)})
    return Snapshot.of(replace(knowledge, services={**knowledge.services, "ktp-hilang": more}))


def test_names_that_find_their_subject_are_not_spoken_of() -> None:
    assert list(doubted_names(called("ktp kecemplung sumur"), ["ktp-hilang"])) == []


def test_a_name_that_is_a_thing_many_are_about_is_said_to_be_asked_back() -> None:
    [(subject, doubt)] = doubted_names(called("ktp"), ["ktp-hilang"])
    assert subject == "ktp-hilang"
    assert doubt == "`ktp` belum cukup: bot akan bertanya kembali, maksudnya yang mana."


async def test_the_preview_of_a_change_says_so_too(desk: Desk) -> None:
    raw = desk.written("sebutan: [ktp hilang", "sebutan: [sim ya, ktp hilang")
    proposal = await desk.changes.propose({"dukcapil/ktp-hilang.yaml": raw}, "telegram:1", "upload", {})
    assert [one for one in proposal.warnings if one.startswith("ktp-hilang: `sim ya` ")]
