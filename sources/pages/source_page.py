"""What the page of a source shows: its feeds, documents, reliability ratings, and where we looked for feeds."""

from __future__ import annotations

from typing import Any

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils.translation import gettext as _

from sources.gathering import discovering
from sources.models import Discovery, Document, Source, Standing
from workbench.desk.amounts import counted
from workbench.pages.badges import Badge
from workbench.pages.http import Request
from workbench.pages.paging import page_of
from workbench.pages.templatetags.log_words import told

NEWEST = 20  # documents on the page of a source; the list of documents has them all
RATINGS_PER_PAGE = 20


def context(request: Request, source: Source) -> dict[str, Any]:
    """Return what the page of a source shows, without its forms."""
    documents = Document.objects.articles().filter(source=source)
    ratings = Standing.objects.filter(source=source).select_related("stated_by")
    return {
        "source": source,
        "standings": page_of(request, ratings, "standings", RATINGS_PER_PAGE),
        "feeds": source.feeds.select_related("stopped_by"),
        "suggested": discovering.suggested(source),
        "looks": [_look(look) for look in source.discoveries.all()],
        "documents": documents[:NEWEST],
        "newest": NEWEST,
        "published": counted(documents),
    }


def _look(look: Discovery) -> Badge:
    """Return the result of a search for feeds on a home page."""
    if look.trouble:
        return Badge(f"{look} – {told(look.trouble)}", "trouble")
    if look.looked_at is None:
        return Badge(_("Looking for feeds on %(look)s.") % {"look": look}, look="")
    when = naturaltime(look.looked_at)
    return Badge(_("Looked for feeds on %(look)s %(when)s.") % {"look": look, "when": when}, look="")
