"""How does the operator read what happened? Structured lines without a secret or a citizen's word."""

import logging
import re
import sys
from collections.abc import Iterable

import structlog
from structlog.typing import EventDict, WrappedLogger

_TOKEN = re.compile(r"\b\d{6,12}:[A-Za-z0-9_-]{30,}")
_HIDDEN = "[hidden]"


def _visible(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Escape what moves a terminal's cursor, breaks a line or turns the reading direction."""
    return {key: _escaped(value) if isinstance(value, str) else value for key, value in event.items()}


def _escaped(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


class Redaction:
    """Takes secrets and personal numbers out of every line before it is written."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = tuple(secret for secret in secrets if secret)

    def __call__(self, _logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        """Clean every text of an event; structlog calls it for each line."""
        return {key: self.clean(value) if isinstance(value, str) else value for key, value in event.items()}

    def clean(self, text: str) -> str:
        """The text with every known secret, anything shaped like a bot token, and personal data hidden."""
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return _TOKEN.sub(_HIDDEN, text)


def set_up(*, level: str = "INFO", json: bool = False, secrets: Iterable[str] = ()) -> None:
    """Write all logging to standard error, one escaped line an event.

    Args:
        level: The lowest level written.
        json: One JSON object a line instead of readable columns.
        secrets: Texts that must never be written, such as the bot token.
    """
    redaction = Redaction(secrets)
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redaction,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if json
        else structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, redaction, _visible, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("httpx", "httpcore", "telegram", "apscheduler"):  # httpx writes the URL, and with it the token
        logging.getLogger(noisy).setLevel(logging.WARNING)
