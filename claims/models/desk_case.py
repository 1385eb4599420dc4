"""Cases: a matter that the desk follows for a while, such as an election, with its claims, sources and tags."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.claim_plan import LONGEST_TAG, ClaimTag, EndingRow
from sources.models import Source
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User
from workbench.desk.row_address import row_address

LONGEST_CASE_NAME = 120  # characters


class DeskCase(models.Model):
    """A case. Its dossier lists the published reports of its claims."""

    name = models.CharField(_("name"), max_length=LONGEST_CASE_NAME)
    about = models.TextField(_("what it is about"), blank=True)
    is_closed = models.BooleanField(_("closed"), default=False)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-opened_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="case_has_a_name")]
        triggers = [*append_only(updates=True), frozen("opened_by_id", "opened_at")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return where the page of the case is."""
        return row_address("claims:case", self.pk)


class CaseItem(EndingRow):
    """That a claim, a source, or every claim with a tag belongs to a case."""

    case = models.ForeignKey(DeskCase, models.PROTECT, related_name="items", verbose_name=_("case"))
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="case_items", verbose_name=_("claim"))
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="case_items", verbose_name=_("source"))
    tag = models.CharField(_("tag"), max_length=LONGEST_TAG, blank=True)
    folded = models.CharField(max_length=2 * LONGEST_TAG, blank=True, editable=False)

    class Meta(EndingRow.Meta):
        verbose_name = _("part of a case")
        verbose_name_plural = _("parts of cases")
        constraints = [
            *EndingRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(claim__isnull=False, source=None, tag="", folded="")
                | Q(claim=None, source__isnull=False, tag="", folded="")
                | Q(claim=None, source=None) & ~Q(tag="") & ~Q(folded=""),
                name="case_item_is_one_thing",
            ),
            models.UniqueConstraint("case", "claim", condition=Q(ended_at=None), name="claim_once_per_case"),
            models.UniqueConstraint("case", "source", condition=Q(ended_at=None), name="source_once_per_case"),
            models.UniqueConstraint(
                "case", "folded", condition=Q(ended_at=None) & ~Q(folded=""), name="tag_once_per_case"
            ),
        ]
        triggers = [*EndingRow.Meta.triggers, frozen("case_id", "claim_id", "source_id", "tag", "folded")]

    def __str__(self) -> str:
        return str(self.claim or self.source or self.tag)


def in_case(case: int | None) -> Q:
    """Return whether a claim belongs to a case: it was put there, or it has a tag of the case."""
    items = CaseItem.objects.standing().filter(case=case)
    tags = items.exclude(folded="").values("folded")
    tagged = ClaimTag.objects.standing().filter(claim=OuterRef("pk"), folded__in=tags)
    return Q(Exists(items.filter(claim=OuterRef("pk")))) | Q(Exists(tagged))


def cases_of(claim: int) -> QuerySet[DeskCase]:
    """Return the cases to which a claim belongs."""
    tags = ClaimTag.objects.standing().filter(claim=claim).values("folded")
    items = CaseItem.objects.standing().filter(Q(claim=claim) | ~Q(folded="") & Q(folded__in=tags))
    return DeskCase.objects.filter(pk__in=items.values("case"))
