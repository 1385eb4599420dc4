"""Turn a saved page into its article, read as a fetched page is, with where it is from and when it was saved."""

from __future__ import annotations

from collections.abc import Sequence

from sources.formats import charset, html, inline_data
from sources.formats.file_text import Fact
from sources.formats.files.page_copy import PageCopy, Reference, Saved, web_address

UTF_8 = "text/html; charset=utf-8"


def of(markup: bytes, content_type: str, saved: Saved, known: Reference, more: Sequence[Fact] = ()) -> PageCopy:
    """Return the article of a saved page, by the same extraction as a fetched page. Raises ``Unreadable``.

    Pictures and styles that a tool put into the page are left out first: they may be a hundred times its text.
    """
    decoded = charset.decoded(markup, content_type)
    text = inline_data.dropped(decoded.text).encode("utf-8", "replace")
    article = html.read(text, UTF_8, web_address(saved.address) or known.url, known.latest)
    return PageCopy(article, (*saved.facts(), *more))
