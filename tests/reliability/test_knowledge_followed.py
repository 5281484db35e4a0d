"""P10 of the real process: it follows the folder while it runs, and starts with what answered last."""

from pathlib import Path

from tests.reliability.process import Process, wait
from tests.telegram_server.people import Telegram

KTP = "dukcapil/ktp-hilang.yaml"
CLERK = 901


def test_P10_a_running_bot_takes_an_edit_tells_of_a_broken_one_and_a_start_with_that_keeps_the_good_one(
    telegram: Telegram, folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    process = Process(telegram.url, telegram.token, data, KNOWLEDGE_DIR=str(folder), AGENCY_ADMINS=f"dukcapil:{CLERK}")
    telegram.meet(CLERK)
    try:
        process.start()
        wait((data / "knowledge.json").exists, "the last good knowledge")
        path = folder / KTP
        path.write_text(path.read_text(encoding="utf-8").replace("KTP-el hilang", "KTP raib"), encoding="utf-8")
        wait(lambda: "KTP raib" in (data / "knowledge.json").read_text(encoding="utf-8"), "the edit")
        path.write_bytes(b"id: [")
        [told] = wait(lambda: telegram.messages(CLERK), "the word to its clerk")
        assert f"{KTP}:1:" in told.text
        process.kill()
        process.start()
        telegram.say("syarat ktp hilang", chat=7)
        [answer] = wait(lambda: telegram.messages(7), "the answer")
        assert answer.text.startswith("KTP raib")
        assert path.read_bytes() == b"id: ["
    finally:
        process.kill()
