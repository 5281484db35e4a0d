"""TLS before the stand-in, whose handshakes can be made to fail."""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

_HANDSHAKE_FAILURE = bytes([21, 3, 3, 0, 2, 2, 40])  # a fatal alert, RFC 8446 section 6.2
_PIECE = 65536


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of this machine and its key, made anew."""
    shown, kept = folder / "certificate.pem", folder / "key.pem"
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    subprocess.run([*made.split(), "-keyout", kept, "-out", shown], check=True, capture_output=True)
    return shown, kept


class Front:
    """Where https connections arrive. ``failing``: how many of the next handshakes fail."""

    def __init__(self, behind: int) -> None:
        self.failing = 0
        self.failed = 0
        self.url = ""
        self._behind = behind  # port of the stand-in
        self._inner = 0

    @asynccontextmanager
    async def open(self, shown: Path, kept: Path) -> "AsyncIterator[Front]":
        """Accept connections inside."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(shown, kept)
        inner = await asyncio.start_server(self._to_the_stand_in, "127.0.0.1", 0, ssl=context)
        outer = await asyncio.start_server(self._arrived, "127.0.0.1", 0)
        self._inner = inner.sockets[0].getsockname()[1]
        self.url = f"https://127.0.0.1:{outer.sockets[0].getsockname()[1]}"
        async with inner, outer:
            yield self

    async def _arrived(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.failing:
            self.failing, self.failed = self.failing - 1, self.failed + 1
            await reader.read(_PIECE)
            writer.write(_HANDSHAKE_FAILURE)
            writer.close()
        else:
            await _joined(reader, writer, self._inner)

    async def _to_the_stand_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _joined(reader, writer, self._behind)


async def _joined(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    further_reader, further_writer = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.gather(_poured(reader, further_writer), _poured(further_reader, writer))


async def _poured(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while piece := await reader.read(_PIECE):
            writer.write(piece)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()
