"""A web server on loopback that behaves badly on purpose: each path is one behavior."""

import contextlib
import gzip
import socket
import ssl
import threading
import time
import zlib

PAGE = "<html><body><p>« bonjour »</p></body></html>".encode()

SPREAD = {}


def at(path):
    def keep(behavior):
        SPREAD[path] = behavior
        return behavior

    return keep


def head(*lines, status="200 OK"):
    return "\r\n".join([f"HTTP/1.1 {status}", "Content-Type: text/html", *lines, "", ""]).encode("latin-1")


def sized(body, *lines, status="200 OK"):
    return head(f"Content-Length: {len(body)}", *lines, status=status) + body


def chunked(body):
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def redirect(target):
    return sized(b"moved", f"Location: {target}", status="302 Found")


def bomb(megabytes):
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(engine.compress(bytes(1 << 20)) for _ in range(megabytes)) + engine.flush()


def drip(connection, piece):
    while True:
        connection.sendall(piece)
        time.sleep(0.1)


def pour(connection, piece):
    while True:
        connection.sendall(piece)


FIXED = {
    "page": sized(PAGE),
    "gzip": sized(gzip.compress(PAGE), "Content-Encoding: gzip"),
    "two-members": sized(gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:]), "Content-Encoding: gzip"),
    "bare-deflate": sized(zlib.compress(PAGE)[2:-4], "Content-Encoding: deflate"),
    "chunked": head("Transfer-Encoding: chunked") + chunked(PAGE),
    "odd-head": b"HTTP/1.1 200 Fine by me\nX-Case:  two  spaces\ncontent-length: %d\n\n" % len(PAGE) + PAGE,
    "early-hints": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + sized(PAGE),
    "switching": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n" + sized(PAGE),
    "more-than-declared": sized(PAGE) + b"smuggled",
    "redirect": redirect("/page"),
    "redirect-in-utf8": redirect("/page?q=caf\u00c3\u00a9"),
    "redirect-in-latin1": redirect("/page?q=caf\u00e9"),
    "redirect-to-itself": redirect("/redirect-to-itself"),
    "redirect-to-private": redirect("http://127.0.0.1:6379/"),
    "redirect-to-metadata": redirect("http://169.254.169.254/latest/meta-data/"),
    "redirect-to-file": redirect("file:///etc/passwd"),
    "redirect-to-half-an-address": redirect("http://[oops/"),
    "redirect-nowhere": sized(b"", status="302 Found"),
    "not-modified": head(status="304 Not Modified"),
    "gone": sized(b"gone", status="410 Gone"),
    "bomb": sized(bomb(100), "Content-Encoding: gzip"),
    "gzip-in-gzip": sized(gzip.compress(gzip.compress(PAGE)), "Content-Encoding: gzip, gzip"),
    "gzip-truncated": sized(gzip.compress(PAGE * 50)[:-9], "Content-Encoding: gzip"),
    "gzip-not": sized(PAGE, "Content-Encoding: gzip"),
    "brotli-unasked": sized(b"\x8b\x02\x80hello\x03", "Content-Encoding: br"),
    "huge-length": head("Content-Length: 1000000000000") + PAGE,
    "length-too-long": head("Content-Length: 5000") + PAGE,
    "length-negative": head("Content-Length: -5") + PAGE,
    "two-lengths": head("Content-Length: 5", "Content-Length: 70") + PAGE,
    "length-and-chunks": head("Content-Length: 5", "Transfer-Encoding: chunked") + chunked(PAGE),
    "bad-chunk": head("Transfer-Encoding: chunked") + b"zz\r\nhello\r\n",
    "no-last-chunk": head("Transfer-Encoding: chunked") + b"5\r\nhello\r\n",
    "huge-header": head("X-Big: " + "A" * 200_000) + PAGE,
    "many-headers": head(*[f"X-{number}: y" for number in range(5_000)]) + PAGE,
    "large-headers": head(*[f"X-{number}: {'A' * 60_000}" for number in range(90)]) + PAGE,
    "part": sized(PAGE, "Content-Range: bytes 0-4/100", status="206 Partial Content"),
    "no-http": PAGE,
    "plain-as-utf8": sized(PAGE, "Content-Encoding: utf-8"),
    "plain-as-brotli": sized(PAGE, "Content-Encoding: br"),
    "http2-goaway": b"\x00\x00\x08\x07\x00\x00\x00\x00\x00" + bytes(7) + b"\x0d",
    "refresh": sized(
        b'<meta http-equiv="refresh" content="0; url=/page"><p>If you are not redirected \xe2\x80\xa6</p>'
    ),
    "refresh-to-itself": sized(b'<meta http-equiv="refresh" content="0; url=/refresh-to-itself"><p>Wait</p>'),
    "refresh-in-a-circle": sized(b'<meta http-equiv="refresh" content="0; url=/refresh-back">'),
    "refresh-back": sized(b'<meta http-equiv="refresh" content="0; url=/refresh-in-a-circle">'),
    "refresh-to-private": sized(b'<meta http-equiv="refresh" content="0; url=http://127.0.0.1:6379/">'),
    "refresh-by-header": sized(b"<p>Moved</p>", "Refresh: 0; url=/page"),
    "nothing": b"",
}


@at("asked")
def answer_what_was_asked(connection, request):
    connection.sendall(sized(request))


@at("cookie")
def redirect_to_itself_until_the_cookie_comes_back(connection, request):
    if b"\r\nCookie: ok=1" in request:
        connection.sendall(sized(PAGE))
    else:
        moved = ["Location: /cookie", "Set-Cookie: ok=1; Path=/; HttpOnly", "Set-Cookie: b=2; Domain=example"]
        connection.sendall(sized(b"moved", *moved, status="302 Found"))


@at("cookie-refresh")
def show_itself_again_until_the_cookie_comes_back(connection, request):
    again = b'<meta http-equiv="refresh" content="0"><p>Wait</p>'
    connection.sendall(sized(PAGE) if b"Cookie: ok=1" in request else sized(again, "Set-Cookie: ok=1"))


@at("new-cookie")
def redirect_to_itself_with_a_new_cookie_each_time(connection, request):
    moved = ["Location: /new-cookie", f"Set-Cookie: seen={time.monotonic_ns()}"]
    connection.sendall(sized(b"moved", *moved, status="302 Found"))


@at("http2")
def send_settings_and_wait(connection, request):
    connection.sendall(b"\x00\x00\x06\x04\x00\x00\x00\x00\x00" + b"\x00\x03\x00\x00\x00\x64")
    time.sleep(30)


@at("redirect-for-ever")
def redirect_for_ever(connection, request):
    connection.sendall(redirect(request.split()[1].decode() + "x"))


@at("redirect-open-ended")
def redirect_without_length(connection, request):
    connection.sendall(head("Location: /page", status="302 Found"))
    time.sleep(30)


@at("drip-body")
def drip_body(connection, request):
    connection.sendall(head("Content-Length: 100000"))
    drip(connection, b"a")


@at("drip-unsized")
def drip_unsized(connection, request):
    connection.sendall(head())
    drip(connection, b"a")


@at("drip-headers")
def drip_headers(connection, request):
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    drip(connection, b"a")


@at("silent")
def be_silent(connection, request):
    time.sleep(30)


@at("silent-after-head")
def be_silent_after_head(connection, request):
    connection.sendall(head("Content-Length: 100"))
    time.sleep(30)


@at("endless")
def pour_for_ever(connection, request):
    connection.sendall(head())
    pour(connection, b"A" * 65_536)


@at("endless-chunks")
def pour_chunks(connection, request):
    connection.sendall(head("Transfer-Encoding: chunked"))
    pour(connection, b"10000\r\n" + b"A" * 65_536 + b"\r\n")


@at("endless-continue")
def pour_continues(connection, request):
    pour(connection, b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


@at("endless-hints")
def pour_hints(connection, request):
    pour(connection, b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 100)


def names_resolve_to(monkeypatch, *ips):
    lookups = []

    def look_up(host, port, **_options):
        lookups.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return lookups


class Server:
    """Answers on a port of its own until it is closed; ``asked`` are the paths, in order, and ``at`` when they were."""

    def __init__(self, tls=None, pages=None):
        self.asked = []
        self.at = []
        self._pages = FIXED if pages is None else pages
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path=""):
        return f"http://127.0.0.1:{self.port}/{path}"

    @property
    def allowed(self):
        return frozenset({("127.0.0.1", self.port)})

    def close(self):
        self._listener.close()

    def stop(self):
        """Close at once, even while the thread waits for a connection."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _peer = self._listener.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection):
        with contextlib.suppress(OSError, ssl.SSLError), connection:
            connection.settimeout(30)
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            request = b""
            while b"\r\n\r\n" not in request:
                piece = connection.recv(65_536)
                if not piece:
                    return
                request += piece
            path = request.split()[1].decode().strip("/").partition("?")[0]
            self.at.append(time.monotonic())
            self.asked.append(path)
            if path.rstrip("x") in SPREAD:
                SPREAD[path.rstrip("x")](connection, request)
            else:
                connection.sendall(self._pages.get(path, sized(b"", status="404 Not Found")))
            connection.close()
