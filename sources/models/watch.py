"""Watched pages, changes between their readings, single edits, and the effect on cited passages."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.models.document import Document, Reading
from sources.models.passage import Passage
from sources.models.vocabulary import EditFlag, EditKind, EditPlace, Fate
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User
from workbench.desk.punctuation import labelled
from workbench.desk.row_address import row_address
from workbench.desk.word_search import Searchable, WordsField
from workbench.desk.work_queue import Work, WorkQuerySet


class Watch(models.Model):
    """A cited document, or a cited passage of one: we fetch it again and again. Append-only.

    Each row that cites it has a watch of its own: who may not know of that row may not know of its watch either.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="watches", verbose_name=_("document"))
    passage = models.ForeignKey(
        Passage, models.PROTECT, null=True, blank=True, related_name="watches", verbose_name=_("passage")
    )
    cited_in = models.CharField(_("cited in"), max_length=40, blank=True)  # as the log names it; empty in old rows
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint("document", "passage", "cited_in", name="watched_once", nulls_distinct=False),
        ]
        indexes = [models.Index(fields=["cited_in"], name="watch_cited_in")]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return str(self.passage or self.document)


class ChangeQuerySet(WorkQuerySet):
    def found(self) -> Self:
        """Important changes that were compared, the newest first."""
        return self.filter(compared_at__isnull=False, is_boring=False).order_by("-after__capture__taken_at", "-pk")

    def leading_to(self, change: Change) -> Self:
        """Changes of the same document that were over by the time of another."""
        start = change.before.capture
        over = Q(after__capture=start) | Q(after__capture__taken_at__lt=start.taken_at)
        return self.filter(over, before__capture__document=start.document_id)


class Change(Work):
    """Two readings of a document, one after the other, that differ. Its work is to be compared."""

    task = "sources.tasks.compare_readings"

    before = models.ForeignKey(Reading, models.PROTECT, related_name="changes_after", verbose_name=_("before"))
    after = models.ForeignKey(Reading, models.PROTECT, related_name="changes_before", verbose_name=_("after"))
    compared_at = models.DateTimeField(_("compared at"), null=True, blank=True, editable=False)
    is_boring = models.BooleanField(_("formatting only"), default=False, editable=False)
    flags = models.JSONField(_("important changes"), default=list, blank=True, editable=False)

    objects = ChangeQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Work.Meta):
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint("before", "after", name="compared_once"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="not_compared_with_itself"),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("before_id", "after_id", "compared_at", "is_boring", "flags", once="OLD.compared_at IS NOT NULL"),
        ]

    def __str__(self) -> str:
        return str(self.after)

    def get_absolute_url(self) -> str:
        """Return where both sides are shown."""
        return row_address("sources:change", self.pk)

    @property
    def flag_labels(self) -> list[str]:
        """Return the important kinds of change, as labels."""
        return [str(EditFlag(flag).label) for flag in self.flags]


class Edit(Searchable):
    """One sentence, headline, byline or date that changed; spans are those of the readings' texts. Append-only."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="edits", verbose_name=_("change"))
    position = models.PositiveIntegerField(_("position"))
    place = models.CharField(_("place"), max_length=10, choices=EditPlace)
    kind = models.CharField(_("kind"), max_length=10, choices=EditKind)
    old = models.TextField(_("before"), blank=True)
    new = models.TextField(_("after"), blank=True)
    before_start = models.PositiveIntegerField(null=True, blank=True)
    before_end = models.PositiveIntegerField(null=True, blank=True)
    after_start = models.PositiveIntegerField(null=True, blank=True)
    after_end = models.PositiveIntegerField(null=True, blank=True)
    flags = models.JSONField(_("important changes"), default=list, blank=True)
    numbers = models.JSONField(_("numbers before and after"), default=list, blank=True)
    is_boring = models.BooleanField(_("formatting only"), default=False)
    word_index = WordsField("old", "new")

    class Meta:
        verbose_name = _("edit")
        verbose_name_plural = _("edits")
        ordering = ["change", "position"]
        indexes = [GinIndex("word_index", name="edit_words")]
        constraints = [
            models.UniqueConstraint("change", "position", name="edit_once_per_position"),
            models.CheckConstraint(condition=Q(kind__in=EditKind.values), name="edit_kind_known"),
            models.CheckConstraint(condition=Q(is_boring=False) | Q(flags=[]), name="boring_carries_no_weight"),
        ]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return (self.new or self.old)[:120]

    @property
    def flag_labels(self) -> list[str]:
        """Return the important kinds of change, as labels."""
        return [str(EditFlag(flag).label) for flag in self.flags]


class Touch(Searchable):
    """What a change did to a passage that is watched. Append-only."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="touches", verbose_name=_("change"))
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="touches", verbose_name=_("passage"))
    fate = models.CharField(_("effect on the passage"), max_length=10, choices=Fate)
    old = models.TextField(_("before"))
    new = models.TextField(_("after"), blank=True)
    numbers = models.JSONField(_("numbers before and after"), default=list, blank=True)
    word_index = WordsField("old", "new")

    class Meta:
        verbose_name = _("affected passage")
        verbose_name_plural = _("affected passages")
        ordering = ["-pk"]
        indexes = [GinIndex("word_index", name="touch_words")]
        constraints = [
            models.UniqueConstraint("change", "passage", name="touched_once"),
            models.CheckConstraint(condition=Q(fate__in=Fate.values), name="fate_known"),
        ]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return labelled(self.get_fate_display(), self.passage)
