"""Read pages that a browser saved as HTML: SingleFile, Save Page WE, WebScrapBook, and “save page” of the browser."""

from __future__ import annotations

import re

from sources.formats import charset
from sources.formats.files import copied_article
from sources.formats.files.page_copy import PageCopy, Reference, Saved

LOOKED_AT = 20_000  # characters of a page in which its origin stands
SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:[ \t]*(\S+)\s+saved date:[ \t]*([^\r\n]*)", re.IGNORECASE
)
# The mark that browsers write, with the length of the address: “<!-- saved from url=(0020)https://example.org/ -->”.
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(\S+)\s*-->", re.IGNORECASE)
SCRAP_BOOK = re.compile(r"<html\b[^>]{0,2000}?\bdata-scrapbook-source=[\"']([^\"'>]*)", re.IGNORECASE)
SCRAPPED = re.compile(r"\bdata-scrapbook-create=[\"'](\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)", re.IGNORECASE)
META = re.compile(r"<meta name=[\"']?savepage-(url|date)[\"']? content=[\"']([^\"'>]*)", re.IGNORECASE)


def read(body: bytes, known: Reference) -> PageCopy:
    """Return the article of a saved page, by the same extraction as a fetched page. Raises ``Unreadable``."""
    return copied_article.of(body, "text/html", origin(charset.decode(body[:LOOKED_AT], "text/html")), known)


def origin(markup: str) -> Saved:
    """Return where the tool that saved a page says that it is from, and when it was saved."""
    if found := SINGLE_FILE.search(markup):
        return Saved("singlefile", found[1], found[2].removesuffix("-->"))
    if found := SCRAP_BOOK.search(markup):
        made = SCRAPPED.search(markup)
        return Saved("scrapbook", found[1], "{}-{}-{}T{}:{}:{}+00:00".format(*made.groups()) if made else "")
    told = {name.lower(): value for name, value in META.findall(markup)}
    if "url" in told:
        return Saved("savepage", told["url"], told.get("date", ""))
    found = SAVED_FROM.search(markup)
    return Saved("browser", found[1]) if found else Saved()
