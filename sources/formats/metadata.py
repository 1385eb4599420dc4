"""Read the metadata of a page: title, byline and date of its own article, with doubts; canonical address, language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.metadata import extract_sitename

from sources.formats import bylines, headline, json_ld, page_address, publication_dates, titles
from sources.formats.article import AHEAD, EVER, Dated, Doubt
from sources.formats.headline import NearLine
from sources.formats.json_ld import Node
from sources.formats.page_tree import text_of
from sources.formats.publication_dates import dated, dated_in


@dataclass(frozen=True)
class Told:
    """What a page tells about itself; empty where it tells nothing.

    ``written`` has the words of a date in a calendar that we do not convert, where the page has no other.
    """

    title: str = ""
    byline: str = ""
    site_name: str = ""
    language: str = ""
    canonical_url: str = ""
    free: bool | None = None
    published: Dated | None = None
    modified: Dated | None = None
    written: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Declared:
    """What a page declares of its own article: what is read of a page, and whether it is a wall, both start here."""

    meta: dict[str, str]
    canonical: str
    own: list[str]  # the addresses of the page: asked for and canonical
    found: list[Node]  # every object of its JSON-LD
    titles: list[str]
    heading: HtmlElement | None
    node: dict[str, Any]  # the object of its own article; empty where there is none


def declared(page: HtmlElement, url: str) -> Declared:
    """Return what a page declares of its own article."""
    meta = _meta(page)
    canonical = _canonical(page, meta, url)
    own = [each for each in (url, canonical) if each]
    found = json_ld.nodes(page)
    named = titles.named(page, meta)
    heading = headline.headline(page, named)
    shown = [] if heading is None else [text_of(heading)]
    node = json_ld.own_article(found, own, [*named, *shown])
    return Declared(meta, canonical, own, found, named, heading, node)


def told(page: HtmlElement, url: str, latest: datetime = EVER) -> Told:
    """Return what a page says about its own article; the page stays as it is.

    Dates after ``latest``, a day after the visit, are mistakes of the page. Where two places on the page disagree,
    the more likely one is taken, and the others are among the doubts.
    """
    says = declared(page, url)
    meta, own, node = says.meta, says.own, says.node
    near = _near(page, says.heading, own)
    title, other_titles = titles.title(page, meta, node, says.heading)
    site = bylines.names(node.get("publisher")) or meta.get("og:site_name", "") or extract_sitename(page) or ""
    language = _language(page)
    byline, other_bylines = bylines.byline(page, node, near, [site, page_address.label(url)], language)
    dates = [*_machine_dates(meta, node, language), *publication_dates.shown(near, language, _seen(latest))]
    dates += [date for address in own[-1:] if (date := dated_in(address))]
    written = "" if dates else publication_dates.other_calendar(near)
    if not dates and not written:  # not even one in another calendar
        guessed = _guessed(page, says, url, latest)
        dates = [date for date in guessed if not publication_dates.is_clock(date, near, language, _seen(latest))]
    published, others = publication_dates.weighed(dates, latest)
    modified = [publication_dates.of_json_ld(node, "dateModified", 0.9)]
    modified += publication_dates.in_meta(meta, publication_dates.MODIFIED_META, 0.85)
    return Told(
        title=title,
        byline=byline,
        site_name=site,
        language=language,
        canonical_url=says.canonical,
        free=free(says),
        published=published,
        modified=next((date for date in modified if date and date.value <= latest), None),
        written=written,
        doubts=(
            *(Doubt("title", value, method) for value, method in other_titles),
            *(Doubt("byline", value, method) for value, method in other_bylines),
            *(Doubt("published", date.value.isoformat(), date.method, date.precision) for date in others),
        ),
    )


def free(says: Declared) -> bool | None:
    """Return whether a page says in JSON-LD that this page itself can be read without paying.

    Publishers write it of the article, or only of the part of it that is behind a paywall (schema.org/hasPart).
    """
    about = [*(node.data for node in says.found if json_ld.names_page(node, says.own)), says.node]
    said = (
        json_ld.yes_or_no(part.get("isAccessibleForFree")) for node in about for part in (node, *json_ld.parts_of(node))
    )
    return next((answer for answer in said if answer is not None), None)


def _machine_dates(meta: dict[str, str], node: dict[str, Any], language: str) -> list[Dated]:
    """Return the dates that a page gives to machines."""
    in_node = publication_dates.of_json_ld(node, "datePublished", 0.95)
    in_meta = publication_dates.in_meta(meta, publication_dates.PUBLISHED_META, 0.9, language)
    return [*([in_node] if in_node else []), *list(in_meta)[:2]]


def _near(page: HtmlElement, heading: HtmlElement | None, own: list[str]) -> list[NearLine]:
    """Return the lines at the headline; of a page without one what it marks as the moment of publication."""
    if heading is None:
        return headline.marked(page)
    return headline.lines(page, heading, lambda href: _is_own(href, own))


def _seen(latest: datetime) -> datetime | None:
    return None if latest == EVER else latest - AHEAD


def _guessed(page: HtmlElement, says: Declared, url: str, latest: datetime) -> list[Dated]:
    """Return the date that htmldate finds in what is of the article, where we find none.

    It fills in what it does not find: a first of the month may be a month, a first of January a year.
    """
    own = headline.without_others(page, says.heading, lambda href: _is_own(href, says.own))
    if any(node.types & json_ld.ARTICLES for node in says.found):  # of other articles: its own would have told
        etree.strip_elements(own, "script", with_tail=False)
    last_day = latest.date().isoformat()
    found = find_date(own, url=url, extensive_search=False, original_date=True, max_date=last_day) or ""
    found = found[:4] if found.endswith("-01-01") else found[:7] if found.endswith("-01") else found
    date = dated(found, "htmldate", 0.4)
    return [date] if date else []


def _is_own(href: str, own: list[str]) -> bool:
    return href.startswith("#") or any(page_address.same_page(href, url) for url in own)


def _meta(page: HtmlElement) -> dict[str, str]:
    """Return the first value of every meta element by its property, name or http-equiv in lower case."""
    values: dict[str, str] = {}
    for element in page.iterfind(".//meta[@content]"):
        name = _attribute(element, "property") or _attribute(element, "name") or _attribute(element, "http-equiv")
        values.setdefault(name.lower(), _attribute(element, "content"))
    return values


def _canonical(page: HtmlElement, meta: dict[str, str], url: str) -> str:
    """Return the address a page calls its own: on the same site, and not the front page for an inner one."""
    links = page.iterfind(".//link[@href]")
    said = (_attribute(link, "href") for link in links if "canonical" in _attribute(link, "rel").lower().split())
    own = next(said, "") or meta.get("og:url", "")
    try:
        parts = urlsplit(own)
        fit = parts.scheme in {"http", "https"} and "@" not in parts.netloc and page_address.same_site(url, own)
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
