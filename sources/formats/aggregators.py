"""Find the publishers behind the links of aggregators (Google News and the like): whom a feed names, where links lead.

Nothing here knows an aggregator by its name. What tells is in the feed: links on one site, articles of others.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, unquote, urldefrag, urlsplit

from sources.formats.feed_entries import Entry
from sources.formats.feed_fields import address, plain
from sources.formats.page_tree import tree_of
from sources.formats.publisher_links import are_of_one_site, is_article, is_named_elsewhere

LONGEST_NAME = 200
MOST_PAGE = 2_000_000  # characters of a page in which its one link to the publisher is looked for
MOST_LINKS = 20  # to the publisher; of so many none is the article
SHORTEST_TOKEN = 16  # characters of base64; shorter ones hold no address

_ADDRESS = re.compile(r"[Hh][Tt]{2}[Pp][Ss]?://[!#$%&()*+,./0-9:;=?@A-Z\[\]_a-z~-]+")
_TOKEN = re.compile(r"[A-Za-z0-9_-]+={0,2}")


def named_publisher(row: dict[str, Any], base_url: str) -> tuple[str, str]:
    """Return the name and address of the outlet that an entry comes from, as its ``<source>`` (RSS, Atom) has them."""
    source = row.get("source")
    if not isinstance(source, dict):
        return "", ""
    links = [source.get("href"), source.get("link"), *(link.get("href") for link in source.get("links", []))]
    found = next((url for link in links if (url := address(base_url, link))), "")
    return plain(source.get("title") or source.get("value"), LONGEST_NAME), found


def resolved(entries: Sequence[Entry]) -> tuple[list[Entry], bool]:
    """Return entries with the publisher's own address wherever the link carries it, and whether most come from others.

    An address in a link is the article's where it is on the site of the named publisher. Where none is named, the links
    of the feed tell: each of them carries another one, in the same parameter, and none is on the site of the link.
    """
    parameter = _parameter(entries)
    found = [_entry(entry, parameter) for entry in entries]
    others = sum(
        1
        for before, after in zip(entries, found, strict=True)
        if before.url != after.url or is_named_elsewhere(before.url, before.publisher_url)
    )
    return found, others > len(entries) / 2


def leads_to(page: str, url: str, publisher_url: str) -> str:
    """Return the address of the article that the page of an aggregator leads to; empty where it names none or several.

    Its canonical address is asked first, then all addresses on the page that are on the site of the publisher.
    """
    if not is_named_elsewhere(url, publisher_url):
        return ""
    tree = tree_of(page[:MOST_PAGE])
    if tree is None:
        return ""
    named = tree.xpath("//link[contains(@rel,'canonical')]/@href | //meta[@property='og:url']/@content")
    for group in (named, tree.xpath("//@*")):
        articles = _articles(group, url, publisher_url)
        if len(articles) == 1:
            return articles[0]
    return ""


def _entry(entry: Entry, parameter: str) -> Entry:
    carried = _carried(entry.url)
    own = [url for url in carried.values() if is_named_elsewhere(entry.url, url)]
    if entry.publisher_url:
        own = [url for url in own if are_of_one_site(url, entry.publisher_url)]
    else:
        own = [carried[parameter]] if parameter in carried and carried[parameter] in own else []
    return replace(entry, url=own[0]) if own and is_article(own[0]) else entry


def _parameter(entries: Sequence[Entry]) -> str:
    """Return the parameter in which each link of a feed carries an address of its own on another site; or nothing."""
    targets: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    for entry in entries:
        for name, url in _carried(entry.url).items():
            if is_named_elsewhere(entry.url, url) and is_article(url):
                counts[name] += 1
                targets.setdefault(name, set()).add(url)
    name, number = counts.most_common(1)[0] if counts else ("", 0)
    is_rule = number > 1 or name == "url"  # one link alone shows no rule
    return name if is_rule and number == len(entries) and len(targets.get(name, ())) == number else ""


def _carried(url: str) -> dict[str, str]:
    """Return the addresses inside an address: those in its parameters by their names, and one in its path."""
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query)
    except ValueError:
        return {}
    found = {name: inside for name, value in pairs if (inside := address(url, _inside(value)))}
    for segment in parts.path.split("/"):
        if inside := address(url, _inside(unquote(segment)) or _inside(_decoded(segment))):
            found.setdefault("/", inside)
    return found


def _inside(text: str) -> str:
    found = _ADDRESS.search(text)
    return found[0] if found else ""


def _decoded(token: str) -> str:
    """Return what a part of a path is in base64, as far as it is text; empty where it is none."""
    if len(token) < SHORTEST_TOKEN or not _TOKEN.fullmatch(token):
        return ""
    try:
        return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode("latin-1")
    except (binascii.Error, ValueError):
        return ""


def _articles(values: Sequence[object], url: str, publisher_url: str) -> list[str]:
    """Return the addresses of articles of a publisher among the values of a page, each once."""
    found: dict[str, None] = {}
    for inside in _addresses(values, url):
        if are_of_one_site(inside, publisher_url) and is_article(inside):
            found.setdefault(urldefrag(inside)[0])
        if len(found) > MOST_LINKS:
            return []
    return list(found)


def _addresses(values: Sequence[object], url: str) -> Iterator[str]:
    for value in values:
        text = str(value)
        yield from (inside for match in _ADDRESS.findall(text) if (inside := address(url, match)))
        yield from _carried(text).values()
