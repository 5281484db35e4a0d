"""What `pip install` brings: every command with the knowledge inside, away from the source tree."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.skipif(find_spec("hatchling") is None, reason="the builder of wheels is not installed")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked: what stands in site-packages after an installation."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def python(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(installed)},
        timeout=60,
        check=False,
    )


def names(folder: Path) -> set[str]:
    """Every file of the project below a folder."""
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {str(file) for file in files if not file.name.startswith(".") and "__pycache__" not in file.parts}


def test_the_wheel_holds_the_package_and_the_knowledge_and_nothing_else(installed: Path) -> None:
    assert names(installed / "bot" / "default_knowledge") == names(ROOT / "knowledge")
    outside = {name for name in names(installed / "bot") if not name.startswith("default_knowledge/")}
    assert outside == names(ROOT / "bot")
    assert {path.name for path in installed.iterdir()} - {"bot"} == {
        path.name for path in installed.glob("tanya_layanan-*.dist-info")
    }


def test_away_from_the_source_tree_it_answers_from_the_knowledge_inside(installed: Path, tmp_path: Path) -> None:
    where = python(installed, "-c", "import bot; print(*bot.__path__)", cwd=tmp_path)
    assert where.stdout.strip() == str(installed / "bot")
    done = python(installed, "-m", "bot", "ask", "--json", "syarat ganti ktp hilang", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert '"answered": ["ktp-hilang"]' in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_away_from_the_source_tree_init_lays_a_copy_that_is_good(installed: Path, tmp_path: Path) -> None:
    (installed / "bot/default_knowledge/.tanya-lock").touch()
    assert python(installed, "-m", "bot", "init", "kabupaten", cwd=tmp_path).returncode == 0
    assert names(tmp_path / "kabupaten") == names(ROOT / "knowledge")
    assert not (tmp_path / "kabupaten/.tanya-lock").exists()
    assert python(installed, "-m", "bot", "check", "kabupaten", cwd=tmp_path).returncode == 0
