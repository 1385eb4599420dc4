"""Addresses of a document beside its own, and documents that are one article (deduplication)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from sources.models.document import Document
from sources.models.vocabulary import AddressKind
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User
from workbench.desk.word_search import Searchable, WordsField


class DocumentAddressQuerySet(models.QuerySet["DocumentAddress"]):
    def moved_to(self, keys: Iterable[str]) -> Self:
        """Those of these addresses to which a document has moved for good on its own site: their pages are known."""
        own_site = Q(pk=None)
        for scheme in ("http", "https"):
            own_site |= Q(url__startswith=Concat(Value(f"{scheme}://"), F("document__host"), Value("/")))
        return self.filter(own_site, url__in=keys, kind=AddressKind.MOVED)


class DocumentAddress(Searchable):
    """Another address of a document: it redirects there, or its page names it as its own. Append-only.

    ``url`` is a key as ``Document.url``. What a page names is a claim of the page, which may name one address for all
    its articles: alone it makes no two documents one.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="addresses", verbose_name=_("document"))
    url = models.CharField(_("address"), max_length=2048, db_index=True)
    kind = models.CharField(_("how we know"), max_length=10, choices=AddressKind)
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)
    word_index = WordsField("url")

    objects = DocumentAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("other address")
        verbose_name_plural = _("other addresses")
        ordering = ["pk"]
        indexes = [GinIndex("word_index", name="documentaddress_words")]
        constraints = [
            models.UniqueConstraint("document", "url", "kind", name="address_once_per_document"),
            models.CheckConstraint(condition=Q(kind__in=AddressKind.values), name="address_kind_known"),
        ]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return self.url


class SameArticleQuerySet(models.QuerySet["SameArticle"]):
    def standing(self) -> Self:
        """Those that nobody has undone."""
        return self.filter(undone_at=None)

    def undone_between(self, document: Document) -> set[int]:
        """Return the keys of the documents of which a person said that they are another article than this one."""
        pairs = self.exclude(undone_at=None).filter(Q(document=document) | Q(article=document))
        return {key for pair in pairs.values_list("document", "article") for key in pair} - {document.pk}


class SameArticle(models.Model):
    """That a document is the same article as one that we had before, and how a worker knows.

    A person can undo it; then no worker says it again. Captures, texts and evidence of both stay as they are.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="same_as_rows", verbose_name=_("document"))
    article = models.ForeignKey(Document, models.PROTECT, related_name="duplicate_rows", verbose_name=_("article"))
    kind = models.CharField(_("how we know"), max_length=10, choices=AddressKind)
    overlap = models.FloatField(_("share of the text in common"), null=True, blank=True)
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, editable=False, related_name="+")

    objects = SameArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("same article")
        verbose_name_plural = _("same articles")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint("document", condition=Q(undone_at=None), name="same_as_one_article"),
            models.CheckConstraint(condition=~Q(document=F("article")), name="not_the_same_as_itself"),
            models.CheckConstraint(condition=Q(kind__in=AddressKind.values), name="same_article_kind_known"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="same_article_undone_by_somebody",
            ),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("document_id", "article_id", "kind", "overlap", "found_at"),
            frozen("undone_at", "undone_by_id", once="OLD.undone_at IS NOT NULL", name="undone"),
        ]

    def __str__(self) -> str:
        return f"{self.document} = {self.article}"
