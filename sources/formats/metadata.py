"""Read the metadata of a page: titles, publication dates with their precision, canonical address."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import tldextract
from lxml import etree
from lxml.html import HtmlElement

ARTICLES = {"Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
            "BackgroundNewsArticle", "ReviewNewsArticle", "LiveBlogPosting", "BlogPosting", "Report", "ClaimReview",
            "SocialMediaPosting", "DiscussionForumPosting"}  # fmt: skip
MOST_JSON = 400_000  # characters of one JSON-LD block; larger ones are product catalogs
MOST_NODES = 2_000
OLDEST = 1990  # the web has no older pages; an older date is a mistake of the page
EVER = datetime.max.replace(tzinfo=UTC)

ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2}:\d{2}.{0,24}))?)?)?$")
IN_URL = re.compile(r"/((?:19|20)\d{2})[/-]([01]?\d)(?:[/-]([0-3]?\d))?(?=[/-]|$)")
ZONE = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})$")

PUBLISHED_META = ("article:published_time", "og:article:published_time", "datePublished", "parsely-pub-date",
                  "sailthru.date", "dc.date.issued", "dcterms.created", "pubdate", "publish-date", "date")  # fmt: skip
MODIFIED_META = ("article:modified_time", "og:updated_time", "dateModified", "dcterms.modified", "last-modified")

# Offline: the list of public suffixes that ships with the package, and no cache folder.
suffixes = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


@dataclass(frozen=True)
class Dated:
    """A date as a page gives it: ``value`` is exact to ``precision`` and no further; ``confidence`` in 0..1."""

    value: datetime
    precision: str  # year, month, day, minute
    method: str
    confidence: float


@dataclass(frozen=True)
class Told:
    """What a page tells machines about itself; empty where it tells nothing."""

    title: str = ""
    byline: str = ""
    site_name: str = ""
    language: str = ""
    canonical_url: str = ""
    free: bool | None = None
    published: Dated | None = None
    modified: Dated | None = None


def told(page: HtmlElement, url: str, latest: datetime = EVER) -> Told:
    """Return what the JSON-LD, meta, link and time elements of a page say; the page stays as it is.

    Dates after ``latest`` are mistakes of the page; the next best is taken.
    """
    article = _article(page, url)
    meta = _meta(page)
    published = [
        dated(_text(article.get("datePublished")), "json-ld", 0.95),
        *(dated(meta.get(name.lower(), ""), "meta", 0.9) for name in PUBLISHED_META),
        dated(_time(page), "time", 0.7),
        dated_in(url),
    ]
    modified = [
        dated(_text(article.get("dateModified")), "json-ld", 0.9),
        *(dated(meta.get(name.lower(), ""), "meta", 0.85) for name in MODIFIED_META),
    ]
    return Told(
        title=_text(article.get("headline")) or meta.get("og:title", ""),
        byline=_names(article.get("author")) or meta.get("author", ""),
        site_name=_names(article.get("publisher")) or meta.get("og:site_name", ""),
        language=_language(page),
        canonical_url=_canonical(page, meta, url),
        free=free(page, url),
        published=_best(published, latest),
        modified=_best(modified, latest),
    )


def free(page: HtmlElement, url: str) -> bool | None:
    """Return whether a page says in JSON-LD that this page itself can be read without paying.

    Publishers write it of the article, or only of the part of it that is behind a paywall (schema.org/hasPart).
    """
    about = [*(node for node in _json_ld(page) if _names_page(node, url)), _article(page, url)]
    said = (_yes_or_no(part.get("isAccessibleForFree")) for node in about for part in (node, *_parts(node)))
    return next((answer for answer in said if answer is not None), None)


def _best(found: Iterable[Dated | None], latest: datetime) -> Dated | None:
    return next((date for date in found if date and date.value <= latest), None)


def dated(text: str, method: str, confidence: float) -> Dated | None:
    """Return a machine-written date (ISO 8601 or RFC 5322) with the precision it is written in, or nothing.

    A time without a zone could be that of two days, so it counts as the day it is written in; so does midnight sharp,
    which is how most systems write a date without a time. Days, months and years stand at their start, in UTC.
    """
    text = text.strip()
    match = ISO.match(text)
    try:
        value, precision = _iso(match) if match else (parsedate_to_datetime(text), "minute")
        if precision == "minute" and (value.tzinfo is None or (value.hour, value.minute, value.second) == (0, 0, 0)):
            value, precision = datetime(value.year, value.month, value.day, tzinfo=UTC), "day"
        value = value.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return Dated(value, precision, method, confidence) if value.year >= OLDEST else None


def dated_in(url: str) -> Dated | None:
    """Return the date written in the path of an address, such as ``/2024/11/29/``, to the day or month it gives."""
    match = IN_URL.search(urlsplit(url).path)
    if not match:
        return None
    year, month, day = match.groups()
    return dated(f"{year}-{month}-{day}" if day else f"{year}-{month}", "url", 0.8)


def same_site(url: str, other: str) -> bool:
    """Return whether two addresses belong to one registrable domain; hosts without one must be equal, port and all."""
    ours, theirs = urlsplit(url), urlsplit(other)
    if "\\" in ours.netloc + theirs.netloc:  # to a browser the host ends there, to us it does not
        return False
    if ours.netloc.lower() == theirs.netloc.lower():
        return True
    domain = suffixes(ours.hostname or "").top_domain_under_public_suffix
    return bool(domain) and domain == suffixes(theirs.hostname or "").top_domain_under_public_suffix


def _iso(match: re.Match[str]) -> tuple[datetime, str]:
    year, month, day, time = match.groups()
    if time:
        zone = ZONE.search(time)
        clock, offset = (time[: zone.start()], zone[0]) if zone else (time, "")
        return datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2}T{clock.strip():0>5}{offset}"), "minute"
    precision = "day" if day else "month" if month else "year"
    return datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC), precision


def _article(page: HtmlElement, url: str) -> dict[str, Any]:
    """Return the JSON-LD node that describes the article of a page; an empty one if there is none.

    It is the one with the page's address, or else the first: the others describe other articles.
    """
    articles = [node for node in _json_ld(page) if ARTICLES & _types(node)]
    return next((node for node in articles if _names_page(node, url)), articles[0] if articles else {})


def _json_ld(page: HtmlElement) -> Iterator[dict[str, Any]]:
    blocks = page.iterfind('.//script[@type="application/ld+json"]')
    return (node for script in blocks for node in _nodes(script.text or ""))


def _names_page(node: dict[str, Any], url: str) -> bool:
    """Return whether a node says that it is about this page; hosts and what follows a path vary."""
    whole = node.get("mainEntityOfPage")
    named = [node.get("url"), node.get("@id"), *([whole.get("@id")] if isinstance(whole, dict) else [whole])]
    path = _path(url)
    return bool(path) and any(isinstance(name, str) and _path(name) == path for name in named)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError:
        return ""


def _parts(node: dict[str, Any]) -> list[dict[str, Any]]:
    parts = node.get("hasPart")
    return [part for part in (parts if isinstance(parts, list) else [parts]) if isinstance(part, dict)]


def _nodes(text: str) -> Iterator[dict[str, Any]]:
    """Yield every object in a JSON-LD block, outermost first; none for a block that is broken or huge."""
    if len(text) > MOST_JSON:
        return
    try:
        waiting = deque([json.loads(text, strict=False)])
    except (ValueError, RecursionError):
        return
    for _count in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _types(node: dict[str, Any]) -> set[str]:
    kinds = node.get("@type", [])
    return {str(kind).rsplit("/", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds])}


def _meta(page: HtmlElement) -> dict[str, str]:
    """Return the first value of every meta element by its name, property or itemprop in lower case."""
    values: dict[str, str] = {}
    for element in page.iterfind(".//meta[@content]"):
        name = _attribute(element, "property") or _attribute(element, "name") or _attribute(element, "itemprop")
        values.setdefault(name.lower(), _attribute(element, "content"))
    return values


def _time(page: HtmlElement) -> str:
    """Return the time element that is marked as the moment of publication, or the only one on the page."""
    times = page.findall(".//time[@datetime]")
    marked = [time for time in times if "pubdate" in time.attrib or _attribute(time, "itemprop") == "datePublished"]
    chosen = marked[:1] or (times if len(times) == 1 else [])
    return _attribute(chosen[0], "datetime") if chosen else ""


def _canonical(page: HtmlElement, meta: dict[str, str], url: str) -> str:
    """Return the address a page calls its own: on the same site, and not the front page for an inner one."""
    links = page.iterfind(".//link[@href]")
    said = (_attribute(link, "href") for link in links if "canonical" in _attribute(link, "rel").lower().split())
    own = next(said, "") or meta.get("og:url", "")
    try:
        parts = urlsplit(own)
        fit = parts.scheme in {"http", "https"} and "@" not in parts.netloc and same_site(url, own)
    except ValueError:
        return ""
    front = parts.path in {"", "/"} and urlsplit(url).path not in {"", "/"}
    return parts._replace(fragment="").geturl() if fit and not front else ""


def _language(page: HtmlElement) -> str:
    """Return the two- or three-letter code of the language the page says it is in."""
    html = next(page.iter("html"), None)
    code = (_attribute(html, "lang") if html is not None else "").lower().split("-")[0].split("_")[0]
    return code if code.isascii() and code.isalpha() and len(code) in {2, 3} else ""


def _attribute(element: HtmlElement, name: str) -> str:
    return (element.get(name) or "").strip()


def _names(value: object) -> str:
    """Return the names in an author or publisher, which may be a text, an object or a list of either."""
    people = value if isinstance(value, list) else [value]
    names = [_text(person.get("name")) if isinstance(person, dict) else _text(person) for person in people]
    return ", ".join(dict.fromkeys(name for name in names if name and not name.startswith(("http:", "https:"))))


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return " ".join(_unmarked(value).split()) if isinstance(value, str) else ""


def _unmarked(text: str) -> str:
    """Return a text without the tags and character references that some write into JSON-LD."""
    if "<" not in text and "&" not in text:
        return text
    try:
        return " ".join(map(str, lxml.html.fromstring(f"<div>{text}</div>").itertext()))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return text


def _yes_or_no(value: object) -> bool | None:
    return {"true": True, "false": False}.get(str(value).strip().lower().rsplit("/", 1)[-1])
