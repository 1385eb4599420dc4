"""Read mail (EML): sender, date and the way it came as facts, its text, and what was attached to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from lxml import etree

from sources.formats import charset, page_tree
from sources.formats.file_text import DATED_BY_MAIL, Fact, FileText
from sources.formats.files.line_text import LineText, one_line
from sources.formats.unreadable import Unreadable
from sources.language import detection

# Headers that are worth showing. Addresses of those who received it, and machines on its way, are private.
SHOWN = {
    **dict.fromkeys(("From", "Sender", "Date", "Subject", "Message-ID", "In-Reply-To", "List-Id"), False),
    **dict.fromkeys(("Reply-To", "To", "Cc", "Bcc", "Return-Path", "Delivered-To", "X-Originating-IP"), True),
    **dict.fromkeys(("User-Agent", "X-Mailer", "Authentication-Results"), True),
}
WAY = "Received"  # the newest first: each server writes its own line above those it was given
MOST_WAY, MOST_ATTACHMENTS, MOST_PARTS = 50, 200, 2_000
DEEPEST = 50  # parts within parts
MOST_VALUE = 2_000  # characters
IN_PART = "Only the beginning of this message was read: it is too long."


def read(body: bytes, name: str = "") -> FileText:
    """Return the text of a message, without its attachments. Raises ``Unreadable``.

    What a message says of its sender and its date is what was written into it: anybody can write anything there.
    """
    message = parsed(body)
    if not any(message.get(header) for header in ("From", "Date", "Subject", "Received", "Message-ID")):
        raise Unreadable("not_text", "The file is no mail: it has neither a sender nor a date.")
    parts = [*leaves(message)]
    facts = [*_facts(message), *_attachments(parts)]
    text = LineText()
    for line in _lines(parts):
        text.add(line)
    return FileText(
        text=text.text,
        title=header_of(message, "Subject"),
        byline=header_of(message, "From"),
        language=detection.detect(text.text)[0] if text.text else "",
        facts=tuple(facts),
        dated=_dated(header_of(message, "Date")),
        dated_by=DATED_BY_MAIL,
        note=IN_PART if text.is_full else "" if text.text else "This message holds no words.",
    )


def parsed(body: bytes) -> Message:
    """Return a MIME message, which may nest to a limit. Raises ``Unreadable``."""
    try:
        return message_from_bytes(body, policy=policy.compat32)
    except (RecursionError, ValueError, LookupError, TypeError) as problem:
        raise Unreadable("not_text", "The parts of this message are nested too deep, or are broken.") from problem


def leaves(message: Message) -> Iterator[Message]:
    """Yield the parts of a message that hold content, in their order; those nested too deep are left out."""
    waiting = [(message, 0)]
    for _number in range(MOST_PARTS):
        if not waiting:
            return
        part, depth = waiting.pop()
        inner = part.get_payload()
        if not isinstance(inner, list):
            yield part
        elif depth < DEEPEST:
            waiting += [(each, depth + 1) for each in reversed(inner) if isinstance(each, Message)]


def content(part: Message) -> bytes:
    """Return the bytes that a part holds."""
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def header_of(part: Message, name: str) -> str:
    """Return the value of a header on one line, with its encoded words decoded."""
    value = str(part.get(name) or "")[:MOST_VALUE]
    return _decoded(value)


def _decoded(value: str) -> str:
    try:
        return one_line(str(make_header(decode_header(value))))
    except (HeaderParseError, LookupError, ValueError):  # no encoding of that name, or none at all
        return one_line(value.encode("utf-8", "replace").decode())


def _facts(message: Message) -> Iterator[Fact]:
    for name, is_private in SHOWN.items():
        if value := header_of(message, name):
            yield Fact("mail", name, value, is_private)
    for value in message.get_all(WAY, [])[:MOST_WAY]:
        yield Fact("mail", WAY, _decoded(str(value)[:MOST_VALUE]), is_private=True)


def _dated(written: str) -> str:
    """Return when a message says that it was sent, in ISO 8601; empty where its header is no date."""
    try:
        found = parsedate_to_datetime(written)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return ""


def _attachments(parts: list[Message]) -> Iterator[Fact]:
    attached = [part for part in parts if _is_attached(part)]
    for part in attached[:MOST_ATTACHMENTS]:
        name = _decoded(str(part.get_filename() or "")[:MOST_VALUE])
        yield Fact("mail", "attachment", f"{name or '–'} ({part.get_content_type()}, {len(content(part)):,} bytes)")


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_content_maintype() not in ("text", "multipart")


def _lines(parts: list[Message]) -> list[str]:
    """Return the lines of the plain text; where there is none, those of the markup."""
    words = [part for part in parts if not _is_attached(part)]
    plain = [part for part in words if part.get_content_type() == "text/plain"]
    if any(content(part).strip() for part in plain):
        return [line for part in plain for line in _text(part).splitlines()]
    return [line for part in words if part.get_content_type() == "text/html" for line in _of_markup(_text(part))]


def _text(part: Message) -> str:
    return charset.decode(content(part), str(part.get("Content-Type") or ""))


def _of_markup(markup: str) -> list[str]:
    """Return the text of markup, with a line for each element that is not part of one."""
    tree = page_tree.tree_of(markup)
    if tree is None:
        return []
    pieces: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        is_start, is_silent = event == "start", element.tag in page_tree.SILENT or not isinstance(element.tag, str)
        if is_silent and is_start:
            walk.skip_subtree()
        pieces.append("" if (element.tag in page_tree.INLINE and element.tag != "br") or is_silent else "\n")
        pieces.append(((element.text if not is_silent else "") if is_start else element.tail) or "")
    return "".join(pieces).splitlines()
