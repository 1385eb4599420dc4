"""Spellings of an address that mean one page, and addresses that are no article's own: front pages and sections."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from sources.web.addresses import read, without_www

# What tells a slug from the name of a format or device ("amp", "print", "2"): two words, or the number of an article.
_SLUG = re.compile(r"[^\W_]{2,}[-_+. ][^\W_]{2,}|\d{4}")
_WORDS = re.compile(r"[^\W_]{3,}")
_FORMAT = re.compile(r"\.[A-Za-z]{1,5}$")


def spellings(url: str) -> set[str]:
    """Return the keys under which an address may be known as well: http, https, ``www.``, a slash at its end."""
    address = read(url)
    site, path = without_www(address.site), address.path.rstrip("/")
    query = f"?{address.query}" if address.query else ""
    return {
        f"{scheme}://{host}{end}{query}"
        for scheme in ("http", "https")
        for host in (site, f"www.{site}")
        for end in (path or "/", f"{path}/")
    }


def leaves_article(asked: str, there: str) -> bool:
    """Return whether an address is that of a front page or a section, and so not that of the article we asked for.

    It is above the other in the tree of the site, and what is left out names an article.
    """
    here, above = urlsplit(asked), urlsplit(there)
    if above.path in {"", "/"} and not above.query:
        return here.path not in {"", "/"} or bool(here.query)
    steps, base = _steps(here.path), _steps(above.path)
    left_out = steps[len(base) :]
    is_above = steps[: len(base)] == base and bool(left_out) and not above.query
    return is_above and any(_SLUG.search(step) for step in left_out)


def are_akin(one: str, other: str) -> bool:
    """Return whether two addresses share a word of their slugs, as those of one article do after its slug changed."""
    return bool(_slug_words(one) & _slug_words(other))


def _slug_words(url: str) -> set[str]:
    parts = urlsplit(url)
    last = next((step for step in reversed(_steps(parts.path)) if _WORDS.search(step)), "")
    return {word.lower() for word in _WORDS.findall(f"{_FORMAT.sub('', last)} {unquote(parts.query)}")}


def _steps(path: str) -> list[str]:
    return [unquote(step) for step in path.split("/") if step]
