"""What the documents promise: every setting, command and key is there, and nothing that is not."""

import re
from pathlib import Path

import pytest
from click import Context

from bot.cli.main import tanya
from bot.knowledge.schema import schemas
from bot.settings import Settings

ROOT = Path(__file__).parent.parent


def test_every_setting_stands_in_env_example_and_no_other() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    written = set(re.findall(r"^(?:# )?([A-Z_]{4,})=", text, re.MULTILINE))
    assert written == {name.upper() for name in Settings.model_fields}


def test_env_example_as_it_stands_is_a_valid_configuration() -> None:
    assert Settings(_env_file=ROOT / ".env.example").concurrency == 32


def test_every_command_stands_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    names = tanya.list_commands(Context(tanya))
    assert len(names) > 10
    assert [name for name in names if f"`tanya {name}" not in text] == []


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_schemas_for_editors_are_up_to_date(name: str) -> None:
    assert (ROOT / "knowledge/skema" / name).read_text(encoding="utf-8") == schemas()[name]


def test_no_place_or_office_of_one_region_stands_in_code() -> None:
    names = re.compile(r"tangerang|tigaraksa|disdukcapil|dpmptsp|diskominfo|banten", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in (ROOT / "bot").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if names.search(line)
    ]
    assert found == []
