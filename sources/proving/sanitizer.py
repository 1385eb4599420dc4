"""Sanitize captured pages: rewrite links, hints and frames so that no tag can open a connection.

The content security policy of captured pages forbids every load, but browsers resolve names and open connections before
they ask the policy (measured: docs/architecture.md). So tags that could open a connection are rewritten first.
"""

from __future__ import annotations

import re

# What a tag begins with instead. Where an attribute occurs twice, the first one counts (HTML standard, 13.2.5.33).
# Hints are renamed, because browsers that scan a page ahead use the last one: basefont is allowed where hints are, does
# nothing, and has no content either.
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
# We replace these letters everywhere: parsers differ over what is a comment or the text of a style, but no such tag can
# do without its letters. In text that is not a tag, the change does no harm.
TAG = re.compile(rf"<({'|'.join(BEGINS)})(?=[\t\n\f\r /])", re.IGNORECASE)


def inert(page: str) -> str:
    """Return a page in which no tag can open a connection; everything else stays as it was."""
    return TAG.sub(lambda tag: f"<{BEGINS[tag[1].lower()]} ", page)
