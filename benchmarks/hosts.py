"""Hosts on loopback that note when they are visited: by their own clock, at the moment a connection comes in."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from pathlib import Path
from typing import TextIO

PAGE = """<!doctype html><html lang="en"><head><title>Page {path}</title></head><body><article><h1>Page {path}</h1>
<p>The bridge at Arvel was closed on Monday, the road authority said, and twelve people were hurt.</p></article></body>
</html>"""
ROBOTS = "User-agent: *\nDisallow: /closed/\n"
PAGES = re.compile(r"/page/\d+")
SLOW = 0.3  # seconds that every fifth host takes to answer


async def serve(number: int, notes: Path) -> None:
    """Open so many hosts, say their ports, and answer until we are killed."""
    with notes.open("a", buffering=1) as file:
        servers = [await asyncio.start_server(Host(index, file), "127.0.0.1", 0) for index in range(number)]
        sys.stdout.write(json.dumps([server.sockets[0].getsockname()[1] for server in servers]) + "\n")
        sys.stdout.flush()
        await asyncio.gather(*(server.serve_forever() for server in servers))


class Host:
    """One host."""

    def __init__(self, index: int, notes: TextIO) -> None:
        self.index = index
        self.notes = notes

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        came_at = time.monotonic()
        port = writer.get_extra_info("sockname")[1]
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode("latin-1")
            self.notes.write(f"{port}\t{came_at}\t{path}\n")
            if self.index % 5 == 4:
                await asyncio.sleep(SLOW)
            is_robots, is_page = path == "/robots.txt", bool(PAGES.fullmatch(path))
            body = (ROBOTS if is_robots else PAGE.format(path=path) if is_page else "gone").encode()
            kind = "text/html; charset=utf-8" if is_page else "text/plain"
            status = "200 OK" if is_robots or is_page else "404 Not Found"
            writer.write(
                f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
            )
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            self.notes.write(f"{port}\t{came_at}\t-\n")
        finally:
            writer.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
