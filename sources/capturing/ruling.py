"""Rule on what a page is: a person says that it is the article, or a wall, and why; undo it. No machine undoes it."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.capturing.preserving import Kept
from sources.capturing.visit import Visit
from sources.formats.article import READER
from sources.models import Arrival, Capture, Document, EmbeddingModel, FetchAttempt, PageRuling, Reading
from sources.models.document import NOTE
from sources.models.vocabulary import COVERAGE, JUDGED, WALLS, Outcome, SourceAct, SourceVerb
from workbench.desk import audit
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.work_queue import wake

BATCH = 500
FETCHED_PAGES = {*JUDGED, *COVERAGE} - {Outcome.BROUGHT}  # a file that a person brought is what it is


@transaction.atomic
def rule(document: Document, *, by: User, page: str, reason: str, everywhere: bool = False) -> PageRuling:
    """Say what the page of a document's newest capture is; its text counts as coverage, or no longer does, at once.

    The decision holds for later captures of the same layout too; ``everywhere`` for all pages of that layout on the
    site. Raises ``Refusal`` (codes ``no_reason``, ``unknown``, ``no_page``, ``no_layout``) and ``NotPermitted``.
    """
    require(by, SourceAct.CRAWL_POLICY if everywhere else SourceAct.GATHER)
    if page not in {Outcome.OK, *WALLS}:
        raise Refusal(_("Choose what this page is."), "unknown", field="page")
    if not reason.strip():
        raise Refusal(_("Give a reason: nobody can check a decision without one."), "no_reason", field="reason")
    hold(document, everywhere=everywhere)
    capture = newest(document)
    if capture is None:
        raise Refusal(_("There is no page to decide about: nothing was captured yet."), "no_page")
    if everywhere and not capture.attempt.layout:
        message = _("We do not know the layout of this page. Fetch it again, or decide for this page only.")
        raise Refusal(message, "no_layout", field="everywhere")
    made = PageRuling.objects.create(
        document=document,
        capture=capture.holder,
        outcome=page,
        layout=capture.attempt.layout,
        everywhere=everywhere,
        reason=reason.strip(),
        decided_by=by,
    )
    facts: dict[str, Any] = {
        "page": str(made.outcome),
        "everywhere": everywhere,
        "reason": made.reason,
        "url": document.url,
    }
    audit.record(by, SourceVerb.RULED_PAGE, document, **facts)
    _apply(made)
    for own in _own_rulings(made) if everywhere else []:
        _apply(own)
    return made


@transaction.atomic
def undo(ruling: PageRuling, *, by: User) -> PageRuling:
    """Undo a decision: what the machine thought counts again, or an earlier decision. Raises as ``rule`` does."""
    require(by, SourceAct.CRAWL_POLICY if ruling.everywhere else SourceAct.GATHER)
    held = PageRuling.objects.select_for_update(of=("self",)).select_related("document").get(pk=ruling.pk)
    if held.undone_at is not None:
        raise Refusal(_("This decision has already been undone."), "undone")
    hold(held.document, everywhere=held.everywhere)
    held.undone_by, held.undone_at = by, timezone.now()
    held.save(update_fields=["undone_by", "undone_at"])
    facts: dict[str, Any] = {"page": str(held.outcome), "everywhere": held.everywhere, "url": held.document.url}
    audit.record(by, SourceVerb.UNDID_RULING, held.document, **facts)
    _forget(held)
    same = Q(document=held.document) | Q(everywhere=True, document__host=held.document.host, layout=held.layout)
    for other in PageRuling.objects.in_force().filter(same).order_by("-everywhere", "pk"):
        _apply(other)
    for own in _own_rulings(held) if held.everywhere else []:
        _apply(own)
    return held


def hold(document: Document, *, everywhere: bool = False) -> None:
    """Lock a document until the transaction ends, so that nobody decides meanwhile what its page is.

    Nor does anybody decide on its site: that waits for all that is written down about pages of the site, and the other
    way round.
    """
    lock = "pg_advisory_xact_lock" if everywhere else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtextextended(%s, 0))", [f"pages of {document.host}"])
    Document.objects.select_for_update(no_key=True).get(pk=document.pk)


def newest(document: Document) -> Capture | None:
    """Return the newest capture of a page that was served, with its attempt: what a person decides about."""
    found: Capture | None = _served.first(document.pk)
    return found


@CompiledQuery
def _served(document: int) -> QuerySet[Capture]:
    rows = Capture.objects.filter(document=document, attempt__outcome__in=FETCHED_PAGES)
    return rows.select_related("attempt", "revisits").order_by("-taken_at", "-pk")


def outcome_of(document: Document, visited: Visit, kept: Kept | None) -> Outcome:
    """Return the outcome of a visit: what a person said about such a page, else what the machine thought."""
    if visited.outcome == Outcome.NOT_MODIFIED and kept is not None and kept.revisits is not None:
        return _of_same_page(document, kept.revisits)
    if visited.outcome not in JUDGED:
        return visited.outcome
    layout = visited.look.layout if visited.look else ""
    ruled = PageRuling.objects.over(document, layout, kept.revisits if kept else None)
    return Outcome(ruled.outcome) if ruled else visited.outcome


def _of_same_page(document: Document, capture: Capture) -> Outcome:
    """Return the outcome of a visit to a page that the server says has not changed: it is still what it was."""
    ruled = PageRuling.objects.over(document, capture.attempt.layout, capture)
    return Outcome(ruled.outcome) if ruled and not ruled.is_article else Outcome.NOT_MODIFIED


def leaves_out(capture: Capture) -> bool:
    """Return whether the text of a capture is no coverage: a person said so, or the machine did and no person."""
    attempt = capture.attempt
    ruled = PageRuling.objects.over(capture.document, attempt.layout, capture.holder)
    return not ruled.is_article if ruled else attempt.outcome not in COVERAGE


def _own_rulings(ruling: PageRuling) -> QuerySet[PageRuling]:
    """Return the decisions on single documents that stand against one on their site."""
    rows = PageRuling.objects.in_force().filter(document__host=ruling.document.host, layout=ruling.layout)
    return rows.filter(everywhere=False).order_by("pk")


def _captures(ruling: PageRuling) -> QuerySet[Capture]:
    """Return the captures that a decision is about."""
    same_layout = Q(attempt__layout=ruling.layout) & ~Q(attempt__layout="")
    own = Q(pk=ruling.capture_id) | Q(revisits=ruling.capture_id) | same_layout
    about = Q(document=ruling.document_id) & own
    if ruling.everywhere:
        about |= Q(document__host=ruling.document.host) & same_layout
    return Capture.objects.filter(about, attempt__outcome__in=FETCHED_PAGES)


def _apply(ruling: PageRuling) -> None:
    """Make the captures of a decision coverage, or take them out of it."""
    captures = _captures(ruling)
    _have_read(captures if ruling.is_article else captures.none())
    _count(captures, is_coverage=ruling.is_article)
    _documents(captures).update(last_outcome=ruling.outcome)


def _forget(ruling: PageRuling) -> None:
    """Let the captures of a decision count as the machine thought."""
    captures = _captures(ruling)
    read = captures.filter(attempt__outcome__in=COVERAGE)
    _count(read, is_coverage=True)
    _count(captures.exclude(attempt__outcome__in=COVERAGE), is_coverage=False)
    last = FetchAttempt.objects.filter(document=OuterRef("pk")).order_by("-at", "-pk").values("outcome")[:1]
    _documents(captures).update(last_outcome=Subquery(last))


def _have_read(captures: QuerySet[Capture]) -> None:
    """Have captures read that have no text; the text they have is enough, whichever reader made it."""
    without = captures.filter(revisits=None).exclude(Exists(Reading.objects.filter(capture=OuterRef("pk"))))
    keys = list(without.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        rows = [Reading(capture_id=key, reader=READER) for key in keys[start : start + BATCH]]
        Reading.objects.bulk_create(rows, ignore_conflicts=True)
    if keys:
        wake(Reading)


def _count(captures: QuerySet[Capture], *, is_coverage: bool) -> None:
    """Let the readings of captures count as coverage, or not; claims are compared with those that now do.

    A note that a person wrote on a file counts never: it holds none of the file's words.
    """
    readings = Reading.objects.filter(capture__in=captures.values("pk")).exclude(reader__startswith=NOTE)
    changed = list(readings.filter(is_left_out=is_coverage).values_list("pk", flat=True))
    Reading.objects.filter(pk__in=changed).update(is_left_out=not is_coverage)
    if is_coverage:
        read = readings.filter(pk__in=changed, read_at__isnull=False, outcome=Outcome.OK).exclude(text="")
        Arrival.objects.bulk_create([Arrival(reading=row) for row in read.only("pk")], ignore_conflicts=True)
        if changed:  # their passages get vectors, which those that are left out lack
            first = min(changed)
            EmbeddingModel.objects.filter(passages_through__gte=first).update(passages_through=first - 1)
    else:
        Arrival.objects.filter(reading__in=changed).delete()
    # The reader tells their documents again which text they have; a text that was removed stays so.
    readings.filter(pk__in=changed, read_at__isnull=False).exclude(text="").ask()


def _documents(captures: QuerySet[Capture]) -> QuerySet[Document]:
    """Return the documents whose last visit gave one of these captures."""
    last = FetchAttempt.objects.filter(document=OuterRef("pk")).order_by("-at", "-pk").values("pk")[:1]
    rows = Document.objects.annotate(last_attempt=Subquery(last))
    return rows.filter(last_attempt__in=captures.values("attempt"), pk__in=captures.values("document"))
