"""A web server that behaves badly on purpose: that of the tests, and what is too heavy for them."""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import struct
import sys
import threading
import time
import zlib

from tests.sources.web.hostile import FIXED, PAGE, SPREAD, Server, at, bomb, drip, head, pour, redirect, sized

GOOD = {
    *("page", "gzip", "two-members", "bare-deflate", "chunked", "odd-head", "redirect", "more-than-declared", "gone"),
    *("redirect-in-utf8", "redirect-in-latin1", "redirect-open-ended"),
}

FIXED |= {
    "bomb-of-512-mb": sized(bomb(512), "Content-Encoding: gzip"),
    "bomb-in-bomb": sized(gzip.compress(bomb(512)), "Content-Encoding: gzip, gzip"),
    "bomb-of-deflate": sized(zlib.compress(bytes(200 << 20), 9), "Content-Encoding: deflate"),
    "bomb-of-many-members": sized(bomb(1) * 600, "Content-Encoding: gzip"),
    "members-by-the-hundred-thousand": sized(gzip.compress(b"") * 200_000, "Content-Encoding: gzip"),
    "blocks-of-nothing": sized(gzip.compress(b"")[:10] + b"\0\0\0\xff\xff" * 800_000, "Content-Encoding: gzip"),
    "bomb-in-a-redirect": head("Location: /page", "Content-Encoding: gzip", status="302 Found") + bomb(512),
    "padding-after-gzip": sized(gzip.compress(PAGE) + bytes(3_000_000), "Content-Encoding: gzip"),
    "zstd-unasked": sized(b"\x28\xb5\x2f\xfd\x00", "Content-Encoding: zstd"),
    "unknown-coding": sized(PAGE, "Content-Encoding: sdch"),
    "header-of-a-megabyte": head("X-Big: " + "A" * (1 << 20)) + PAGE,
    "ten-thousand-headers": head(*[f"X-{number}: y" for number in range(10_000)]) + PAGE,
    "cookies": head(*[f"Set-Cookie: a{number}={'x' * 500}; Domain=.test" for number in range(80)]) + PAGE,
    "length-of-words": head("Content-Length: many") + PAGE,
    "length-of-many-digits": head("Content-Length: " + "9" * 5_000) + PAGE,
    "chunks-and-gzip-transfer": head("Transfer-Encoding: gzip, chunked") + b"0\r\n\r\n",
    "huge-chunk-line": head("Transfer-Encoding: chunked") + b"5;" + b"a" * 200_000 + b"\r\nhello\r\n0\r\n\r\n",
    "huge-chunk-size": head("Transfer-Encoding: chunked") + b"f" * 40 + b"\r\n" + PAGE,
    "negative-chunk-size": head("Transfer-Encoding: chunked") + b"-5\r\nhello\r\n0\r\n\r\n",
    "chunks-of-a-byte": head("Transfer-Encoding: chunked") + b"1;a=b\r\nx\r\n" * 400_000 + b"0\r\n\r\n",
    "status-of-words": b"HTTP/1.1 abc OK\r\n\r\n" + PAGE,
    "status-of-many-digits": b"HTTP/1.1 20000000000000000000 OK\r\n\r\n" + PAGE,
    "switching-protocols": head("Upgrade: websocket", status="101 Switching Protocols") + PAGE,
    "icy": b"ICY 200 OK\r\n\r\n" + PAGE,
    "garbage": bytes(range(256)) * 100,
    "header-with-nul": head("X-Odd: a\0b") + PAGE,
    "folded-header": head("X-Folded: a\r\n b") + PAGE,
    "redirect-a": redirect("/redirect-b"),
    "redirect-b": redirect("/redirect-a"),
    "redirect-far": redirect("/page?" + "x" * 50_000),
    "redirect-to-script": redirect("javascript:alert(1)"),
    "redirect-with-nul": redirect("/a\0b"),
    "redirect-to-user": redirect("http://user@127.0.0.1/"),
    "redirect-with-two-readings": redirect("http://1.1.1.1\\@127.0.0.1/"),
}


@at("endless-header")
def pour_a_header(connection: socket.socket, _request: bytes) -> None:
    """Send one header that never ends."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    pour(connection, b"A" * 65_536)


@at("endless-headers")
def pour_headers(connection: socket.socket, _request: bytes) -> None:
    """Send headers without an end to them."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    pour(connection, b"X-Y: z\r\n" * 100)


@at("endless-trailers")
def pour_trailers(connection: socket.socket, _request: bytes) -> None:
    """End the chunks, and not what follows them."""
    connection.sendall(head("Transfer-Encoding: chunked") + b"5\r\nhello\r\n0\r\n")
    pour(connection, b"X-Y: z\r\n" * 100)


@at("endless-gzip")
def pour_gzip(connection: socket.socket, _request: bytes) -> None:
    """Send a compressed body that never ends."""
    connection.sendall(head("Content-Encoding: gzip"))
    pour(connection, bomb(1))


@at("slow-continue")
def drip_continues(connection: socket.socket, _request: bytes) -> None:
    """Promise an answer again and again."""
    drip(connection, b"HTTP/1.1 100 Continue\r\n\r\n")


@at("drip-chunks")
def drip_chunks(connection: socket.socket, _request: bytes) -> None:
    """Send a byte a chunk, and ten a second."""
    connection.sendall(head("Transfer-Encoding: chunked"))
    drip(connection, b"1\r\na\r\n")


@at("drip-status")
def drip_status(connection: socket.socket, _request: bytes) -> None:
    """Never get to the end of the status line."""
    drip(connection, b"H")


@at("drip-in-a-redirect")
def drip_redirect(connection: socket.socket, _request: bytes) -> None:
    """Send us on, but with a body that never comes to its end."""
    connection.sendall(head("Location: /page", "Content-Length: 60000", status="302 Found"))
    drip(connection, b"a")


@at("reset")
def reset(connection: socket.socket, _request: bytes) -> None:
    """Break off half-way."""
    connection.sendall(head("Content-Length: 100000") + b"a" * 1_000)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def silent() -> int:
    """Open a port that takes connections and says nothing, not even in TLS; return it."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        held = []
        while True:
            held.append(listener.accept())

    threading.Thread(target=accept, daemon=True).start()
    return int(listener.getsockname()[1])


def closed() -> int:
    """Return a port at which nobody is."""
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return int(listener.getsockname()[1])


def main() -> None:
    """Open the server, say where its behaviors are, and answer until we are killed."""
    server, mute, nobody = Server(), silent(), closed()
    paths = sorted({*FIXED, *SPREAD} - GOOD - {"asked", "not-modified"})
    urls = {path: server.url(path) for path in paths}
    urls |= {"silent-handshake": f"https://127.0.0.1:{mute}/", "no-tls": server.url("page").replace("http:", "https:")}
    urls |= {"nobody": f"http://127.0.0.1:{nobody}/"}
    good = {path: server.url(path) for path in sorted(GOOD)}
    sys.stdout.write(json.dumps({"ports": [server.port, mute, nobody], "bad": urls, "good": good}) + "\n")
    sys.stdout.flush()
    time.sleep(100_000)


if __name__ == "__main__":
    main()
