"""Find where a page leads that only sends its reader on: meta refresh, the Refresh header, or a script of one line.

Such a page is no article. What tells the two apart is on the page: how soon it leaves, and how little else it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

MOST_READ = 65_536  # bytes; a page says at its beginning that it leads on
LITTLE = 300  # characters; "If you are not redirected, follow this link" has fewer, an article more
SHORT = 20_000  # bytes of a page whose only script may lead on
AT_ONCE = 1.0  # seconds: nobody can read the page
SOON = 30.0  # seconds; a page with little text that stays longer shows itself again, as the news on a wall does

_MAY_LEAD = re.compile(rb"http-equiv\s*=\s*[\"']?\s*refresh", re.IGNORECASE)
_MAY_SCRIPT = re.compile(rb"\blocation\b|\bcanonical\b", re.IGNORECASE)
# HTML standard, 4.2.5.3 "shared declarative refresh steps": seconds, a separator, and perhaps "url=" and quotes.
_REFRESH = re.compile(r"\s*(\d*)(?:\.[\d.]*)?(?:(?:\s*[;,]\s*|\s+)(?:url\s*=\s*)?([\"']?)(.*))?", re.I | re.S)
# Only a literal address: what a program puts together is not known before it runs.
_SCRIPTED = re.compile(
    r"\blocation(?:\.href)?\s*=\s*([\"'])([^\"'\\\s]+)\1\s*(?:[;}\n]|$)"
    r"|\blocation\.(?:replace|assign)\(\s*([\"'])([^\"'\\\s]+)\3\s*\)"
)


@dataclass(frozen=True)
class _Refresh:
    target: str
    seconds: float
    fallback: bool = False  # for readers without scripts


@dataclass
class _Seen:
    refreshes: list[_Refresh] = field(default_factory=list)
    links: set[str] = field(default_factory=set)
    canonical: str = ""
    scripts: str = ""
    runs_others: bool = False  # it runs programs that are elsewhere, which may make the page
    text: int = 0  # characters


def target(body: bytes, url: str, header: str = "") -> str:
    """Return the address to which a page leads its reader on at once; empty for a page that stays.

    ``header`` is the Refresh header of its answer. The target may be the page's own address.
    """
    short = len(body) <= SHORT and _MAY_SCRIPT.search(body) is not None
    if not header and not short and not _MAY_LEAD.search(body[:MOST_READ]):
        return ""
    seen = _seen(body, url)
    of_header = _refresh(header, url)
    little = seen.text <= LITTLE and len(body) <= MOST_READ
    for refresh in [*([of_header] if of_header else []), *seen.refreshes]:
        if little and refresh.seconds <= SOON:
            return refresh.target
        if refresh.seconds <= AT_ONCE and not refresh.fallback and not _is_same(refresh.target, url):
            return refresh.target
    return _only_way(seen, url) if short and little else ""


def _only_way(seen: _Seen, url: str) -> str:
    """Return where the script of a page with next to no text leads, or its only link, if it calls that its address."""
    elsewhere = {link for link in seen.links if not _is_same(link, url)}
    scripted = _SCRIPTED.search(seen.scripts)
    if scripted:
        there = _absolute(scripted[2] or scripted[4], url)
        fits = elsewhere == {there} or not (elsewhere or seen.runs_others)
        return there if fits and not _is_same(there, url) else ""
    named = not _is_same(seen.canonical, url) and elsewhere == {seen.canonical}
    return seen.canonical if named and seen.canonical else ""


def _seen(body: bytes, url: str) -> _Seen:
    reader = _Reader(url)
    reader.feed(body[:MOST_READ].decode("utf-8", "replace"))
    reader.close()
    return reader.seen


def _refresh(content: str, url: str, *, fallback: bool = False) -> _Refresh | None:
    """Return what a refresh says: without an address it shows the page again. None for what is no refresh."""
    found = _REFRESH.fullmatch(content)
    if not found or not content.strip():
        return None
    seconds, quote, rest = found[1], found[2], found[3] or ""
    named = rest.partition(quote)[0] if quote else rest
    there = _absolute(named, url) if named.strip() else url
    return _Refresh(there, float(seconds[:6] or 0), fallback) if there else None


def _absolute(target: str, url: str) -> str:
    """Return the web address that a page names; empty for anything else, such as a script or a mail address."""
    target = "".join(target.split())
    try:
        there = urljoin(url, target) if target else ""
        return there if urlsplit(there).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def _is_same(one: str, other: str) -> bool:
    return urldefrag(one)[0] == urldefrag(other)[0]


class _Reader(HTMLParser):
    """Reads the beginning of a page, whatever is wrong with its markup."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.seen = url, _Seen()
        self.within: list[str] = []  # open elements whose text nobody reads

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in {"script", "style", "noscript", "template", "title"}:
            self.within.append(tag)
            self.seen.runs_others |= tag == "script" and "src" in said
        elif tag == "base" and said.get("href"):
            self.url = _absolute(said["href"], self.url) or self.url
        elif tag == "meta" and said.get("http-equiv", "").strip().lower() == "refresh":
            refresh = _refresh(said.get("content", ""), self.url, fallback="noscript" in self.within)
            self.seen.refreshes += [refresh] if refresh else []
        elif tag == "link" and "canonical" in said.get("rel", "").lower().split():
            self.seen.canonical = self.seen.canonical or _absolute(said.get("href", ""), self.url)
        elif tag == "a" and "href" in said:
            self.seen.links |= {_absolute(said["href"], self.url)} - {""}

    def handle_endtag(self, tag: str) -> None:
        if tag in self.within:
            del self.within[self.within.index(tag) :]

    def handle_data(self, data: str) -> None:
        if "script" in self.within:
            self.seen.scripts += data
        elif not self.within:
            self.seen.text += len(" ".join(data.split()))
