"""What the operator reads at start."""

from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot import __version__
from bot.access import Access
from bot.bootstrap.starting import announce
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load
from bot.settings import Settings
from tests.conftest import REAL_KNOWLEDGE

ME = frozenset({1})


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load(REAL_KNOWLEDGE)


def said(knowledge: KnowledgeBase, access: Access, **settings: Any) -> list[dict[str, Any]]:
    with capture_logs() as lines:
        announce(Settings(_env_file=None, **settings), access, knowledge)
    return lines


def test_the_first_line_names_version_knowledge_agencies_database_and_mode(
    knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    [line] = said(knowledge, Access(frozenset(), {}), data_dir=tmp_path)
    assert line["version"] == __version__
    assert line["knowledge"] == str(REAL_KNOWLEDGE.resolve())
    assert line["knowledge_version"] == knowledge.version
    assert sum(int(part.split(":")[1]) for part in line["agencies"].split()) == len(knowledge.services)
    assert (line["database"], line["mode"]) == (str(tmp_path / "tanya.db"), "polling")


def test_the_password_of_a_database_is_not_said(knowledge: KnowledgeBase) -> None:
    [line] = said(knowledge, Access(frozenset(), {}), database_url="postgresql+asyncpg://bot:rahasia@db:5432/tanya")
    assert line["database"] == "postgresql+asyncpg://db/tanya"


def test_admins_of_an_agency_that_does_not_exist_are_named_with_those_that_do(knowledge: KnowledgeBase) -> None:
    agency = next(iter(knowledge.agencies))
    _, line = said(knowledge, Access(frozenset(), {agency: ME, "dinasx": ME}))
    assert line["log_level"] == "warning"
    assert "does not exist: dinasx; there is:" in line["event"]
    assert all(name in line["event"] for name in (*knowledge.agencies, "rujukan"))


def test_that_log_admins_edit_as_long_as_nobody_else_does_is_said(knowledge: KnowledgeBase) -> None:
    _, line = said(knowledge, Access(ME, {}))
    assert line["event"] == "EDITOR_IDS is empty, so ADMIN_IDS may change all knowledge too"
    assert len(said(knowledge, Access(ME, {}, ME))) == 1
