"""Poll feeds: add a feed, check it for new addresses, and adapt how often it is checked (RSS, Atom, sitemaps)."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.capturing.visit import visit
from sources.formats import sandbox
from sources.formats.feed_entries import ENOUGH_BYTES, MOST_ENTRIES, Entry, NotAFeed, Parsed
from sources.formats.publisher_links import are_nested, is_named_elsewhere
from sources.models import Document, DocumentAddress, Feed, Source
from sources.models.vocabulary import Outcome, SourceAct, SourceVerb
from sources.web import door
from sources.web.addresses import Refused, read, vet, vetted, without_www
from sources.web.client import NO_VALIDATORS, Response, Validators
from sources.web.outcomes import may_pass
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.work_queue import Next, Trouble, WorkQuerySet, wake

SHORTEST_INTERVAL = timedelta(minutes=1)
LONGEST_INTERVAL = timedelta(hours=6)
LENGTHEN, SHORTEN = 1.5, 0.5
LONGEST_FAILING = timedelta(hours=1)  # a fault that may pass is retried without end, at least this often
LONGEST_UNREAD = timedelta(days=1)
MOST_CHILDREN = 5  # of a sitemap index: news is in the newest of its sitemaps
MOST_DEPTH = 3
MOST_READ = MOST_ENTRIES  # articles of one feed at each check
ACCEPT = "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.1"


@dataclass(frozen=True)
class Poll:
    """The result of one poll, before anything is stored."""

    outcome: Outcome
    problem: str = ""
    answer: Response | None = None
    parsed: Parsed | None = None


def due() -> WorkQuerySet:
    """Return the feeds, for a worker that polls those that are due."""
    rows: WorkQuerySet = Feed.objects.all()
    return rows


# Well-known aggregators, for a warning before a feed is read. All else goes by what the feed itself shows.
WELL_KNOWN = ("news.google.com", "bing.com", "news.yahoo.com", "msn.com", "feedly.com", "flipboard.com")


def is_aggregator(feed: Feed) -> bool:
    """Return whether a feed passes on articles of others: by what it named, or by the other feeds of its site."""
    site = read(feed.url).site
    known = any(site == name or site.endswith(f".{name}") for name in WELL_KNOWN)
    return feed.is_aggregator or known or Feed.objects.filter(is_aggregator=True, url__contains=f"://{site}/").exists()


@transaction.atomic
def add_feed(source: Source, url: str, *, by: User) -> Feed:
    """Add a feed of a source, due to be polled now. Raises ``Refusal``, ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    try:
        address = vet(url.strip(), door.allowed()).url
    except Refused as reason:
        raise Refusal(str(reason), "refused_address", field="url") from reason
    known = Feed.objects.filter(url=address).select_related("source").first()
    if known is not None:
        message = _("This feed was already added for %(source)s.") % {"source": known.source}
        raise Refusal(message, "known", field="url")
    try:
        with transaction.atomic():
            feed = Feed.objects.create(source=source, url=address, added_by=by)
    except IntegrityError as error:  # the same form, sent twice at the same moment
        raise Refusal(_("This feed has just been added."), "just_added", field="url") from error
    audit.record(by, SourceVerb.ADDED_FEED, feed, url=address, source=source.pk)
    return feed


def poll(feed: Feed) -> Generator[None, None, Next]:
    """Poll a feed once and add a document for every new address; poll it sooner the more it publishes.

    Nothing is added where somebody stops the feed in the meantime.
    """
    if not feed.is_followed or feed.stopped_at:
        return None
    found = _poll(feed)
    yield
    feed.refresh_from_db(fields=["stopped_at", "stopped_by", "stopped_why"])
    return None if feed.stopped_at else note(feed, found)


@transaction.atomic
def note(feed: Feed, found: Poll) -> Next:
    """Write down a poll with the documents, or the sitemaps of an index, that it names."""
    before, outcome_before, polled_before = _known(feed), feed.last_outcome, feed.polled_at
    feed.polled_at, feed.last_outcome = timezone.now(), found.outcome
    new = 0
    if found.answer is not None and found.parsed is not None:
        known = found.answer.validators
        feed.validated_url, feed.etag, feed.modified = known.url, known.etag[:500], known.modified[:100]
        feed.kind, feed.read_at, feed.is_capped = found.parsed.kind, feed.polled_at, found.parsed.is_capped
        feed.without_page, feed.is_aggregator = found.parsed.without_page, found.parsed.is_aggregator
        feed.title = found.parsed.title[:300] or feed.title
        new = add_documents(feed, found.parsed) + follow_children(feed, found.parsed.children)
        # There was something new under the tag for which it said “not modified”: its “not modified” means nothing.
        if new and outcome_before == Outcome.NOT_MODIFIED and before == _known(feed) and (feed.etag or feed.modified):
            feed.is_conditional = False
    if new:
        feed.last_new_at = feed.polled_at
    if not found.problem:  # an outage says nothing about how often the feed publishes
        feed.interval = next_interval(feed.interval, new)
    feed.save()
    if not found.problem:
        return timezone.now() + feed.interval
    waited = feed.polled_at - (polled_before or feed.polled_at)
    passes = may_pass(found.outcome, found.answer.status if found.answer else None)
    return Trouble(found.problem, after_failure(feed.interval, waited) if passes else None)


def next_interval(interval: timedelta, new: int) -> timedelta:
    """Return the wait before the next poll: half as long where something was new, one and a half times where not."""
    return min(max(interval * (SHORTEN if new else LENGTHEN), SHORTEST_INTERVAL), LONGEST_INTERVAL)


def after_failure(interval: timedelta, waited: timedelta) -> timedelta:
    """Return the wait before retrying a feed that fails (backoff): longer than the last time, at most an hour."""
    return min(max(interval, waited * LENGTHEN), LONGEST_FAILING)


def add_documents(feed: Feed, parsed: Parsed) -> int:
    """Add a document for every new address that a feed names (deduplication by key); return how many are new."""
    pairs = door.allowed()
    named = {address.key: entry for entry in parsed.entries if (address := vetted(entry.url, pairs))}
    known = set(Document.objects.filter(url__in=named).values_list("url", flat=True))
    known |= set(DocumentAddress.objects.moved_to(named).values_list("url", flat=True))
    now = timezone.now()
    rows = [_document(feed, key, entry, now) for key, entry in named.items() if key not in known]
    publishers = Source.objects.by_host({_publishing_host(row) for row in rows})
    for row in rows:  # a feed may name pages of others: its own source counts only where no domain says more
        row.source = publishers.get(_publishing_host(row), None if row.is_aggregator_link else feed.source)
    Document.objects.bulk_create(rows, ignore_conflicts=True)  # two feeds may name one address at once
    if rows:
        wake(Document)
    return len(rows)


def follow_children(feed: Feed, addresses: list[str]) -> int:
    """Follow the newest sitemaps that an index names, and stop following the others; return how many are new.

    They must be of its own site (sitemaps.org), and indexes are followed three deep. An index that names itself, or
    another feed that we have, does not add a second feed.
    """
    if not addresses or _depth(feed) >= MOST_DEPTH:
        return 0
    pairs, site = door.allowed(), without_www(read(feed.url).site)
    found = [(url, address) for url in addresses if (address := vetted(url, pairs))]
    newest = [url for url, address in found if are_nested(without_www(address.site), site)][:MOST_CHILDREN]
    feed.children.exclude(url__in=newest).update(is_followed=False)
    for child in feed.children.filter(url__in=newest, is_followed=False):
        child.is_followed = True
        child.save(update_fields=["is_followed"])
        child.ask()
    known = set(Feed.objects.filter(url__in=newest).values_list("url", flat=True))
    fresh = [url for url in newest if url not in known]
    for url in fresh:
        Feed.objects.create(source=feed.source, url=url, parent=feed, added_by=feed.added_by)
    return len(fresh)


def _depth(feed: Feed) -> int:
    depth, above = 1, feed.parent
    while above is not None and depth < MOST_DEPTH:
        depth, above = depth + 1, above.parent
    return depth


def _publishing_host(row: Document) -> str:
    """Return the host of who published a document: for the link of an aggregator that of the named publisher."""
    named = vetted(row.named_publisher_url, door.allowed()) if row.is_aggregator_link else None
    return named.site if named else row.host


def _document(feed: Feed, key: str, entry: Entry, now: datetime) -> Document:
    is_credible = entry.published is not None and entry.published <= now + timedelta(days=1)
    return Document(
        url=key,
        host=read(key).site,
        feed=feed,
        title=entry.title[:500],
        language=entry.language,
        named_publisher=entry.publisher[:200],
        named_publisher_url=entry.publisher_url,
        is_aggregator_link=is_named_elsewhere(entry.url, entry.publisher_url),
        published_at=entry.published if is_credible else None,
        published_precision=entry.precision if is_credible else "",
        published_until=entry.until if is_credible else None,
    )


def _known(feed: Feed) -> Validators:
    return Validators(feed.validated_url, feed.etag, feed.modified)


def _poll(feed: Feed) -> Poll:
    # Once a day we ask for the whole feed: some servers always answer “not modified”.
    is_stale = feed.read_at is None or timezone.now() - feed.read_at > LONGEST_UNREAD
    known = _known(feed) if feed.is_conditional and not is_stale else NO_VALIDATORS
    visited = visit(feed.url, known=known, accept=ACCEPT, enough=ENOUGH_BYTES)
    answer = visited.answer
    if visited.outcome == Outcome.NOT_MODIFIED:
        return Poll(visited.outcome, answer=answer)
    if answer is None or visited.outcome != Outcome.OK:
        return Poll(visited.outcome, visited.reason, answer)
    try:
        parsed = sandbox.feed(answer.body, answer.header("content-type"), answer.final_url)
    except NotAFeed as problem:
        return Poll(Outcome.NOT_TEXT, str(problem))
    except sandbox.GaveUp as problem:
        return Poll(Outcome.UNPARSABLE, str(problem))
    return Poll(Outcome.OK, answer=answer, parsed=parsed)
