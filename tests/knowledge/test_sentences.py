"""The bot's own sentences, as a clerk may change them."""

from pathlib import Path

import pytest

from bot.knowledge.loader import read


def changed(folder: Path, old: str, new: str) -> list[str]:
    path = folder / "bahasa" / "kalimat.yaml"
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new), encoding="utf-8")
    return [f"{problem.message} {problem.hint}" for problem in read(folder).problems]


def test_a_sentence_in_other_words_is_fine(folder: Path) -> None:
    assert changed(folder, 'dua: "{awal} dan {akhir}"', 'dua: "{awal} serta {akhir}"') == []


def test_a_place_may_be_left_out(folder: Path) -> None:
    assert changed(folder, 'dua: "{awal} dan {akhir}"', 'dua: "{awal}"') == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [("{awl} dan {akhir}", "`awl`"), ("{awal.real}", "`{awal.real}`"), ("{awal", "`{awal`"), ("{}", "`{}`")],
)
def test_a_place_that_nothing_fills_is_named_with_those_that_are(folder: Path, written: str, shown: str) -> None:
    assert changed(folder, 'dua: "{awal} dan {akhir}"', f'dua: "{written}"') == [
        f"kalimat `dua` memuat {shown} yang tidak diisi bot. Tempat isian yang boleh: {{awal}}, {{akhir}}."
    ]


def test_a_misspelt_key_is_missing_and_unknown_with_the_nearest(folder: Path) -> None:
    assert changed(folder, "  sama_sama:", "  samasama:") == [
        "kalimat `sama_sama` wajib ada di kelompok `percakapan`. ",
        "kalimat `samasama` tidak dikenal. Mungkin maksudnya `sama_sama`.",
    ]
