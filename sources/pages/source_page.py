"""What the page of a source shows: its feeds, documents, reliability ratings, and where we looked for feeds."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sources.gathering import discovering
from sources.models import Discovery, Source
from sources.pages import source_queries
from sources.pages.listed_rows import document_row_of_source
from workbench.pages.badges import Badge
from workbench.pages.http import Request
from workbench.pages.paging import page_of
from workbench.pages.templatetags.log_words import told
from workbench.pages.time_ago import ago

NEWEST = 20  # documents on the page of a source; the list of documents has them all
RATINGS_PER_PAGE = 20


def context(request: Request, source: Source) -> dict[str, Any]:
    """Return what the page of a source shows, without its forms."""
    looks = source_queries.looks(source.pk)
    return {
        "source": source,
        "standings": page_of(request, source_queries.ratings.bound(source.pk), "standings", RATINGS_PER_PAGE),
        "feeds": source_queries.feeds(source.pk),
        "suggested": discovering.suggested(looks),
        "looks": [_look(look) for look in looks],
        "documents": [document_row_of_source(each) for each in source_queries.documents(source.pk, most=NEWEST)],
        "newest": NEWEST,
        "published": source_queries.documents.counted(source.pk),
    }


def _look(look: Discovery) -> Badge:
    """Return the result of a search for feeds on a home page."""
    if look.trouble:
        return Badge(f"{look} – {told(look.trouble)}", "trouble")
    if look.looked_at is None:
        return Badge(_("Looking for feeds on %(look)s.") % {"look": look}, look="")
    when = ago(look.looked_at)
    return Badge(_("Looked for feeds on %(look)s %(when)s.") % {"look": look, "when": when}, look="")
