"""What many tests share: a small, whole knowledge folder that a test may break."""

import shutil
from pathlib import Path

import pytest

REAL_KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
SMALL_KNOWLEDGE = Path(__file__).parent / "small_knowledge"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A writable copy of the small knowledge, with the real word lists."""
    target = tmp_path / "knowledge"
    shutil.copytree(SMALL_KNOWLEDGE, target)
    shutil.copytree(REAL_KNOWLEDGE / "bahasa", target / "bahasa", ignore=shutil.ignore_patterns("angka.yaml"))
    (target / "bahasa" / "angka.yaml").write_text("ambang:\n  sure: 0.8\n", encoding="utf-8")  # nothing learned of it
    return target
