"""Read what an office file (OOXML) says of itself: who wrote it, when and with which program; whether it has macros."""

from __future__ import annotations

from lxml import etree

from sources.formats.file_text import Fact
from sources.formats.files.line_text import one_line
from sources.formats.files.zip_members import Members

CORE, APP = "docProps/core.xml", "docProps/app.xml"
MACROS = "vbaProject.bin"
MOST_VALUE = 500  # characters
# The elements that are worth showing; the names of people and firms behind a file are theirs to give away.
SHOWN = {
    **dict.fromkeys(("title", "subject", "creator", "created", "modified", "Application", "AppVersion"), False),
    **dict.fromkeys(("keywords", "description", "language", "revision"), False),
    **dict.fromkeys(("lastModifiedBy", "lastPrinted", "Company", "Manager", "Template"), True),
}


def of(members: Members) -> tuple[Fact, ...]:
    """Return the facts in the properties of an OOXML file, in their order there. Raises ``Unreadable``."""
    found = [fact for name in (CORE, APP) if name in members.names for fact in properties(members.xml(name), "ooxml")]
    if any(name.endswith(MACROS) for name in members.names):
        found.append(Fact("ooxml", "macros", "The file holds macros. They are never run here."))
    return tuple(found)


def properties(root: etree._Element, standard: str) -> list[Fact]:
    """Return the facts in a list of properties: one for each element with words that is shown."""
    found = []
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        value = one_line(element.text or "")[:MOST_VALUE]
        if value and name in SHOWN:
            found.append(Fact(standard, name, value, is_private=SHOWN[name]))
    return found
