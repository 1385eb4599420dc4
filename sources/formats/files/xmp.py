"""Tell what the XMP data of a file say of who or what made it, and when."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sources.formats.charset import clean
from sources.formats.file_text import Fact

LARGEST = 2_000_000  # bytes
LONGEST = 500  # characters of a value
# The names that tell something; the others are settings of programs.
TOLD = {
    *("CreateDate", "ModifyDate", "MetadataDate", "CreatorTool", "DateCreated", "Credit", "Source", "Headline"),
    *("DigitalSourceType", "DigitalSourceFileType", "City", "State", "Country", "creator", "rights", "title"),
    *("description", "provenance", "WebStatement", "AltTextAccessibility", "AISystemUsed", "AIPromptInformation"),
}
PRIVATE = {"creator", "City", "State", "Country"}


def facts(packet: bytes) -> Iterator[Fact]:
    """Yield what an XMP packet says. Raises ``ValueError`` where it is damaged."""
    if not packet:
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(packet[:LARGEST].strip(b"\0 \n\r\t"), parser)
    except etree.XMLSyntaxError as problem:
        raise ValueError("XMP") from problem
    seen: set[tuple[str, str]] = set()
    for name, value in _values(tree):
        text = clean(" ".join(value.split()))[:LONGEST]
        if text and (name, text) not in seen:
            seen.add((name, text))
            yield Fact("xmp", name, text, is_private=name in PRIVATE)


def _values(tree: etree._Element) -> Iterator[tuple[str, str]]:
    for element in tree.iter(etree.Element):
        for key, value in element.attrib.items():
            if (name := etree.QName(key).localname) in TOLD:
                yield name, str(value)
        if (name := etree.QName(element).localname) in TOLD:
            yield name, "".join(map(str, element.itertext()))
