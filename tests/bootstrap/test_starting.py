"""What the operator reads at start."""

from pathlib import Path
from typing import Any
from urllib.request import getproxies

import pytest
from structlog.testing import capture_logs

from bot import __version__
from bot.access import Access
from bot.bootstrap.starting import announce, check_network
from bot.errors import SettingsError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.loader import load
from bot.settings import Settings
from tests.conftest import REAL_KNOWLEDGE

ME = frozenset({1})


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", *map(str.upper, Settings.model_fields)):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.chdir(tmp_path)


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


def test_settings_that_do_nothing_yet_are_said_when_they_are_set(knowledge: KnowledgeBase) -> None:
    nobody = Access(frozenset(), {})
    _, web = said(knowledge, nobody, web_port=8097)
    assert web["event"] == "WEB_HOST and WEB_PORT do nothing yet: the web page is not built"
    assert len(said(knowledge, nobody)) == len(said(knowledge, nobody, web_port=0)) == 1


@pytest.mark.parametrize(
    ("variable", "address", "said"),
    [
        ("ALL_PROXY", "socks5://127.0.0.1:9050", "ALL_PROXY: SOCKS needs one more package: pip install socksio"),
        ("https_proxy", "SOCKS5H://user:rahasia@10.0.0.1:9050", "HTTPS_PROXY: SOCKS needs one more package"),
        ("HTTP_PROXY", "ftp://10.0.0.1", "HTTP_PROXY: must begin with http://"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, variable: str, address: str, said: str
) -> None:
    monkeypatch.setenv(variable, address)
    with pytest.raises(SettingsError) as error:
        check_network(Settings())
    assert str(error.value).startswith(said)
    assert "rahasia" not in str(error.value)


@pytest.mark.parametrize("address", ["http://10.0.0.1:3128", "https://proxy", "proxy:3128"])
def test_a_proxy_that_can_be_used_is_left_alone(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", address)
    check_network(Settings(telegram_api_url="http://localhost:8081"))
    assert getproxies()["https"] == address


def test_T12_a_machines_name_without_https_must_be_found_near() -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_API_URL: botapi cannot be found"):
        check_network(Settings(telegram_api_url="http://botapi:8081"))
