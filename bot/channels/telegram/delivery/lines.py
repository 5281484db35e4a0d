"""How do requests travel? Over connections of their own, and what comes back is an answer of the Bot API or trouble."""

import json
from asyncio import Semaphore
from collections.abc import Mapping
from typing import Any

import httpx
from telegram.error import NetworkError
from telegram.request import BaseRequest, HTTPXRequest

_LONGEST_PAUSE_S = 10**9  # what is longer no clock can hold
_UNFIT = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


class Lines(BaseRequest):
    """So many lines to Telegram, each with one connection; a request takes the line that was used last.

    One pool of many connections costs each request a walk through all of them (encode/httpcore#1035).
    Whatever comes back that the Bot API would not answer is network trouble (``NetworkError``): a proxy's page, half a
    document, ``null``. So nobody else has to ask whether an answer is one.
    """

    def __init__(self, count: int, read_timeout_s: float) -> None:
        self._read_timeout_s = read_timeout_s
        self._tls = httpx.create_ssl_context()  # slow to make: one for all
        self._all: list[HTTPXRequest] = []
        self._free: list[HTTPXRequest] = []
        self._some_free = Semaphore(count)

    @property
    def read_timeout(self) -> float:
        """How long an answer may take, in seconds."""
        return self._read_timeout_s

    async def initialize(self) -> None:
        """Nothing to open: a line is made when the first request needs it."""

    async def shutdown(self) -> None:
        """Close every line."""
        for line in self._all:
            await line.shutdown()
        self._all, self._free = [], []

    async def do_request(self, url: str, method: str, *given: Any, **more: Any) -> tuple[int, bytes]:
        """Make one request on a free line."""
        async with self._some_free:
            line = self._free.pop() if self._free else self._line()
            try:
                code, payload = await line.do_request(url, method, *given, **more)
            finally:
                self._free.append(line)
        is_file = method == "GET" and _is_success(code)
        return code, payload if is_file else _understood(url, code, payload)

    def _line(self) -> HTTPXRequest:
        line = HTTPXRequest(
            connection_pool_size=1, read_timeout=self._read_timeout_s, httpx_kwargs={"verify": self._tls}
        )
        self._all.append(line)
        return line


def _is_success(code: int) -> bool:
    return 200 <= code <= 299  # noqa: PLR2004 - as HTTP has it


def _understood(url: str, code: int, payload: bytes) -> bytes:
    """An answer of the Bot API, without what nobody reads."""
    try:
        answer = json.loads(payload.decode("utf-8", "replace"))
        if not _is_success(code):
            _check_refusal(code, answer)
            return payload
        method, result = url.partition("?")[0].rpartition("/")[2], answer["result"]
        return json.dumps({"result": _read(_RESULTS[method], result)}).encode() if method in _RESULTS else payload
    except _UNFIT as error:
        raise NetworkError(f"no answer of the Bot API ({code}, {type(error).__name__})") from None


def _check_refusal(code: int, answer: Mapping[str, Any]) -> None:
    parameters = _read(_PARAMETERS, dict.fromkeys(_PARAMETERS, 0) | answer.get("parameters", {}))
    if _read(_REFUSAL, answer)["error_code"] != code or not 0 <= parameters["retry_after"] <= _LONGEST_PAUSE_S:
        raise ValueError


def _read(kind: Any, value: Any) -> Any:
    """What of a value has names and types as they are expected, and nothing else of it."""
    if isinstance(kind, dict):
        return {name: _read(one, value[name]) for name, one in kind.items()}
    if type(value) is not kind:
        raise TypeError
    return value


_REFUSAL = {"error_code": int, "description": str}
_PARAMETERS = {"retry_after": int, "migrate_to_chat_id": int}
_MESSAGE = {"message_id": int, "date": int, "chat": {"id": int, "type": str}}
"""Which message it is; its text and buttons are our own, and to read them costs as much as to write them."""
_RESULTS: Mapping[str, Any] = {
    **dict.fromkeys(
        ("sendMessage", "sendDocument", "sendPhoto", "editMessageText", "editMessageReplyMarkup"), _MESSAGE
    ),
    "getMe": {"id": int, "is_bot": bool, "first_name": str, "username": str},
    "getFile": {"file_id": str, "file_unique_id": str, "file_path": str},
    "getUpdates": list,
}
