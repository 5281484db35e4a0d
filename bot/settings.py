"""What did the operator set? Environment and ``.env``; every setting stands in ``.env.example``."""

import difflib
import ipaddress
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

PACKAGE = Path(__file__).parent
SOURCE_KNOWLEDGE = PACKAGE.parent / "knowledge"
SHIPPED_KNOWLEDGE = PACKAGE / "default_knowledge"

_ID = re.compile(r"[1-9][0-9]{0,15}")
_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
_MACHINE_NAME = re.compile(r"[a-z][a-z0-9-]*", re.IGNORECASE)
_PRIVATE = tuple(
    map(ipaddress.ip_network, ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"))
)
_ALIKE, _SURELY_MEANT = 0.6, 0.85  # of difflib; an unknown name outside .env may well be another program's


def default_knowledge() -> Path:
    """The folder beside the source tree's package, or what the wheel carries."""
    return SOURCE_KNOWLEDGE if (SOURCE_KNOWLEDGE / "daerah.yaml").is_file() else SHIPPED_KNOWLEDGE


def _parse_ids(text: str) -> frozenset[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(map(_ID.fullmatch, parts)):
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


def _parse_token(text: str) -> str:
    if not _TOKEN.fullmatch(text.strip()):
        raise ValueError("must look like 123456789:AAF…, as @BotFather gave it")
    return text.strip()


def _read_by(parse: Callable[[str], object]) -> BeforeValidator:
    return BeforeValidator(lambda value: parse(value) if isinstance(value, str) else value)


Token = Annotated[SecretStr, _read_by(_parse_token)]
Ids = Annotated[frozenset[int], NoDecode, _read_by(_parse_ids)]
IdsByAgency = Annotated[dict[str, frozenset[int]], NoDecode, _read_by(_parse_ids_by_agency)]
Folder = Annotated[Path, AfterValidator(Path.expanduser)]


class Settings(BaseSettings):
    """All settings; names in the environment are these in capitals, and an empty one is not set."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8-sig", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_bot_token: Token = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    admin_ids: Ids = frozenset()
    editor_ids: Ids = frozenset()
    agency_admins: IdsByAgency = Field(default_factory=dict)
    bot_username: str = ""
    public_url: str = ""
    database_url: str = ""
    data_dir: Folder = Path("data")
    knowledge_dir: Folder = Field(default_factory=default_knowledge)
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    web_host: str = "127.0.0.1"
    web_port: int = Field(8080, ge=0, le=65535)
    pseudonym_key: SecretStr = SecretStr("")
    log_retention_days: int = Field(180, ge=1, le=36_500)
    log_format: Literal["text", "json"] = "text"
    rate_limit_per_minute: int = Field(20, ge=1)
    concurrency: int = Field(32, ge=1, le=1000)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show."""
        hidden = (self.telegram_bot_token, self.pseudonym_key)
        return (*(one.get_secret_value() for one in hidden), urlsplit(self.database_url).password or "")

    @field_validator("webhook_url", "webhook_secret")
    @classmethod
    def _not_built(cls, value: str | SecretStr) -> str | SecretStr:
        if value:
            raise ValueError("webhooks are not built yet; leave it empty, the bot polls")
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _safe(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("must be an address such as https://api.telegram.org")
        if parts.scheme == "http" and not (is_private(parts.hostname) or _MACHINE_NAME.fullmatch(parts.hostname)):
            raise ValueError("must be https unless the host is on this machine or a private network")
        return value.rstrip("/")


def is_private(host: str) -> bool:
    """Whether an address in figures is this machine's or a private network's; of names only ``localhost`` is."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return any(address in network for network in _PRIVATE)


def load_settings() -> Settings:
    """Read the settings; of what cannot be used one line each."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [f"{str(d['loc'][0]).upper()}: {d['msg'].removeprefix('Value error, ')}" for d in error.errors()]
        raise SettingsError("\n".join(lines)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f".env cannot be read: {error}") from None


def unknown_settings() -> Iterator[str]:
    """A line for every name in ``.env`` or the environment that is nearly a setting; of a broken file none."""
    known, written = [name.upper() for name in Settings.model_fields], set[str]()
    with suppress(OSError, UnicodeDecodeError):  # told by the command that needs the settings
        written = {name.upper() for name in DotEnvSettingsSource(Settings).env_vars}
    for name in sorted((written | os.environ.keys()) - set(known)):
        for near in difflib.get_close_matches(name, known, 1, _ALIKE if name in written else _SURELY_MEANT):
            yield f"{name} is no setting; did you mean {near}?"


def writable(folder: Path) -> Path:
    """The folder, made if needed and only for this user."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"DATA_DIR {folder} cannot be made: {error.strerror}") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise SettingsError(f"DATA_DIR {folder} cannot be written by this user")
    return folder
