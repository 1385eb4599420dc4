"""Compare the addresses that a page names with its own: whether they are of one page, or one site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit

import tldextract

PATH_ENDINGS = ("/amp", ".amp")
LONGEST_VARIANT = 8  # characters of a value such as "fr", "en-GB" or "amp"
PATH_BEGINNINGS = ("/amp/", "/m/")

# Offline: the list of public suffixes that ships with the package, and no cache folder.
suffixes = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


class ComparedAddress(NamedTuple):
    """An address in the form in which it is compared: without what phones, AMP and fragments change in it."""

    url: str
    path: str
    query: frozenset[tuple[str, str]]


def same_site(url: str, other: str) -> bool:
    """Return whether two addresses belong to one registrable domain; hosts without one must be equal, port and all."""
    ours, theirs = urlsplit(url), urlsplit(other)
    if "\\" in ours.netloc + theirs.netloc:  # to a browser the host ends there, to us it does not
        return False
    if ours.netloc.lower() == theirs.netloc.lower():
        return True
    domain = suffixes(ours.hostname or "").top_domain_under_public_suffix
    return bool(domain) and domain == suffixes(theirs.hostname or "").top_domain_under_public_suffix


def same_page(name: str, url: str) -> bool:
    """Return whether an address, which may be relative, is that of a page: queries count, subdomains do not."""
    theirs, ours = _place(name, url), _place(url, url)
    if theirs is None or ours is None or not _is_family(theirs.url, ours.url):
        return False
    return (theirs.path, theirs.query) == (ours.path, ours.query) and bool(ours.path or ours.query)


def is_elsewhere(name: str, own: Sequence[str]) -> bool:
    """Return whether an address is that of another page than all of these.

    The front page stands for the site, and an address without a query may have been cut short: they tell nothing.
    """
    return bool(own) and all(_differs(_place(name, url), _place(url, url)) for url in own)


def label(url: str) -> str:
    """Return the name of a site as its domain has it: "lemonde" of www.lemonde.fr."""
    place = _place(url, url)
    return suffixes(place.url).domain if place else ""


def _is_family(url: str, other: str) -> bool:
    """Return whether two hosts are of one site: also those of a network that no public suffix is known of."""
    one, two = urlsplit(url).hostname or "", urlsplit(other).hostname or ""
    return same_site(url, other) or one.endswith(f".{two}") or two.endswith(f".{one}")


def _differs(theirs: ComparedAddress | None, ours: ComparedAddress | None) -> bool:
    if theirs is None or ours is None or not theirs.path:
        return False
    return theirs.path != ours.path or (bool(theirs.query - ours.query) and not _is_variant(theirs, ours))


def _is_variant(theirs: ComparedAddress, ours: ComparedAddress) -> bool:
    """Return whether an address has all the parameters of ours, and more that can name a language but no article."""
    more = theirs.query - ours.query
    taken = {name for name, _value in ours.query}
    return (
        bool(ours.query)
        and ours.query <= theirs.query
        and all(
            name not in taken and len(value) <= LONGEST_VARIANT and not re.search(r"\d", value) for name, value in more
        )
    )


def _place(name: str, base: str) -> ComparedAddress | None:
    try:
        url = urljoin(base, name.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    for beginning in PATH_BEGINNINGS:
        path = f"/{path.removeprefix(beginning)}" if path.startswith(beginning) else path
    for ending in PATH_ENDINGS:
        path = path.removesuffix(ending)
    return ComparedAddress(url, path, frozenset(parse_qsl(parts.query)))
