"""Poll feeds for new addresses."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.formats import sandbox
from sources.formats.feeds import Entry, NotAFeed, Parsed
from sources.models import Document, Feed, Source
from sources.models.vocabulary import Outcome, SourceAct, SourceVerb
from sources.web import door
from sources.web.addresses import Refused, canonical, vet
from sources.web.client import NO_VALIDATORS, Answer, Failed, Validators
from sources.web.outcomes import may_pass
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.roles import require
from workbench.desk.work_queue import Next, PutOff, Trouble, wake

SHORTEST_INTERVAL = timedelta(minutes=1)
LONGEST_INTERVAL = timedelta(hours=6)
LENGTHEN, SHORTEN = 1.5, 0.5
LONGEST_FAILING = timedelta(hours=1)  # what may pass by itself is waited for, for ever, but not for longer at a time
LONGEST_UNREAD = timedelta(days=1)
MOST_CHILDREN = 5  # of an index: news is in the newest of its sitemaps
MOST_DEPTH = 3
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
    require(by, SourceAct.GATHER)
    try:
        address = vet(url.strip(), door.allowed()).url
    except Refused as refusal:
        raise NotAdded(str(refusal)) from refusal
    known = Feed.objects.filter(url=address).select_related("source").first()
    if known is not None:
        raise NotAdded(_("This feed was already added for %(source)s.") % {"source": known.source})
    try:
        with transaction.atomic():
            feed = Feed.objects.create(source=source, url=address, added_by=by)
    except IntegrityError as error:  # the same form, sent twice at the same moment
        raise NotAdded(_("This feed has just been added.")) from error
    audit.record(by, SourceVerb.ADDED_FEED, feed, url=address, source=source.pk)
    return feed


def poll(feed: Feed) -> Generator[None, None, Next]:
    """Poll a feed once and make a document of every new address; come back the sooner the more is new.

    What it brings is not taken when somebody stops it meanwhile.
    """
    if not feed.is_followed or feed.stopped_at:
        return None
    found = _poll(feed)
    yield
    feed.refresh_from_db(fields=["stopped_at", "stopped_by", "stopped_why"])
    return None if feed.stopped_at else note(feed, found)


@transaction.atomic
def note(feed: Feed, found: Poll) -> Next:
    """Write down a poll, with what it named: documents, or the sitemaps of an index."""
    before, outcome_before, polled_before = _known(feed), feed.last_outcome, feed.polled_at
    feed.polled_at, feed.last_outcome = timezone.now(), found.outcome
    new = 0
    if found.answer is not None and found.parsed is not None:
        known = found.answer.validators
        feed.validated_url, feed.etag, feed.modified = known.url, known.etag[:500], known.modified[:100]
        feed.kind, feed.read_at = found.parsed.kind, feed.polled_at
        feed.title = found.parsed.title[:300] or feed.title
        new = add_documents(feed, found.parsed) + follow_children(feed, found.parsed.children)
        # Under the tag for which it said “not modified” there was something new: it says so whatever we ask.
        if new and outcome_before == Outcome.NOT_MODIFIED and before == _known(feed) and (feed.etag or feed.modified):
            feed.is_conditional = False
    if new:
        feed.last_new_at = feed.polled_at
    if not found.problem:  # an outage says nothing of how often there is something new
        feed.interval = next_interval(feed.interval, new)
    feed.save()
    if not found.problem:
        return timezone.now() + feed.interval
    waited = feed.polled_at - (polled_before or feed.polled_at)
    passes = may_pass(found.outcome, found.answer.status if found.answer else None)
    return Trouble(found.problem, after_failure(feed.interval, waited) if passes else None)


def next_interval(interval: timedelta, new: int) -> timedelta:
    """Return how long to wait for the next poll: half as long when something was new, half as long again when not."""
    return min(max(interval * (SHORTEN if new else LENGTHEN), SHORTEST_INTERVAL), LONGEST_INTERVAL)


def after_failure(interval: timedelta, waited: timedelta) -> timedelta:
    """Return how long to wait for a feed that cannot be had: longer than the last time, but it may be back any time."""
    return min(max(interval, waited * LENGTHEN), LONGEST_FAILING)


def add_documents(feed: Feed, parsed: Parsed) -> int:
    """Make a document of every address a feed names that is not known; return how many are new."""
    named = {key: entry for entry in parsed.entries if (key := _key(entry.url))}
    known = set(Document.objects.filter(url__in=named).values_list("url", flat=True))
    now = timezone.now()
    rows = [_document(feed, key, entry, now) for key, entry in named.items() if key not in known]
    publishers = Source.objects.by_host({row.host for row in rows})
    for row in rows:  # a feed may name the pages of others: it tells whose they are only where nobody else does
        row.source = publishers.get(row.host, feed.source)
    Document.objects.bulk_create(rows, ignore_conflicts=True)  # two feeds may name one address at once
    if rows:
        wake(Document)
    return len(rows)


def follow_children(feed: Feed, addresses: list[str]) -> int:
    """Follow the newest sitemaps that an index names, and the others no longer; return how many are new.

    They are of its own site (sitemaps.org), and an index in an index in an index is the last that is followed. One that
    names itself, or another that is known, leads to no second feed.
    """
    if not addresses or _depth(feed) >= MOST_DEPTH:
        return 0
    site = _site(feed.url)
    newest = [url for url in addresses if (found := _site(url)) and _is_family(found, site)][:MOST_CHILDREN]
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


def _site(url: str) -> str:
    """Return the host of an address; empty when it is one that we do not open."""
    try:
        return vet(url, door.allowed()).site.removeprefix("www.")
    except Refused:
        return ""


def _is_family(one: str, other: str) -> bool:
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _document(feed: Feed, key: str, entry: Entry, now: datetime) -> Document:
    return Document(
        url=key,
        host=vet(key, door.allowed()).site,
        feed=feed,
        title=entry.title[:500],
        language=entry.language,
        published_at=entry.published if entry.published and entry.published <= now + timedelta(days=1) else None,
    )


def _key(url: str) -> str:
    """Return the key of an address that a feed names; empty when it is one we do not open."""
    try:
        vet(url, door.allowed())
        return canonical(url)
    except Refused:
        return ""


def _known(feed: Feed) -> Validators:
    return Validators(feed.validated_url, feed.etag, feed.modified)


def _poll(feed: Feed) -> Poll:
    # Once a day a feed is read whatever it says: some answer “not modified” for ever.
    is_stale = feed.read_at is None or timezone.now() - feed.read_at > LONGEST_UNREAD
    known = _known(feed) if feed.is_conditional and not is_stale else NO_VALIDATORS
    try:
        answer = door.visit(feed.url, known=known, accept=ACCEPT)
    except door.NotYet as wait:
        raise PutOff(timedelta(seconds=wait.seconds)) from wait
    except (door.Denied, Refused, Failed) as ending:
        return Poll(Outcome(ending.outcome), str(ending))
    if answer.status == 304 and answer.is_conditional:
        return Poll(Outcome.NOT_MODIFIED, answer=answer)
    if answer.status != 200:
        problem = _("The server answered with HTTP status %(n)d.") % {"n": answer.status}
        return Poll(Outcome.HTTP_ERROR, problem, answer)
    try:
        parsed = sandbox.feed(answer.body, answer.header("content-type"), answer.final_url)
    except NotAFeed as problem:
        return Poll(Outcome.NOT_TEXT, str(problem))
    except sandbox.GaveUp as problem:
        return Poll(Outcome.UNPARSABLE, str(problem))
    return Poll(Outcome.OK, answer=answer, parsed=parsed)
