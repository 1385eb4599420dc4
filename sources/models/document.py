"""Documents, fetch attempts, captures and readings (extracted text)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from sources.models.feed import Feed
from sources.models.source import Source
from sources.models.text_guards import text_is_kept
from sources.models.vocabulary import COVERAGE, FORBIDDEN, DatePrecision, Outcome
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User
from workbench.desk.punctuation import labelled
from workbench.desk.row_address import row_address
from workbench.desk.word_search import FoundByWords, Searchable, SearchableRows, WordsField
from workbench.desk.work_queue import Work, WorkQuerySet

# How often a watched document is fetched, by the time since it was cited or last changed. As newsdiffs does: most edits
# of news come within hours, and later ones matter even more.
VISITS = (
    (timedelta(hours=3), timedelta(minutes=15)),
    (timedelta(days=1), timedelta(hours=1)),
    (timedelta(days=7), timedelta(hours=3)),
    (timedelta(days=30), timedelta(days=3)),
    (timedelta(days=365), timedelta(days=30)),
)

NOTE = "note"  # how the name of the reader begins where a person wrote down what a file shows
HALF = 0.5  # of the sentences of an article; a reading with less says that it was read in part

# The content type with which a page is shown in a browser. A page without a type is HTML; XHTML is shown as HTML.
SHOWN_AS = {
    **dict.fromkeys(["", "text/html", "application/xhtml+xml"], "text/html"),
    "text/plain": "text/plain",
}

# Files that a browser shows by itself, and in which nothing runs: no SVG. Only the kind that their bytes show counts.
PLAYED = frozenset(
    [
        *("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "audio/mpeg", "audio/mp4", "audio/aac"),
        *("audio/flac", "audio/ogg", "audio/wav", "video/mp4", "video/webm", "video/ogg", "video/quicktime"),
    ]
)


class DocumentQuerySet(FoundByWords, SearchableRows, WorkQuerySet):
    # Title and addresses of the article: its own, and those of other documents that are the same article.
    word_places = (
        *("word_index", "addresses__word_index"),
        *("duplicates__word_index", "duplicates__addresses__word_index"),
    )

    def read(self) -> Self:
        """Documents of which at least one capture has been read into text."""
        done = Reading.objects.filter(capture__document=OuterRef("pk"), read_at__isnull=False)
        done = done.filter(is_left_out=False)
        return self.filter(Exists(done.exclude(text="", outcome=Outcome.OK)))  # texts that were removed do not count

    def articles(self) -> Self:
        """Documents without those that are the same article as another: each article once."""
        return self.filter(same_as=None)

    def family(self, keys: Iterable[int]) -> Self:
        """The documents with these keys, and all that are the same article as one of them."""
        heads = self.model.objects.filter(pk__in=keys).values(head=Coalesce("same_as", "pk"))
        return self.filter(Q(pk__in=heads) | Q(same_as__in=heads))

    def heads(self, keys: Iterable[int]) -> dict[int, int]:
        """Return for each of these keys that of the document under which its article counts."""
        return dict(self.filter(pk__in=keys).values_list("pk", Coalesce("same_as", "pk")))


class Document(Searchable, Work):
    """An address that published something. Its work is to be fetched."""

    task = "sources.tasks.fetch_documents"
    takes_turns = True

    url = models.URLField(_("address"), max_length=2048, unique=True)
    host = models.CharField(_("site"), max_length=260, db_index=True)
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("source"),
        related_name="documents",
        db_index=False,  # document_of_source is one
    )
    feed = models.ForeignKey(Feed, models.SET_NULL, null=True, blank=True, verbose_name=_("feed"), related_name="+")
    # The outlet that a feed names for an article of somebody else, and the document to which its link led.
    named_publisher = models.CharField(_("publisher named by the feed"), max_length=200, blank=True, editable=False)
    named_publisher_url = models.CharField(_("its address"), max_length=2048, blank=True, editable=False)
    is_aggregator_link = models.BooleanField(_("aggregator link"), default=False, editable=False)
    leads_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("leads to")
    )
    title = models.CharField(_("title"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_precision = models.CharField(_("precision"), max_length=10, choices=DatePrecision, blank=True)
    published_until = models.DateTimeField(_("or published at"), null=True, blank=True)  # the later of two readings
    date_setting = models.ForeignKey(
        "sources.DateSetting", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    # What it was called and how it was dated before a text that counts only because a person said so.
    before_ruling = models.JSONField(default=dict, blank=True, editable=False, encoder=DjangoJSONEncoder)
    last_outcome = models.CharField(_("last outcome"), max_length=20, choices=Outcome, blank=True, editable=False)
    validated_url = models.CharField(max_length=2048, blank=True, editable=False)  # gave the next two
    etag = models.CharField(max_length=500, blank=True, editable=False)
    modified = models.CharField(max_length=100, blank=True, editable=False)
    same_as = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("same article as"),
        related_name="duplicates",
    )
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    watched_since = models.DateTimeField(_("watched since"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("last changed"), null=True, blank=True, editable=False)
    word_index = WordsField("title", "url")

    objects = DocumentQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Work.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-found_at", "-pk"]
        indexes = [
            GinIndex("word_index", name="document_words"),
            *Work.Meta.indexes,
            models.Index("found_at", "id", name="document_by_time"),
            models.Index("source", "found_at", "id", name="document_of_source"),
            models.Index("last_outcome", "found_at", "id", name="document_by_outcome"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(same_as=None) | ~Q(same_as=F("pk")), name="not_a_duplicate_of_itself"),
        ]

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def publisher(self) -> Source | None:
        """The source of this document; else the source that publishes at its host, where the desk knows one.

        What an aggregator links to is not published by the aggregator.
        """
        of_host = self.host and not self.is_aggregator_link
        return self.source or (Source.objects.of_host(self.host) if of_host else None)

    @property
    def article(self) -> Document:
        """The document under which this article counts: itself, unless it is the same article as another."""
        return self.same_as or self

    @property
    def is_web(self) -> bool:
        """Whether this was published at a web address; a pasted text and a file that a person brought were not."""
        return self.url.startswith(("http://", "https://"))

    @property
    def is_brought(self) -> bool:
        """Whether this is a file that a person brought."""
        return self.last_outcome == Outcome.BROUGHT

    @property
    def kind_without_address(self) -> str:
        """What stands in place of a site where it was not published at an address that we know."""
        return str(_("brought file") if self.is_brought else _("pasted text"))

    def next_visit(self, now: datetime) -> datetime | None:
        """Return when to fetch the document again: less and less often after it was cited or last changed.

        Never where nothing cites it, nor after a year.
        """
        if self.watched_since is None:
            return None
        age = now - max(self.watched_since, self.changed_at or self.watched_since)
        return next((now + wait for until, wait in VISITS if age < until), None)

    @property
    def is_coverage(self) -> bool:
        """Whether the last visit gave something to read, or found the earlier page unchanged."""
        return self.last_outcome in COVERAGE

    @property
    def is_forbidden(self) -> bool:
        """Whether robots.txt or a rule of the desk forbade the last visit."""
        return self.last_outcome in FORBIDDEN

    @property
    def is_read_by_browser(self) -> bool:
        """Whether the last page that a browser made of it could be read."""
        readings = Reading.objects.filter(capture__document=self, read_at__isnull=False).exclude(capture__browser="")
        last = readings.order_by("-capture__taken_at", "-pk").values_list("outcome", flat=True).first()
        return last == Outcome.OK

    def get_absolute_url(self) -> str:
        """Return where the document's page is."""
        return row_address("sources:document", self.pk)


class FetchAttempt(models.Model):
    """One try to fetch a document, and how it ended. Append-only."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="attempts", verbose_name=_("document"))
    at = models.DateTimeField(_("tried at"), auto_now_add=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    reason = models.TextField(_("reason"), blank=True)
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    final_url = models.URLField(_("final address"), max_length=2048, blank=True)
    peer = models.GenericIPAddressField(_("server address"), null=True, blank=True)
    took = models.DurationField(_("time taken"), null=True, blank=True)
    # What the machine thought of the page: the most probable wall, how sure it was, and the evidence by its names.
    suspect = models.CharField(_("possible wall"), max_length=20, choices=Outcome, blank=True)
    confidence = models.FloatField(_("confidence that it is a wall"), null=True, blank=True)
    signals = models.JSONField(_("evidence for and against a wall"), default=dict, blank=True)
    layout = models.CharField(_("layout"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("fetch attempt")
        verbose_name_plural = _("fetch attempts")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(outcome__in=Outcome.values), name="attempt_outcome_known"),
            models.CheckConstraint(
                condition=models.Q(confidence=None) | models.Q(confidence__gte=0, confidence__lte=1),
                name="attempt_confidence_is_a_share",
            ),
        ]
        indexes = [models.Index("layout", "id", name="attempt_by_layout", condition=~models.Q(layout=""))]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return labelled(self.get_outcome_display(), self.document)


class Capture(models.Model):
    """The bytes of one answer as served, kept in a WARC file. Append-only.

    An answer with the payload of an earlier one ``revisits`` it: its records hold no more than the headers. Where a
    ``browser`` was used, the payload is the markup that it made.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="captures", verbose_name=_("document"))
    attempt = models.OneToOneField(
        FetchAttempt, models.PROTECT, related_name="capture", verbose_name=_("fetch attempt")
    )
    taken_at = models.DateTimeField(_("captured at"))
    sha256 = models.CharField(_("SHA-256 of the payload"), max_length=64, db_index=True)
    wire_sha256 = models.CharField(_("SHA-256 of the body as served"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("payload bytes"))
    content_type = models.CharField(_("content type"), max_length=200, blank=True)
    warc_file = models.CharField(_("WARC file"), max_length=200)
    warc_offset = models.PositiveBigIntegerField(_("offset in the WARC file"))
    warc_length = models.PositiveBigIntegerField(_("bytes in the WARC file"))
    warc_sha256 = models.CharField(_("SHA-256 of its WARC records"), max_length=64, blank=True)
    revisits = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="revisited", verbose_name=_("same payload as")
    )
    browser = models.CharField(_("browser"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        ordering = ["-taken_at", "-pk"]
        constraints = [models.CheckConstraint(condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="capture_hash")]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return f"{self.document} ({self.taken_at:%Y-%m-%d %H:%M} UTC)"

    @property
    def shown_as(self) -> str:
        """Return the content type as which a browser may show the payload as it looked; empty where it may not."""
        return SHOWN_AS.get(self.content_type.partition(";")[0].strip().lower(), "")

    @property
    def played_as(self) -> str:
        """Return the media type as which a browser may show a picture, sound or film that a person brought."""
        return self.content_type if self.content_type in PLAYED and self.is_brought else ""

    @property
    def is_brought(self) -> bool:
        """Return whether a person brought these bytes; no server sent them to us."""
        return self.attempt.outcome == Outcome.BROUGHT

    @property
    def holder(self) -> Capture:
        """Return the capture whose records hold the payload: an earlier one when this one repeats it."""
        return self.revisits or self


class Reading(Searchable, Work):
    """The text that one version of our reader extracted from a capture. Its work is to be read; then it is frozen."""

    task = "sources.tasks.do_readings"

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="readings", verbose_name=_("capture"))
    reader = models.CharField(_("reader"), max_length=80)
    read_at = models.DateTimeField(_("extracted at"), null=True, blank=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True, editable=False)
    is_left_out = models.BooleanField(_("left out of coverage"), default=False, editable=False)
    title = models.TextField(_("title"), blank=True, editable=False)
    byline = models.TextField(_("byline"), blank=True, editable=False)
    site_name = models.TextField(_("site name"), blank=True, editable=False)
    canonical_url = models.TextField(_("canonical address"), blank=True, editable=False)
    language = models.CharField(_("language"), max_length=8, blank=True, editable=False)
    language_score = models.FloatField(_("language score"), null=True, blank=True, editable=False)
    # Encodings by the names of the Encoding Standard: the one it was read in, and those that the page declares.
    charset = models.CharField(_("character set"), max_length=40, blank=True, editable=False)
    declared_charset = models.CharField(_("declared character set"), max_length=120, blank=True, editable=False)
    is_garbled = models.BooleanField(_("looks like mojibake"), default=False, editable=False)
    text = models.TextField(_("text"), blank=True, editable=False)
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, blank=True, editable=False)
    # Of the sentences that stand with the page's headline, how many the text has; None where that is not known.
    share = models.FloatField(_("share of the page read"), null=True, blank=True, editable=False)
    # Standfirst, posts, pages, sheets, cues: objects with kind, start, end, at and label, as in sources.formats.
    parts = models.JSONField(_("parts of the text"), default=list, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_precision = models.CharField(
        _("precision"), max_length=10, choices=DatePrecision, blank=True, editable=False
    )
    published_method = models.CharField(_("method"), max_length=40, blank=True, editable=False)
    published_confidence = models.FloatField(_("confidence"), null=True, blank=True, editable=False)
    published_until = models.DateTimeField(_("or published at"), null=True, blank=True, editable=False)
    date_written = models.CharField(_("date as written"), max_length=200, blank=True, editable=False)
    doubts = models.JSONField(_("what else the page says"), default=list, editable=False)
    # What a file says of itself: objects with standard, name, value and is_private, as in sources.formats.file_text.
    file_facts = models.JSONField(_("metadata of the file"), default=list, blank=True, editable=False)
    note = models.TextField(_("what the reader says"), blank=True, editable=False)
    word_index = WordsField("title", "byline")

    class Meta(Work.Meta):
        verbose_name = _("extracted text")
        verbose_name_plural = _("extracted texts")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint("capture", "reader", name="reading_once_per_reader")]
        indexes = [
            *Work.Meta.indexes,
            GinIndex("word_index", name="reading_words"),
            # Those with a text, by age: retention looks through them.
            models.Index("read_at", "id", name="reading_by_age", condition=~Q(text="")),
        ]
        triggers = [
            *append_only(updates=True),
            frozen(
                *["capture_id", "reader", "read_at", "outcome", "title", "byline", "site_name", "canonical_url"],
                *[
                    "language",
                    "language_score",
                    "sha256",
                    "charset",
                    "declared_charset",
                    "is_garbled",
                    "share",
                    "parts",
                ],
                *["published_at", "published_precision", "published_method", "published_confidence"],
                *["published_until", "date_written", "doubts", "file_facts", "note"],
                once="OLD.read_at IS NOT NULL",
            ),
            text_is_kept(),
        ]

    def __str__(self) -> str:
        return self.title or str(self.capture)

    @property
    def is_text_removed(self) -> bool:
        """Whether its text was removed (retention); a reading that found no text says so in its outcome."""
        return self.read_at is not None and self.outcome == Outcome.OK and not self.text

    @property
    def is_note(self) -> bool:
        """Whether a person wrote this about a file: it holds none of the file's own words."""
        return self.reader.startswith(NOTE)

    @property
    def is_in_part(self) -> bool:
        """Whether it has less than half of the sentences of its page's article."""
        return self.share is not None and self.share < HALF

    def get_absolute_url(self) -> str:
        """Return where this reading is shown."""
        return f"{row_address('sources:document', self.capture.document_id)}?reading={self.pk}"
