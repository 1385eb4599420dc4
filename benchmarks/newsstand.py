"""Hosts on loopback that serve the pages of a collection, each under as many addresses as are asked for."""

from __future__ import annotations

import gzip
import json
import sys
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks.extraction import pages


class Stand(BaseHTTPRequestHandler):
    """One reader's connection: ``/<number of the page>/<anything>`` is a page, all else is not there."""

    protocol_version = "HTTP/1.1"

    def __init__(self, packed: list[bytes], *args: Any) -> None:
        self.packed = packed
        super().__init__(*args)

    def do_GET(self) -> None:
        """Answer with a page, compressed as most are on the web."""
        number = self.path.split("/")[1]
        known = number.isdigit()
        body = self.packed[int(number) % len(self.packed)] if known else b""
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        if known:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- http.server's names
        """Keep no log of readers."""


def serve(data: Path, number: int) -> None:
    """Open so many hosts, say their ports, and answer until we are killed."""
    packed = [gzip.compress(page.body, 6) for page in pages(data)]
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), partial(Stand, packed)) for _ in range(number)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(json.dumps({"ports": [server.server_port for server in servers], "pages": len(packed)}) + "\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
