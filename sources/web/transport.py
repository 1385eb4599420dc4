"""HTTP transport: one request over one checked connection (no SSRF); bytes recorded, size and time limited."""

from __future__ import annotations

import http.client
import io
import re
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, BinaryIO, Self

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection

from sources.web.addresses import Address, Pairs, Refused, vet_ip
from sources.web.outcomes import Failed

MOST_SOCKADDRS = 3
CHUNK = 65_536
INTERIM = {100, *range(102, 200)}  # 101 would be an answer to something that we never ask
REDIRECTS = {301, 302, 303, 307, 308}
# RFC 9113: a server begins with SETTINGS, or refuses with GOAWAY; either frame is of the connection as a whole.
HTTP2_FRAME = re.compile(rb"\x00..[\x04\x07]\x00\x00\x00\x00\x00", re.DOTALL)


@dataclass(frozen=True)
class Limits:
    """Limits of one fetch. ``seconds`` is the total wall-clock time, redirects included."""

    seconds: float = 20.0
    dns_seconds: float = 4.0
    connect_seconds: float = 5.0
    silence_seconds: float = 10.0
    head_bytes: int = 65_536
    wire_bytes: int = 5_000_000
    body_bytes: int = 20_000_000
    ratio: int = 200  # of text, deflate makes 3 to 20; above 200 it is padding or a bomb
    redirects: int = 5
    redirect_body_bytes: int = 65_536
    enough_bytes: int = 0  # where a part of the body is enough, as for robots.txt, we do not read the rest; 0: read all
    ca_bundle: str = ""  # a file of certificates to trust; empty: those that come with requests


LIMITS = Limits()


@dataclass(frozen=True)
class Exchange:
    """One request and one answer, as they were on the wire. ``content`` is ``wire_body`` without its chunk framing."""

    url: str
    status: int
    headers: list[tuple[str, str]]
    request_head: bytes
    response_head: bytes
    wire_body: bytes
    content: bytes
    peer_ip: str
    started_at: datetime
    elapsed: float
    truncated: bool = False
    certificates: tuple[bytes, ...] = ()  # as the server showed them, its own first, in DER

    def header(self, name: str) -> str:
        """Return the values of a header joined by commas, empty when it is absent."""
        return ", ".join(value for key, value in self.headers if key.lower() == name)


class Deadline:
    """A guard that shuts every connection of a fetch when its time is up.

    Socket timeouts restart at each byte, so a server that drips bytes could block a worker without end.
    """

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        with self._lock:
            for watched in self._sockets:
                watched.close()
            self._sockets.clear()

    def left(self, most: float) -> float:
        """Return the seconds left, at most ``most``; raise ``Failed`` where there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise Failed("timeout")
        return min(left, most)

    @property
    def passed(self) -> bool:
        """Return whether the time is up."""
        return time.monotonic() >= self._ends

    def watch(self, connection: socket.socket) -> None:
        """Close this connection too when the time is up. TLS takes over the socket handle, so we keep another."""
        with self._lock:
            self._sockets.append(connection.dup())
        self.left(0)  # where the time ran out just before, nothing else would close it

    def _shut(self) -> None:
        with self._lock:
            for watched in self._sockets:
                try:
                    watched.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # it was closed already


@dataclass
class Line:
    """The connection of one exchange: checked when it is opened, recorded and counted while it is used."""

    address: Address
    allowed: Pairs
    limits: Limits
    deadline: Deadline
    sent: bytearray = field(default_factory=bytearray)
    head: bytearray = field(default_factory=bytearray)
    body: bytearray = field(default_factory=bytearray)
    heads: int = 0
    in_body: bool = False
    peer_ip: str = ""
    certificates: tuple[bytes, ...] = ()
    into: BinaryIO | None = None  # where a body goes that is too long to keep in memory
    heard: int = 0
    taken: int = 0

    def connect(self) -> socket.socket:
        """Return a socket to the first address of this name that answers. All its addresses must pass the check."""
        found = _resolve(self.address, self.deadline.left(self.limits.dns_seconds))
        for _family, sockaddr in found:
            vet_ip(str(sockaddr[0]), self.address, self.allowed)
        last: OSError = OSError("no address")
        for family, sockaddr in found[:MOST_SOCKADDRS]:
            try:
                return self._connect(family, sockaddr)
            except OSError as error:
                last = error
        raise Failed("timeout" if isinstance(last, TimeoutError) else "connection") from last

    def _connect(self, family: int, sockaddr: tuple[Any, ...]) -> socket.socket:
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(self.deadline.left(self.limits.connect_seconds))
            connection.connect(sockaddr)
            self.peer_ip = str(connection.getpeername()[0])
            vet_ip(self.peer_ip, self.address, self.allowed)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.deadline.watch(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def start_head(self) -> None:
        """A status line comes next; the head before was interim (103 Early Hints): it counts, but is not kept."""
        self.heads += len(self.head)
        self.head.clear()

    def hear(self, piece: bytes) -> None:
        """Record bytes of the answer; raise ``Failed`` where they are too many."""
        if self.in_body:
            self.heard += len(piece)
            if self.heard > self.limits.wire_bytes:
                raise Failed("too_large")
            if self.into is None:
                self.body += piece
        else:
            self.head += piece
            if self.heads + len(self.head) > self.limits.head_bytes:
                raise Failed("too_large", "headers")

    def take(self, piece: bytes, content: bytearray) -> None:
        """Keep a piece of the content, or write it where it goes."""
        self.taken += self.into.write(piece) if self.into else len(piece)
        content += b"" if self.into else piece


def exchange(request: requests.Request, line: Line) -> Exchange:
    """Send a request over a connection and read its answer. Raises ``Refused`` and ``Failed``.

    We use nothing from the environment: no proxies, cookies or netrc. Redirects are not followed.
    """
    started_at, start = datetime.now(UTC), time.monotonic()
    adapter = _Adapter(line)
    timeout = (line.limits.connect_seconds, line.deadline.left(line.limits.silence_seconds))
    try:
        response = adapter.send(request.prepare(), stream=True, timeout=timeout, verify=line.limits.ca_bundle or True)
        length = _declared_length(response, line.limits)
        content, truncated = _read(response, line)
    except (Refused, Failed) as error:
        _note_head(error, line)
        raise
    except Exception as error:  # hostile bytes make the libraries raise more than they document
        failure = _failure(error, line.deadline)
        _note_head(failure, line)
        raise failure from error
    finally:
        adapter.close()
    if line.deadline.passed:
        raise Failed("timeout")  # a connection that the guard closed looks like the end of a body
    if not truncated and length is not None and line.taken < length and response.status_code not in {204, 304}:
        raise Failed("connection", "cut off")
    headers = [(name, value.replace("\0", "\ufffd")) for name, value in response.raw.headers.items()]
    return Exchange(
        *(line.address.url, response.status_code, headers, bytes(line.sent), bytes(line.head), bytes(line.body)),
        *(content, line.peer_ip, started_at, time.monotonic() - start, truncated, line.certificates),
    )


def _resolve(address: Address, seconds: float) -> list[tuple[int, tuple[Any, ...]]]:
    """Return the socket addresses of a host, IPv4 first. In a thread, because getaddrinfo has no timeout."""
    answers: list[tuple[int, tuple[Any, ...]]] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        answers.extend((family, sockaddr) for family, _kind, _protocol, _name, sockaddr in found)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive() or not answers:
        raise Failed("dns")
    return sorted(answers, key=lambda answer: answer[0] != socket.AF_INET)


def _declared_length(response: requests.Response, limits: Limits) -> int | None:
    """Return the Content-Length, or None. Raises ``Failed`` where two readers could disagree (RFC 9112 section 6)."""
    lengths = {value.strip() for value in response.raw.headers.getlist("content-length")}
    transfer = ", ".join(response.raw.headers.getlist("transfer-encoding")).strip().lower()
    if response.status_code < 200:
        raise Failed("connection", f"HTTP {response.status_code}")
    if transfer not in {"", "chunked"} or (transfer and lengths) or len(lengths) > 1:
        raise Failed("connection", "contradictory length")
    if not lengths:
        return None
    length = lengths.pop()
    if not (length.isascii() and length.isdigit()):
        raise Failed("connection", "contradictory length")
    if response.status_code not in REDIRECTS and not limits.enough_bytes and int(length[:20]) > limits.wire_bytes:
        raise Failed("too_large")
    return int(length[:20])


def _read(response: requests.Response, line: Line) -> tuple[bytes, bool]:
    """Return the content without chunk framing, and whether we cut it: a part of a redirect is enough."""
    line.in_body = True
    passing = response.status_code in REDIRECTS
    is_packed = "content-encoding" in response.raw.headers
    enough = line.limits.redirect_body_bytes if passing else 0 if is_packed else line.limits.enough_bytes
    unframed = not {"content-length", "transfer-encoding"} & {name.lower() for name in response.raw.headers}
    if passing and unframed:
        return b"", True  # it ends when the server closes, and some servers never do
    content = bytearray()
    while piece := response.raw.read1(CHUNK, decode_content=False):
        line.take(piece, content)
        if enough and len(content) > enough:
            return bytes(content), True
    return bytes(content), False


def _note_head(error: Exception, line: Line) -> None:
    """Record with an error whether the host had started to answer."""
    if isinstance(error, Failed):
        error.answered = bool(line.head or line.heads)


def _failure(error: Exception, deadline: Deadline) -> Failed:
    if "no_application_protocol" in str(error).lower().replace(" ", "_"):  # RFC 7301: it has none in common with us
        return Failed("http2_only")
    if deadline.passed or isinstance(
        error, requests.exceptions.Timeout | urllib3.exceptions.TimeoutError | TimeoutError
    ):
        return Failed("timeout")
    if isinstance(error, requests.exceptions.SSLError | urllib3.exceptions.SSLError | ssl.SSLError):
        return Failed("tls")
    return Failed("connection")


class _Adapter(HTTPAdapter):
    """Sends requests over our own connection, whatever the library would choose."""

    def __init__(self, line: Line) -> None:
        self.line = line
        super().__init__(max_retries=0)

    def get_connection_with_tls_context(self, *_args: Any, **_kwargs: Any) -> Any:
        address = self.line.address
        if address.scheme == "https":
            pool: Any = urllib3.HTTPSConnectionPool(address.host, address.port, maxsize=1)
            pool.ConnectionCls = partial(_NotedHTTPS, line=self.line)
        else:
            pool = urllib3.HTTPConnectionPool(address.host, address.port, maxsize=1)
            pool.ConnectionCls = partial(_Noted, line=self.line)
        return pool


class _Noted(HTTPConnection):
    """A connection opened by its ``Line``, which records what is sent and received."""

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line
        self.response_class = partial(_NotedResponse, line=line)  # type: ignore[assignment]  # it is only called

    def _new_conn(self) -> socket.socket:
        return self.line.connect()

    def putrequest(self, method: str, url: str, *args: Any, **kwargs: Any) -> None:
        """Request the target that we checked: the libraries would rewrite escapes, brackets and double slashes."""
        super().putrequest(method, self.line.address.target, *args, **kwargs)

    def send(self, data: Any) -> None:
        self.line.sent += data
        super().send(data)


class _NotedHTTPS(_Noted, HTTPSConnection):
    """The same over TLS; certificate and SNI use the name, not the IP address."""

    def connect(self) -> None:
        super().connect()
        self.line.certificates = _shown(self.sock)


def _shown(connection: Any) -> tuple[bytes, ...]:
    """Return the certificates that a server sent, its own first. Before Python 3.13 only the inner object has all."""
    inner = connection if hasattr(connection, "get_unverified_chain") else getattr(connection, "_sslobj", None)
    try:
        chain = inner.get_unverified_chain() or []  # type: ignore[union-attr]
        return tuple(one if isinstance(one, bytes) else ssl.PEM_cert_to_DER_cert(one.public_bytes()) for one in chain)
    except (AttributeError, ValueError):
        own = connection.getpeercert(binary_form=True)
        return (own,) if own else ()


class _NotedResponse(http.client.HTTPResponse):
    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line
        self.fp = _Tape(self.fp.detach(), line)

    def _read_status(self) -> tuple[str, int, str]:
        """Return the status line of the final answer; interim answers before it may be ignored (RFC 9110, 15.2)."""
        while True:
            self.line.start_head()
            if HTTP2_FRAME.match(self.fp.peek(1)):  # it would wait for our frames, and send no line
                raise Failed("http2_only")
            status: tuple[str, int, str] = super()._read_status()  # type: ignore[misc]
            if status[1] not in INTERIM:
                return status
            http.client.parse_headers(self.fp)


class _Tape(io.BufferedReader):
    """Records bytes as they are read from a connection: what is in the buffer after the answer is not part of it."""

    def __init__(self, raw: Any, line: Line) -> None:
        super().__init__(raw)
        self._line = line

    def _note(self, piece: bytes) -> bytes:
        self._line.hear(piece)
        return piece

    def read(self, size: int | None = -1, /) -> bytes:
        return self._note(super().read(size))

    def read1(self, size: int = -1, /) -> bytes:
        return self._note(super().read1(size))

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._note(super().readline(size))

    def readinto(self, buffer: Any, /) -> int:
        count = super().readinto(buffer)
        self._line.hear(bytes(memoryview(buffer)[:count]))
        return count
