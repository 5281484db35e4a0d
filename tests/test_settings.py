"""The operator's settings: what is accepted, and one clear line for what is not."""

import os
from pathlib import Path

import pytest

from bot.bootstrap.storing import pseudonyms
from bot.errors import SettingsError
from bot.settings import Settings, load_settings, unknown_settings, writable


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_everything_has_a_default() -> None:
    settings = load_settings()
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert (settings.knowledge_dir / "daerah.yaml").is_file()


def test_admins_are_read_by_agency(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_IDS", "1, 2")
    monkeypatch.setenv("EDITOR_IDS", "3")
    monkeypatch.setenv("AGENCY_ADMINS", "disdukcapil:1,2; dinkes:3; disdukcapil: 4;")
    settings = load_settings()
    assert (settings.admin_ids, settings.editor_ids) == ({1, 2}, {3})
    assert settings.agency_admins == {"disdukcapil": {1, 2, 4}, "dinkes": {3}}


def test_a_dotenv_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CONCURRENCY=7\nSOMETHING_ELSE=1\n", encoding="utf-8")
    assert load_settings().concurrency == 7


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TELEGRAM_BOT_TOKEN", "rahasia", "TELEGRAM_BOT_TOKEN: must look like 123456789:AAF"),
        ("ADMIN_IDS", "budi", "ADMIN_IDS: must be numbers separated by commas"),
        ("EDITOR_IDS", "-100123", "EDITOR_IDS: must be numbers separated by commas"),
        ("AGENCY_ADMINS", "dinkes:x", "AGENCY_ADMINS: must be numbers separated by commas"),
        ("AGENCY_ADMINS", "dinkes", "AGENCY_ADMINS: must be agency:ids"),
        ("AGENCY_ADMINS", "dinkes:1;:2", "AGENCY_ADMINS: must be agency:ids"),
        ("WEB_PORT", "70000", "WEB_PORT: "),
        ("LOG_RETENTION_DAYS", "0", "LOG_RETENTION_DAYS: "),
        ("LOG_RETENTION_DAYS", "99999999", "LOG_RETENTION_DAYS: "),
        ("LOG_FORMAT", "xml", "LOG_FORMAT: "),
        ("CONCURRENCY", "0", "CONCURRENCY: "),
        ("RATE_LIMIT_PER_MINUTE", "0", "RATE_LIMIT_PER_MINUTE: "),
        ("WEBHOOK_URL", "https://bot.example.org", "WEBHOOK_URL: webhooks are not built yet"),
        ("WEBHOOK_SECRET", "rahasia", "WEBHOOK_SECRET: webhooks are not built yet"),
        ("TELEGRAM_API_URL", "api.telegram.org", "TELEGRAM_API_URL: must be an address"),
        ("TELEGRAM_API_URL", "ftp://127.0.0.1", "TELEGRAM_API_URL: must be an address"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        load_settings()
    assert str(error.value).startswith(said)
    assert "rahasia" not in str(error.value)


@pytest.mark.parametrize(
    "url",
    ["https://api.example.org", "http://127.0.0.1:8081", "http://localhost", "http://10.0.0.5", "http://172.31.0.1",
     "http://192.168.1.2", "http://[::1]:8081", "http://[fd00::1]", "http://botapi:8081"],
)  # fmt: skip
def test_a_bot_api_server_on_a_private_network_needs_no_https(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", url)
    assert load_settings().telegram_api_url == url


@pytest.mark.parametrize(
    "host",
    ["api.example.org", "8.8.8.8", "134744072", "0x08080808", "010.8.8.8", "169.254.169.254", "172.32.0.1", "0.0.0.0",
     "100.64.0.1", "[2001:4860:4860::8888]", "[fe80::1]", "[::ffff:8.8.8.8]", "localhost.example.org"],
)  # fmt: skip
def test_T12_any_other_address_without_https_is_refused(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", f"http://{host}")
    with pytest.raises(SettingsError, match="must be https"):
        load_settings()


def test_a_dotenv_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CONCURRENCY=7\r\n", encoding="utf-8-sig")
    assert load_settings().concurrency == 7
    assert list(unknown_settings()) == []


def test_an_empty_setting_is_one_that_is_not_set(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATA_DIR=\nKNOWLEDGE_DIR=\nWEB_PORT=\nWEBHOOK_URL=\n", encoding="utf-8")
    assert load_settings() == Settings(_env_file=None)


def test_a_path_may_begin_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DATA_DIR", "~/data")
    assert load_settings().data_dir == tmp_path / "data"


def test_names_that_are_no_setting_are_named_with_the_nearest(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written = "ADMIN_ID=1\nCONCURRENCY=1\ndata_dir=x\nCOMPOSE_FILE=x\nBOT_TOKEN=x\n"
    (tmp_path / ".env").write_text(written, encoding="utf-8")
    monkeypatch.setenv("TELEGRAM_TOKEN", "x")
    monkeypatch.setenv("WEB_CONCURRENCY", "4")
    assert list(unknown_settings()) == [
        "ADMIN_ID is no setting; did you mean ADMIN_IDS?",
        "BOT_TOKEN is no setting; did you mean TELEGRAM_BOT_TOKEN?",
        "TELEGRAM_TOKEN is no setting; did you mean TELEGRAM_BOT_TOKEN?",
    ]


def test_the_token_is_never_in_the_settings_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    assert "AAAA" not in repr(load_settings())


def test_the_pseudonym_key_is_made_once_and_only_for_this_user(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    name = pseudonyms(settings)(42)
    assert pseudonyms(settings)(42) == name
    assert pseudonyms(settings)(43) != name
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data/pseudonym.key").stat().st_mode & 0o777 == 0o600


def test_a_process_killed_while_it_made_the_key_does_not_keep_the_next_from_starting(tmp_path: Path) -> None:
    (tmp_path / "pseudonym.key").touch()
    (tmp_path / "pseudonym.key.baru").write_text("half")
    name = pseudonyms(Settings(data_dir=tmp_path))(42)
    assert pseudonyms(Settings(data_dir=tmp_path))(42) == name
    assert [file.name for file in tmp_path.iterdir()] == ["pseudonym.key"]


def test_a_key_that_everybody_could_read_is_its_owners_again(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    pseudonyms(settings)
    (tmp_path / "pseudonym.key").chmod(0o644)
    pseudonyms(settings)
    assert (tmp_path / "pseudonym.key").stat().st_mode & 0o777 == 0o600


def test_a_damaged_key_is_no_reason_for_another_one(tmp_path: Path) -> None:
    (tmp_path / "pseudonym.key").write_text("short")
    with pytest.raises(SettingsError, match="damaged"):
        pseudonyms(Settings(data_dir=tmp_path))


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match="DATA_DIR"):
        writable(tmp_path / "file" / "data")


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(SettingsError, match="DATA_DIR"):
        writable(tmp_path)
