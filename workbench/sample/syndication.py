"""Files of the sample press for machines: RSS, Atom, news sitemaps and robots.txt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape

from workbench.sample.outlets import Outlet, PressArticle

Dated = tuple[PressArticle, datetime]  # an article and when it was published


def feed(outlet: Outlet, articles: Sequence[Dated], *, base: str, updated_at: datetime) -> str:
    """Return the outlet's feed in the make it has chosen (RSS 2.0 or RFC 4287), the latest article first."""
    build = rss if outlet.feed_make == "rss" else atom
    return build(outlet, articles, base=base, updated_at=updated_at)


def rss(outlet: Outlet, articles: Sequence[Dated], *, base: str, updated_at: datetime) -> str:
    """Return an RSS 2.0 feed with Dublin Core creators."""
    items = "".join(
        f"<item><title>{escape(a.title)}</title><link>{escape(base + a.path)}</link>"
        f'<guid isPermaLink="true">{escape(base + a.path)}</guid>'
        f"<pubDate>{format_datetime(at, usegmt=True)}</pubDate>"
        f"<dc:creator>{escape(a.byline)}</dc:creator><category>{escape(a.section)}</category>"
        f"<description>{escape(a.summary)}</description></item>"
        for a, at in articles
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{escape(outlet.name)}</title><link>{escape(base)}/</link>"
        f"<description>{escape(outlet.description)}</description><language>{outlet.language}</language>"
        f"<lastBuildDate>{format_datetime(updated_at, usegmt=True)}</lastBuildDate>"
        f'<atom:link href="{escape(base + outlet.feed)}" rel="self" type="application/rss+xml"/>'
        f"{items}</channel></rss>\n"
    )


def atom(outlet: Outlet, articles: Sequence[Dated], *, base: str, updated_at: datetime) -> str:
    """Return an Atom feed (RFC 4287)."""
    entries = "".join(
        f'<entry xml:lang="{a.language}"><title>{escape(a.title)}</title><id>{escape(base + a.path)}</id>'
        f'<link rel="alternate" type="text/html" href="{escape(base + a.path)}"/>'
        f"<published>{at.isoformat()}</published><updated>{at.isoformat()}</updated>"
        f"<author><name>{escape(a.byline)}</name></author><summary>{escape(a.summary)}</summary></entry>"
        for a, at in articles
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">'
        f"<title>{escape(outlet.name)}</title><id>{escape(base)}/</id><updated>{updated_at.isoformat()}</updated>"
        f'<link rel="self" href="{escape(base + outlet.feed)}"/><link rel="alternate" href="{escape(base)}/"/>'
        f"{entries}</feed>\n"
    )


def news_sitemap(outlet: Outlet, articles: Sequence[Dated], *, base: str) -> str:
    """Return a sitemap with Google's news extension."""
    urls = "".join(
        f"<url><loc>{escape(base + a.path)}</loc><news:news><news:publication>"
        f"<news:name>{escape(outlet.name)}</news:name><news:language>{a.language}</news:language></news:publication>"
        f"<news:publication_date>{at.isoformat()}</news:publication_date>"
        f"<news:title>{escape(a.title)}</news:title></news:news></url>"
        for a, at in articles
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>\n'
    )


def robots(outlet: Outlet, *, base: str) -> str:
    """Return the outlet's robots.txt (RFC 9309, with the customary Sitemap and Crawl-delay lines)."""
    rules = [f"Disallow: {prefix}" for prefix in outlet.forbidden] or ["Disallow:"]
    if outlet.crawl_delay is not None:
        rules.append(f"Crawl-delay: {outlet.crawl_delay}")
    return "\n".join(["User-agent: *", *rules, "", f"Sitemap: {base}/sitemap-news.xml", ""])
