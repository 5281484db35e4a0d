"""What goes wrong, at which method, for whom and how often?"""

import asyncio
import json
from dataclasses import dataclass, field


@dataclass
class Fault:
    """One trouble. Without ``status``, ``reset`` and ``half`` the request is served, only late."""

    method: str  # "sendMessage"; "*" is every method
    times: int = 1
    chat: int | None = None  # only requests about this chat
    accepted: bool = False  # the request takes effect before the trouble shows
    delay_s: float = 0.0  # the answer comes so much later
    status: int = 0
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    reset: bool = False  # the connection is cut instead of an answer
    half: bool = False  # cut in the middle of the answer

    @property
    def replaces(self) -> bool:
        """Whether the citizen's bot gets something else than the true answer."""
        return bool(self.status or self.reset or self.half)


def refused(
    method: str, code: int, description: str, times: int = 1, chat: int | None = None, **parameters: int
) -> Fault:
    """Telegram says no: 429 with ``retry_after=2``, 403 blocked, 400 of any kind."""
    body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Fault(method, times, chat, status=code, body=json.dumps(body).encode())


def html_page(method: str, status: int = 502, times: int = 1) -> Fault:
    """A proxy's page instead of JSON."""
    page = b"<html><body><h1>Bad Gateway</h1></body></html>"
    return Fault(method, times, status=status, body=page, headers=(("content-type", "text/html"),))


def broken_json(method: str, times: int = 1) -> Fault:
    """200 with half a document."""
    return Fault(method, times, status=200, body=b'{"ok": true, "result": [')


def empty(method: str, times: int = 1) -> Fault:
    """200 with nothing in it."""
    return Fault(method, times, status=200)


def cut(method: str, times: int = 1, *, accepted: bool = False, half: bool = False) -> Fault:
    """The connection breaks: before anything happened, after it was done, or half-way through the answer."""
    return Fault(method, times, accepted=accepted, reset=not half, half=half)


def slow(method: str, seconds: float, times: int = 1, chat: int | None = None, *, accepted: bool = False) -> Fault:
    """Served, but late. ``accepted``: the message is out already while the bot still waits."""
    return Fault(method, times, chat, delay_s=seconds, accepted=accepted)


@dataclass
class Faults:
    """The troubles that still wait for their request. Touched only from the server's own event loop."""

    waiting: list[Fault] = field(default_factory=list)
    shown: list[Fault] = field(default_factory=list)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, *faults: Fault) -> None:
        """Let these happen, in this order for the same method."""
        self.released.clear()
        self.waiting += faults

    def clear(self) -> None:
        """Everything well again, at once: who hangs is let go."""
        self.waiting = []
        self.released.set()

    def take(self, method: str, chat: int | None) -> Fault | None:
        """The trouble of this request, if any; it is used up."""
        for fault in self.waiting:
            if fault.method in {method, "*"} and fault.chat in {None, chat}:
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                self.shown.append(fault)
                return fault
        return None

    async def sleep(self, seconds: float) -> None:
        """As long as the fault lasts, or until everything is well again."""
        try:
            await asyncio.wait_for(self.released.wait(), seconds)
        except TimeoutError:
            return
