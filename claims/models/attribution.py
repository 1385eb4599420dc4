"""Appearances: where a claim was seen, and the attribution chain of each."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.vocabulary import AppearanceRole, AssertionStatus, Directness, Modality
from sources.models import Document, Passage, Source
from workbench.desk.guards import frozen
from workbench.desk.word_search import Searchable, WordsField

LONGEST_ACCOUNT = 200  # characters
DELETED_EARLY = _("A post cannot be deleted before it appeared. Correct one of the two dates.")


class Appearance(Searchable, Assertion):
    """One place where a claim was published: a captured passage, an address, or only what a person noted.

    A post on a social network has its ``account`` as the person read it; its time is ``appeared_at``, its text the
    quote. ``deleted_since`` is the day on which the person found it gone.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="appearances", verbose_name=_("claim"))
    passage = models.ForeignKey(
        Passage, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("passage")
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    url = models.URLField(_("address"), max_length=2048, blank=True)
    quote = models.TextField(_("quote"), blank=True)
    role = models.CharField(_("role of the publication"), max_length=12, choices=AppearanceRole)
    account = models.CharField(_("account"), max_length=LONGEST_ACCOUNT, blank=True)
    appeared_at = models.DateTimeField(_("appeared at"), null=True, blank=True)
    deleted_since = models.DateField(_("deleted since"), null=True, blank=True)
    # The appearance that this one corrects: it is rejected since, and stays as it was.
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="replaced_by",
        verbose_name=_("corrects"),
    )
    first_known = models.BooleanField(_("first known appearance"), default=False)
    word_index = WordsField("quote", "url", "account")

    class Meta(Assertion.Meta):
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["-first_known", "appeared_at", "pk"]
        indexes = [GinIndex("word_index", name="appearance_words")]
        constraints = [
            *Assertion.Meta.constraints,
            models.UniqueConstraint(
                "claim",
                condition=Q(first_known=True) & ~Q(standing=AssertionStatus.REJECTED),
                name="one_first_known_appearance",
            ),
            models.CheckConstraint(condition=Q(role__in=AppearanceRole.values), name="appearance_role_known"),
        ]
        triggers = [
            *Assertion.Meta.triggers,
            frozen("claim_id", "document_id", "url", "quote", "role", "account", "appeared_at", "replaces_id"),
            # A post may be deleted later; the day on which somebody found it gone stays.
            frozen("deleted_since", once="OLD.deleted_since IS NOT NULL", name="deletion_is_kept"),
            # The passage of a quote is saved once its page has been read; after that it stays.
            frozen("passage_id", once="OLD.passage_id IS NOT NULL", name="passage_is_kept"),
        ]

    def __str__(self) -> str:
        return str(self.document or self.url or self.quote[:80])

    @staticmethod
    def is_deleted_early(deleted_since: date | None, appeared_at: datetime | None) -> bool:
        """Return whether a post would have been deleted before the day on which it appeared."""
        return bool(deleted_since and appeared_at and deleted_since < timezone.localdate(appeared_at))


class Attribution(Searchable, Assertion):
    """One link of an attribution chain, outermost first: outlet → agency → “Iranian media” → nobody named."""

    appearance = models.ForeignKey(
        Appearance, models.PROTECT, related_name="attributions", verbose_name=_("appearance")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="attributions", verbose_name=_("source")
    )
    named_as = models.CharField(_("named as"), max_length=200, blank=True)
    verb = models.CharField(_("verb"), max_length=80, blank=True)
    modality = models.CharField(_("modality"), max_length=20, choices=Modality)
    directness = models.CharField(_("type of quotation"), max_length=10, choices=Directness)
    word_index = WordsField("named_as", "verb")

    class Meta(Assertion.Meta):
        verbose_name = _("link in an attribution chain")
        verbose_name_plural = _("links in attribution chains")
        ordering = ["appearance", "position"]
        indexes = [GinIndex("word_index", name="attribution_words")]
        constraints = [
            *Assertion.Meta.constraints,
            models.UniqueConstraint("appearance", "position", name="one_link_per_position"),
            models.CheckConstraint(condition=Q(modality__in=Modality.values), name="modality_known"),
            models.CheckConstraint(condition=Q(directness__in=Directness.values), name="directness_known"),
            models.CheckConstraint(
                condition=~Q(modality=Modality.UNATTRIBUTED_PASSIVE) | Q(source=None, named_as=""),
                name="passive_names_nobody",
            ),
        ]
        triggers = [
            *Assertion.Meta.triggers,
            frozen("appearance_id", "position", "source_id", "named_as", "verb", "modality", "directness"),
        ]

    def __str__(self) -> str:
        return f"{self.source or self.named_as or _('nobody named')} {self.get_modality_display()}"
