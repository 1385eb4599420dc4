"""Note the address that a brought file is said to be from, by a person or by the file: no fetch has shown it there."""

from __future__ import annotations

from sources.formats.files.page_copy import ADDRESS
from sources.models import Document, DocumentAddress, Reading
from sources.models.vocabulary import AddressKind
from sources.web.addresses import Refused, read

MOST_ADDRESSES = 10  # of one file


def note(document: Document, url: str) -> None:
    """Note an address of a brought file; what is no address of the web is left out."""
    try:
        key = read(url).key if url else ""
    except Refused:
        return
    if key:
        DocumentAddress.objects.get_or_create(document=document, url=key, kind=AddressKind.STATED)


def note_own(reading: Reading) -> None:
    """Note the addresses that a brought file gives for itself, once it is read."""
    if not reading.capture.is_brought:
        return
    named = [str(fact["value"]) for fact in reading.file_facts if fact["name"] == ADDRESS]
    for url in named[:MOST_ADDRESSES]:
        note(reading.capture.document, url)
