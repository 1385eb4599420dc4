"""What the page of a document shows of files that people brought: who, when, where they say it comes from; metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from sources.capturing import bringing
from sources.models import Bringing, Document, Reading
from sources.models.vocabulary import Outcome
from sources.pages import document_queries, fact_labels, original_file
from sources.pages.date_display import at
from sources.pages.notices import PLAIN, WARNING, Notice
from workbench.desk import health
from workbench.pages.http import Request
from workbench.pages.paging import page_of
from workbench.pages.templatetags.log_words import told

PER_PAGE = 20

STANDARDS: dict[str, Any] = {
    "c2pa": "C2PA",
    "exif": "EXIF",
    "file": gettext_lazy("file"),
    "mail": gettext_lazy("mail"),
    "mp4": "MP4",
    "ooxml": "Office Open XML",
    "pdf": "PDF",
    "tags": gettext_lazy("tags"),
    "xmp": "XMP",
}
# Notes that readers leave with a text; they are stored in English, and translated where they are shown.
NOTES = (
    gettext_noop("Only the first %(n)d characters of this file were read."),
    gettext_noop("A picture has no text."),
    gettext_noop("A recording has no text. Add a transcript to make its words searchable."),
)
ENDINGS: dict[str, Any] = {
    Outcome.NOT_TEXT: gettext_lazy(
        "The file is kept, but no text is read from this kind of file. To cite it, describe in a note what it shows."
    ),
    Outcome.EMPTY_EXTRACTION: gettext_lazy("The file is kept. We found no text in it."),
    Outcome.ENCRYPTED: gettext_lazy("The file is kept. It is protected by a password, so we cannot read its text."),
    Outcome.TOO_LARGE: gettext_lazy("The file is kept. It is too large for its text to be read."),
    Outcome.UNPARSABLE: gettext_lazy("The file is kept. We could not read it: it is damaged, or it takes too long."),
}


@dataclass(frozen=True)
class ShownBringing:
    """One bringing in words: who brought which file, and what this person says of it."""

    sentence: str
    url: str
    said: list[tuple[str, str]]
    instead_of: Document | None
    draft: str = ""  # where the form with the file can still be sent: until then nobody else sees that it was brought
    misnamed: str = ""  # where the name of the file stands for another kind than its bytes show


@dataclass(frozen=True)
class ShownFact:
    """A statement in the metadata of a file."""

    standard: str
    name: str
    value: str
    is_private: bool

    @property
    def label(self) -> str:
        """What its name stands for, in words; empty for a rare name."""
        return fact_labels.label(self.name)


def brought(request: Request, document: Document, reading: Reading | None) -> dict[str, Any]:
    """Return what the page of a document shows about files: who brought them, those in its place, their metadata."""
    of_it, instead = document_queries.bringings.bound(document.pk), document_queries.replacements.bound(document.pk)
    return {
        "bringings": page_of(request, of_it, "bringings", PER_PAGE, show=shown_bringing),
        "replacements": page_of(request, instead, "replacements", PER_PAGE),
        "file_facts": file_facts(reading),
        "original": original_file.of_document(document, request.user),
    }


def shown_bringing(row: Bringing) -> ShownBringing:
    """Return a bringing as the page of its document shows it."""
    facts = {"person": row.who, "when": at(row.at), "name": row.file_name}
    named, bare = _("Brought by %(person)s on %(when)s as “%(name)s”."), _("Brought by %(person)s on %(when)s.")
    said = [
        (_("Account or person"), row.said_account),
        (_("Seen there"), at(row.seen_at) if row.seen_at else ""),
        (_("How it was obtained"), row.obtained),
    ]
    return ShownBringing(
        (named if row.file_name else bare) % facts,
        row.said_url,
        [each for each in said if each[1]],
        row.instead_of,
        _draft(row),
        _misnamed(row),
    )


def _draft(row: Bringing) -> str:
    upload = getattr(row, "upload", None)
    if upload is None or upload.sent_at:
        return ""
    return f"{reverse('sources:bring')}?{urlencode({'brought': row.capture.document_id})}"


def _misnamed(row: Bringing) -> str:
    ending = bringing.ending_of_another(row)
    told = _("The name ends with “.%(ending)s”, but the bytes are those of another kind of file: %(kind)s.")
    return told % {"ending": ending, "kind": row.media_type} if ending else ""


def file_facts(reading: Reading | None) -> list[ShownFact]:
    """Return what a file says of itself, as a reading found it."""
    return [
        ShownFact(_standard(fact["standard"]), fact["name"], fact["value"], fact["is_private"])
        for fact in (reading.file_facts if reading else [])
    ]


def _standard(name: str) -> str:
    return str(STANDARDS.get(name, name))


def brought_notices(reading: Reading | None, newest: Reading | None) -> list[Notice]:
    """Return how far the reading of a file has come; ``reading`` is the one with a text, ``newest`` the last of all."""
    if reading is not None:
        return [Notice(PLAIN, text=told(reading.note))] if reading.note else []
    if newest is None or newest.read_at is None:
        waits, silence = _("The file is kept. Its text has not been read yet."), health.silence(Reading)
        return [Notice(WARNING if silence else PLAIN, text=f"{waits} {silence}".strip())]
    ending = str(ENDINGS.get(newest.outcome, newest.get_outcome_display()))
    return [Notice(PLAIN, text=" ".join(filter(None, [ending, told(newest.note)])))]
