"""A desk's own names and numbers for the ratings, in versions."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.vocabulary import Rating
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User
from workbench.desk.word_search import Searchable, WordsField


class RatingScale(Searchable):
    """One version of a desk's rating scale in a language. Versions are only added; without one in use, ours applies.

    A report keeps the names and numbers of the day on which it was published, so a new version changes no report.
    """

    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=8)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    in_use = models.BooleanField(_("in use"), default=False, editable=False)
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"), editable=False
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True, null=True)
    word_index = WordsField("name")

    class Meta:
        verbose_name = _("rating scale")
        verbose_name_plural = _("rating scales")
        ordering = ["language", "name", "-version"]
        indexes = [GinIndex("word_index", name="ratingscale_words")]
        constraints = [
            models.UniqueConstraint("language", condition=Q(in_use=True), name="one_scale_in_use_per_language"),
            models.UniqueConstraint("name", "language", "version", name="scale_version_once"),
        ]
        triggers = [*append_only(updates=True), frozen("name", "language", "version", "made_by_id", "made_at")]

    def __str__(self) -> str:
        return _("%(name)s, version %(version)d") % {"name": self.name, "version": self.version}


class RatingLabel(Searchable):
    """What one version of a scale calls a rating, and its number (schema.org/ratingValue). Append-only."""

    scale = models.ForeignKey(RatingScale, models.CASCADE, related_name="labels", verbose_name=_("scale"))
    rating = models.CharField(_("rating"), max_length=20, choices=Rating)
    label = models.CharField(_("label"), max_length=80)
    value = models.PositiveSmallIntegerField(_("value"), null=True, blank=True)
    word_index = WordsField("label")

    class Meta:
        verbose_name = _("rating label")
        verbose_name_plural = _("rating labels")
        indexes = [GinIndex("word_index", name="ratinglabel_words")]
        constraints = [
            models.UniqueConstraint("scale", "rating", name="one_label_per_rating"),
            models.CheckConstraint(condition=Q(rating__in=Rating.values), name="label_rating_known"),
            models.CheckConstraint(condition=~Q(label=""), name="rating_label_has_words"),
        ]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return self.label
