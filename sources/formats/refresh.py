"""Find where a page leads that only sends its reader on: meta refresh, the Refresh header, or a script of one line.

Such a page is no article. What tells the two apart is on the page: how soon it leaves, and how little else it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree

from sources.formats.page_tree import tree_of

MOST_READ = 65_536  # bytes or characters; a page says at its beginning that it leads on
LITTLE = 300  # characters; "If you are not redirected, follow this link" has fewer, an article more
SHORT = 20_000  # bytes or characters of a page whose only script may lead on
AT_ONCE = 1.0  # seconds: nobody can read the page
UNREAD = ("script", "style", "noscript", "template", "title")  # elements whose text nobody reads
SOON = 30.0  # seconds; a page with little text that stays longer shows itself again, as the news on a wall does

_MAY_LEAD = re.compile(rb"http-equiv\s*=\s*[\"']?\s*refresh", re.IGNORECASE)
_MAY_SCRIPT = re.compile(rb"\blocation\b|\bcanonical\b", re.IGNORECASE)
# HTML standard, 4.2.5.3 "shared declarative refresh steps": seconds, a separator, and perhaps "url=" and quotes.
_REFRESH = re.compile(r"\s*(\d*)(?:\.[\d.]*)?(?:(?:\s*[;,]\s*|\s+)(?:url\s*=\s*)?([\"']?)(.*))?", re.I | re.S)
# Only a literal address: what a program puts together is not known before it runs.
_SCRIPTED = re.compile(
    r"\blocation(?:\.href)?\s*=\s*([\"'])([^\"'\\\s]+)\1\s*(?:[;\n]|$)"
    r"|\blocation\.(?:replace|assign)\(\s*([\"'])([^\"'\\\s]+)\3\s*\)"
)

_CONDITION = re.compile(r"\b(?:if|else|function|case|for|while)\b|=>|&&|\|\||\?")


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
    own: int = 0  # characters outside links


def may_lead(body: bytes, header: str = "") -> bool:
    """Return whether to ask ``target``: most pages have nothing that could lead on. ``header`` is as there."""
    short = len(body) <= SHORT and _MAY_SCRIPT.search(body)
    return bool(header or short or _MAY_LEAD.search(body[:MOST_READ]))


def target(html: str, url: str, header: str = "") -> str:
    """Return the address to which a page leads its reader on at once; empty for a page that stays.

    ``header`` is the Refresh header of its answer. The target may be the page's own address.
    """
    seen = _seen(html, url)
    of_header = _refresh(header, url)
    little = seen.text <= LITTLE and len(html) <= MOST_READ
    for refresh in [*([of_header] if of_header else []), *seen.refreshes]:
        if _is_followed(refresh, seen, url, little=little):
            return refresh.target
    return _only_way(seen, url) if little and len(html) <= SHORT else ""


def _is_followed(refresh: _Refresh, seen: _Seen, url: str, *, little: bool) -> bool:
    """Return whether a refresh is all that its page is for. One that leaves time to read has to be named by a link.

    What a page says to readers without scripts counts only where it is the same that a script says, or all there is.
    """
    is_own = _is_same(refresh.target, url)
    if refresh.fallback:
        scripted = _scripted(seen, url)
        return little and (_is_same(scripted, refresh.target) if scripted else _is_nothing(seen))
    if refresh.seconds <= AT_ONCE:
        return little or not is_own
    named = {urldefrag(link)[0] for link in seen.links}
    return little and refresh.seconds <= SOON and (is_own or urldefrag(refresh.target)[0] in named or not seen.text)


def _is_nothing(seen: _Seen) -> bool:
    return not (seen.text or seen.scripts.strip() or seen.runs_others)


def _scripted(seen: _Seen, url: str) -> str:
    """Return where a script leads in any case: what stands in a function or a condition may never run."""
    depth = 0
    top: list[str] = []
    for piece in re.split(r"([{}])", seen.scripts):
        depth += (piece == "{") - (piece == "}")
        top.append(piece if not depth and piece not in "{}" else "\0")
    found = _SCRIPTED.search("".join(top))
    before = "".join(top)[: found.start()] if found else ""
    if not found or _CONDITION.search(before.rpartition(";")[2].rpartition("\n")[2]):
        return ""
    return _absolute(found[2] or found[4], url)


def _only_way(seen: _Seen, url: str) -> str:
    """Return where the script of a page with next to no text leads, or its only link, if it calls that its address."""
    elsewhere = {link for link in seen.links if not _is_same(link, url)}
    there = _scripted(seen, url)
    if there:
        fits = elsewhere == {there} or not (elsewhere or seen.runs_others or seen.own)
        return there if fits and not _is_same(there, url) else ""
    named = not _is_same(seen.canonical, url) and elsewhere == {seen.canonical}
    return seen.canonical if named and seen.canonical else ""


def _seen(html: str, url: str) -> _Seen:
    page = tree_of(html[:MOST_READ])
    seen = _Seen()
    if page is None:
        return seen
    base = (
        next((_absolute(element.get("href"), url) for element in page.iter("base") if element.get("href")), "") or url
    )
    for meta in page.iter("meta"):
        if (meta.get("http-equiv") or "").strip().lower() == "refresh":
            fallback = next(meta.iterancestors("noscript"), None) is not None
            refresh = _refresh(meta.get("content") or "", base, fallback=fallback)
            seen.refreshes += [refresh] if refresh else []
    canonical = [link for link in page.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    seen.canonical = _absolute(canonical[0].get("href") or "", base) if canonical else ""
    seen.links = {_absolute(link.get("href"), base) for link in page.iter("a") if link.get("href")} - {""}
    seen.scripts = "\n".join(script.text or "" for script in page.iter("script"))
    seen.runs_others = any(script.get("src") for script in page.iter("script"))
    etree.strip_elements(page, *UNREAD, etree.Comment, with_tail=False)
    seen.text = len(" ".join(page.text_content().split()))
    linked = sum(len(" ".join(link.text_content().split())) for link in page.iter("a"))
    seen.own = max(0, seen.text - linked)
    return seen


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
