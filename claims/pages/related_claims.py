"""What the pages of documents and sources list of claims: those that appeared there, cite it, or name it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from claims.intake import marking
from claims.models import Appearance, Attribution, Claim, ClaimAccess, Evidence
from claims.models.claim import DOCUMENT
from claims.models.vocabulary import ClaimAct
from workbench.desk.declarations import FoundRow, RelatedRows
from workbench.desk.models import User

MOST_LISTED = 20  # claims, the newest first


def of_document(document: int) -> list[FoundRow]:
    """Return the claims that appeared in a document, and those that cite it."""
    appeared = Appearance.objects.filter(document=document, claim=OuterRef("pk")).standing_firm()
    cited = Evidence.objects.filter(**{DOCUMENT: document}, claim=OuterRef("pk")).confirmed()
    return _listed(Claim.objects.filter(Exists(appeared) | Exists(cited)))


def of_source(source: int) -> list[FoundRow]:
    """Return the claims that a source makes, or that an attribution chain says it made or passed on."""
    named = Attribution.objects.filter(source=source, appearance__claim=OuterRef("pk")).standing_firm()
    return _listed(Claim.objects.filter(Q(claimant=source) | Exists(named)))


def _can_be_marked(document: int, person: User) -> bool:
    return document not in ClaimAccess.objects.kept(marking.NO_CLAIM, by=person)


def _listed(rows: QuerySet[Claim]) -> list[FoundRow]:
    found = rows.order_by("-pk").only("text", "short_text", "language", "status")[:MOST_LISTED]
    return [FoundRow(row.get_absolute_url(), str(row), row.language, row.get_status_display()) for row in found]


RELATED = [
    RelatedRows(
        "sources.Document",
        _("Claims"),
        of_document,
        view="claims:mark_claims",
        view_label=_("Mark claims in this text"),
        act=ClaimAct.LOG_CLAIM,
        offers=_can_be_marked,
    ),
    RelatedRows("sources.Source", _("Claims"), of_source),
]
