"""Parse the markup of a page into a tree of elements (lxml); the kinds of its elements, and the text of one."""

from __future__ import annotations

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Elements whose text runs on in the line that they stand in.
INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "big", "br", "center", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
    *("ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt"),
    *("u", "var", "wbr"),
}
IN_WORDS = {"b", "i", "em", "strong", "u", "s", "small", "sup", "sub", "wbr", "mark", "a", "font", "q", "abbr"}
SILENT = {"script", "style", "noscript", "template"}


def tree_of(html: str) -> HtmlElement | None:
    """Return the tree of a page; None where there is none.

    lxml gets bytes, because it refuses text that declares an encoding.
    """
    octets = html.replace("\0", "").encode("utf-8", "replace")
    try:
        return lxml.html.document_fromstring(octets, parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def text_of(element: HtmlElement) -> str:
    """Return the text of an element on one line; parts that are set apart are apart, as a kicker and a headline."""
    if not len(element) and isinstance(element.tag, str):
        return "" if element.tag in SILENT else " ".join((element.text or "").replace("\u00ad", "").split())
    pieces: list[str] = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        is_start = event == "start"
        if isinstance(inner.tag, str) and inner.tag not in IN_WORDS:
            pieces.append(" ")
        if is_start and isinstance(inner.tag, str) and inner.tag not in SILENT:
            pieces.append(inner.text or "")
        if not is_start and inner is not element:
            pieces.append(inner.tail or "")
    return " ".join("".join(pieces).replace("\u00ad", "").split())
