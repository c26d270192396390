"""Phones without a browser: each has a connection for what it asks, and one for the news, as a page has."""

from __future__ import annotations

import asyncio
import gzip
import json
import uuid
from typing import Any
from urllib.parse import urlparse

PACKED = b"\x1f\x8b"  # how gzip begins


class Wire:
    """A connection, which stays open as a browser's does."""

    def __init__(self, url: str, token: str) -> None:
        self.place, self.token = urlparse(url), token
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, path: str, sent: Any = None) -> tuple[int, Any]:
        """The status of an answer, and what it says."""
        reader = await self._send(path, sent)
        answer = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(line for line in answer.split("\r\n") if line.lower().startswith("content-length"))
        body = await reader.readexactly(int(length.partition(":")[2]))
        return int(answer.split(" ")[1]), json.loads(gzip.decompress(body) if body.startswith(PACKED) else body)

    async def listen(self, path: str, heard: asyncio.Event) -> None:
        """Set `heard` at each event of a stream."""
        reader = await self._send(path, accept="text/event-stream")
        while line := await reader.readline():
            if line.startswith(b"data:"):
                heard.set()

    def close(self) -> None:
        """Hang up."""
        if self.writer:
            self.writer.close()

    async def _send(self, path: str, sent: Any = None, accept: str = "*/*") -> asyncio.StreamReader:
        if self.writer is None or self.reader is None or self.reader.at_eof():
            self.reader, self.writer = await asyncio.open_connection(self.place.hostname, self.place.port)
        body = b"" if sent is None else json.dumps(sent).encode()
        head = f"{'GET' if sent is None else 'POST'} {self.place.path}{path} HTTP/1.1\r\nHost: {self.place.netloc}\r\n"
        head += f"Authorization: Bearer {self.token}\r\nContent-Type: application/json\r\nAccept: {accept}\r\n"
        self.writer.write(f"{head}Accept-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        return self.reader


class Phone:
    """Somebody's device. `heard` is set by news of the room, once it listens."""

    def __init__(self, url: str, token: str = "") -> None:
        self.token = token or str(uuid.uuid4())
        self.wire, self._news = Wire(url, self.token), Wire(url, self.token)
        self.heard = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None

    async def ask(self, path: str, sent: Any = None) -> Any:
        """What is answered where it goes well."""
        status, said = await self.wire.ask(path, sent)
        if status != 200:
            raise OSError(f"{path}: {status} {said}")
        return said

    def listen(self, path: str = "news") -> None:
        """From now on hear of what changes."""
        self._listening = asyncio.create_task(self._news.listen(path, self.heard))

    def close(self) -> None:
        """Switch it off."""
        if self._listening:
            self._listening.cancel()
        self._news.close()
        self.wire.close()
