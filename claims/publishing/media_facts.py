"""Whether a claim appeared as a picture or recording, for a report and for the MediaReview data in it."""

from __future__ import annotations

from typing import Any

from sources.models import Document
from sources.reading import recordings

Facts = dict[str, Any]


def of_document(document: Document | None) -> Facts | None:
    """Return what kind of media a document is, with the hash of its bytes; None for any other."""
    capture = recordings.capture_of(document) if document else None
    if capture is None:
        return None
    return {"media_type": capture.content_type.partition(";")[0].strip().lower(), "sha256": capture.sha256}
