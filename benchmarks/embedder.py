"""An embeddings server of invented texts: it answers with the vectors of ``benchmarks.synthetic`` at once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from benchmarks import synthetic

MODEL = "synthetic"


class Embedder(BaseHTTPRequestHandler):
    """Answers as the protocol of OpenAI wants it."""

    def do_POST(self) -> None:
        """Answer with a vector for each text."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        vectors = [synthetic.vector(text).round(5).tolist() for text in asked["input"]]
        rows = [{"index": place, "embedding": vector} for place, vector in enumerate(vectors)]
        body = json.dumps({"data": rows}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[dict[str, str]]:
    """Run the server in a process of its own; return the settings of a desk that uses it."""
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.embedder"], stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        yield {"EMBEDDINGS_URL": f"http://127.0.0.1:{port}/v1", "EMBEDDINGS_MODEL": MODEL}
    finally:
        server.kill()
        server.wait()


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Embedder)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
