"""Retention: the rule after how many months texts are removed, each removal, and which texts nothing rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sources.models.document import Capture, Document, FetchAttempt, Reading
from sources.models.passage import Passage
from sources.models.rendering import Rendering
from sources.models.search import SearchHit
from sources.models.vocabulary import Outcome
from workbench.desk import declarations
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User
from workbench.desk.work_queue import Work, WorkQuerySet

# A removal names the text that goes. No text of which two versions were compared goes, and no pasted one.
CHECK_REMOVAL = """
    IF NOT EXISTS (
        SELECT 1 FROM sources_reading reading
        JOIN sources_capture capture ON capture.id = reading.capture_id
        JOIN sources_document document ON document.id = capture.document_id
        WHERE reading.id = NEW.reading_id AND reading.read_at IS NOT NULL AND reading.text <> ''
            AND encode(sha256(convert_to(reading.text, 'UTF8')), 'hex') = NEW.sha256 AND document.url LIKE 'http%'
    ) OR EXISTS (
        SELECT 1 FROM sources_change change WHERE NEW.reading_id IN (change.before_id, change.after_id)
    ) THEN
        RAISE EXCEPTION 'retention: the text of reading % must stay', NEW.reading_id;
    END IF;
    NEW.removed_at := now();
    RETURN NEW;
"""


class RetentionRuleQuerySet(WorkQuerySet):
    def standing(self) -> RetentionRule | None:
        """Return the rule in force; None where none was ever set."""
        found: RetentionRule | None = self.filter(once=False).order_by("-pk").first()
        return found


class RetentionRule(Work):
    """After how many months texts that nothing rests on are removed. Its work is to remove them, some in each step.

    The newest rule is in force, except those that remove texts ``once``. Without ``months`` every text is kept.
    """

    task = "sources.tasks.remove_texts"

    months = models.PositiveSmallIntegerField(_("months"), null=True)
    once = models.BooleanField(_("once"), default=False)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("set by"))
    set_at = models.DateTimeField(_("set at"), auto_now_add=True)
    # How far the present round has come, in the order of readings by time and key.
    looked_at = models.DateTimeField(null=True, editable=False)
    looked_to = models.PositiveBigIntegerField(default=0, editable=False)
    texts = models.PositiveBigIntegerField(_("texts removed"), default=0, editable=False)
    passages = models.PositiveBigIntegerField(_("passages removed"), default=0, editable=False)

    objects = RetentionRuleQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Work.Meta):
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(months=None) | Q(months__gte=1), name="retention_of_a_month_or_more"),
            models.CheckConstraint(condition=Q(once=False) | Q(months__isnull=False), name="retention_once_has_months"),
        ]
        triggers = [*append_only(updates=True), frozen("months", "once", "set_by_id", "set_at")]

    def __str__(self) -> str:
        if self.months is None:
            return str(_("Keep all texts"))
        text = ngettext("Remove texts after %(n)d month", "Remove texts after %(n)d months", self.months)
        return text % {"n": self.months}

    def get_absolute_url(self) -> str:
        """Return where the rules are shown."""
        return reverse("sources:retention")


class TextRemovalQuerySet(models.QuerySet["TextRemoval"]):
    def newest_of(self, document: Document) -> TextRemoval | None:
        """Return the removal of a document's newest text that is still away; None where there is none."""
        away = self.filter(reading__capture__document=document, restored_at=None)
        rows = away.select_related("reading", "rule__set_by").defer("reading__text")
        return rows.order_by("-reading__capture__taken_at", "-pk").first()


class TextRemoval(models.Model):
    """A text that was removed: which, by which rule, when, and its hash. Append-only.

    The database lets a text and its passages go only in the transaction that adds this row. A text comes back only
    with the same hash; then this row says when.
    """

    reading = models.ForeignKey(Reading, models.PROTECT, related_name="removals", verbose_name=_("extracted text"))
    rule = models.ForeignKey(RetentionRule, models.PROTECT, related_name="removals", verbose_name=_("rule"))
    removed_at = models.DateTimeField(_("removed at"), auto_now_add=True)  # the database writes its own time
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)
    characters = models.PositiveIntegerField(_("characters"))
    passages = models.PositiveIntegerField(_("passages"))
    restored_at = models.DateTimeField(_("extracted again at"), null=True, editable=False)

    objects = TextRemovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("removed text")
        verbose_name_plural = _("removed texts")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint("reading", condition=Q(restored_at=None), name="text_removed_once"),
        ]
        indexes = [models.Index("restored_at", name="text_restored", condition=Q(restored_at__isnull=False))]
        triggers = [
            pgtrigger.Trigger(name="checked", when=pgtrigger.Before, operation=pgtrigger.Insert, func=CHECK_REMOVAL),
            *append_only(updates=True),
            frozen("reading_id", "rule_id", "removed_at", "sha256", "characters", "passages"),
            frozen("restored_at", once="OLD.restored_at IS NOT NULL", name="restored"),
        ]

    def __str__(self) -> str:
        return str(self.reading)


# Rows that are no reason to keep a text: the parts of a document. Hits count while a claim that searched is open.
PARTS = (Capture, FetchAttempt, Reading, Passage, Rendering, SearchHit, TextRemoval)


class _Readings(models.QuerySet[Reading]):
    def of_age(self, before: datetime) -> Self:
        """Texts of fetched pages that were extracted before a time, the oldest first."""
        done = self.filter(read_at__lt=before, outcome=Outcome.OK).exclude(text="")
        return done.order_by("read_at", "pk")

    def after(self, at: datetime | None, key: int) -> Self:
        """Texts after a place in that order."""
        return self if at is None else self.filter(Q(read_at__gt=at) | Q(read_at=at, pk__gt=key), read_at__gte=at)

    def unrested(self, before: datetime) -> Self:
        """Texts on which nothing rests: nothing cites, compares, watches or asks for any text of their document."""
        rows = self.filter(due_at=None, capture__document__url__startswith="http")
        for reason in _reasons(OuterRef("capture__document"), before):
            rows = rows.exclude(reason)
        return rows


def readings() -> _Readings:
    """Return the extracted texts, to choose those that can be removed."""
    return _Readings(Reading)


def _reasons(document: Any, before: datetime) -> Iterator[Exists]:
    """Yield the reasons to keep the texts of a document.

    What refers to a document, a text or a passage and protects it is a reason, whichever app has the table.
    """
    for model, path in (
        (Document, ""),
        (Reading, "__capture__document"),
        (Passage, "__reading__capture__document"),
    ):
        for other, field in _protecting(model):
            yield Exists(other._default_manager.filter(**{f"{field}{path}": document}))
    restored = TextRemoval.objects.filter(restored_at__gte=before)
    yield Exists(restored.filter(reading__capture__document=document))
    for kept in declarations.kept_texts():
        yield kept(document)


def _protecting(model: type[models.Model]) -> Iterator[tuple[Any, str]]:
    """Yield the tables, with their columns, whose rows protect a row of this one from being deleted."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.on_delete is models.PROTECT:
            other = relation.related_model
            if isinstance(other, type) and other not in PARTS:
                yield other, relation.field.name


def dependent(model: type[models.Model]) -> list[tuple[Any, str]]:
    """Return the tables, with their columns, whose rows belong to a row of this one and go with it, as vectors do."""
    relations = model._meta.get_fields(include_hidden=True)
    return [
        (relation.related_model, relation.field.name)
        for relation in relations
        if isinstance(relation, models.ManyToOneRel) and relation.on_delete is models.CASCADE
    ]
