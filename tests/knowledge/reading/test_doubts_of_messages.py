"""Messages to learn from are looked at in a check: what is labelled, written twice, tested or somebody's."""

from dataclasses import replace

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Message, Messages
from bot.knowledge.reading.doubts_of_messages import warnings_of_messages
from bot.knowledge.reading.loader import load


def told(knowledge: KnowledgeBase, *messages: tuple[str, str]) -> list[str]:
    root = tuple(Message(pesan=text, untuk=(label,)) for text, label in messages)
    language = knowledge.language.model_copy(update={"messages": Messages(root)})
    return list(warnings_of_messages(replace(knowledge, language=language)))


@pytest.mark.parametrize(
    ("text", "label", "part"),
    [
        ("kartu saya raib di bis", "ktp-hilnag", "Mungkin maksudnya `ktp-hilang`"),
        ("KTP kecopetan, di pasar", "ktp-hilang", "sama dengan `uji` di `ktp-hilang`"),
        ("nik saya 3603121209900001 salah", "ktp-hilang", "memuat NIK"),
    ],
)
def test_what_is_hardly_meant_is_told_with_the_message(folder, text: str, label: str, part: str) -> None:
    [doubt] = told(load(folder), (text, label))
    assert (text[:10] in doubt, part in doubt) == (True, True)


def test_a_message_that_is_written_twice_is_told_once(folder) -> None:
    [doubt] = told(load(folder), ("ktp raib!", "ktp-hilang"), ("KTP raib", "ktp-hilang"))
    assert "dua kali" in doubt


def test_acts_and_subjects_are_known_labels(folder) -> None:
    assert told(load(folder), ("kapan jadi ktp saya", "berkas-sendiri"), ("dompet raib", "ktp-hilang")) == []
