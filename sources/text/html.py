"""Read a page into an article: its text, title, byline, language and dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import version

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document
from trafilatura.utils import load_html

from sources.text import charset, languages
from sources.text.metadata import Dated, Told, dated, told

READER = f"trafilatura@{version('trafilatura')}+1"
LARGEST = 2_000_000  # bytes; parsing grows faster than the page, and no article comes near
SHORTEST = 50  # characters; less is a menu or a notice, never an article
SURE_OF_LANGUAGE = 0.5

PAGES = {"", "text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain"}
MARKUP = re.compile(rb"<[a-z!?/]", re.IGNORECASE)
BINARY = re.compile(rb"^(?:%PDF|PK\x03\x04|\x89PNG|GIF8|\xff\xd8\xff|\x1f\x8b|RIFF|\x00\x00\x00)")


class Unreadable(Exception):
    """A page has no text to read; ``outcome`` is a fetch outcome: empty_extraction, not_text or too_large."""

    def __init__(self, outcome: str, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome


@dataclass(frozen=True)
class Article:
    """What our reader made of a page; empty where the page says nothing. ``text`` has one line per paragraph."""

    text: str
    title: str = ""
    byline: str = ""
    site_name: str = ""
    canonical_url: str = ""
    language: str = ""
    language_score: float = 0.0
    published: Dated | None = None
    modified: Dated | None = None
    free: bool | None = None
    reader: str = READER


def read(body: bytes, content_type: str, url: str) -> Article:
    """Return the article in the body of an answer, without touching the network; raise Unreadable if there is none."""
    if len(body) > LARGEST:
        raise Unreadable("too_large", f"The page has {len(body):,} bytes; at most {LARGEST:,} are read.")
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in PAGES or BINARY.match(body):
        raise Unreadable("not_text", f"The address answered with {kind or 'bytes'}, not with a page of text.")
    text = charset.decode(body, content_type)
    if kind == "text/plain" or not MARKUP.search(body.replace(b"\x00", b"")):
        return _finish(text, Told(), None, url)
    tree = load_html(text)
    if tree is None:
        raise Unreadable("empty_extraction", "The page is not HTML.")
    return _finish(_extract(tree, url), told(text, url), tree, url)


def _extract(tree: HtmlElement, url: str) -> str:
    """Return the main text of a page; trafilatura works on a copy, so the tree stays whole."""
    document = bare_extraction(tree, url=url, include_comments=False, include_tables=True, with_metadata=False)
    return (document.text or "") if isinstance(document, Document) else ""


def _finish(text: str, says: Told, tree: HtmlElement | None, url: str) -> Article:
    text = "\n".join(line.strip() for line in charset.clean(text).splitlines() if line.strip())
    if len(text) < SHORTEST:
        raise Unreadable("empty_extraction", f"Only {len(text)} characters of text were found on the page.")
    code, score = languages.detect(text)
    if score < SURE_OF_LANGUAGE and says.language:
        code = says.language
    seen = _seen(tree, url) if tree is not None else Document()
    return Article(
        text=text,
        title=_line(says.title or seen.title),
        byline=_line(says.byline or seen.author),
        site_name=_line(says.site_name or seen.sitename),
        canonical_url=charset.clean(says.canonical_url),
        language=code,
        language_score=score,
        published=says.published or _shown(seen.date),
        modified=says.modified,
        free=says.free,
    )


def _line(value: str | None) -> str:
    return " ".join(charset.clean(value or "").split())


def _seen(tree: HtmlElement, url: str) -> Document:
    """Return what trafilatura concludes from the elements that people see, for pages that tell machines little."""
    return extract_metadata(tree, url, {"extensive_search": False, "original_date": True})


def _shown(date: str | None) -> Dated | None:
    """Return the date htmldate found on the page.

    It fills in what it does not find: a first of the month may be a month, a first of January a year.
    """
    found = date or ""
    if found.endswith("-01-01"):
        found = found[:4]
    elif found.endswith("-01"):
        found = found[:7]
    return dated(found, "htmldate", 0.5)
