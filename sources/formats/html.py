"""Extract the article of an HTML page: text, title, byline, language and publication date."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from lxml.html import HtmlElement
from trafilatura.utils import load_html

from sources.formats import article_parts, charset, claim_reviews, extraction, inline_data
from sources.formats.article import EVER, LARGEST, PAGES, Article
from sources.formats.metadata import Told, told
from sources.formats.page_text import LONG, SENTENCE, PageText, without_notices
from sources.formats.unreadable import Unreadable
from sources.language import detection

MOST_MARKUP = 2_000_000  # characters; a larger page loses its inline data, and what is still larger skips trafilatura
MOST_READ = 4_000_000  # characters of markup that are parsed, in about two seconds; the rest is left out
SHORTEST = 50  # characters; less is a menu or a notice, never an article
SURE_OF_LANGUAGE = 0.5
TOP = 3  # lines in which a headline may stand: above it there is a section or a date at most
SHORTEST_HEADLINE = 20  # characters; a page's title often has the name of the site behind the headline

WORDS = re.compile(r"\w+")
MARKUP = re.compile(rb"<[a-z!?/]", re.IGNORECASE)
BINARY = re.compile(rb"^(?:%PDF|PK\x03\x04|\x89PNG|GIF8|\xff\xd8\xff|\x1f\x8b|RIFF|\x00\x00\x00)")


def read(body: bytes, content_type: str, url: str, latest: datetime = EVER) -> Article:
    """Return the article in the body of an answer, without touching the network; raise Unreadable if there is none.

    It has no date after ``latest``.
    """
    if len(body) > LARGEST:
        raise Unreadable("too_large", f"The page has {len(body):,} bytes; at most {LARGEST:,} are read.")
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in PAGES or BINARY.match(body):
        raise Unreadable("not_text", f"The address answered with {kind or 'bytes'}, not with a page of text.")
    decoded = charset.decoded(body, content_type)
    if kind == "text/plain" or not MARKUP.search(body.replace(b"\x00", b"")):
        return _with_charset(_finish(_paragraphs(decoded.text), Told()), decoded)
    text = decoded.text
    markup = inline_data.dropped(text) if len(text) > MOST_MARKUP else text
    tree = load_html(markup[:MOST_READ])
    if tree is None:
        raise Unreadable("empty_extraction", "The page is not HTML.")
    checks = claim_reviews.on_page(tree, url)
    article = _with_charset(_read_tree(tree, url, told(tree, url, latest), len(markup)), decoded)
    article = replace(article, claim_reviews=checks)
    return _in_part(article, MOST_READ / len(markup)) if len(markup) > MOST_READ else article


def _with_charset(article: Article, decoded: charset.Decoded) -> Article:
    """Return an article with the character set it was read in, the one declared, and whether it looks like mojibake."""
    is_garbled = decoded.is_doubtful or charset.looks_garbled(f"{article.title}\n{article.text}")
    return replace(article, charset=decoded.used, declared_charset=", ".join(decoded.declared), is_garbled=is_garbled)


def _read_tree(tree: HtmlElement, url: str, says: Told, size: int) -> Article:
    """Return the article in a tree of ``size`` characters; trafilatura takes too long for a huge one."""
    tree = without_notices(tree, says.title)
    page = PageText(tree, says.title)
    found = extraction.chosen(tree, url, page) if size <= MOST_MARKUP else extraction.own_paragraphs(page)
    if found.is_menu:
        raise Unreadable("empty_extraction", "Only a list of links was found on the page.")
    body = _body(page.without_menus(_paragraphs(found.text)), _line(says.title))
    lines, kinds = article_parts.completed(body, page, tree)
    share = found.evidence.share
    if share < 1 and len(lines) > len(body):
        share = max(share, page.weigh("\n".join(lines)).share)
    article = _finish(lines, says)
    return replace(article, share=share if page.article else None, parts=article_parts.parts(lines, kinds))


def _in_part(article: Article, share: float) -> Article:
    return replace(article, share=share * (1.0 if article.share is None else article.share))


def _finish(lines: list[str], says: Told) -> Article:
    text = "\n".join(lines)
    if len(text) < SHORTEST:
        raise Unreadable("empty_extraction", f"Only {len(text)} characters of text were found on the page.")
    code, score = detection.detect(text)
    if score < SURE_OF_LANGUAGE and says.language:
        code = says.language
    return Article(
        text=text,
        title=_line(says.title),
        byline=_line(says.byline),
        site_name=_line(says.site_name),
        canonical_url=charset.clean(says.canonical_url),
        language=code,
        language_score=score,
        published=says.published,
        modified=says.modified,
        date_written=charset.clean(says.written),
        doubts=says.doubts,
        free=says.free,
    )


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in charset.clean(text).splitlines() if line.strip()]


def _body(lines: list[str], title: str) -> list[str]:
    """Return the paragraphs without a headline near their top, which has its own field, and what stands above it.

    A sentence above the headline is a standfirst and stays.
    """
    heads = [_words(line) for line in lines[:TOP]]
    headline = _words(title)
    below = next((at for at, head in enumerate(heads, start=1) if head and _is_headline(head, headline)), 0)
    above = [line for line in lines[: max(0, below - 1)] if len(line) >= LONG and SENTENCE.search(line)]
    return [*above, *lines[below:]] if below < len(lines) else lines


def _is_headline(head: str, headline: str) -> bool:
    return head == headline or (len(head) >= SHORTEST_HEADLINE and head in headline)


def _words(text: str) -> str:
    return " ".join(WORDS.findall(text.lower()))


def _line(value: str | None) -> str:
    return " ".join(charset.clean(value or "").split())
