"""What did the operator set? Environment and ``.env``; every setting stands in ``.env.example``."""

import ipaddress
import os
import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

PACKAGE = Path(__file__).parent
SOURCE_KNOWLEDGE = PACKAGE.parent / "knowledge"
SHIPPED_KNOWLEDGE = PACKAGE / "default_knowledge"

Ids = Annotated[frozenset[int], NoDecode]
IdsByAgency = Annotated[dict[str, frozenset[int]], NoDecode]


def default_knowledge() -> Path:
    """The folder beside the source tree's package, or what the wheel carries."""
    return SOURCE_KNOWLEDGE if (SOURCE_KNOWLEDGE / "daerah.yaml").is_file() else SHIPPED_KNOWLEDGE


class Settings(BaseSettings):
    """All settings; names in the environment are these in capitals."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    admin_ids: Ids = frozenset()
    editor_ids: Ids = frozenset()
    agency_admins: IdsByAgency = Field(default_factory=dict)
    bot_username: str = ""
    public_url: str = ""
    database_url: str = ""
    data_dir: Path = Path("data")
    knowledge_dir: Path = Field(default_factory=default_knowledge)
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    web_host: str = "127.0.0.1"
    web_port: int = Field(8080, ge=0, le=65535)
    pseudonym_key: SecretStr = SecretStr("")
    log_retention_days: int = Field(180, ge=1)
    rate_limit_per_minute: int = Field(20, ge=1)
    concurrency: int = Field(32, ge=1, le=1000)

    @field_validator("admin_ids", "editor_ids", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        return _parse_ids(value) if isinstance(value, str) else value

    @field_validator("agency_admins", mode="before")
    @classmethod
    def _ids_by_agency(cls, value: object) -> object:
        return _parse_ids_by_agency(value) if isinstance(value, str) else value

    @field_validator("telegram_api_url")
    @classmethod
    def _safe(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme != "https" and not _private(parts.hostname or ""):
            raise ValueError("must be https unless the host is on this machine or a private network")
        return value.rstrip("/")


def _parse_ids(text: str) -> frozenset[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(re.fullmatch(r"[1-9][0-9]{0,15}", part) for part in parts):
        raise ValueError("must be numbers separated by commas, such as 123456789,987654321")
    return frozenset(map(int, parts))


def _parse_ids_by_agency(text: str) -> dict[str, frozenset[int]]:
    admins: dict[str, frozenset[int]] = {}
    for part in filter(str.strip, text.split(";")):
        agency, _, ids = part.partition(":")
        found = _parse_ids(ids)
        if not agency.strip() or not found:
            raise ValueError("must be agency:ids, separated by semicolons, such as agency:123456789,987654321")
        admins[agency.strip()] = admins.get(agency.strip(), frozenset()) | found
    return admins


def _private(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host and bool(host)  # a container's name


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: One line per setting that cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        lines = [f"{str(d['loc'][0]).upper()}: {_plain(d['msg'])}" for d in error.errors()]
        raise SettingsError("\n".join(lines)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f".env cannot be read: {error}") from None


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ")


def writable(folder: Path) -> Path:
    """The folder, made if needed and only for this user.

    Raises:
        SettingsError: It cannot be made or written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"DATA_DIR {folder} cannot be made: {error.strerror}") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise SettingsError(f"DATA_DIR {folder} cannot be written by this user")
    return folder
