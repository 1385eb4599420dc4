"""Tell links of an aggregator from those of the publisher it names, and addresses of articles from those of files."""

from __future__ import annotations

from urllib.parse import urlsplit

from sources.formats.page_address import same_site


def is_named_elsewhere(url: str, publisher_url: str) -> bool:
    """Return whether a link is not on the site of the publisher that is named for it."""
    return bool(url and publisher_url) and not are_of_one_site(url, publisher_url)


def is_article(url: str) -> bool:
    """Return whether an address may be that of an article: no front page, picture, style or script."""
    parts = urlsplit(url)
    ending = parts.path.rpartition(".")[2].lower()
    no_page = {"js", "css", "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "woff", "woff2", "xml", "rss"}
    return (parts.path.strip("/") != "" or bool(parts.query)) and ending not in no_page


def are_of_one_site(url: str, other: str) -> bool:
    """Return whether two addresses are on one site, also where no public suffix tells which part is its domain."""
    one, two = (urlsplit(each).netloc.lower().removeprefix("www.") for each in (url, other))
    return same_site(url, other) or are_nested(one, two)


def are_nested(one: str, other: str) -> bool:
    """Return whether two hosts are the same, or one is below the other."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
