"""Parse the markup of a page into a tree of elements (lxml)."""

from __future__ import annotations

import lxml.html
from lxml import etree
from lxml.html import HtmlElement


def tree_of(html: str) -> HtmlElement | None:
    """Return the tree of a page; None where there is none.

    lxml gets bytes, because it refuses text that declares an encoding.
    """
    octets = html.replace("\0", "").encode("utf-8", "replace")
    try:
        return lxml.html.document_fromstring(octets, parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
