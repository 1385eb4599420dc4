"""Merge documents that are one article (deduplication): by redirects, canonical addresses, spellings and their text.

Nothing of either document changes but which of the two it counts as. A person can undo it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import connection, transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.formats.page_address import same_site, suffixes
from sources.language import overlap
from sources.models import Document, DocumentAddress, Reading, SameArticle
from sources.models.vocabulary import AddressKind, Outcome, SourceAct, SourceVerb
from sources.web.addresses import Refused, read
from sources.web.client import Response
from sources.web.spellings import are_akin, leaves_article, spellings
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require

PERMANENT = {301, 308}
LED = (AddressKind.MOVED, AddressKind.REDIRECT)
MOST_COMPARED = (
    20  # documents, or texts of one; where more share an address, it is one that a site names for all its articles
)


def note_redirects(document: Document, answer: Response) -> None:
    """Note where the address of a document led: the address of the page that was kept, unless it is no article's."""
    passed = [hop.status for hop in answer.exchanges[:-1]]
    kind = AddressKind.MOVED if PERMANENT.issuperset(passed) else AddressKind.REDIRECT
    if passed:
        _note(document, answer.final_url, kind)


@transaction.atomic
def recognize(reading: Reading) -> SameArticle | None:
    """Note the address that a page gives itself, and merge its document with another of the same article.

    Whichever of the two was read first stays the article, unless its address only leads to another site. Where both
    were merged before, or a person said that they differ, nothing happens.
    """
    document = reading.capture.document
    if not document.is_web or reading.outcome != Outcome.OK or reading.is_left_out:
        return None
    _lock(document)
    final_url = reading.capture.attempt.final_url
    if not document.addresses.filter(url=_key(final_url)).exists():  # as of visits before addresses were noted
        _note(document, final_url, AddressKind.REDIRECT)
    if same_site(final_url, reading.canonical_url):
        _note(document, reading.canonical_url, AddressKind.CANONICAL)
    document.refresh_from_db(fields=["same_as"])
    ours = _Side(document)
    if document.same_as_id is not None:
        return None
    for other, head in _candidates(ours):
        found = _evidence(ours, _Side(other), _Side(head))
        if found is not None:
            return _merge(ours, _Side(head), found)
    return None


@transaction.atomic
def undo(document: Document, *, by: User) -> None:
    """Count a document as an article of its own again; no worker merges it with the other one from now on.

    Raises ``Refusal`` where it counts as no other article, and ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    _lock(document)
    row = SameArticle.objects.standing().filter(document=document).first()
    if row is None:
        raise Refusal(_("This document already counts as an article of its own."), "not_merged")
    row.undone_at, row.undone_by = timezone.now(), by
    row.save(update_fields=["undone_at", "undone_by"])
    followers = _followers(document)
    Document.objects.filter(pk__in=followers).update(same_as=document)
    Document.objects.filter(pk=document.pk).update(same_as=None)
    document.refresh_from_db(fields=["same_as"])
    audit.record(by, SourceVerb.OTHER_ARTICLE, document, article=row.article_id)


def known_at(key: str) -> Document | None:
    """Return the document that has the article at an address: its own, or one to which it has moved."""
    own: Document | None = Document.objects.filter(url=key).select_related("same_as").first()
    if own is not None:
        return own.article
    moved = DocumentAddress.objects.moved_to([key]).select_related("document__same_as").first()
    return moved.document.article if moved else None


@dataclass(frozen=True)
class _Evidence:
    kind: AddressKind
    overlap: float | None = None


@dataclass
class _Side:
    """One of two documents that may be one article, with what is known of it, loaded when it is asked for."""

    document: Document

    @cached_property
    def noted(self) -> list[tuple[str, str]]:
        """The other addresses of the document, each with how we know it."""
        return list(self.document.addresses.values_list("kind", "url"))

    @cached_property
    def addresses(self) -> dict[str, set[str]]:
        """The other addresses of the document by how we know them, in all their spellings."""
        found: dict[str, set[str]] = {kind: set() for kind in AddressKind.values}
        for kind, url in self.noted:
            found[kind] |= spellings(url)
        return found

    @cached_property
    def own(self) -> set[str]:
        return spellings(self.document.url)

    @cached_property
    def led(self) -> set[str]:
        """Where its address led."""
        return set().union(*(self.addresses[kind] for kind in LED))

    @property
    def everywhere(self) -> set[str]:
        return self.own.union(*self.addresses.values())

    @cached_property
    def readings(self) -> QuerySet[Reading]:
        rows = Reading.objects.filter(capture__document=self.document, is_left_out=False)
        return rows.filter(outcome=Outcome.OK, read_at__isnull=False)

    @cached_property
    def words(self) -> tuple[str, str]:
        """Title and text, as they were read last."""
        newest = self.readings.order_by("-capture__taken_at", "-pk").values_list("title", "text").first()
        return newest or ("", "")

    @cached_property
    def first_read(self) -> datetime:
        return self.readings.aggregate(first=Min("read_at"))["first"] or timezone.now()

    @cached_property
    def is_elsewhere(self) -> bool:
        """Whether its address only leads to a page of another site, as a shortened link does."""
        led = [url for kind, url in self.noted if kind in LED]
        return any(not same_site(self.document.url, url) for url in led)

    @cached_property
    def own_words(self) -> tuple[str, str] | None:
        """Title and text, as they were read last at its own address; None where it has always led to another."""
        newest = self.readings.order_by("-capture__taken_at", "-pk").values_list(
            "title", "text", "capture__attempt__final_url"
        )
        return next(((title, text) for title, text, url in newest[:MOST_COMPARED] if _key(url) in self.own), None)


def _key(url: str) -> str:
    """Return the key of an address, as documents carry it; empty for none."""
    try:
        return read(url).key
    except Refused:
        return ""


def _note(document: Document, url: str, kind: AddressKind) -> None:
    key = _key(url)
    if key and key != document.url and not leaves_article(document.url, key):
        DocumentAddress.objects.get_or_create(document=document, url=key, kind=kind)


def _candidates(ours: _Side) -> list[tuple[Document, Document]]:
    """Return documents that share an address with one, each with the document under which it counts."""
    document, wanted = ours.document, ours.everywhere
    known = DocumentAddress.objects.exclude(kind=AddressKind.STATED)  # no page of ours has shown it there
    sharing = known.filter(url__in=wanted).order_by("document").values("document")[:MOST_COMPARED]
    rows = Document.objects.filter(Q(url__in=wanted) | Q(pk__in=list(sharing.values_list("document", flat=True))))
    undone = SameArticle.objects.undone_between(document)
    others = {*undone, *Document.objects.heads(undone).values()}
    found = rows.exclude(pk=document.pk).select_related("same_as").order_by("pk")[:MOST_COMPARED]
    pairs = [(row, row.article) for row in sorted(found, key=lambda row: row.url not in wanted)]
    return [(row, head) for row, head in pairs if not {row.pk, head.pk} & others and head.pk != document.pk]


def _evidence(ours: _Side, other: _Side, head: _Side) -> _Evidence | None:
    """Return how we know that two documents are one article; None where an address alone says so.

    ``head`` is the document under which the other one counts. A page can name any address as its own, and a site can
    lead from anywhere to anywhere: the text has to agree. Only an address that moved for good within its site needs no
    text, where the new one is named alike or the old one never had a text of its own.
    """
    if not head.words[1] or not other.words[1]:
        return None
    kind = _relation(ours, other)
    same = overlap.is_same(ours.words, head.words)
    if kind in LED:
        same = _is_where_it_led(ours, other, head, same=same, moved=kind == AddressKind.MOVED)
    if kind is None or not same:
        return None
    return _Evidence(kind, round(overlap.overlap(ours.words[1], head.words[1]), 3))


def _is_where_it_led(ours: _Side, other: _Side, head: _Side, *, same: bool, moved: bool) -> bool:
    """Return whether an address led to its own article: some lead from an article that is gone to any other."""
    before = ours.own_words
    if before is not None and not are_akin(ours.document.url, other.document.url):
        return overlap.is_same(before, head.words)
    return same or (moved and not ours.is_elsewhere and not other.is_elsewhere)


def _relation(ours: _Side, other: _Side) -> AddressKind | None:
    """Return how the addresses of two documents hang together; None where both lead to a page that is named unlike."""
    for kind in LED:
        if ours.addresses[kind] & other.own or other.addresses[kind] & ours.own:
            return kind
    if ours.own & other.own:
        return AddressKind.SPELLING
    named = ours.addresses[AddressKind.CANONICAL], other.addresses[AddressKind.CANONICAL]
    if named[0] & other.everywhere or named[1] & ours.everywhere:
        return AddressKind.CANONICAL
    both = ours.led & other.led
    akin = any(are_akin(ours.document.url, there) and are_akin(other.document.url, there) for there in both)
    return AddressKind.REDIRECT if akin else None


def _merge(ours: _Side, head: _Side, found: _Evidence) -> SameArticle:
    first, second = sorted((ours, head), key=lambda side: (side.is_elsewhere, side.first_read, side.document.pk))
    row = SameArticle.objects.create(
        document=second.document, article=first.document, kind=found.kind, overlap=found.overlap
    )
    Document.objects.filter(Q(pk=second.document.pk) | Q(same_as=second.document)).update(same_as=first.document)
    ours.document.refresh_from_db(fields=["same_as"])
    how, head_pk = str(found.kind), first.document.pk
    audit.record(None, SourceVerb.SAME_ARTICLE, second.document, article=head_pk, kind=how, overlap=found.overlap)
    return row


def _followers(document: Document) -> set[int]:
    """Return the keys of the documents that were merged with this one, directly or by way of others."""
    followers: set[int] = set()
    more: Iterable[int] = [document.pk]
    while more := set(
        SameArticle.objects.standing()
        .filter(article__in=more)
        .exclude(document__in=followers)
        .values_list("document", flat=True)
    ):
        followers |= more
    return followers


def _lock(document: Document) -> None:
    """Merge one document of a publisher at a time: two that do not see each other would both stay."""
    publisher = suffixes(document.host.rpartition(":")[0] or document.host).top_domain_under_public_suffix
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [publisher or document.host])
