"""Poll the providers that are read whole, for all searches at once: GDELT GAL, and the feed of fact-checks.

A provider that is asked search by search is due here only to be tried out.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.utils import timezone

from sources.formats.claim_reviews import ClaimReviewRecord
from sources.gathering import asking, finding, searching, spending, trying
from sources.gathering.asking import LATER
from sources.gathering.providers.claimreview import claimreview
from sources.gathering.providers.gal import gal
from sources.gathering.providers.provider import ProviderFault, ResultLink, Wanted
from sources.gathering.spending import Ended
from sources.models import FactCheck, ProviderSetting, Search
from sources.models.vocabulary import Engine, ProviderOutcome
from sources.web import provider as web
from sources.web.addresses import Refused
from sources.web.outcomes import Failed
from workbench.desk import desk_profile
from workbench.desk.work_queue import Next, Trouble, WorkQuerySet

MINUTE = timedelta(minutes=1)
LAG = timedelta(minutes=18)  # the files of a quarter of an hour appear together after it
BEHIND = timedelta(hours=1)  # more is left out: a desk that was off for a week does not read a week
MOST_MINUTES = 5  # at one step
POLLED_AGAIN = timedelta(minutes=1)
FEED_AGAIN = timedelta(days=1)
BUDGET = 30.0  # seconds of reading the feed in one step
BATCH = 1_000  # records kept in one transaction
FEED_FILE = "claimreview-feed.json"


def due() -> WorkQuerySet:
    """Return the providers, for a worker that polls those that are due."""
    rows: WorkQuerySet = ProviderSetting.objects.all()
    return rows


def poll(setting: ProviderSetting) -> Generator[None, None, Next]:
    """Take one step with a provider: poll it, or try it out where it is not polled; one that is off rests."""
    step = POLLS.get(Engine(setting.engine)) or (trying.try_out if trying.is_tried(setting.engine) else None)
    if step is None or not setting.is_on:
        yield
        return None
    try:
        return (yield from step(setting))
    except ProviderFault as problem:
        if problem.wait is None:
            raise
        yield
        return Trouble(str(problem), problem.wait)


def _poll_stream(setting: ProviderSetting) -> Generator[None, None, Next]:
    """Read the next minutes of the stream, and add the articles that bear on a search that is followed."""
    now = timezone.now()
    start = max(setting.polled_to or now - LAG - MINUTE, now - BEHIND)
    links: list[ResultLink] = []
    minute, problem = _whole(start), ""
    access = asking.access_of(setting)
    for _number in range(MOST_MINUTES):
        if minute + MINUTE > now - LAG:
            break
        minute += MINUTE
        call = gal.call(Wanted("", page=f"{minute:%Y%m%d%H%M}"), access)
        try:
            links += asking.send(gal.PROVIDER, setting, call, absent=frozenset({404})).links
        except ProviderFault as fault:
            if fault.outcome != ProviderOutcome.BROKEN:
                raise
            problem = str(fault)  # one damaged file does not stop the stream
    yield
    _note_stream(setting, links, minute)
    if problem:
        return Trouble(problem, POLLED_AGAIN)
    return timezone.now() + (timedelta() if minute + MINUTE <= now - LAG else POLLED_AGAIN)


def _note_stream(setting: ProviderSetting, links: list[ResultLink], minute: datetime) -> None:
    """Give each search what bears on it. A search is answered once the minute in which it was asked has been read."""
    setting.polled_to = minute
    setting.save(update_fields=["polled_to"])
    followed = timezone.now() - searching.FOLLOWED
    for search in Search.objects.filter(engine=Engine.GAL, asked_at__gte=followed).order_by("pk"):
        found = [link for link in links if gal.bears_on(link, search.words, search.language)]
        finding.add(search, found)
        if found or search.asked_at <= minute:
            searching.answered(search)


def _whole(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def _poll_feed(setting: ProviderSetting) -> Generator[None, None, Next]:
    """Download the feed, or read on in the one that is here; each record is kept once, however often it is read."""
    path = settings.VAR / FEED_FILE
    if not path.exists():
        etag = _download(setting, path)
        yield
        setting.records_read, setting.etag = 0, etag or setting.etag
        setting.save(update_fields=["records_read", "etag"])
        return timezone.now() + (FEED_AGAIN if etag is None else timedelta())
    read, ended, problem = _import(path, setting.records_read)
    yield
    setting.records_read = 0 if ended else read
    setting.polled_to = timezone.now() if ended else setting.polled_to
    setting.save(update_fields=["records_read", "polled_to"])
    if ended:
        path.unlink(missing_ok=True)
    if problem:
        return Trouble(problem, FEED_AGAIN)
    return timezone.now() + (FEED_AGAIN if ended else timedelta())


def _download(setting: ProviderSetting, path: Path) -> str | None:
    """Download the feed to its place on disk; return its tag, or None where it has not changed since."""
    request = spending.reserve(setting, setting.address, timedelta())
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            part = Path(folder) / path.name
            with part.open("wb") as file:
                reply = web.download(setting.address, file, etag=setting.etag, agent=desk_profile.user_agent())
            if reply.status != 304:
                asking.check_status(reply)
                part.replace(path)
    except (Failed, Refused) as problem:
        fault = ProviderFault(ProviderOutcome.FAILED, str(problem), LATER)
        asking.failed(request, fault)
        raise fault from problem
    except ProviderFault as fault:
        asking.failed(request, fault)
        raise
    spending.end(request, Ended(ProviderOutcome.OK))
    return None if reply.status == 304 else reply.etag


def _import(path: Path, skipped: int) -> tuple[int, bool, str]:
    """Keep the fact-checks of the feed from an element on: how many were read, whether all are, and what was wrong.

    A feed that is cut off counts as far as it goes. It changes rows before the step ends, and may: what is kept twice
    is kept once, and a worker that is killed has lost nothing.
    """
    ends, read, problems = monotonic() + BUDGET, skipped, list[str]()
    with path.open("rb") as file:
        for some in _batches(claimreview.elements(file, skipped), problems):
            FactCheck.objects.keep(record for element in some for record in element)
            read += len(some)
            if monotonic() > ends:
                return read, False, ""
    return read, True, "".join(problems)


def _batches(
    elements: Iterator[list[ClaimReviewRecord]], problems: list[str]
) -> Iterator[list[list[ClaimReviewRecord]]]:
    """Yield the elements of the feed some at a time, the last ones also where the feed breaks off after them."""
    some: list[list[ClaimReviewRecord]] = []
    try:
        for element in elements:
            some.append(element)
            if len(some) == BATCH:
                yield some
                some = []
    except ProviderFault as problem:
        problems.append(str(problem))
    if some:
        yield some


POLLS: dict[Engine, Callable[[ProviderSetting], Generator[None, None, Next]]] = {
    Engine.GAL: _poll_stream,
    Engine.CLAIMREVIEW: _poll_feed,
}
