"""Ports: take a free port of this machine for our web server, and tell when a page answers there."""

from __future__ import annotations

import errno
import ipaddress
import socket  # noqa: TID251 -- listens, and asks only ourselves
from dataclasses import dataclass

# How many ports after a taken one are tried.
TRIES = 20


class Unusable(Exception):
    """An address cannot be listened on. The message may be shown to a person."""


@dataclass(frozen=True)
class Door:
    """A port that is ours: connections wait there until a web server takes them."""

    socket: socket.socket
    wanted: int

    def close(self) -> None:
        """Leave the port to others."""
        self.socket.close()

    @property
    def port(self) -> int:
        """The port that was free: the one wanted, or one a little higher."""
        number: int = self.socket.getsockname()[1]
        return number

    @property
    def is_reached_by_others(self) -> bool:
        """Whether other machines may connect: the address is not one of this machine alone."""
        return not ipaddress.ip_address(self.socket.getsockname()[0]).is_loopback

    @property
    def url(self) -> str:
        """The address to open in a browser on this machine."""
        host = self.socket.getsockname()[0]
        here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- compared, not bound
        return f"http://[{here}]:{self.port}/" if ":" in here else f"http://{here}:{self.port}/"


def open_door(address: str) -> Door:
    """Take the port of an address such as ``127.0.0.1:8000``, or the next free one. Raises ``Unusable``."""
    host, _, text = address.rpartition(":")
    if not text.isdigit() or int(text) > 65535:
        raise Unusable(f"{address} is not an address such as 127.0.0.1:8000.")
    host, wanted = host.strip("[]") or "127.0.0.1", int(text)
    for port in range(wanted, min(wanted + TRIES, 65535) + 1):
        try:
            return Door(_listen(host, port), wanted)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise Unusable(f"Cannot listen on {host}:{port}: {error.strerror or error}.") from error
    raise Unusable(f"The ports {wanted} to {port} of {host} are all taken: make run ADDRESS={host}:9000")


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2_048)  # requests that wait, as many as gunicorn allows where it listens itself
    except OSError:
        listener.close()
        raise
    return listener


def accepts(port: int) -> bool:
    """Tell whether something on this machine accepts connections on a port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def answers(door: Door, path: str = "/healthz", *, within: float = 2) -> bool:
    """Tell whether a page of our own web server answers with 200 within some seconds."""
    request = f"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode()
    host = door.url.removeprefix("http://").rpartition(":")[0].strip("[]")
    try:
        with socket.create_connection((host, door.port), timeout=within) as connection:
            connection.sendall(request)
            status = connection.recv(64).split(b" ", 2)
    except OSError:
        return False
    return status[1:2] == [b"200"]
