"""Watch what is cited: have it fetched again and again, and tell what changed and what that touches."""

from __future__ import annotations

from collections.abc import Generator, Iterable

from django.db import transaction
from django.utils import timezone

from sources.models import Change, Document, Edit, Passage, Reading, Touch, Watch
from sources.text import changes
from sources.text.changes import Version
from sources.text.sentences import Span
from workbench import audit
from workbench.models import User
from workbench.work import Next


@transaction.atomic
def watch(document: Document, *, by: User, passage: Passage | None = None) -> Watch | None:
    """Watch a document, or a passage of it, because something rests on it now; None for what was pasted.

    What changed since the passage was read is held against it at once.
    """
    if not document.is_web:
        return None
    row, new = Watch.objects.get_or_create(document=document, passage=passage, defaults={"asked_by": by})
    if not new:
        return row
    unwatched = Document.objects.filter(pk=document.pk, watched_since=None)
    if unwatched.update(watched_since=timezone.now()) and document.last_outcome:
        document.ask()
    audit.record(by, "watches", document, passage=passage.pk if passage else None)
    if passage is not None:
        since = Change.objects.filter(
            compared_at__isnull=False,
            before__capture__document=document,
            before__capture__taken_at__gte=passage.reading.capture.taken_at,
        ).select_related("before", "after")
        for change in since.order_by("before__capture__taken_at", "pk"):
            _touch(change, [edit_of(row) for row in change.edits.all()], [passage])
    return row


def compare(change: Change) -> Generator[None, None, Next]:
    """Tell what changed between two readings, sentence by sentence, and what it did to what is watched."""
    before, after = change.before, change.after
    found = changes.between(_version(before), _version(after), after.language)
    yield
    Edit.objects.bulk_create(_row(change, position, edit) for position, edit in enumerate(found))
    change.compared_at = timezone.now()
    change.is_boring = all(edit.is_boring for edit in found)
    change.flags = sorted({flag for edit in found for flag in edit.flags})
    change.save(update_fields=["compared_at", "is_boring", "flags"])
    if change.is_boring:
        return None
    document = before.capture.document
    document.changed_at = change.compared_at
    document.save(update_fields=["changed_at"])
    watched = Passage.objects.filter(
        watches__document=document, reading__capture__taken_at__lte=before.capture.taken_at
    ).distinct()
    touched = _touch(change, found, watched)
    if document.watched_since is not None:
        audit.record(None, "saw a change", document, change=change.pk, flags=change.flags, touched=touched)
        soon = document.next_visit(change.compared_at)
        if soon is not None:
            document.come_back(soon)  # what was changed once is soon changed again
    return None


def edit_of(row: Edit) -> changes.Edit:
    """Return an edit as it was found, out of its row."""
    return changes.Edit(
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


def _touch(change: Change, found: list[changes.Edit], watched: Iterable[Passage]) -> int:
    """Note what a change did to passages, as they read by then; return how many it touched."""
    rows = []
    for passage in watched:
        text = _as_it_read(passage)
        what, touching = changes.fate(text, found, change.before.text, change.after.text)
        if what != "kept":
            numbers = [pair for edit in touching for pair in edit.numbers]
            new = " ".join(edit.new for edit in touching if edit.new)
            rows.append(Touch(change=change, passage=passage, fate=what, old=text, new=new, numbers=numbers))
    Touch.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _as_it_read(passage: Passage) -> str:
    """Return the words of a passage as the last change left them; empty once they are gone."""
    last = passage.touches.order_by("-pk").first()
    return passage.exact if last is None else last.new


def _version(reading: Reading) -> Version:
    published = f"{reading.published_at:%Y-%m-%d %H:%M} UTC" if reading.published_at else ""
    return Version(reading.text, reading.title, reading.byline, published)


def _row(change: Change, position: int, edit: changes.Edit) -> Edit:
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
