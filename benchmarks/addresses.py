"""Addresses: which of them lead to a connection to what is not public; a naive check beside us. Nothing is opened."""

from __future__ import annotations

import ipaddress
import json
import re
import socket
import unicodedata
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from benchmarks.measuring import arguments, report, say, unusable, without_apps
from sources.web import client

FILE = "ssrf_special.json"
SOMEWHERE = "93.184.215.14"  # what names lead to here, unless they carry an address themselves
PORTS = {None, 80, 443, 8080, 8443}
LONGEST = 2_000  # characters; longer ones nobody needs to open
# What rows call their addresses, as the name of a yes or no or as a word.
STATED = dict.fromkeys(("good", "ok", "allow", "allowed", "public"), True) | dict.fromkeys(
    ("bad", "deny", "denied", "refuse", "refused", "block", "blocked", "private"), False
)

# The same registries as the product's, from IANA, but written down independently: the judge must not be the accused.
SPECIAL = [
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"),
        *("192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("::/3", "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "4000::/2", "8000::/1"),
    )
]
# Public names that lead to the address in them, as 10.0.0.1.nip.io does.
_CARRIED = re.compile(
    r"(?:^|[.-])(\d{1,3})[.-](\d{1,3})[.-](\d{1,3})[.-](\d{1,3})[.-].*?(?:nip|sslip|xip|ip6|traefik|1u|rbndr)\.(?:io|me|ms|us)\.?$"
)
_LOCAL = re.compile(
    r"(?:^|\.)(?:localhost|localdomain|local|internal|lan|home|corp|intranet|private|arpa|onion|invalid)\.?$"
)
_PLAIN_NAME = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]*[a-z0-9]\.?$")
_LEADS_HOME = re.compile(r"localtest\.me|lvh\.me|vcap\.me|lacolhost\.com|127-0-0-1|metadata")

Open = Callable[[str], object]


def main() -> None:
    """Take the figures."""
    data: Path = arguments(str(__doc__)).data
    without_apps()
    rows = rows_of(data)
    say(f"{len(rows)} addresses")
    ours, naive = measured(rows, client.get), measured(rows, naive_get)
    for what, urls in ours["named"].items():
        for url in urls:
            say(f"{what}: {url!r}")
    report(**ours, reference={"naive": {key: naive[key] for key in ("reached", "good_refused")}})


def rows_of(data: Path) -> list[dict[str, Any]]:
    """Return the addresses of a file, or of a folder's ``ssrf_special.json`` or else all its JSON lists of them."""
    usual = data / FILE if data.is_dir() else data
    paths = [usual] if usual.is_file() else sorted(data.glob("*.json"))
    rows = [row for path in paths for row in listed(path, is_sure=path == data)]
    if not rows:
        unusable(f"There is no list of addresses in {data}.")
    return rows


def listed(path: Path, *, is_sure: bool) -> list[dict[str, Any]]:
    """Return the rows of a list of addresses, each with its ``url``; none when the file is no such list."""
    try:
        found = json.loads(path.read_bytes())
    except ValueError as error:
        if is_sure:
            unusable(f"{path} is no JSON: {error}")
        return []
    is_list = isinstance(found, list) and all(
        isinstance(row, dict) and isinstance(row.get("url"), str) for row in found
    )
    return found if is_list else []


def measured(rows: list[dict[str, Any]], get: Open) -> dict[str, Any]:
    """Return how many addresses led to a connection to what is not public, and how many good ones to none."""
    reached, refused, good = [], [], 0
    for row in rows:
        url, stated = row["url"], stated_of(row)
        connections = connections_of(url, get, somewhere if stated else address_of)
        if any(not is_public(ip) for ip in connections):
            reached.append(url)
        if is_good(url) if stated is None else stated:
            good += 1
            if not connections:
                refused.append(url)
    return {
        "reached": len(reached),
        "good_refused": len(refused),
        "addresses": len(rows),
        "good": good,
        "named": {"reached": reached, "good_refused": refused},
    }


def connections_of(url: str, get: Open, leads: Callable[[str], str]) -> list[str]:
    """Return the IP addresses that opening an address would connect to, by what names are said to lead to."""
    with fake_internet(leads) as connections:
        try:
            get(url)
        except Exception:  # noqa: BLE001 -- however it ends, what counts is where it went
            return connections
    return connections


@contextmanager
def fake_internet(leads: Callable[[str], str]) -> Iterator[list[str]]:
    """Note every connection instead of making it; look up numbers for real and names here."""
    connections: list[str] = []
    look_up, connect = socket.getaddrinfo, socket.socket.connect

    def resolve(host: Any, port: Any, *_how: Any, **_more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host)
        try:  # numbers in any spelling that the system understands, without asking anybody
            return look_up(name, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        except OSError:
            return look_up(leads(name), port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)

    def note(_socket: socket.socket, sockaddr: Any) -> None:
        connections.append(str(sockaddr[0]) if isinstance(sockaddr, tuple) else "127.0.0.1")
        raise ConnectionRefusedError

    socket.getaddrinfo, socket.socket.connect = resolve, note  # type: ignore[assignment, method-assign]
    try:
        yield connections
    finally:
        socket.getaddrinfo, socket.socket.connect = look_up, connect  # type: ignore[method-assign]


def address_of(name: str) -> str:
    """Return what a name leads to: home for those known to, the address that it carries, or somewhere public."""
    host = name.lower()
    if _LOCAL.search(host) or _LEADS_HOME.search(host) or "." not in host.rstrip("."):
        return "127.0.0.1"
    carried = _CARRIED.search(host)
    return ".".join(carried.groups()) if carried and all(int(part) < 256 for part in carried.groups()) else SOMEWHERE


def is_public(ip: str) -> bool:
    """Return whether an IP address is part of the public internet."""
    parsed = ipaddress.ip_address(ip.partition("%")[0])
    return "%" not in ip and not any(parsed in network for network in SPECIAL)


def somewhere(_name: str) -> str:
    """Return a public address, for names of which a row states that they are good."""
    return SOMEWHERE


def stated_of(row: dict[str, Any]) -> bool | None:
    """Return whether a row states in so many words that its address should be opened; None when it does not say."""
    for name, said in row.items():
        if isinstance(said, bool) and name in STATED:
            return said is STATED[name]
        if isinstance(said, str) and name != "url" and said.lower() in STATED:
            return STATED[said.lower()]
    return None


def is_good(url: str) -> bool:
    """Return whether an address of which nothing is stated should be opened: it is plain and leads to the public."""
    try:
        parts = urllib.parse.urlsplit(url)
        host, port = _plain_letters(parts.hostname or ""), parts.port
    except ValueError:
        return False
    is_plain = not set(url) & set(' \\"<>^`{|}') and url.isprintable() and len(url) <= LONGEST
    if not is_plain or parts.scheme not in {"http", "https"} or "@" in parts.netloc or port not in PORTS:
        return False
    try:
        return is_public(host)
    except ValueError:
        return bool(_PLAIN_NAME.match(host)) and not _LOCAL.search(host) and is_public(address_of(host))


def _plain_letters(host: str) -> str:
    """Return a host in ASCII; ValueError if it has more than letters of a script, or letters that stand for others."""
    if host.isascii():
        return host
    odd = [one for one in host if not one.isascii() and unicodedata.category(one)[0] not in "LM"]
    if odd or unicodedata.normalize("NFKC", host) != host:
        raise ValueError(host)
    return host.encode("idna").decode()


def naive_get(url: str) -> None:
    """Open an address as many do: look its name up, ask the standard library, and leave the rest to requests."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        return
    for found in socket.getaddrinfo(parts.hostname, parts.port or 80, type=socket.SOCK_STREAM):
        ip = ipaddress.ip_address(str(found[4][0]).partition("%")[0])
        if ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_reserved:
            return
    requests.get(url, timeout=1)


if __name__ == "__main__":
    main()
