"""Find the feeds that a home page links to (feed autodiscovery)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from sources.formats.feed_fields import address

MOST_HOME_PAGE = 500_000  # characters; feeds are named in the head of a page
MOST_DISCOVERED = 20

FEED_TYPES = {
    *("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"),
    *("application/x.atom+xml", "application/x-atom+xml", "application/rss", "application/atom", "text/rss+xml"),
}
# Words of links to feeds, for home pages that name none in their head.
_FEED_LINK = re.compile(r"(^|[/._-])(rss|atom|feeds?)([/._-]|$)|\.rdf$", re.IGNORECASE)
# The word of every blog for its readers' comments; "comment" alone is a section of opinions.
_COMMENTS = re.compile(r"(?<![a-z])comments(?![a-z])")


def discover(html: str, base_url: str) -> list[str]:
    """Return the addresses of the feeds that a home page names in its head, or else seems to link to."""
    page = BeautifulSoup(html[:MOST_HOME_PAGE], "lxml")
    base = page.find("base", href=True)
    home = (address(base_url, str(base["href"])) if isinstance(base, Tag) else "") or base_url
    named = [link for link in page.find_all("link", href=True) if _names_feed(link)]
    links = named or [link for link in page.find_all("a", href=True) if _links_feed(link)]
    found = dict.fromkeys(address(home, str(link["href"])) for link in links)
    return [url for url in found if url][:MOST_DISCOVERED]


def _names_feed(link: Tag) -> bool:
    """Return whether a <link> names a feed of publications, not one of readers' comments."""
    kind = str(link.get("type", "")).partition(";")[0].strip().lower()
    rel = " ".join(str(word) for word in link.get_attribute_list("rel")).lower().split()
    about = f"{link.get('title', '')} {link['href']}".lower()
    return "alternate" in rel and kind in FEED_TYPES and not _COMMENTS.search(about)


def _links_feed(link: Tag) -> bool:
    try:
        return bool(_FEED_LINK.search(urlsplit(str(link["href"])).path))
    except ValueError:
        return False
