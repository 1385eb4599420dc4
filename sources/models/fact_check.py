"""Fact-checks that others published (ClaimReview), as the desk learned of them from providers, feeds and pages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources.models.document import Document
from sources.models.search import Search
from sources.models.vector import VectorField
from workbench.desk import hidden_rows
from workbench.desk.guards import append_only, frozen
from workbench.desk.punctuation import shortened
from workbench.desk.word_search import Searchable, SearchableRows, WordsField, words_of

COLUMNS = (
    *("claim", "url", "language", "claimant", "publisher", "site", "title", "rating", "value", "worst", "best"),
    *(MOMENTS := ("reviewed_at", "claimed_at")),
)
SEARCHED = ("claim", "title", "publisher")  # its words find a fact-check
BATCH = 1_000


class FactCheckQuerySet(SearchableRows, models.QuerySet["FactCheck"]):
    def keep(self, records: Iterable[Any], *, search: Search | None = None, document: Document | None = None) -> int:
        """Keep fact-checks that are new (deduplication by address and claim); return how many are new.

        ``records`` are of ``sources.formats.claim_reviews``. ``search`` is what found them, ``document`` the page that
        holds them; those that were known before are then linked to the search too.
        """
        rows = {record.key: record for record in records}
        known = set(self._with(rows).values_list("key", flat=True))
        new = [record for key, record in rows.items() if key not in known]
        for start in range(0, len(new), BATCH):
            self._insert(new[start : start + BATCH], document)
        if known:
            self._open(known, document)
        if search is not None:
            search.fact_checks.add(*self.filter(key__in=rows))
        return len(new)

    def _with(self, keys: Iterable[str]) -> FactCheckQuerySet:
        """Return the fact-checks with these keys, asked for by one array: a thousand parameters take longer to bind."""
        column = ".".join(map(connection.ops.quote_name, (self.model._meta.db_table, "key")))
        return self.filter(RawSQL(f"{column} = ANY(%s)", [list(keys)], output_field=models.BooleanField()))  # noqa: S611 -- ours

    def _insert(self, records: Sequence[Any], document: Document | None) -> None:
        """Add fact-checks in one statement; one that somebody else added meanwhile stays as it is.

        The feed has two hundred thousand of them: made one object each, they would cost twice as much as all the rest.
        """
        kinds = {**dict.fromkeys(("key", *COLUMNS, "words"), "text"), **dict.fromkeys(MOMENTS, "timestamptz")}
        names = ", ".join(connection.ops.quote_name(name) for name in ("key", *COLUMNS))
        given = ", ".join(f"%s::{kind}[]" for kind in kinds.values())
        table = connection.ops.quote_name(self.model._meta.db_table)
        columns = [[getattr(record, name) for record in records] for name in ("key", *COLUMNS)]
        words = [" ".join(words_of(getattr(record, name) for name in SEARCHED)) for record in records]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({names}, word_index, document_id, vector_model, found_at) "  # noqa: S608 -- ours
                f"SELECT {names}, array_to_tsvector(string_to_array(words, ' ')), %s, '', %s "
                f"FROM unnest({given}) AS given ({names}, words) ON CONFLICT (key) DO NOTHING",
                [document.pk if document else None, timezone.now(), *columns, words],
            )

    def _open(self, keys: Iterable[str], document: Document | None) -> None:
        """Show fact-checks to everybody that were first found on a page which not everybody may see.

        They are found now where everybody may: on this page, or on none that the desk holds.
        """
        rows = self._with(keys).filter(document__isnull=False)
        pages = set(rows.order_by().values_list("document", flat=True))
        if not pages:
            return
        with hidden_rows.read_by(lambda: None):
            public = set(
                Document.objects.filter(pk__in=[*pages, document and document.pk]).values_list("pk", flat=True)
            )
        closed = pages - public
        if closed and (document is None or document.pk in public):
            rows.filter(document__in=closed).update(document=document)


class FactCheck(Searchable):
    """One fact-check of another publisher, in its own words. What it says never changes; another version is another."""

    key = models.CharField(max_length=64, unique=True, editable=False)  # of its address and the claim that it checks
    claim = models.TextField(_("claim checked"))
    url = models.CharField(_("address"), max_length=2048)
    language = models.CharField(_("language"), max_length=8, blank=True)
    claimant = models.CharField(_("claimant"), max_length=200, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    site = models.CharField(_("site"), max_length=300, blank=True)
    title = models.CharField(_("title"), max_length=500, blank=True)
    rating = models.CharField(_("rating"), max_length=300, blank=True)
    value = models.CharField(_("number of the rating"), max_length=20, blank=True)
    worst = models.CharField(_("lowest number"), max_length=20, blank=True)
    best = models.CharField(_("highest number"), max_length=20, blank=True)
    reviewed_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="fact_checks", verbose_name=_("found on")
    )
    searches: models.ManyToManyField[Search, Any] = models.ManyToManyField(
        Search, related_name="fact_checks", blank=True, editable=False, verbose_name=_("found by")
    )
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)
    vector = VectorField(null=True, editable=False)  # of the claim, once somebody asked for one like it
    vector_model = models.CharField(max_length=120, blank=True, editable=False)
    word_index = WordsField(*SEARCHED)

    objects = FactCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact-check of others")
        verbose_name_plural = _("fact-checks of others")
        ordering = ["-found_at", "-pk"]
        indexes = [
            GinIndex("word_index", name="factcheck_words"),
            models.Index("found_at", "id", name="factcheck_by_time"),
        ]
        constraints = [models.CheckConstraint(condition=~models.Q(claim=""), name="factcheck_names_a_claim")]
        triggers = [
            *append_only(updates=True),
            frozen("key", *COLUMNS, "found_at"),
        ]

    def __str__(self) -> str:
        return shortened(self.claim, 80)

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of all that this fact-check says. Who links it to a claim keeps it."""
        said = [_plain(getattr(self, name)) for name in COLUMNS]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    @property
    def scale(self) -> str:
        """Return the number of the rating on its scale, such as 1 (1–5); empty where the publisher gives none."""
        if not self.value:
            return ""
        return f"{self.value} ({self.worst}–{self.best})" if self.worst and self.best else self.value


def _plain(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value or "")
