"""Read pages that a browser saved as one MIME message (MHTML, RFC 2557): the page itself, without its parts."""

from __future__ import annotations

from email.message import Message

from sources.formats.file_text import Fact
from sources.formats.files import copied_article, mail
from sources.formats.files.page_copy import PageCopy, Reference, Saved
from sources.formats.unreadable import Unreadable

PAGES = ("text/html", "application/xhtml+xml")


def read(body: bytes, known: Reference) -> PageCopy:
    """Return the article of a saved page, by the same extraction as a fetched page. Raises ``Unreadable``."""
    message = mail.parsed(body)
    root = _root(message)
    address = mail.header_of(message, "Snapshot-Content-Location") or mail.header_of(root, "Content-Location")
    saved = Saved("mhtml", address, mail.header_of(message, "Date"))
    made_by = mail.header_of(message, "From")
    more = [Fact("mhtml", "saved by", made_by)] if made_by else []
    return copied_article.of(mail.content(root), str(root.get("Content-Type") or ""), saved, known, more)


def _root(message: Message) -> Message:
    """Return the part that is the page: the one that the message names as its start, or else the first page in it."""
    pages = [part for part in mail.leaves(message) if part.get_content_type() in PAGES]
    start = str(message.get_param("start") or "")
    named = [part for part in pages if start and str(part.get("Content-ID") or "").strip() == start]
    if not pages:
        raise Unreadable("not_text", "The file holds no page.")
    return (named or pages)[0]
