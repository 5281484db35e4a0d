"""What does the operator read at start? What cannot be, what runs, and which settings do less than they seem to."""

import socket
from importlib.util import find_spec
from urllib.parse import urlsplit
from urllib.request import getproxies

import structlog

from bot import __version__
from bot.access import Access, misnamed_admins
from bot.bootstrap.storing import DATABASE_FILE
from bot.errors import SettingsError
from bot.knowledge.base import KnowledgeBase
from bot.settings import Settings, is_private

_PROXIES = {"", "http", "https", "socks5", "socks5h"}  # what httpx speaks; without a scheme it takes http

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def check_network(settings: Settings) -> None:
    """See that the way to Telegram can be gone, and that the token is not sent in clear over a public one."""
    api = urlsplit(settings.telegram_api_url)
    if api.scheme == "http" and not all(map(is_private, _addresses(api.hostname or ""))):
        raise SettingsError("TELEGRAM_API_URL: must be https, the host is not on a private network")
    proxies = getproxies()
    for name in ("all", "https", "http"):
        scheme, _, _ = proxies.get(name, "").lower().rpartition("://")
        if scheme.startswith("socks5") and find_spec("socksio") is None:
            raise SettingsError(f"{name.upper()}_PROXY: SOCKS needs one more package: pip install socksio")
        if scheme not in _PROXIES:
            raise SettingsError(f"{name.upper()}_PROXY: must begin with http://, https:// or socks5://")


def _addresses(host: str) -> set[str]:
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(host, None)}
    except OSError:
        raise SettingsError(f"TELEGRAM_API_URL: {host} cannot be found, and without https it must be near") from None


def announce(settings: Settings, access: Access, knowledge: KnowledgeBase) -> None:
    """Say what starts, and which settings do less than they seem to, one line each."""
    counts = {agency: sum(1 for _ in knowledge.of_agency(agency)) for agency in knowledge.agencies}
    _log.info(
        "starting",
        version=__version__,
        knowledge=str(settings.knowledge_dir.resolve()),
        knowledge_version=knowledge.version,
        agencies=" ".join(f"{agency}:{count}" for agency, count in counts.items()),
        referrals=len(knowledge.referrals),
        database=_database(settings),
        mode="polling",
    )
    if wrong := misnamed_admins(access, knowledge.agencies):
        _log.warning(wrong)
    if settings.web_port and settings.model_fields_set & {"web_host", "web_port"}:
        _log.warning("WEB_HOST and WEB_PORT do nothing yet: the web page is not built")
    if access.log_admins and not access.editors:
        _log.info("EDITOR_IDS is empty, so ADMIN_IDS may change all knowledge too")


def _database(settings: Settings) -> str:
    """Where the database is, without its password."""
    address = urlsplit(settings.database_url)
    if not settings.database_url:
        return str(settings.data_dir / DATABASE_FILE)
    return f"{address.scheme}://{address.hostname or ''}{address.path}"
