"""HTTP servers of the sample press on loopback; each outlet keeps a port of its own."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import secrets
import signal
import socketserver
import sys
import threading
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from workbench.sample.edition import Edition, PressAnswer
from workbench.sample.outlets import LOOPBACK, outlets

EXIT_REFUSED = 3
# Below the range from which Linux lends ports to outgoing connections (32768 up): a port kept for the
# next start must not be on loan to a database connection just then.
FIRST_PORT, PORT_COUNT = 20_000, 12_000
MOST_DRAWS = 50


class PortError(Exception):
    """The press cannot open. The message says what to do about it."""


class OutletServer(ThreadingHTTPServer):
    """The server of one outlet."""

    daemon_threads = True
    block_on_close = False  # stop at once, even while a slow reader holds a connection
    edition: Edition

    def server_bind(self) -> None:
        """Bind without the reverse DNS look-up that http.server makes, which may hang where there is no network."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report nothing when readers hang up."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class Reader(BaseHTTPRequestHandler):
    """One reader's connection."""

    protocol_version = "HTTP/1.1"
    server_version = "SamplePress/1"
    sys_version = ""
    timeout = 30  # seconds until a silent connection is dropped
    server: OutletServer

    def do_GET(self) -> None:
        """Answer with the body."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with the headers that GET would have."""
        self._answer(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- http.server's names
        """Keep no log of readers."""

    def _answer(self, *, with_body: bool) -> None:
        answer = self.server.edition.answer(self.path, cookies=self.headers.get("Cookie", ""))
        body, headers = _represent(answer, self.headers)
        status = answer.status
        if answer.modified_at is not None and _is_held(self.headers, headers["ETag"], answer.modified_at):
            # RFC 9110 section 15.4.5: a 304 has the validators of the 200 and no content of its own.
            status, body = HTTPStatus.NOT_MODIFIED, b""
            headers = {name: headers[name] for name in ("ETag", "Last-Modified", "Cache-Control", "Vary")}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)


def _represent(answer: PressAnswer, asked: Message) -> tuple[bytes, dict[str, str]]:
    """Return body and headers of an answer, compressed if the reader takes gzip."""
    body = answer.body
    headers = {"Content-Type": answer.content_type, "Cache-Control": "no-cache", **dict(answer.headers)}
    headers["Vary"] = ", ".join(filter(None, ["Accept-Encoding", headers.get("Vary")]))
    if body and _takes_gzip(asked.get("Accept-Encoding", "")):
        body = gzip.compress(body, mtime=0)  # the same bytes each time, for the ETag's sake
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body))
    if answer.modified_at is not None:
        headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        headers["Last-Modified"] = format_datetime(answer.modified_at.astimezone(UTC), usegmt=True)
    return body, headers


def _takes_gzip(accepted: str) -> bool:
    """Tell whether an Accept-Encoding header allows gzip (RFC 9110 section 12.5.3)."""
    for offer in accepted.lower().split(","):
        coding, _, weight = offer.replace(" ", "").partition(";q=")
        if coding == "gzip":
            return weight.strip("0.") != "" if weight else True
    return False


def _is_held(asked: Message, etag: str, modified_at: datetime) -> bool:
    """Tell whether the reader holds this version; a date counts only without a tag (RFC 9110 section 13.1.3)."""
    tags = asked.get("If-None-Match")
    if tags is not None:
        held = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in held or etag in held
    try:
        since = parsedate_to_datetime(asked.get("If-Modified-Since", ""))
    except ValueError:
        return False
    return modified_at <= (since if since.tzinfo else since.replace(tzinfo=UTC))


def open_press(ports_file: Path, *, edit_after: timedelta) -> list[OutletServer]:
    """Bind every outlet to the port it had before, or to a free one, and note new ports in the file.

    Raises PortError if a port of the file is taken or the file cannot be read.
    """
    noted = _read(ports_file)
    first_started_at = noted.get("first_started_at") or datetime.now(UTC).isoformat(timespec="seconds")
    ports: dict[str, int] = noted.get("outlets", {})
    servers: list[OutletServer] = []
    try:
        for outlet in outlets():
            server = _bind(ports.get(outlet.slug), outlet.slug, ports_file)
            servers.append(server)
            base = f"http://{LOOPBACK}:{server.server_port}"
            server.edition = Edition(outlet, base, datetime.fromisoformat(first_started_at), edit_after)
        now = {server.edition.outlet.slug: server.server_port for server in servers}
        if now != ports:
            _write(ports_file, {"first_started_at": first_started_at, "outlets": now}, new=not noted)
    except PortError:
        close_press(servers)
        raise
    return servers


def close_press(servers: list[OutletServer]) -> None:
    """Give the ports back."""
    for server in servers:
        server.server_close()


def serve(ports_file: Path, *, edit_after: timedelta) -> int:
    """Serve the press until SIGTERM or SIGINT; return the exit status."""
    stop = threading.Event()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda _number, _frame: stop.set())
    try:
        servers = open_press(ports_file, edit_after=edit_after)
    except PortError as refusal:
        sys.stderr.write(f"sample press: {refusal}\n")
        return EXIT_REFUSED
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdout.write(f"sample press: {server.edition.base}/ {server.edition.outlet.slug}\n")
    sys.stdout.flush()
    stop.wait()
    return 0  # the threads are daemons: the end of the process closes every port at once


def _bind(port: int | None, slug: str, ports_file: Path) -> OutletServer:
    """Return a server that listens on the port, or on a free one drawn by lot if there is none yet."""
    if port is None:
        return _draw()
    try:
        return OutletServer((LOOPBACK, port), Reader)
    except OSError as error:
        raise PortError(
            f"port {port} of {slug} is taken ({error.strerror}). Stop the program that uses it, "
            f"or delete {ports_file} to let the press choose new ports."
        ) from error


def _draw() -> OutletServer:
    for _ in range(MOST_DRAWS):
        try:
            return OutletServer((LOOPBACK, FIRST_PORT + secrets.randbelow(PORT_COUNT)), Reader)
        except OSError:
            continue
    raise PortError(f"no free port found from {FIRST_PORT} to {FIRST_PORT + PORT_COUNT - 1}.")


def _read(ports_file: Path) -> dict[str, Any]:
    """Return what the ports file says; empty before the first start."""
    try:
        noted = json.loads(ports_file.read_text("utf-8"))
        datetime.fromisoformat(noted["first_started_at"])
        return {**noted, "outlets": {slug: int(port) for slug, port in noted["outlets"].items()}}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PortError(
            f"{ports_file} cannot be read ({error}); delete it to start the press with new ports."
        ) from error


def _write(ports_file: Path, noted: dict[str, Any], *, new: bool) -> None:
    """Write the ports file in one move; of two presses first started at once, one is refused."""
    ports_file.parent.mkdir(parents=True, exist_ok=True)
    draft = ports_file.with_name(f".{ports_file.name}.{os.getpid()}")
    draft.write_text(json.dumps(noted, indent=1) + "\n", "utf-8")
    try:
        if new:
            os.link(draft, ports_file)  # unlike a rename, fails if the file is there already
        else:
            draft.replace(ports_file)
            return
    except FileExistsError as error:
        raise PortError(f"another press has just written {ports_file}. Start this one again.") from error
    finally:
        draft.unlink(missing_ok=True)
