"""HTTP client: fetch one address, follow its redirects (also those of pages) hop by hop, and check every hop."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urljoin

import requests

from sources.formats import refresh, sandbox
from sources.formats.content_coding import BadCoding, inflate
from sources.web.addresses import NOBODY, Address, Pairs, Refused, read, vet
from sources.web.cookies import VisitCookies, sent
from sources.web.outcomes import Failed
from sources.web.transport import LIMITS, REDIRECTS, Deadline, Exchange, Limits, Line, exchange

__all__ = [
    "ACCEPT",
    "LIMITS",
    "PRODUCT",
    "Exchange",
    "Failed",
    "Limits",
    "Refused",
    "Response",
    "Undecoded",
    "get",
    "opened",
]

PRODUCT = "ClaimWorkbench"  # the name that robots.txt knows us by
USER_AGENT = f"{PRODUCT}/0.1"
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.1"
LONGEST_VALIDATOR = 500
PAGES = {"", "text/html", "application/xhtml+xml"}
CONDITION = re.compile(rb"^If-(?:None-Match|Modified-Since):", re.MULTILINE)

# Entered before each hop, and told how it went: checks robots.txt, and waits for our turn at the host.
Turn = Callable[[Address], AbstractContextManager[Callable[[Exchange], None]]]


@contextmanager
def at_once(_address: Address) -> Iterator[Callable[[Exchange], None]]:
    """Do not wait or check anything before a hop."""
    yield lambda _exchange: None


@dataclass(frozen=True)
class Validators:
    """The ETag and the date of an earlier answer, and its address: they mean nothing at other addresses."""

    url: str
    etag: str = ""
    modified: str = ""


NO_VALIDATORS = Validators("")


@dataclass(frozen=True)
class Response:
    """The answer to one fetch. ``body`` is decompressed; the exchanges, redirects first, are as on the wire.

    ``started_at`` is when the last of them began, ``elapsed`` the seconds of all of them.
    """

    url: str
    final_url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    started_at: datetime
    elapsed: float
    exchanges: tuple[Exchange, ...] = ()

    def header(self, name: str) -> str:
        """Return the values of a header, named in lower case, joined by commas; empty when it is absent."""
        return ", ".join(value for key, value in self.headers if key.lower() == name)

    @property
    def validators(self) -> Validators:
        """Return the validators for a conditional request the next time."""
        return Validators(self.final_url, self.header("etag"), self.header("last-modified"))

    @property
    def is_conditional(self) -> bool:
        """Whether the request was conditional: "not modified" answers no other request."""
        return CONDITION.search(self.request_head) is not None

    @property
    def request_head(self) -> bytes:
        """Return the last request as it was sent."""
        return self.exchanges[-1].request_head

    @property
    def response_head(self) -> bytes:
        """Return status line and headers as they were served."""
        return self.exchanges[-1].response_head

    @property
    def wire_body(self) -> bytes:
        """Return the body as it was served, compression and chunk framing included."""
        return self.exchanges[-1].wire_body

    @property
    def peer_ip(self) -> str:
        """Return the IP address that answered."""
        return self.exchanges[-1].peer_ip


class Undecoded(Failed):
    """An answer came whose body is not what its label says. ``answer`` has the body as it was served."""

    def __init__(self, detail: str, answer: Response) -> None:
        super().__init__("bad_encoding", detail)
        self.answer = answer


def get(
    url: str,
    *,
    known: Validators = NO_VALIDATORS,
    allowed: Pairs = NOBODY,
    accept: str = ACCEPT,
    user_agent: str = USER_AGENT,
    limits: Limits = LIMITS,
    turn: Turn = at_once,
    passed: Sequence[Exchange] = (),
    refreshes: bool = True,
) -> Response:
    """Fetch an address and follow its redirects; every hop is vetted and connected to the address that was vetted.

    With ``refreshes``, a page that only leads its reader on counts as a redirect (``sources.formats.refresh``). A host
    gets back the cookies that it set on the way; they end with the visit.
    ``known``, as a former answer gave them, make the request to their own address conditional, by the tag or else the
    date: never both, for a server must ignore the date when there is a tag (RFC 9110 section 13.1.3). ``allowed`` are
    pairs as in ``addresses.vet``. ``turn`` is entered right before each hop, and may wait or raise; its wait does not
    count as time of the fetch. ``passed`` are the redirects of an earlier fetch of this address that had to stop.
    An answer of any status is an answer. Raises ``Refused`` and ``Failed``; both have ``outcome``. An answer that
    cannot be decompressed comes with the error (``Undecoded``).
    """
    headers = {"User-Agent": user_agent, "Accept": accept, "Accept-Encoding": "gzip, deflate", "Connection": "close"}
    exchanges, cookies = [*passed], VisitCookies(passed)
    target = _target(exchanges, cookies, limits, refreshes=refreshes) if exchanges else url
    while target is not None:
        address = vet(target, allowed)
        cookie = cookies.header(address)
        if len(exchanges) > limits.redirects or _was_asked(exchanges, address, cookie):
            raise Failed("too_many_redirects")
        request = _request(address, headers | _condition(address, known), cookie)
        with turn(address) as note:
            with Deadline(limits.seconds - sum(hop.elapsed for hop in exchanges)) as deadline:
                exchanges.append(exchange(request, Line(address, allowed, limits, deadline)))
            note(exchanges[-1])
        cookies.hear(exchanges[-1])
        target = _target(exchanges, cookies, limits, refreshes=refreshes)
    return _answer(url, exchanges, limits)


def _request(address: Address, headers: dict[str, str], cookie: str) -> requests.Request:
    return requests.Request("GET", address.url, headers=headers | ({"Cookie": cookie} if cookie else {}))


def _was_asked(exchanges: Sequence[Exchange], address: Address, cookie: str) -> bool:
    """Return whether the same request was sent before: with another cookie, a host may answer otherwise."""
    return (address.url, cookie) in {(hop.url, sent(hop)) for hop in exchanges}


def _answer(url: str, exchanges: list[Exchange], limits: Limits) -> Response:
    last = exchanges[-1]
    took = sum(hop.elapsed for hop in exchanges)  # without the waits for a turn between hops
    about = (url, last.url, last.status, last.headers)
    try:
        return Response(*about, _inflated(last, limits), last.started_at, took, tuple(exchanges))
    except BadCoding as error:
        if error.outcome != "bad_encoding":
            raise Failed(error.outcome, str(error)) from error
        as_served = Response(*about, last.content, last.started_at, took, tuple(exchanges))
        raise Undecoded(str(error), as_served) from error


def opened(answer: Exchange, limits: Limits) -> bytes:
    """Return the content of an answer decompressed, within the limits. Raises ``Failed``."""
    try:
        return _inflated(answer, limits)
    except BadCoding as error:
        raise Failed(error.outcome, str(error)) from error


def _inflated(answer: Exchange, limits: Limits) -> bytes:
    bounds = {"most": limits.body_bytes, "ratio": limits.ratio, "enough": limits.enough_bytes}
    return inflate(answer.content, answer.header("content-encoding"), **bounds)


def _condition(address: Address, known: Validators) -> dict[str, str]:
    """Return the header of a conditional request; none where the validator cannot stand in a header."""
    if address.url != known.url:
        return {}
    for name, value in (("If-None-Match", known.etag.strip()), ("If-Modified-Since", known.modified.strip())):
        if value and value.isascii() and value.isprintable() and len(value) <= LONGEST_VALIDATOR:
            return {name: value}
    return {}


def _target(exchanges: Sequence[Exchange], cookies: VisitCookies, limits: Limits, *, refreshes: bool) -> str | None:
    """Return where an answer sends us, or None when it is the answer itself. Raises ``Failed`` and ``Refused``."""
    answer = exchanges[-1]
    if answer.status == 206:  # a part of the page, which we had not asked for
        raise Failed("connection", "HTTP 206")
    if answer.status not in REDIRECTS:
        return _refreshed(exchanges, cookies, limits) if refreshes else None
    locations = [value for name, value in answer.headers if name.lower() == "location"]
    if not locations or not locations[0].strip():
        raise Failed("connection", f"HTTP {answer.status} to nowhere")
    try:
        return urljoin(answer.url, _as_address(locations[0].strip()))
    except ValueError as error:  # such as an IPv6 address without its closing bracket
        raise Refused("not_an_address") from error


def _refreshed(exchanges: Sequence[Exchange], cookies: VisitCookies, limits: Limits) -> str | None:
    """Return where a page leads on; None for one that stays, or only shows itself again."""
    page = exchanges[-1]
    if page.status != 200 or page.header("content-type").partition(";")[0].strip().lower() not in PAGES:
        return None
    try:
        body, header = _inflated(page, limits), page.header("refresh")
        found = (
            sandbox.lead(body, page.header("content-type"), page.url, header) if refresh.may_lead(body, header) else ""
        )
    except (BadCoding, sandbox.GaveUp):
        return None
    if not found or found.partition("#")[0] != page.url:
        return found or None
    return found if cookies.header(read(page.url)) != sent(page) else None


def _as_address(location: str) -> str:
    """Return a Location as text: its bytes are mostly ASCII, sometimes UTF-8, and sometimes anything."""
    octets = location.encode("latin-1")
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        text = quote(octets, safe="%/:=&?~#+!$,;'@()*[]\\")
    return text.replace(" ", "%20")
