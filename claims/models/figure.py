"""Figures that a claim or its coverage states, and how two of them differ."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.vocabulary import FigureDifference, Qualifier
from sources.models import Passage
from workbench.desk.guards import frozen
from workbench.desk.word_search import Searchable, WordsField


class Figure(Searchable, Assertion):
    """A quantity as stated: in a passage, or in the claim itself if there is no passage."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="figures", verbose_name=_("claim"))
    passage = models.ForeignKey(
        Passage, models.PROTECT, null=True, blank=True, related_name="figures", verbose_name=_("passage")
    )
    start = models.PositiveIntegerField(_("start"))  # characters of the passage, or of the claim's text
    end = models.PositiveIntegerField(_("end"))
    exact = models.CharField(_("exact words"), max_length=200)
    measure = models.CharField(_("measure"), max_length=200, blank=True)
    low = models.DecimalField(_("from"), max_digits=24, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(_("to"), max_digits=24, decimal_places=6, null=True, blank=True)
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    scope = models.CharField(_("scope"), max_length=200, blank=True)
    as_of = models.DateTimeField(_("as of"), null=True, blank=True)
    word_index = WordsField("exact", "unit")

    class Meta(Assertion.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["claim", "passage", "start"]
        indexes = [GinIndex("word_index", name="figure_words")]
        constraints = [
            *Assertion.Meta.constraints,
            models.UniqueConstraint(
                "claim", "passage", "start", "end", name="figure_once_per_span", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(low__isnull=False) | Q(high__isnull=False), name="figure_has_a_value"),
            models.CheckConstraint(
                condition=Q(low=None) | Q(high=None) | Q(low__lte=F("high")), name="figure_range_in_order"
            ),
            models.CheckConstraint(condition=Q(qualifier__in=Qualifier.values), name="qualifier_known"),
        ]
        triggers = [
            *Assertion.Meta.triggers,
            frozen("claim_id", "passage_id", "start", "end", "exact"),
            frozen("measure", "low", "high", "qualifier", "unit", "scope", "as_of", name="quantity_is_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.exact} {self.measure}".strip()


class FigureLink(Assertion):
    """How two figures for the same measure differ."""

    figure = models.ForeignKey(Figure, models.PROTECT, related_name="links", verbose_name=_("figure"))
    other = models.ForeignKey(Figure, models.PROTECT, related_name="linked_from", verbose_name=_("other figure"))
    difference = models.CharField(_("difference"), max_length=14, choices=FigureDifference)
    why = models.TextField(_("why"), blank=True)

    class Meta(Assertion.Meta):
        verbose_name = _("difference between figures")
        verbose_name_plural = _("differences between figures")
        constraints = [
            *Assertion.Meta.constraints,
            models.UniqueConstraint("figure", "other", name="figures_linked_once"),
            models.CheckConstraint(condition=~Q(figure=F("other")), name="figure_not_linked_to_itself"),
            models.CheckConstraint(condition=Q(difference__in=FigureDifference.values), name="difference_known"),
        ]
        triggers = [*Assertion.Meta.triggers, frozen("figure_id", "other_id", "difference", "why")]

    def __str__(self) -> str:
        return f"{self.figure} – {self.get_difference_display()} – {self.other}"
