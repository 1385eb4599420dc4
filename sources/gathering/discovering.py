"""Discover feeds of a source: the feeds that its home pages name, and the sitemaps that robots.txt names."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.capturing.visit import visit_home
from sources.formats import sandbox
from sources.models import Discovery, Document, Feed, Source
from sources.models.vocabulary import Outcome, SourceAct, SourceVerb
from sources.web import door
from sources.web.addresses import vetted
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.work_queue import Next, Trouble, WorkQuerySet

MOST_HOMES = 5
MOST_FOUND = 30


@dataclass(frozen=True)
class HomeLook:
    """The result of a look at one home page, before anything is stored."""

    outcome: Outcome
    found: list[str] = field(default_factory=list)
    problem: str = ""


def due() -> WorkQuerySet:
    """Return the discoveries, for a worker that takes those that are due."""
    rows: WorkQuerySet = Discovery.objects.all()
    return rows


@transaction.atomic
def ask(source: Source, *, by: User) -> list[Discovery]:
    """Look for feeds on the home page of each domain of a source, now. Raises ``Refusal``, ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    homes = [_home(host) for host in source.domains.values_list("host", flat=True)[:MOST_HOMES]]
    if not homes:
        message = _("First add a domain for this source, so that we know where its home page is.")
        raise Refusal(message, "no_domain")
    looks = []
    for url in homes:
        look, is_new = Discovery.objects.get_or_create(source=source, url=url)
        if not is_new:
            look.ask()
        looks.append(look)
    audit.record(by, SourceVerb.LOOKED_FEEDS, source, homes=homes)
    return looks


def suggested(looks: Iterable[Discovery]) -> list[str]:
    """Return the feeds that we found on the home pages of a source and do not follow yet, in the order of the pages."""
    found = [url for look in looks for url in look.found]
    if not found:
        return []
    known = set(Feed.objects.filter(url__in=found).values_list("url", flat=True))
    return [url for url in dict.fromkeys(found) if url not in known]


def look(discovery: Discovery) -> Generator[None, None, Next]:
    """Look for feeds on one home page and in its robots.txt, once."""
    ended = _look(discovery.url)
    yield
    discovery.looked_at, discovery.last_outcome = timezone.now(), ended.outcome
    if not ended.problem:  # a home page that fails today does not undo what we found
        discovery.found = ended.found
    discovery.save(update_fields=["looked_at", "last_outcome", "found"])
    return Trouble(ended.problem) if ended.problem else None


def _look(url: str) -> HomeLook:
    home, maps = visit_home(url)
    answer = home.answer
    if answer is None or home.outcome != Outcome.OK:
        return HomeLook(home.outcome, problem=home.reason)
    try:
        named = sandbox.feeds(answer.body, answer.header("content-type"), answer.final_url)
    except sandbox.GaveUp as problem:
        return HomeLook(Outcome.UNPARSABLE, problem=str(problem))
    return HomeLook(Outcome.OK, _opened([*named, *maps]))


def _opened(urls: list[str]) -> list[str]:
    """Return the addresses that we open, each once, as they are stored."""
    pairs = door.allowed()
    kept = [address.url for url in urls if (address := vetted(url, pairs))]
    return list(dict.fromkeys(kept))[:MOST_FOUND]


def _home(host: str) -> str:
    """Return the address of a host's home page, in the scheme in which its documents are known."""
    known = Document.objects.filter(host__in=[host, f"www.{host}"]).first()
    scheme = "http" if known is not None and known.url.startswith("http://") else "https"
    return f"{scheme}://{known.host if known is not None else host}/"
