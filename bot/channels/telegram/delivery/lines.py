"""How do requests travel? Over connections of their own: one pool for all would be searched by every request."""

import asyncio
from typing import Any

import httpx
from telegram.request import BaseRequest, HTTPXRequest, RequestData

_WHICH = frozenset({"message_id", "date", "chat"})


class Lines(BaseRequest):
    """So many lines to Telegram, each with one connection; a request takes the line that was used last.

    One pool of many connections costs each request a walk through all of them (encode/httpcore#1035).

    Args:
        count: How many requests travel at once.
        read_timeout_s: How long an answer may take.
    """

    def __init__(self, count: int, read_timeout_s: float) -> None:
        self._read_timeout_s = read_timeout_s
        self._tls = httpx.create_ssl_context()  # slow to make: one for all
        self._all: list[HTTPXRequest] = []
        self._free: list[HTTPXRequest] = []
        self._some_free = asyncio.Semaphore(count)

    @property
    def read_timeout(self) -> float:
        """How long an answer may take, in seconds."""
        return self._read_timeout_s

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """What Telegram answered; of a message that was sent only what tells which one it is.

        Its text and buttons are our own: to read them again costs as much as to write them.
        """
        answer = BaseRequest.parse_json_payload(payload)
        result = answer.get("result") if isinstance(answer, dict) else None
        if isinstance(result, dict) and result.keys() >= _WHICH:
            answer["result"] = {name: result[name] for name in _WHICH}
        return answer

    async def initialize(self) -> None:
        """Nothing to open: a line is made when the first request needs it."""

    async def shutdown(self) -> None:
        """Close every line."""
        for line in self._all:
            await line.shutdown()
        self._all, self._free = [], []

    async def do_request(  # noqa: PLR0917 - PTB's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request on a free line."""
        async with self._some_free:
            line = self._free.pop() if self._free else self._line()
            try:
                return await line.do_request(
                    url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
                )
            finally:
                self._free.append(line)

    def _line(self) -> HTTPXRequest:
        line = HTTPXRequest(
            connection_pool_size=1, read_timeout=self._read_timeout_s, httpx_kwargs={"verify": self._tls}
        )
        self._all.append(line)
        return line
