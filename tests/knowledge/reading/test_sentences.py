"""The bot's own sentences, as a clerk may change them."""

from pathlib import Path

import pytest

from bot.knowledge.reading.loader import read


def changed(folder: Path, old: str, new: str) -> list[str]:
    path = folder / "bahasa" / "kalimat.yaml"
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new), encoding="utf-8")
    return [f"{problem.message} {problem.hint}" for problem in read(folder).problems]


def test_a_sentence_in_other_words_is_fine(folder: Path) -> None:
    assert changed(folder, 'rentang: "{awal}-{akhir}"', 'rentang: "{awal} sampai {akhir}"') == []


def test_a_place_may_be_left_out(folder: Path) -> None:
    assert changed(folder, 'rentang: "{awal}-{akhir}"', 'rentang: "{awal}"') == []


@pytest.mark.parametrize(
    ("written", "shown", "hint"),
    [
        ("{awl} dan {akhir}", "`awl`", "Mungkin maksudnya `{awal}`. "),
        ("{awal.real}", "`{awal.real}`", ""),
        ("{awal", "`{awal`", "Mungkin maksudnya `{awal}`. "),
        ("{}", "`{}`", ""),
    ],
)
def test_a_place_that_nothing_fills_is_named_with_those_that_are(
    folder: Path, written: str, shown: str, hint: str
) -> None:
    assert changed(folder, 'rentang: "{awal}-{akhir}"', f'rentang: "{written}"') == [
        f"kalimat `rentang` memuat {shown} yang tidak diisi bot. {hint}Tempat isian yang boleh: {{akhir}}, {{awal}}."
    ]


def test_a_misspelt_key_is_missing_and_unknown_with_the_nearest(folder: Path) -> None:
    assert changed(folder, "  sama_sama:", "  samasama:") == [
        "kalimat `sama_sama` wajib ada di kelompok `percakapan`. ",
        "kalimat `samasama` tidak dikenal. Mungkin maksudnya `sama_sama`.",
    ]


@pytest.mark.parametrize("key", ["tombol_layanan", "uji_jumlah", "statistik_judul", "petunjuk_judul", "terbit_pada"])
def test_a_sentence_of_any_group_must_be_there(folder: Path, key: str) -> None:
    [problem, *_] = changed(folder, f"\n  {key}:", f"\n  {key}x:")
    assert f"kalimat `{key}` wajib ada" in problem


def test_a_place_is_checked_in_every_group(folder: Path) -> None:
    [problem] = changed(folder, "{benar} pertanyaan benar, {salah} salah.", "{benar} dari {semua}")
    assert "kalimat `uji_jumlah` memuat `semua`" in problem


def test_a_group_that_is_unknown_is_told_with_the_nearest(folder: Path) -> None:
    problems = changed(folder, "\ndarurat:", "\ndaruratt:")
    assert "kelompok `daruratt` tidak dikenal. Mungkin maksudnya `darurat`." in problems


def test_a_remark_beside_a_column_may_be_missing(folder: Path) -> None:
    text = (folder / "bahasa/kalimat.yaml").read_text(encoding="utf-8")
    group = text[text.index("\nlembar_catatan:") :].split("\n")[2]
    assert changed(folder, f"{group}\n", "") == []
