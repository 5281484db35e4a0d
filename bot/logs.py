"""How does the operator read what happened? Structured lines without a secret or a citizen's word."""

import logging
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from traceback import extract_tb

import structlog
from structlog.typing import EventDict, WrappedLogger

from bot.privacy import mask

_TOKEN = re.compile(r"\d{6,12}(?::|%3A)[A-Za-z0-9_-]{30,}")
_HIDDEN = "[hidden]"
_SHORTEST_SECRET = 6  # to hide a shorter one would shred words
_TALKATIVE = ("httpx", "httpcore", "telegram", "apscheduler", "watchfiles", "aiosqlite", "alembic", "sqlalchemy")
"""Whoever writes an address with the token in it, or at DEBUG the values of a statement: questions."""


def set_up(*, level: str = "INFO", json: bool = False, secrets: Iterable[str] = ()) -> None:
    """Write all logging from a level on to standard error, one escaped line an event.

    ``json`` writes one JSON object a line instead of readable columns; ``secrets`` are never written.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(lambda raised: trace(raised[1])),
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
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, Redaction(secrets), renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.raiseExceptions = False  # of a line that cannot be written, Python would print the values unredacted
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


class Redaction:
    """Takes secrets, personal data, and what steers a terminal out of every line before it is written."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = tuple(secret for secret in secrets if len(secret) >= _SHORTEST_SECRET)

    def __call__(self, _logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        """Clean every value of an event; structlog calls it for each line."""
        return {key: self.clean(value) for key, value in event.items()}

    def clean(self, value: object) -> object:
        """The value as it may be written, however deep its texts lie; what is neither text nor number becomes text."""
        if value is None or isinstance(value, bool | float):
            return value
        if isinstance(value, Mapping):
            return {self._text(str(key)): self.clean(one) for key, one in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.clean(one) for one in value]
        text = self._text(str(value))
        return value if isinstance(value, int) and text == str(value) else text

    def _text(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        text = mask(_TOKEN.sub(_HIDDEN, text)).text
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def trace(error: BaseException) -> str:
    """Where an error came from, innermost place first, and never its message: that may hold a citizen's words."""
    places = [f"{PurePath(one.filename).name}:{one.lineno}" for one in reversed(extract_tb(error.__traceback__))]
    inner = [*(error.exceptions if isinstance(error, BaseExceptionGroup) else ()), error.__cause__ or error.__context__]
    here = f"{type(error).__name__} at {' < '.join(places) or 'its making'}"
    return " from ".join([here, *(trace(one) for one in inner if one)])
