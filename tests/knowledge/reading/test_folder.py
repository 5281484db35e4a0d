"""Only regular files inside the folder are read; what looks like knowledge and is not read is named."""

import os
import shutil
from pathlib import Path

import pytest

from bot.knowledge.reading.folder import files_of, marks_of
from bot.knowledge.reading.loader import read

KTP = "dukcapil/ktp-hilang.yaml"
PAUSE = 5  # seconds that a blocked reading would never end in


def told(folder: Path) -> dict[str, str]:
    return {problem.file: f"{problem.message} {problem.hint}" for problem in read(folder).problems}


@pytest.mark.parametrize(
    "name",
    [
        "dukcapil/ktp-hilang.yaml.txt",
        "dukcapil/ktp-hilang.yml",
        "dukcapil/ktp-hilang.YAML",
        "dukcapil/ktp-hilang (1).yaml",
        "dukcapil/ktp-hilang - Copy.yaml",
        "dukcapil/~$ktp-hilang.yaml",
        "dukcapil/lama/ktp-hilang.yaml",
        "dukcapil/lama/arsip/ktp-hilang.yaml",
        "rujukan/paspor.yml",
        "bahasa/kata.YAML",
        "daerah.yaml.bak",
    ],
)
def test_a_file_that_looks_like_knowledge_and_is_not_read_is_named(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True, parents=True)
    shutil.copy(folder / KTP, folder / name)
    problems = told(folder)
    assert list(problems) == [name]
    assert "tidak dibaca" in problems[name]
    assert "Pindahkan" in problems[name] or "ganti namanya" in problems[name]


def test_a_name_is_proposed_that_will_be_read(folder: Path) -> None:
    (folder / KTP).rename(folder / "dukcapil/KTP Hilang.yaml.txt")
    assert "menjadi ktp-hilang.yaml" in told(folder)["dukcapil/KTP Hilang.yaml.txt"]


@pytest.mark.parametrize(
    "name", [".git/x.yaml", ".stversions/ktp.yaml", "dukcapil/.Trash/a.yaml", "dukcapil/.x.yaml.swp", "a.yaml~", "a.md"]
)
def test_hidden_folders_and_what_an_editor_leaves_are_nobodys_knowledge(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True, parents=True)
    (folder / name).write_text("id: [", encoding="utf-8")
    assert told(folder) == {}


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "dukcapil/pipa.yaml")
    assert "bukan berkas biasa" in told(folder)["dukcapil/pipa.yaml"]


def test_a_device_is_not_read(folder: Path) -> None:
    (folder / "dukcapil/nol.yaml").symlink_to("/dev/zero")
    assert "tautan ke luar" in told(folder)["dukcapil/nol.yaml"]


def test_a_file_of_gigabytes_is_not_read(folder: Path) -> None:
    with (folder / "dukcapil/besar.yaml").open("wb") as file:
        file.truncate(3_000_000_000)
    assert "terlalu besar: 3000000000 bita" in told(folder)["dukcapil/besar.yaml"]


def test_a_link_out_of_the_folder_tells_nothing_of_what_it_leads_to(folder: Path) -> None:
    secret = folder.with_name("secret")
    secret.write_text("root: $6$hash", encoding="utf-8")
    (folder / "dukcapil/rahasia.yaml").symlink_to(secret)
    problems = told(folder)
    assert "tautan ke luar" in problems["dukcapil/rahasia.yaml"]
    assert "hash" not in str(problems)


def test_links_inside_the_folder_are_read(folder: Path) -> None:
    hidden = folder / "..data"
    hidden.mkdir()
    (folder / KTP).rename(hidden / "ktp.yaml")
    (folder / KTP).symlink_to(hidden / "ktp.yaml")
    assert told(folder) == {}


def test_a_folder_that_leads_into_itself_ends(folder: Path) -> None:
    (folder / "dukcapil/lagi").symlink_to(folder, target_is_directory=True)
    assert all("sub-folder" in said for said in told(folder).values())


def test_a_folder_that_is_not_there_is_one_problem(folder: Path) -> None:
    shutil.rmtree(folder)
    assert list(told(folder)) == ["."]
    assert list(marks_of(folder)) == list(files_of(folder)) == ["."]
