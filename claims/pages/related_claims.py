"""What the pages of documents and sources list of claims: those that appeared there, cite it, or name it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from claims.intake import marking
from claims.models import Appearance, Attribution, Claim, ClaimAccess, Evidence
from claims.models.claim import DOCUMENT
from claims.models.vocabulary import ClaimAct
from sources.reading.newest import has_text
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.declarations import FoundRow, RelatedRows
from workbench.desk.models import User

MOST_LISTED = 20  # claims, the newest first


def of_document(document: int) -> list[FoundRow]:
    """Return the claims that appeared in a document, and those that cite it."""
    return _listed(_of_document(document, most=MOST_LISTED))


def of_source(source: int) -> list[FoundRow]:
    """Return the claims that a source makes, or that an attribution chain says it made or passed on."""
    return _listed(_of_source(source, most=MOST_LISTED))


@CompiledQuery
def _of_document(document: int) -> QuerySet[Claim]:
    appeared = Appearance.objects.filter(document=document).standing_firm()
    cited = Evidence.objects.filter(**{DOCUMENT: document}).confirmed()
    return _claims(appeared.values("claim"), cited.values("claim"))


@CompiledQuery
def _of_source(source: int) -> QuerySet[Claim]:
    named = Attribution.objects.filter(source=source).standing_firm()
    claimed = Claim.objects.filter(claimant=source)
    return _claims(claimed.values("pk"), named.values("appearance__claim"))


def _can_be_marked(document: int, person: User) -> bool:
    """Say whether a document has a text, and is not kept from those who mark claims for everybody."""
    return has_text(document) and document not in ClaimAccess.objects.kept(marking.NO_CLAIM, by=person)


def _claims(keys: QuerySet[Any], more: QuerySet[Any]) -> QuerySet[Claim]:
    """Return the claims with these keys: with conditions joined by OR, the database would look at every claim."""
    rows: QuerySet[Claim] = Claim.objects.filter(pk__in=keys.order_by().union(more.order_by()))
    return rows.order_by("-pk").only("text", "short_text", "language", "status")


def _listed(found: list[Claim]) -> list[FoundRow]:
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
