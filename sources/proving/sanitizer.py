"""Make a page that is only looked at: no link, hint or frame in it opens a connection.

The policy under which captured pages are shown forbids every load, but browsers look names up and open connections
before they ask it (measured: docs/architecture.md). So the elements that make them do it are taken their means.
"""

from __future__ import annotations

import re

# What a tag begins with instead. Of attributes of one name an element has the first (HTML standard, 13.2.5.33). Hints
# are renamed, because browsers that scan a page ahead heed the last: basefont may stand wherever they may, does
# nothing, and is as empty.
BEGINS = {
    "a": 'a href="#"',
    "animate": 'animate attributeName=""',
    "area": 'area href="#"',
    "frame": 'frame src=""',
    "iframe": 'iframe srcdoc=""',
    "link": "basefont",
    "meta": "basefont",
    "set": 'set attributeName=""',
}
# Wherever these letters stand: parsers differ over what is a comment or the text of a style, but there is no such tag
# without its letters. In text that is no tag the change does no harm.
TAG = re.compile(rf"<({'|'.join(BEGINS)})(?=[\t\n\f\r /])", re.IGNORECASE)


def inert(page: str) -> str:
    """Return a page whose elements have nothing to connect to; everything else in it stays as it was."""
    return TAG.sub(lambda tag: f"<{BEGINS[tag[1].lower()]} ", page)
