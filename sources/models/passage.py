"""Passages: the spans of extracted texts that are searched, compared with claims and cited; their full-text search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import connection, models
from django.db.models import BigIntegerField, Case, F, Func, Max, OuterRef, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from sources.models import full_text
from sources.models.document import Reading
from sources.models.text_guards import passages_are_kept
from workbench.desk.row_address import row_address

TEXTS = ("exact", "prefix", "suffix", "language", "folded")  # the columns of text
DOCUMENT = "reading__capture__document"
MOST_COPIES_LOOKED_AT = 100  # passages with the same words: a page that is visited often has them in each reading
# What is the same for passages with the same words. An index holds it, so the number is part of the expression.
WORDS = Func(
    "folded", function="hashtextextended", template="%(function)s(%(expressions)s, 0)", output_field=BigIntegerField()
)


def _stems() -> Case:
    """Search vector of a passage's folded words, by the grammar of its language."""
    return Case(
        *[When(language=code, then=SearchVector("folded", config=name)) for code, name in full_text.STEMMED.items()],
        default=SearchVector("folded", config="simple"),
        output_field=SearchVectorField(),
    )


class PassageQuerySet(models.QuerySet["Passage"]):
    def search(self, words: str, language: str = "") -> Self:
        """Passages with any of these words, each with its ``rank``; of one language, or of all where none is given.

        Where a search has rare words, passages that have only one of its common ones are left out. Of those with common
        words alone, the newest ``full_text.MOST_FOUND`` are found: choose by date before you search, not after.
        """
        table = self.model._meta.db_table
        terms = full_text.terms_of(words, language, table)
        rare, common = full_text.finding(terms)
        rows: Any = self.filter(language=language) if language else self
        found = rows.filter(full_text.matches(rare)) if rare else rows.none()
        if common:
            newest = rows.filter(full_text.matches(common)).order_by("-pk").values("pk")[: full_text.MOST_FOUND]
            keys = found.order_by().values("pk").union(newest, all=True) if rare else newest
            found = self.model._default_manager.filter(pk__in=keys)
        ranked: Self = found.annotate(rank=full_text.rank(terms, full_text.size_of(table)))
        return ranked

    def best(self, words: str, language: str, most: int) -> dict[int, float]:
        """Return the keys of the best passages of a search with their ranks, the best first."""
        ranked: Any = self.search(words, language).order_by("-rank", "-pk")
        return dict(ranked.values_list("pk", "rank")[:most])

    def given(self, *, without: Collection[int] = ()) -> Self:
        """Passages that a search may give: not of readings that are left out, nor of some documents."""
        rows = self.filter(reading__is_left_out=False)
        return rows.exclude(**{f"{DOCUMENT}__in": without}) if without else rows

    def texts(self, keys: Collection[int], *, without: Collection[int] = ()) -> dict[int, int]:
        """Return what is the same for passages with the same words, by key, of those that a search may give."""
        return dict(self.given(without=without).filter(pk__in=keys).order_by().values_list("pk", WORDS))

    def first_copies(self, keys: Collection[int], most: int, *, without: Collection[int] = ()) -> set[int]:
        """Return the keys of passages on pages that have the words of one of these passages.

        Of each text there are at most ``most``, one of each article: the first that were gathered. What was asked about
        is among them only if it is one of those. A search may give them all.
        """
        pages = self.model._default_manager.given(without=without).filter(**{f"{DOCUMENT}__url__startswith": "http"})
        same = pages.alias(words=WORDS).filter(words=OuterRef("words")).order_by("pk").values("pk")
        asked = self.filter(pk__in=keys).annotate(words=WORDS).order_by()
        found = asked.values_list(ArraySubquery(same[:MOST_COPIES_LOOKED_AT]), flat=True)
        copies = pages.filter(pk__in={key for each in found for key in each}).order_by("pk")
        first: dict[int, dict[int, int]] = defaultdict(dict)  # by the text and the article
        for key, words, article in copies.values_list("pk", WORDS, Coalesce(f"{DOCUMENT}__same_as", DOCUMENT)):
            first[words].setdefault(article, key)
        return {key for by_article in first.values() for key in list(by_article.values())[:most]}

    def best_documents(self, most: int) -> list[int]:
        """Return the keys of the documents of passages that a search found, the best first; each article once."""
        heads = self.annotate(head=Coalesce(f"{DOCUMENT}__same_as", DOCUMENT)).values("head")
        ranked = heads.annotate(best=Max("rank")).order_by("-best", "head")
        return [row["head"] for row in ranked[:most]]

    def keep(self, reading: Reading, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Add the passages of a reading, given as their columns, in one statement; return their keys in that order.

        A reading has dozens of passages, and most of what is kept is passages: made one object each, they would cost
        more than parsing their page.
        """
        columns = {"start": "bigint", "end": "bigint", **dict.fromkeys(TEXTS, "text")}
        names = ", ".join(connection.ops.quote_name(name) for name in columns)
        given = ", ".join(f"%s::{kind}[]" for kind in columns.values())
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (reading_id, {names}) "  # noqa: S608 -- names of columns, all ours
                f"SELECT %s, * FROM unnest({given}) RETURNING id",
                [reading.pk, *([row[name] for row in rows] for name in columns)],
            )
            return [key for (key,) in cursor.fetchall()]


class Passage(models.Model):
    """A span of a reading, with ``reading.text[start:end] == exact`` (W3C Web Annotation). Append-only."""

    reading = models.ForeignKey(Reading, models.PROTECT, related_name="passages", verbose_name=_("extracted text"))
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    exact = models.TextField(_("exact words"))
    prefix = models.CharField(_("words before"), max_length=64, blank=True)
    suffix = models.CharField(_("words after"), max_length=64, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    folded = models.TextField(editable=False)  # as sources.language.folding.fold gives it: the form that is searched
    stems = models.GeneratedField(expression=_stems(), output_field=SearchVectorField(), db_persist=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["reading", "start"]
        constraints = [
            models.UniqueConstraint("reading", "start", "end", name="passage_once_per_span"),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="passage_not_empty"),
        ]
        indexes = [GinIndex("stems", name="passage_stems"), models.Index(WORDS, F("id"), name="passage_words")]
        triggers = passages_are_kept()

    def __str__(self) -> str:
        return self.exact[:120]

    def get_absolute_url(self) -> str:
        """Return where the passage is shown, marked in its text."""
        document = row_address("sources:document", self.reading.capture.document_id)
        return f"{document}?passage={self.pk}#passage-{self.pk}"
