"""Watch cited pages and detect edits to them: fetch again, compare, and find the cited passages they affect."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from sources.language.sentences import Span
from sources.models import Change, Document, Edit, Passage, Reading, TextRemoval, Touch, Watch
from sources.models.vocabulary import DatePrecision, SourceVerb
from sources.watching import diff
from sources.watching.diff import SentenceEdit, Version
from sources.watching.passage_tracking import Edited
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.work_queue import Next, PutOff, WorkQuerySet

A_MOMENT = timedelta(seconds=15)  # enough to compare the change before, if nothing is wrong with it
AS_WRITTEN: dict[str, str] = {DatePrecision.YEAR: "%Y", DatePrecision.MONTH: "%Y-%m", DatePrecision.DAY: "%Y-%m-%d"}


@transaction.atomic
def watch(
    document: Document, *, by: User, cited_in: str, passage: Passage | None = None, chain: str = ""
) -> Watch | None:
    """Watch a document, or a passage of it, because a row relies on it; return None for pasted text.

    ``cited_in`` is the name of that row in the log. The entry stands in the ``chain`` of the document, or in another
    where not everybody may know. For a passage, we check the changes since its capture at once.
    """
    if not document.is_web:
        return None
    _hold(document)
    row, new = Watch.objects.get_or_create(
        document=document, passage=passage, cited_in=cited_in, defaults={"asked_by": by}
    )
    if not new:
        return row
    unwatched = Document.objects.filter(pk=document.pk, watched_since=None)
    if unwatched.update(watched_since=timezone.now()) and document.last_outcome:
        document.ask()
    if removal := TextRemoval.objects.newest_of(document):
        removal.reading.ask()  # something rests on the document now: its text is needed again
    facts = {"watch": audit.name_of(row), "passage": audit.name_of(passage) if passage else None}
    audit.record(by, SourceVerb.STARTED_WATCHING, document, chain=chain, **facts)
    if passage is not None:
        _follow(passage, document)
    return row


def _follow(passage: Passage, document: Document) -> None:
    """Record what the changes since its capture did to a passage."""
    since = Change.objects.filter(
        compared_at__isnull=False,
        before__capture__document=document,
        before__capture__taken_at__gte=passage.reading.capture.taken_at,
    ).select_related("before", "after")
    for change in since.order_by("before__capture__taken_at", "pk"):
        _touch(change, [edit_of(row) for row in change.edits.all()], [passage])


def due() -> WorkQuerySet:
    """Return the changes, for a worker that compares those that are due."""
    rows: WorkQuerySet = Change.objects.all()
    return rows


def compare(change: Change) -> Generator[None, None, Next]:
    """Find the edits between two readings, sentence by sentence, and their effect on watched passages.

    We compare the changes of a document in their order, because each starts from the words that the last one left.
    """
    if Change.objects.leading_to(change).filter(compared_at=None).exists():
        raise PutOff(A_MOMENT)
    before, after = change.before, change.after
    found = diff.between(_version(before), _version(after), after.language)
    yield
    Edit.objects.bulk_create(_row(change, position, edit) for position, edit in enumerate(found))
    change.compared_at = timezone.now()
    change.is_boring = all(edit.is_boring for edit in found)
    change.flags = sorted({flag for edit in found for flag in edit.flags})
    change.save(update_fields=["compared_at", "is_boring", "flags"])
    if change.is_boring:
        return None
    document = _hold(before.capture.document)
    document.changed_at = change.compared_at
    document.save(update_fields=["changed_at"])
    watched = Passage.objects.filter(
        watches__document=document, reading__capture__taken_at__lte=before.capture.taken_at
    ).distinct()
    _touch(change, found, watched)
    audit.record(None, SourceVerb.SAW_CHANGE, document, change=change.pk, flags=change.flags)
    if document.watched_since is not None:
        soon = document.next_visit(change.compared_at)
        if soon is not None:
            document.come_back(soon)  # a page that changed once often changes again soon
    return None


def edit_of(row: Edit) -> SentenceEdit:
    """Return the edit that a row stores."""
    return SentenceEdit(
        kind=row.kind,  # type: ignore[arg-type]  # the column holds no other words
        old=row.old,
        new=row.new,
        flags=frozenset(row.flags),
        numbers=tuple((before, after) for before, after in row.numbers),
        is_boring=row.is_boring,
        place=row.place,  # type: ignore[arg-type]
        before=_span(row.before_start, row.before_end),
        after=_span(row.after_start, row.after_end),
    )


def _hold(document: Document) -> Document:
    """Return the current row of a document, locked until the transaction ends.

    Without the lock, a passage cited during a comparison could be missed by both.
    """
    held: Document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    return held


def _touch(change: Change, found: list[SentenceEdit], watched: Iterable[Passage]) -> None:
    """Record the effect of a change on passages, given their words before it."""
    edited = Edited(found, change.before.text, change.after.text, change.after.language)
    rows = []
    for passage in watched:
        words = _as_it_read(passage, change)
        what, reads, touching = edited.fate(words, near=passage.start)
        if what != "kept":
            numbers = [pair for edit in touching for pair in edit.numbers]
            rows.append(Touch(change=change, passage=passage, fate=what, old=words, new=reads, numbers=numbers))
    Touch.objects.bulk_create(rows, ignore_conflicts=True)


def _as_it_read(passage: Passage, change: Change) -> str:
    """Return the words of a passage before a change; if they were gone by then, their last form."""
    before = passage.touches.filter(change__in=Change.objects.leading_to(change))
    last = before.order_by("-change__after__capture__taken_at", "-pk").first()
    return passage.exact if last is None else last.new or last.old


def _version(reading: Reading) -> Version:
    return Version(reading.text, reading.title, reading.byline, _published(reading))


def _published(reading: Reading) -> str:
    """Return the publication date that a page gives, with the precision that it gives."""
    if reading.published_at is None:
        return ""
    return reading.published_at.strftime(AS_WRITTEN.get(reading.published_precision, "%Y-%m-%d %H:%M UTC"))


def _row(change: Change, position: int, edit: SentenceEdit) -> Edit:
    return Edit(
        change=change,
        position=position,
        place=edit.place,
        kind=edit.kind,
        old=edit.old,
        new=edit.new,
        before_start=edit.before.start if edit.before else None,
        before_end=edit.before.end if edit.before else None,
        after_start=edit.after.start if edit.after else None,
        after_end=edit.after.end if edit.after else None,
        flags=sorted(edit.flags),
        numbers=[list(pair) for pair in edit.numbers],
        is_boring=edit.is_boring,
    )


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)
