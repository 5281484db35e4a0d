"""The clerk's guide names every key there is, and its examples are right."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from bot.cli.main import tanya
from bot.knowledge.assessment import Assessment
from bot.knowledge.model import Agency, Referral, Service
from bot.knowledge.reading.document import parse
from bot.knowledge.reading.loader import read
from bot.knowledge.region import Holidays, Region
from tests.conftest import REAL_KNOWLEDGE

GUIDE = (Path(__file__).parent.parent.parent / "knowledge/README.md").read_text(encoding="utf-8")
FILES = {
    "layanan": Service,
    "instansi": Agency,
    "rujukan": Referral,
    "daerah": Region,
    "libur": Holidays,
    "kepatuhan": Assessment,
}


def keys(model: type[BaseModel]) -> set[str]:
    found = {field.alias or name for name, field in model.model_fields.items() if not field.exclude}
    inner = [one for field in model.model_fields.values() for one in _models(field.annotation)]
    return found.union(*(keys(one) for one in inner))


def _models(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [one for part in getattr(annotation, "__args__", ()) for one in _models(part)]


@pytest.mark.parametrize("file", FILES)
def test_every_key_is_explained(file: str) -> None:
    written = set(re.findall(r"`([a-z_]+)`", GUIDE)) | set(re.findall(r"[`{ ]([a-z_]+):", GUIDE))
    assert keys(FILES[file]) - written == set()


def test_its_examples_are_yaml() -> None:
    examples = re.findall(r"(?:^    .*\n)+", GUIDE, re.MULTILINE)
    assert len(examples) == 8
    for example in examples:
        assert parse(example.encode()).problems == ()


def test_its_five_minutes_can_be_done(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(REAL_KNOWLEDGE, folder)
    path = folder / "disdukcapil/ktp-hilang.yaml"
    text = path.read_text(encoding="utf-8")

    path.write_text(text.replace("\nwaktu:", "\nwktu:"), encoding="utf-8")
    [problem] = read(folder).problems
    assert f"``{problem}``" in GUIDE

    before = re.search(r"\nwaktu:\n  keterangan: .*\n(?:    .*\n)*", text)
    assert before is not None
    path.write_text(text.replace(before.group(), "\nwaktu:\n  keterangan: Tiga hari kerja.\n"), encoding="utf-8")
    said = CliRunner().invoke(tanya, ["check", str(folder)])
    assert said.exit_code == 0
    assert f"`{said.output.splitlines()[-1]}`" in GUIDE
    asked = CliRunner().invoke(tanya, ["ask", "ganti ktp hilang berapa lama", "--knowledge", str(folder)])
    assert "Tiga hari kerja." in asked.output
