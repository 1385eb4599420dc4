"""More rows for tests, kept apart for their length: ``make`` gives them all under its own name."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from sources import models as kept
from sources.models import Search, SearchHit
from sources.models.proof import GENESIS, link_hash
from sources.vocabulary import Archive, Engine
from tests import make


def discovery(source_=None, url="", **changes) -> kept.Discovery:
    facts = {"source": source_ or make.source(), "url": url or f"https://home{make.number()}.example/"}
    return kept.Discovery.objects.create(**facts | changes)


def host_policy(host="", *, set_by=None, **changes) -> kept.HostPolicy:
    facts = {
        "host": host or f"host{make.number()}.example",
        "note": "They asked us.",
        "set_by": set_by or make.editor(),
    }
    return kept.HostPolicy.objects.create(**facts | changes)


def link(capture_=None, **changes) -> kept.ChainLink:
    """The place of a capture in the chain, behind all others."""
    last = kept.ChainLink.objects.first()
    of = capture_ or make.capture()
    columns = {"number": last.number + 1 if last else 1, "previous": last.hash if last else GENESIS, "facts": "{}"}
    columns |= {"digest": make.sha256("{}")}
    columns |= changes
    columns |= {"hash": link_hash(columns["previous"], columns["digest"])}
    return kept.ChainLink.objects.create(capture=of, **columns)


def stamp(head=None, **changes) -> kept.Stamp:
    """A sealing of the chain that no authority has stamped yet."""
    return kept.Stamp.objects.create(head=head or link(), **changes)


def external_archive(document_=None, **changes) -> kept.ExternalArchive:
    return kept.ExternalArchive.objects.create(
        document=document_ or make.document(), **{"archive": Archive.WAYBACK, **changes}
    )


def watch(document_=None, passage_=None, *, by=None) -> kept.Watch:
    """A document that is cited, or a passage of it."""
    of = document_ or (passage_.reading.capture.document if passage_ else make.document())
    return kept.Watch.objects.create(document=of, passage=passage_, asked_by=by or make.reviewer())


def change(before=None, after=None, **changes) -> kept.Change:
    """Two readings of one document that differ in a number, an hour apart."""
    first = before or make.reading()
    later = after or make.reading(
        *[make.SENTENCES[0], "Twenty-one people were hurt when a pylon gave way."],
        capture_=make.capture(first.capture.document, taken_at=first.capture.taken_at + timedelta(hours=1)),
        reader=first.reader,
    )
    return kept.Change.objects.create(before=first, after=later, **changes)


def search(words="bridge Arvel closed", **changes) -> Search:
    """A search that nobody has run yet."""
    return Search.objects.create(words=words, **{"engine": Engine.GATHERED, "language": "en", **changes})


def answered_search(words="bridge Arvel closed", *, found=0, **changes) -> Search:
    """A search that was run; it found nothing unless told otherwise."""
    answer = {"answered_at": timezone.now(), "searched_through": 7, "found": found, "due_at": None}
    return search(words, **{**answer, **changes})


def hit(search_=None, document_=None, *, rank=1) -> SearchHit:
    return SearchHit.objects.create(search=search_ or search(), document=document_ or make.document(), rank=rank)


def edit(change_=None, *, position=0, **changes) -> kept.Edit:
    """A number that was changed in a sentence."""
    columns = {"place": "text", "kind": "changed", "old": "Twelve.", "new": "Twenty.", "flags": ["number"]}
    return kept.Edit.objects.create(change=change_ or change(), position=position, **{**columns, **changes})


def touch(change_=None, **changes) -> kept.Touch:
    """A passage that a change has altered."""
    of = change_ or change()
    columns = {"passage": of.before.passages.last(), "fate": "altered", "old": "Twelve.", "new": "Twenty."}
    return kept.Touch.objects.create(change=of, **{**columns, **changes})
