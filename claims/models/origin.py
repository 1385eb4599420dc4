"""Origins: where documents took their information about a claim from."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.vocabulary import OriginKind
from sources.models import Document, Source
from workbench.desk.guards import frozen


class OriginLink(Assertion):
    """Where a document took its information about a claim from: a document, a source, or its own reporting."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="origin_links", verbose_name=_("claim"))
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("document"))
    kind = models.CharField(_("kind"), max_length=14, choices=OriginKind)
    origin_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken from document")
    )
    origin_source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken from source")
    )
    why = models.TextField(_("why"), blank=True)

    class Meta(Assertion.Meta):
        verbose_name = _("origin")
        verbose_name_plural = _("origins")
        constraints = [
            *Assertion.Meta.constraints,
            models.UniqueConstraint(
                *["claim", "document", "kind", "origin_document", "origin_source"],
                name="origin_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(kind=OriginKind.OWN_REPORTING, origin_document=None, origin_source=None)
                | (
                    ~Q(kind=OriginKind.OWN_REPORTING)
                    & (Q(origin_document__isnull=False) | Q(origin_source__isnull=False))
                ),
                name="origin_says_where_from",
            ),
            models.CheckConstraint(
                condition=Q(origin_document=None) | ~Q(origin_document=F("document")), name="not_its_own_origin"
            ),
            models.CheckConstraint(condition=Q(kind__in=OriginKind.values), name="origin_kind_known"),
        ]
        triggers = [
            *Assertion.Meta.triggers,
            frozen("claim_id", "document_id", "kind", "origin_document_id", "origin_source_id", "why"),
        ]

    def __str__(self) -> str:
        return f"{self.document} – {self.get_kind_display()} – {self.origin_document or self.origin_source or ''}"
