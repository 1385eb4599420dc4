"""Take the text out of values that should be plain text and often are not."""

from __future__ import annotations

import lxml.html
from lxml import etree


def line(value: object) -> str:
    """Return a text, or the first of a list, on one line; without tags and character references."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return " ".join(_unmarked(value).split()) if isinstance(value, str) else ""


def _unmarked(text: str) -> str:
    if "<" not in text and "&" not in text:
        return text
    try:
        return " ".join(map(str, lxml.html.fromstring(f"<div>{text}</div>").itertext()))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return text
