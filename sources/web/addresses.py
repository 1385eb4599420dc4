"""Web addresses: which we may open (protection against SSRF), canonical form for deduplication, and their site."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

import idna
import urllib3
from django.utils.translation import gettext_lazy as _

Pairs = frozenset[tuple[str, int]]

NOBODY: Pairs = frozenset()

LONGEST_URL = 2048
LONGEST_HOST = 253
PORTS = {80, 443, 8080, 8443}
DEFAULT_PORTS = {"http": 80, "https": 443}

# IANA's special-purpose registries (RFC 6890 and its updates) with multicast. Not `ipaddress.is_global`: on the Pythons
# we support it lets 192.0.0.0/24 (a cloud's metadata at 192.0.0.192), 192.88.99.0/24, 3fff::/20 and others through.
DENIED_V4 = [
    ipaddress.IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        # Public by the registries, but a cloud shows them only to its own machines: Azure's WireServer (Microsoft
        # Learn, "What is IP address 168.63.129.16?"), the metadata of Packet (metadata.packet.net), and the service
        # networks of IBM Cloud ("Service endpoints for VPC"). Others have theirs in the networks above.
        *("168.63.129.16/32", "192.80.8.124/32", "161.26.0.0/16", "166.8.0.0/14"),
    )
]
# Everything outside 2000::/3 is refused (mapped IPv4, NAT64, unique local, link local, multicast); inside it, tunnels
# that hide an IPv4 address (Teredo in 2001::/23, 6to4), documentation and AS112 are.
ALLOWED_V6 = ipaddress.IPv6Network("2000::/3")
DENIED_V6 = [
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
]

RESERVED_NAMES = {
    *("arpa", "corp", "home", "internal", "intranet", "invalid", "lan", "local", "localdomain", "localhost", "onion"),
}

REASONS = {
    "too_long": _("This address is too long."),
    "characters": _("This address contains characters that are not allowed."),
    "not_an_address": _("This is not a web address."),
    "scheme": _("We open only http and https addresses."),
    "credentials": _("We do not open addresses that contain a user name or password."),
    "host": _("The host name of this address is not valid."),
    "number": _("The host in this address is a number written in an ambiguous way."),
    "reserved_name": _("The host in this address is a private network name."),
    "port": _("We do not open addresses on this port."),
    "not_public": _("This address belongs to a private or special network. We do not open it."),
    "two_readings": _("This address can be read in two ways. We do not open it."),
    "no_dot": _("The name of a site needs a dot, as in example.org."),
}

_UNSAFE = re.compile(r"[\x00-\x20\x7f\\\u2028\u2029]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_BRACKETED = re.compile(r"\[[^\[\]]*\](:\d*)?")
_HEX_NUMBER = re.compile(r"0x[0-9a-f]*")
_DOT = re.compile("%2e", re.IGNORECASE)
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_IN_PATH = "/:@!$&'()*+,;=~-._%"
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")

# Named one by one: a pattern such as courlan's also takes `ref=`, `source=` and `keyword=`, which name articles on many
# sites, and two articles must never become one document.
TRACKING = re.compile(
    r"(utm|mtm|matomo|pk|piwik|hsa|vero|oly|__hs|ns)_.*|at_(medium|campaign|custom\d*|format|creation|variant|send_date"
    r"|recipient_(id|list)|link_.*|ptr_.*|bbc_team)|(fb|g|d|y|ys|tw|tt|ms)clid|msclkid|gclsrc|[gw]braid|igshid?|mc_[ce]id"
    r"|mkt_tok|li_fat_id|_ga|_gl|_openstat|s_kwcid|wt\.mc_id|xtor|cmpid|ocid|smid|twitter_impression|__twitter_impression",
    re.IGNORECASE,
)


class Refused(Exception):
    """We do not open this address. ``reason`` is a key of ``REASONS``; the message may be shown to a person."""

    outcome = "refused_address"

    def __init__(self, reason: str) -> None:
        super().__init__(str(REASONS[reason]))
        self.reason = reason


@dataclass(frozen=True)
class Address:
    """A vetted address. ``url`` is ASCII without a fragment; ``host`` is lower-case ASCII, without brackets."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    query: str

    @property
    def target(self) -> str:
        """Return what a request names: path and query, to the letter as in ``url``."""
        return self.path + (f"?{self.query}" if self.query else "")

    @property
    def site(self) -> str:
        """Return the site of an address, as documents carry it: the host, with any port but the default one."""
        bracketed = f"[{self.host}]" if ":" in self.host else self.host
        return bracketed if self.port == DEFAULT_PORTS[self.scheme] else f"{bracketed}:{self.port}"

    @property
    def key(self) -> str:
        """Return the key for deduplication: the same for every spelling that leads to the same page.

        The host in punycode, no default port, no fragment, dot segments resolved and escapes in one spelling (RFC 3986
        section 6.2.2), the query sorted by name and without tracking parameters.
        """
        pieces = [piece for piece in plain_escapes(self.query).split("&") if piece]
        kept = [piece for piece in pieces if not TRACKING.fullmatch(piece.partition("=")[0])]
        query = "&".join(sorted(kept, key=lambda piece: piece.partition("=")[0]))
        return f"{self.scheme}://{self.site}{plain_escapes(self.path)}" + (f"?{query}" if query else "")


def vet(url: str, allowed: Pairs = NOBODY) -> Address:
    """Return an address that may be opened, if what its name resolves to passes ``vet_ip`` as well.

    ``allowed`` are the exact pairs of IP (or, set by the operator, host name) and port that may be opened although they
    are not public. Raises ``Refused``.
    """
    address = read(url)
    ports = {port for _host, port in allowed}
    if address.port not in PORTS | ports:
        raise Refused("port")
    ip = _as_ip(address.host)
    if ip is not None:
        vet_ip(str(ip), address, allowed)
    elif address.port not in ports and _is_reserved(address.host):
        raise Refused("reserved_name")
    seen = urllib3.util.parse_url(address.url)
    if (seen.host or "").strip("[]") != address.host or (seen.port or DEFAULT_PORTS[address.scheme]) != address.port:
        raise Refused("two_readings")
    return address


def vet_ip(ip: str, address: Address, allowed: Pairs = NOBODY) -> None:
    """Raise ``Refused`` unless this IP, one of those an address leads to, is public or exactly allowed."""
    if (ip, address.port) in allowed or (address.host, address.port) in allowed:
        return
    if not is_public(ip):
        raise Refused("not_public")


def is_public(ip: str) -> bool:
    """Return whether an IP address belongs to the public internet, by our own lists."""
    try:
        parsed = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return not any(parsed in network for network in DENIED_V4)
    return not parsed.scope_id and parsed in ALLOWED_V6 and not any(parsed in network for network in DENIED_V6)


def vetted(url: str, allowed: Pairs = NOBODY) -> Address | None:
    """Return an address as ``vet`` does; None where we do not open it."""
    try:
        return vet(url.strip(), allowed)
    except Refused:
        return None


def key_of(url: str, allowed: Pairs = NOBODY) -> str:
    """Return the key of the document at an address that we may open, as ``Address.key``. Raises ``Refused``."""
    return vet(url.strip(), allowed).key


def site_of(text: str) -> str:
    """Return the site that a person typed, as a host name or as any address on it. Raises ``Refused``."""
    text = text.strip()
    address = read(text if "://" in text else f"https://{text}/")
    if not set(address.host) & {".", ":"}:  # a name of a private network; no page that we open has one
        raise Refused("no_dot")
    return address.site


def without_www(site: str) -> str:
    """Return a site without a leading ``www.``: it is the same publisher's with and without."""
    return site.removeprefix("www.")


def plain_escapes(text: str) -> str:
    """Return the text with escapes in upper case, and none where the character itself would do."""

    def plain(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if _UNRESERVED.fullmatch(character) else f"%{match[1].upper()}"

    return _PERCENT.sub(plain, text)


def read(url: str) -> Address:
    """Return the parts of a web address, whether or not we would open it. Raises ``Refused``.

    Dot segments are resolved, as every server does: the rules of robots.txt must be applied to the path that is meant.
    """
    parts = _split(url)
    host = _host(parts)
    port = parts.port if parts.port is not None else DEFAULT_PORTS[parts.scheme]
    path = _without_dots(quote(parts.path or "/", safe=_IN_PATH))
    query = quote(parts.query, safe=_IN_PATH + "?[]")
    netloc = (f"[{host}]" if ":" in host else host) + (f":{parts.port}" if parts.port is not None else "")
    clean = f"{parts.scheme}://{netloc}{path}" + (f"?{query}" if query else "")
    if len(clean) > LONGEST_URL:
        raise Refused("too_long")
    return Address(clean, parts.scheme, host, port, path, query)


def _split(url: str) -> SplitResult:
    if len(url) > LONGEST_URL:
        raise Refused("too_long")
    if _UNSAFE.search(url) or any("\ud800" <= character <= "\udfff" for character in url):
        raise Refused("characters")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused("not_an_address") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise Refused("scheme" if parts.scheme else "not_an_address")
    if not url[len(parts.scheme) :].startswith("://") or not parts.hostname or port == 0:
        raise Refused("not_an_address")
    if "@" in parts.netloc:
        raise Refused("credentials")
    if "%" in parts.netloc:
        raise Refused("host")
    return parts


def _host(parts: SplitResult) -> str:
    """Return the host in lower-case ASCII; a number only as a canonical IP (WHATWG URL, 'ends in a number')."""
    host = parts.hostname or ""
    if parts.netloc.startswith("["):
        if not _BRACKETED.fullmatch(parts.netloc):
            raise Refused("host")
        try:
            return ipaddress.IPv6Address(host).compressed
        except ValueError as error:
            raise Refused("host") from error
    host = _ascii(host).removesuffix(".")
    labels = host.split(".")
    if len(host) > LONGEST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        raise Refused("host")
    if (labels[-1].isdigit() or _HEX_NUMBER.fullmatch(labels[-1])) and _as_ip(host) is None:
        raise Refused("number")
    return host


def _ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except UnicodeError as error:
        raise Refused("host") from error


def _as_ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_reserved(host: str) -> bool:
    """Return whether a name means something only inside a network: a single label, or under a reserved ending."""
    return "." not in host or host.rpartition(".")[2] in RESERVED_NAMES


def _without_dots(path: str) -> str:
    """Return a path without `.` and `..` segments, their dots escaped or not (WHATWG URL, 'path state')."""
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        dots = _DOT.sub(".", segment)
        if dots == "..":
            del kept[-1:]
        elif dots != ".":
            kept.append(segment)
    if dots in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)
