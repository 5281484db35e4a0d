"""The stand-in itself: the Bot API over HTTP on a free port of this machine, in a thread of its own."""

import asyncio
import email
import json
import logging
import socket
import struct
import threading
from collections.abc import Callable
from typing import Self, TypeVar
from urllib.parse import parse_qsl

import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from tests.telegram_server.faults import Fault, Faults
from tests.telegram_server.methods import Files, Methods
from tests.telegram_server.refusal import Refusal

T = TypeVar("T")

TOKEN = "777000:AAtest-token-of-the-stand-in-0123456789"
_RESET = struct.pack("ii", 1, 0)  # linger 0: the kernel sends RST instead of FIN


class BotApiServer:
    """Serves one bot; use it as a context manager.

    Everything it knows is touched only on its own event loop: ``on_loop`` goes there from a test.
    """

    def __init__(self, token: str = TOKEN, port: int = 0) -> None:
        self.token = token
        self.methods = Methods()
        self.faults = Faults()
        self._socket = _listening(port)
        routes = [
            Route("/bot{token}/{method}", _Door(self), methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._download),
        ]
        # No middleware: only uvicorn's own ``send`` knows the connection that a fault has to cut.
        self._config = uvicorn.Config(
            Router(routes),
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            http="h11",
            ws="none",
        )
        logging.getLogger("uvicorn.access").propagate = False  # else the token stands in the logs of the bot's tests
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._ended = asyncio.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def url(self) -> str:
        """Value for TELEGRAM_API_URL."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.on_loop(self._ended.set)
        self._thread.join(10)

    def on_loop(self, act: Callable[[], T]) -> T:
        """Do something where the server's state lives; its result."""

        async def done() -> T:
            return act()

        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(done(), self._loop).result(10)

    def _serve(self) -> None:
        # uvicorn's protocol without its Server, which looks only ten times a second whether it is to end.
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            self._config.load()
            state = ServerState()
            server = await self._loop.create_server(
                lambda: H11Protocol(config=self._config, server_state=state, app_state={}), sock=self._socket
            )
            self._ready.set()
            await self._ended.wait()
            server.close()
            for connection in list(state.connections):
                connection.transport.abort()

        asyncio.run(serve())

    async def _download(self, request: Request) -> Response:
        name = request.path_params["path"].rpartition("/")[2]
        data = self.methods.files.get(name)
        if request.path_params["token"] != self.token or data is None:
            return Response(status_code=404)
        return Response(data)


class _Door:
    """One request, from its first byte to the answer or the fault instead of it."""

    def __init__(self, server: BotApiServer) -> None:
        self.server = server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        method = request.path_params["method"]
        params, files = _read(request, await request.body())
        fault = self.server.faults.take(method, _chat(params)) or Fault(method)
        early = None
        if fault.accepted or not (fault.replaces or fault.delay_s):
            early = await self._answer(request, method, params, files)
        if fault.delay_s:
            await self.server.faults.sleep(fault.delay_s)
        if fault.reset:
            _reset(send)
        elif fault.half:
            await _half(early or Response(b"{" * 100), scope, receive, send)
        elif fault.status:
            await Response(fault.body, fault.status, dict(fault.headers))(scope, receive, send)
        else:
            response = early or await self._answer(request, method, params, files)
            await response(scope, receive, send)

    async def _answer(self, request: Request, method: str, params: dict[str, str], files: Files) -> Response:
        try:
            self._check_token(request.path_params["token"])
            result = await self.server.methods.run(method, params, files)
        except Refusal as refusal:
            return _json(refusal.as_json(), refusal.code)
        return _json({"ok": True, "result": result}, 200)

    def _check_token(self, token: str) -> None:
        if token != self.server.token:
            number, _, secret = token.partition(":")
            well_formed = number.isdigit() and len(secret) >= 30
            raise Refusal(401, "Unauthorized") if well_formed else Refusal(404, "Not Found")


def _listening(port: int) -> socket.socket:
    # asyncio switches Nagle's algorithm off only where the protocol is named; with it each answer takes 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    return listening


def _json(body: object, status: int) -> Response:
    return Response(json.dumps(body), status, media_type="application/json")


def _chat(params: dict[str, str]) -> int | None:
    given = params.get("chat_id", "")
    return int(given) if given.lstrip("-").isdigit() else None


def _read(request: Request, body: bytes) -> tuple[dict[str, str], Files]:
    kind = request.headers.get("content-type", "")
    query = dict(request.query_params)
    if kind.startswith("application/json"):
        given = json.loads(body or b"{}")
        return query | {name: one if isinstance(one, str) else json.dumps(one) for name, one in given.items()}, {}
    if kind.startswith("multipart/form-data"):
        return _multipart(kind, body)
    return query | dict(parse_qsl(body.decode(), keep_blank_values=True)), {}


def _multipart(kind: str, body: bytes) -> tuple[dict[str, str], Files]:
    params: dict[str, str] = {}
    files: Files = {}
    for part in email.message_from_bytes(f"content-type: {kind}\r\n\r\n".encode() + body).get_payload():
        name = str(part.get_param("name", header="content-disposition"))
        data = part.get_payload(decode=True)
        if part.get_filename():
            files[name] = (part.get_filename(), data)
        else:
            params[name] = data.decode()
    return params, files


def _reset(send: Send) -> None:
    transport = send.__self__.transport  # type: ignore[attr-defined]
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    transport.abort()


async def _half(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(response.body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": response.body[: len(response.body) // 2], "more_body": True})
    await asyncio.sleep(0)
    send.__self__.transport.close()  # type: ignore[attr-defined]
