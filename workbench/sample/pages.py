"""The HTML pages of the sample press: each outlet has a layout of its own."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from html import escape
from string import Template
from typing import Any

from workbench.sample.outlets import HERE, RTL, Outlet, PressArticle

FEED_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml"}


def article_page(
    outlet: Outlet, article: PressArticle, others: Sequence[PressArticle], *, base: str, at: datetime
) -> str:
    """Return an article's page; ``base`` is the outlet's URL without a final slash, ``at`` when it was published."""
    published = at.isoformat(timespec="seconds")
    return _fill(
        outlet.layout,
        outlet,
        article.language,
        title=escape(article.title),
        summary=escape(article.summary),
        url=escape(base + article.path),
        byline=escape(article.byline),
        section=escape(article.section),
        published=published,
        published_for_people=escape(_for_people(at, article.language)),
        body="\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs),
        others=_links([other for other in others if other.key != article.key]),
        json_ld=_json_ld(outlet, article, url=base + article.path, published=published),
    )


def home_page(outlet: Outlet, articles: Sequence[PressArticle]) -> str:
    """Return an outlet's front page with a link to everything it has published."""
    return _fill(
        "home",
        outlet,
        outlet.language,
        summary=escape(outlet.description),
        others=_links(articles),
        feed=escape(outlet.feed),
        feed_name=outlet.feed_make.upper() if outlet.feed_make == "rss" else "Atom",
    )


def consent_page(outlet: Outlet, article: PressArticle) -> str:
    """Return the page that stands before an article until the reader accepts cookies."""
    return _fill("consent", outlet, article.language, path=escape(article.path))


def missing_page(outlet: Outlet) -> str:
    """Return what an address without a page shows."""
    return _fill("missing", outlet, outlet.language)


def marker(language: str) -> str:
    """Return the line that says, in the language of the page, that the page is invented."""
    return str(_words()[language]["marker"])


@cache
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads((HERE / "words.toml").read_text("utf-8"))


@cache
def _layout(name: str) -> Template:
    return Template((HERE / "layouts" / name).read_text("utf-8"))


def _fill(layout: str, outlet: Outlet, language: str, **parts: str) -> str:
    """Fill a layout; ``parts`` are HTML already."""
    words = {name: escape(word) for name, word in _words()[language].items() if isinstance(word, str)}
    feed_type = FEED_TYPES[outlet.feed_make]
    own = {
        "language": language,
        "direction": "rtl" if language in RTL else "ltr",
        "charset": outlet.charset,
        "site": escape(outlet.name),
        "style": _layout("press.css").substitute(color=outlet.color),
        "feed_link": f'<link rel="alternate" type="{feed_type}" title="{escape(outlet.name)}" href="{outlet.feed}">',
    }
    return _layout(f"{layout}.html").substitute(words | own | parts)


def _links(articles: Sequence[PressArticle]) -> str:
    return "".join(
        f'<li><a href="{escape(a.path)}" lang="{a.language}" dir="{a.direction}">{escape(a.title)}</a></li>'
        for a in articles
    )


def _for_people(at: datetime, language: str) -> str:
    month = _words()[language]["months"][at.month - 1]
    comma = "،" if language == "ar" else ","
    return f"{at.day} {month} {at.year}{comma} {at:%H:%M} UTC"


def _json_ld(outlet: Outlet, article: PressArticle, *, url: str, published: str) -> str:
    """Describe an article as a schema.org NewsArticle, safe inside a script element."""
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.summary,
        "datePublished": published,
        "inLanguage": article.language,
        "mainEntityOfPage": url,
        "author": [{"@type": "Organization" if outlet.name in article.byline else "Person", "name": article.byline}],
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name},
        "isAccessibleForFree": True,
    }
    # "</script>" in a headline would end the element, whatever JSON thinks of it.
    return json.dumps(facts, ensure_ascii=False).replace("</", "<\\/")
