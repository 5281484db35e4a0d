"""An edit is right at once by its words, and surer once it was learned from; what cannot be learned changes nothing."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.knowledge.reading.loader import load
from bot.live import Live
from bot.live.learned import is_behind
from bot.live.learner import Learner, LearningError, learn_apart
from bot.understanding.learning import learn
from bot.understanding.ranking.phrases import Labelled, fingerprint, texts_of
from tests.conftest import REAL_KNOWLEDGE
from tests.telegram_server.people import until

KTP = "dukcapil/ktp-hilang.yaml"
NEW = "kartu jatuh di pasar malam"


@pytest.fixture
def learned_folder(folder: Path) -> Path:
    """A knowledge whose weights were learned of all that it holds."""
    knowledge = load(folder)
    numbers = (
        f"pengetahuan: {fingerprint(knowledge)}\nambang: {{sure: 0.8}}\nbobot: '{weights_of(texts_of(knowledge))}'\n"
    )
    (folder / "bahasa" / "angka.yaml").write_text(numbers, encoding="utf-8")
    return folder


def weights_of(texts: Sequence[Labelled]) -> str:
    return learn([text for text in texts if text.labels[0] != "-"][:200]).encoded()


def edit(folder: Path, text: str = NEW) -> None:
    """A clerk adds an example."""
    path = folder / KTP
    path.write_text(path.read_text(encoding="utf-8").replace("contoh:\n", f"contoh:\n  - {text}\n"), encoding="utf-8")


@dataclass
class Teacher:
    """Learns in no time, and says how often it was asked."""

    failing: bool = False
    asked: list[int] = field(default_factory=list)

    async def __call__(self, texts: Sequence[Labelled]) -> str:
        self.asked.append(sum(NEW in " ".join(text.words) for text in texts))
        if self.failing:
            raise LearningError("no memory")
        return await asyncio.to_thread(weights_of, texts)


@contextlib.asynccontextmanager
async def following(live: Live, teacher: Teacher) -> AsyncIterator[None]:
    async def soon(_: float) -> None:
        await asyncio.sleep(0.01)

    task = asyncio.create_task(Learner(live, soon, teacher).follow())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def test_an_edit_answers_at_once_and_is_learned_from_afterwards(learned_folder: Path) -> None:
    live, teacher = Live(learned_folder), Teacher()
    async with following(live, teacher), asyncio.timeout(30):
        edit(learned_folder)
        live.refresh()
        assert live.snapshot.matcher.understand(NEW).candidates[0].subject == "ktp-hilang"
        assert is_behind(live.snapshot.knowledge)
        await until(lambda: not is_behind(live.snapshot.knowledge), "learned")
    assert teacher.asked == [1]
    assert live.snapshot.matcher.understand(NEW).candidates[0].subject == "ktp-hilang"


async def test_nothing_is_learned_while_nothing_was_edited_that_teaches(learned_folder: Path) -> None:
    live, teacher = Live(learned_folder), Teacher()
    async with following(live, teacher):
        path = learned_folder / KTP
        path.write_text(path.read_text(encoding="utf-8").replace("ktp-hilang\n", "ktp-hilang\n", 1) + "\n", "utf-8")
        live.refresh()
        await asyncio.sleep(0.2)
    assert teacher.asked == []


async def test_what_cannot_be_learned_is_logged_once_and_changes_nothing(learned_folder: Path) -> None:
    live, teacher = Live(learned_folder), Teacher(failing=True)
    edit(learned_folder)
    live.refresh()
    before = live.snapshot
    with capture_logs() as lines:
        async with following(live, teacher), asyncio.timeout(30):
            await until(lambda: any("could not learn" in line["event"] for line in lines), "told")
            await asyncio.sleep(0.1)
    assert live.snapshot is before
    assert teacher.asked == [1]
    assert [line["cause"] for line in lines if "could not" in line["event"]] == ["no memory"]


async def test_what_was_learned_is_there_after_a_restart(learned_folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "good.json"
    live = Live(learned_folder, place)
    edit(learned_folder)
    live.refresh()
    async with following(live, Teacher()), asyncio.timeout(30):
        await until(lambda: not is_behind(live.snapshot.knowledge), "learned")
    again = Live(learned_folder, place)
    assert not is_behind(again.snapshot.knowledge)
    assert again.snapshot.knowledge.language.numbers == live.snapshot.knowledge.language.numbers


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"weights": "x", "texts": "", "instead_of": ""}'])
def test_what_was_kept_and_is_broken_is_not_taken(learned_folder: Path, tmp_path: Path, broken: str) -> None:
    (tmp_path / "learned.json").write_text(broken, encoding="utf-8")
    live = Live(learned_folder, tmp_path / "good.json")
    assert live.snapshot.knowledge.language.numbers == load(learned_folder).language.numbers


async def test_numbers_that_were_calibrated_anew_take_the_place_of_what_was_learned(
    learned_folder: Path, tmp_path: Path
) -> None:
    live = Live(learned_folder, tmp_path / "good.json")
    edit(learned_folder)
    live.refresh()
    async with following(live, Teacher()), asyncio.timeout(30):
        await until(lambda: not is_behind(live.snapshot.knowledge), "learned")
    angka = learned_folder / "bahasa" / "angka.yaml"
    fresh = weights_of(texts_of(load(learned_folder))[:50])
    angka.write_text(f"ambang: {{sure: 0.8}}\nbobot: '{fresh}'\n", encoding="utf-8")
    live.refresh()
    assert live.snapshot.knowledge.language.numbers.weights == fresh


async def test_a_process_of_its_own_learns_the_same_and_leaves_this_one_without_the_library() -> None:
    texts = [
        Labelled(("kk", "saya", "raib"), ("kk-hilang",)),
        Labelled(("mau", "kk", "sendiri"), ("kk-pisah",), 3.0),
    ] * 3
    assert await learn_apart(texts) == learn(texts).encoded()


async def test_a_process_that_fails_is_an_error_that_says_so() -> None:
    with pytest.raises(LearningError, match="ended with"):
        await learn_apart([])


def test_the_shipped_numbers_were_learned_of_all_that_is_shipped() -> None:
    assert not is_behind(load(REAL_KNOWLEDGE)), "run make calibrate"
