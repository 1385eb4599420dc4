"""Poll feeds for new addresses."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.models import Document, Feed, Source
from sources.text import feeds
from sources.text.feeds import Entry, NotAFeed, Parsed
from sources.vocabulary import Outcome
from sources.web import door
from sources.web.addresses import Refused, canonical, vet
from sources.web.client import Answer, Failed
from workbench import audit
from workbench.models import User
from workbench.roles import Act, require
from workbench.work import Next, PutOff, Trouble, wake

SHORTEST_INTERVAL = timedelta(minutes=1)
LONGEST_INTERVAL = timedelta(hours=6)
LENGTHEN, SHORTEN = 1.5, 0.5
ACCEPT = "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.1"


class NotAdded(Exception):
    """This feed cannot be added. The message is fit to show to a person."""


@dataclass(frozen=True)
class Poll:
    """How one poll ended, before it is noted."""

    outcome: Outcome
    problem: str = ""
    answer: Answer | None = None
    parsed: Parsed | None = None


@transaction.atomic
def add_feed(source: Source, url: str, *, by: User) -> Feed:
    """Add a feed of a source, due to be polled now. Raises ``NotAdded``, ``NotPermitted``."""
    require(by, Act.GATHER)
    try:
        address = vet(url.strip(), door.allowed()).url
    except Refused as refusal:
        raise NotAdded(str(refusal)) from refusal
    known = Feed.objects.filter(url=address).select_related("source").first()
    if known is not None:
        raise NotAdded(_("This feed is known already, as one of %(source)s.") % {"source": known.source})
    try:
        with transaction.atomic():
            feed = Feed.objects.create(source=source, url=address, added_by=by)
    except IntegrityError as error:  # the same form, sent twice at the same moment
        raise NotAdded(_("This feed was added a moment ago.")) from error
    audit.record(by, "added a feed", feed, url=address, source=source.pk)
    return feed


def poll(feed: Feed) -> Generator[None, None, Next]:
    """Poll a feed once and make a document of every new address; come back the sooner the more is new."""
    found = _poll(feed)
    yield
    feed.polled_at, feed.last_outcome = timezone.now(), found.outcome
    if found.answer is not None and found.parsed is not None:
        feed.etag, feed.modified = found.answer.header("etag")[:500], found.answer.header("last-modified")[:100]
    new = add_documents(feed, found.parsed) if found.parsed else 0
    if new:
        feed.last_new_at = feed.polled_at
    feed.interval = next_interval(feed.interval, new)
    feed.title = (found.parsed.title[:300] if found.parsed else "") or feed.title
    feed.save(update_fields=["polled_at", "last_outcome", "etag", "modified", "last_new_at", "interval", "title"])
    return Trouble(found.problem) if found.problem else timezone.now() + feed.interval


def next_interval(interval: timedelta, new: int) -> timedelta:
    """Return how long to wait for the next poll: half as long when something was new, half as long again when not."""
    return min(max(interval * (SHORTEN if new else LENGTHEN), SHORTEST_INTERVAL), LONGEST_INTERVAL)


def add_documents(feed: Feed, parsed: Parsed) -> int:
    """Make a document of every address a feed names that is not known; return how many are new."""
    named = {key: entry for entry in parsed.entries if (key := _key(entry.url))}
    known = set(Document.objects.filter(url__in=named).values_list("url", flat=True))
    now = timezone.now()
    rows = [_document(feed, key, entry, now) for key, entry in named.items() if key not in known]
    Document.objects.bulk_create(rows, ignore_conflicts=True)  # two feeds may name one address at once
    if rows:
        wake(Document)
    return len(rows)


def _document(feed: Feed, key: str, entry: Entry, now: datetime) -> Document:
    return Document(
        url=key,
        host=vet(key, door.allowed()).site,
        source=feed.source,
        feed=feed,
        title=entry.title[:500],
        language=entry.language[:2],
        published_at=entry.published if entry.published and entry.published <= now + timedelta(days=1) else None,
    )


def _key(url: str) -> str:
    """Return the key of an address that a feed names; empty when it is one we do not open."""
    try:
        vet(url, door.allowed())
        return canonical(url)
    except Refused:
        return ""


def _poll(feed: Feed) -> Poll:
    try:
        answer = door.visit(feed.url, etag=feed.etag, modified=feed.modified, accept=ACCEPT)
    except door.NotYet as wait:
        raise PutOff(timedelta(seconds=wait.seconds)) from wait
    except (door.Denied, Refused, Failed) as ending:
        return Poll(Outcome(ending.outcome), str(ending))
    if answer.status == 304:
        return Poll(Outcome.NOT_MODIFIED, answer=answer)
    if answer.status != 200:
        return Poll(Outcome.HTTP_ERROR, _("The server answered with HTTP status %(n)d.") % {"n": answer.status})
    try:
        parsed = feeds.parse(answer.body, answer.header("content-type"), answer.final_url)
    except NotAFeed as problem:
        return Poll(Outcome.NOT_TEXT, str(problem))
    if parsed.children:
        first = ", ".join(parsed.children[:3])
        return Poll(Outcome.OK, _("This is a list of sitemaps. Add the one you need: %(first)s") % {"first": first})
    return Poll(Outcome.OK, answer=answer, parsed=parsed)
