"""Detect pages that show their text only with JavaScript, and so need a browser."""

from __future__ import annotations

import re

# A page without a text of its own needs a browser if it names a program to run, or contains one that is longer than
# the few lines that count visits. Data for programs (such as JSON-LD) do not count.
LEAST_PROGRAM = 500  # bytes
MOST_READ = 2_000_000
_SCRIPT = re.compile(rb"<script\b([^<>]{0,2000})>", re.IGNORECASE)
_TYPE = re.compile(rb"""\btype\s*=\s*["']?\s*([^\s"'>]+)""", re.IGNORECASE)
_SOURCE = re.compile(rb"\bsrc\s*=", re.IGNORECASE)
_PROGRAMS = {b"", b"module", b"text/javascript", b"application/javascript", b"text/babel"}


def make_the_page(body: bytes) -> bool:
    """Return whether the scripts of a page without text may write one."""
    pieces = _SCRIPT.split(body[:MOST_READ])[1:]
    for about, behind in zip(pieces[::2], pieces[1::2], strict=True):
        kind = _TYPE.search(about)
        if (kind[1].lower() if kind else b"") not in _PROGRAMS:
            continue
        if _SOURCE.search(about) or len(behind.partition(b"</script")[0].strip()) >= LEAST_PROGRAM:
            return True
    return False
