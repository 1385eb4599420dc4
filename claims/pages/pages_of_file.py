"""On which pages of a file the passage of a piece of evidence stands, and the picture of the first one."""

from __future__ import annotations

from django.urls import reverse

from claims.models import Evidence
from claims.publishing.exports.page import sentences
from sources.models.file_pages import cited, pages_at


class OnPages:
    """Of what shows a piece of evidence: the pages of a file on which its passage stands."""

    evidence: Evidence

    @property
    def pages(self) -> str:
        """The pages as they are cited; nothing for a web page."""
        passage = self.evidence.passage
        return sentences.pages({"pages": cited(pages_at(passage.reading, passage.start, passage.end))})

    @property
    def page_picture(self) -> str:
        """The address of the picture of the first page that the passage stands on; nothing for a web page."""
        passage = self.evidence.passage
        pages = pages_at(passage.reading, passage.start, passage.end)
        if not pages:
            return ""
        picture = reverse("sources:page_picture", args=[passage.reading.capture_id, pages[0].number])
        return f"{picture}?passage={passage.pk}"
