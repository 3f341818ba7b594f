"""A mail server that takes everything and remembers what it took; told to end (SIGTERM), it prints that as JSON."""

import asyncio
import hashlib
import json
import re
import signal
import sys
import time
from collections import defaultdict
from contextlib import suppress
from typing import Any

_ID = re.compile(rb"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_ANSWERS = {b"EHLO": b"250 mau.example\r\n", b"DATA": b"354 Go ahead\r\n", b"QUIT": b"221 Bye\r\n"}


class Sink:
    """What came in: by Message-ID how often, and as how many different texts."""

    def __init__(self) -> None:
        self.taken: dict[str, list[str]] = defaultdict(list)
        self.lines = 0
        self.began = self.last = self.longest_gap = 0.0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One line, from its greeting to its end, or to where a killed worker left it (RFC 5321)."""
        self.lines += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._talk(reader, writer)
        writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mau.example ESMTP\r\n")
        while word := (await reader.readline())[:4].upper():
            writer.write(_ANSWERS.get(word, b"250 OK\r\n"))
            if word == b"QUIT":
                break
            if word == b"DATA":
                await writer.drain()
                self._take(await reader.readuntil(b"\r\n.\r\n"))
                writer.write(b"250 OK\r\n")
            await writer.drain()

    def _take(self, octets: bytes) -> None:
        now = time.perf_counter()
        if self.taken:
            self.longest_gap = max(self.longest_gap, now - self.last)
        self.began, self.last = self.began or now, now
        found = _ID.search(octets)
        self.taken[found[1].decode() if found else ""].append(hashlib.sha256(octets).hexdigest())

    def said(self) -> dict[str, Any]:
        """The figures; the longest gap, in which a killed worker's letters wait for their lease, is no time of sending."""
        return {
            "letters": len(self.taken),
            "repeats": sum(len(digests) - 1 for digests in self.taken.values()),
            "changed": sum(len(set(digests)) > 1 for digests in self.taken.values()),
            "lines": self.lines,
            "seconds": self.last - self.began - self.longest_gap,
        }


async def main(port: int) -> None:
    """Listen until told to end."""
    sink, ended = Sink(), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    async with await asyncio.start_server(sink.serve, "127.0.0.1", port, limit=1 << 20):
        print("ready", flush=True)
        await ended.wait()
    print(json.dumps(sink.said()), flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
