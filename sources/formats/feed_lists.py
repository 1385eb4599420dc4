"""Read lists of feeds that people bring from other programs: OPML, or CSV with a name and an address in each line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

LONGEST = 1_000_000  # bytes of a list
MOST = 500  # feeds of one list
WEB = ("http://", "https://")


@dataclass(frozen=True)
class ListedFeed:
    """A feed of a list: what it is called there, its address, and the language, where the list says one."""

    name: str
    url: str
    language: str = ""


def read(body: bytes) -> list[ListedFeed]:
    """Return the feeds of a list, each address once; nothing where it is no list."""
    body = body[:LONGEST]
    found = _opml(body) if body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else _csv(body)
    return list({each.url: each for each in found}.values())[:MOST]


def _opml(body: bytes) -> Iterator[ListedFeed]:
    """Yield the feeds of an outline. One that declares anything of its own, such as entities, is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        return
    for outline in root.iter("outline"):
        url = (outline.get("xmlUrl") or "").strip()
        if url.startswith(WEB):
            yield ListedFeed((outline.get("text") or outline.get("title") or "").strip(), url)


def _csv(body: bytes) -> Iterator[ListedFeed]:
    """Yield the lines that have an address: the cell before or after it is the name, a short one the language."""
    text = body.decode("utf-8-sig", errors="replace")
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    for row in csv.reader(io.StringIO(text), delimiter=separator):
        cells = [cell.strip() for cell in row]
        url = next((cell for cell in cells if cell.startswith(WEB)), "")
        others = [cell for cell in cells if cell and cell != url]
        if url:
            short = [cell for cell in others if len(cell) == 2 and cell.isalpha()]
            names = [cell for cell in others if cell not in short]
            yield ListedFeed(names[0] if names else "", url, short[0].lower() if short else "")
