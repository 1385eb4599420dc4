"""Look for the feeds of a source: those that its home pages name, and the sitemaps in their robots.txt."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.formats import sandbox
from sources.models import Discovery, Document, Feed, Source
from sources.models.vocabulary import Outcome, SourceAct, SourceVerb
from sources.web import door
from sources.web.addresses import Refused, vet
from sources.web.client import Failed
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.roles import require
from workbench.desk.work_queue import Next, PutOff, Trouble

MOST_HOMES = 5
MOST_FOUND = 30


class NotAsked(Exception):
    """There is nowhere to look. The message is fit to show to a person."""


@dataclass(frozen=True)
class Look:
    """How one look ended, before it is noted."""

    outcome: Outcome
    found: list[str] = field(default_factory=list)
    problem: str = ""


@transaction.atomic
def ask(source: Source, *, by: User) -> list[Discovery]:
    """Have the home page of each domain of a source looked through, now. Raises ``NotAsked``, ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    homes = [_home(host) for host in source.domains.values_list("host", flat=True)[:MOST_HOMES]]
    if not homes:
        raise NotAsked(_("First add a domain for this source, so that we know where its home page is."))
    looks = []
    for url in homes:
        look, is_new = Discovery.objects.get_or_create(source=source, url=url)
        if not is_new:
            look.ask()
        looks.append(look)
    audit.record(by, SourceVerb.LOOKED_FEEDS, source, homes=homes)
    return looks


def suggested(source: Source) -> list[str]:
    """Return the feeds that were found for a source and are not followed, in the order of their pages."""
    found = [url for look in source.discoveries.all() for url in look.found]
    known = set(Feed.objects.filter(url__in=found).values_list("url", flat=True))
    return [url for url in dict.fromkeys(found) if url not in known]


def look(discovery: Discovery) -> Generator[None, None, Next]:
    """Look through one home page and its robots.txt, once."""
    ended = _look(discovery.url)
    yield
    discovery.looked_at, discovery.last_outcome = timezone.now(), ended.outcome
    if not ended.problem:  # a home page that cannot be had today takes nothing back
        discovery.found = ended.found
    discovery.save(update_fields=["looked_at", "last_outcome", "found"])
    return Trouble(ended.problem) if ended.problem else None


def _look(url: str) -> Look:
    try:
        answer = door.visit(url)
        maps = door.sitemaps(url)
    except door.NotYet as wait:
        raise PutOff(timedelta(seconds=wait.seconds)) from wait
    except (door.Denied, Refused, Failed) as ending:
        return Look(Outcome(ending.outcome), problem=str(ending))
    if answer.status != 200:
        problem = _("The server answered with HTTP status %(n)d.") % {"n": answer.status}
        return Look(Outcome.HTTP_ERROR, problem=problem)
    try:
        named = sandbox.feeds(answer.body, answer.header("content-type"), answer.final_url)
    except sandbox.GaveUp as problem:
        return Look(Outcome.UNPARSABLE, problem=str(problem))
    return Look(Outcome.OK, _opened([*named, *maps]))


def _opened(urls: list[str]) -> list[str]:
    """Return those of some addresses that we open, each once, as they are kept."""
    pairs, kept = door.allowed(), []
    for url in urls:
        try:
            kept.append(vet(url.strip(), pairs).url)
        except Refused:
            continue
    return list(dict.fromkeys(kept))[:MOST_FOUND]


def _home(host: str) -> str:
    """Return the address of a host's home page, in the scheme in which its documents are known."""
    known = Document.objects.filter(host__in=[host, f"www.{host}"]).first()
    scheme = "http" if known is not None and known.url.startswith("http://") else "https"
    return f"{scheme}://{known.host if known is not None else host}/"
