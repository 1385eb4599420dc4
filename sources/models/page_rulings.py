"""Decisions of people on what a page is: the article, or a wall. They come before what the machine thinks of it."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.models.document import Capture, Document
from sources.models.vocabulary import WALLS, Outcome
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User
from workbench.desk.punctuation import labelled
from workbench.desk.word_search import Searchable, WordsField


class PageRulingQuerySet(models.QuerySet["PageRuling"]):
    def in_force(self) -> Self:
        """Decisions that nobody has undone."""
        return self.filter(undone_at=None)

    def of_site(self, host: str, layout: str) -> Self:
        """Decisions on all pages of a layout on a site; none where the layout is not known."""
        return self.filter(everywhere=True, document__host=host, layout=layout).exclude(layout="")

    def over(self, document: Document, layout: str, capture: Capture | None) -> PageRuling | None:
        """Return the decision that counts for a capture of a document, or for a page of it with a layout.

        One on the document itself comes before one on its site; of two, the newer counts.
        """
        is_same = Q(layout=layout) & ~Q(layout="")
        own = Q(document=document) & (is_same | Q(capture=capture)) if capture else Q(document=document) & is_same
        of_site = is_same & Q(everywhere=True, document__host=document.host)
        rows = (
            self.in_force()
            .filter(own | of_site)
            .annotate(
                is_own=models.Case(
                    models.When(document=document, then=1), default=0, output_field=models.IntegerField()
                )
            )
        )
        return rows.order_by("-is_own", "-pk").first()


class PageRuling(Searchable):
    """What a person says a page is, and why: for this capture and later ones of its layout, or for a whole site.

    It can be undone, and is never changed.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="rulings", verbose_name=_("document"))
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="rulings", verbose_name=_("capture"))
    outcome = models.CharField(_("what the page is"), max_length=20, choices=Outcome)
    layout = models.CharField(_("layout"), max_length=16, blank=True, editable=False)
    everywhere = models.BooleanField(_("for all pages of this layout on the site"), default=False)
    reason = models.TextField(_("why"))
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), auto_now_add=True)
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    word_index = WordsField("reason")

    objects = PageRulingQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on a page")
        verbose_name_plural = _("decisions on pages")
        ordering = ["-pk"]
        indexes = [
            GinIndex("word_index", name="pageruling_words"),
            models.Index("layout", "id", name="pageruling_by_layout", condition=Q(undone_at=None)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=[Outcome.OK, *WALLS]), name="page_ruling_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="page_ruling_says_why"),
            models.CheckConstraint(condition=Q(everywhere=False) | ~Q(layout=""), name="page_ruling_has_a_layout"),
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None) | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="page_ruling_undone_by_somebody",
            ),
        ]
        triggers = [
            *append_only(updates=True),
            frozen(
                "document_id", "capture_id", "outcome", "layout", "everywhere", "reason", "decided_by_id", "decided_at"
            ),
            frozen("undone_by_id", "undone_at", once="OLD.undone_at IS NOT NULL", name="undone_once"),
        ]

    def __str__(self) -> str:
        return labelled(self.document, self.get_outcome_display())

    def get_absolute_url(self) -> str:
        """Return where the decision is shown."""
        return f"{self.document.get_absolute_url()}#ruling"

    @property
    def is_article(self) -> bool:
        """Whether the person says that the page is the article."""
        return self.outcome == Outcome.OK
