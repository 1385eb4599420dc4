"""Search the sites of the registered sources: by the search of their own, or by what their sitemap names."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db.models import Q
from django.utils.translation import gettext as _

from sources.capturing.visit import visit
from sources.formats import sandbox
from sources.formats.feed_entries import ENOUGH_BYTES, NotAFeed
from sources.gathering import spending
from sources.gathering.asking import Gathered, failed
from sources.gathering.providers.provider import Access, ProviderAnswer, ProviderFault, Wanted, with_detail
from sources.gathering.providers.sites import sites
from sources.gathering.spending import Ended
from sources.models import ProviderRequest, ProviderSetting, Search, SiteSearch
from sources.models.vocabulary import Outcome, ProviderOutcome
from workbench.desk.work_queue import PutOff

MOST_SITES = 20  # at one search; each is visited at the pace of all visits
PATIENCE = 2.0  # seconds to wait for our turn at a site
ACCEPT = "application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.1"


def ask(search: Search, setting: ProviderSetting) -> Gathered:
    """Return what the sites find; one that fails or is busy does not stop the others.

    Raises ``ProviderFault`` where no site answered, and ``PutOff`` where all were busy.
    """
    found, answered, problems = Gathered(), 0, []
    for site in _sites(search):
        try:
            found.take(_ask_site(site, search, setting))
            answered += 1
        except (ProviderFault, PutOff) as problem:
            problems.append(problem)
    if answered:
        found.problem = "; ".join(str(problem) for problem in problems if isinstance(problem, ProviderFault))[:1000]
        return found
    if problems:
        raise next((each for each in problems if isinstance(each, ProviderFault)), problems[0])
    text = _("No source of the desk has a search of its own in this language.")
    raise ProviderFault(ProviderOutcome.REFUSED, text)


def _sites(search: Search) -> list[SiteSearch]:
    """Return the sites in the language of a search, and those whose language nobody has said."""
    of_language = Q(source__language__in=[search.language, ""]) if search.language else Q()
    return list(SiteSearch.objects.filter(of_language).select_related("source").order_by("pk")[:MOST_SITES])


def _ask_site(site: SiteSearch, search: Search, setting: ProviderSetting) -> ProviderAnswer:
    wanted = Wanted(search.words, search.language, search.since, search.until)
    url = sites.call(wanted, Access(site.address)).url
    request = spending.reserve(setting, url, sites.PROVIDER.interval, search)
    try:
        answer = _read(url, wanted, is_sitemap=site.is_sitemap)
    except ProviderFault as problem:
        failed(request, problem)
        raise
    except PutOff:
        _was_busy(request, url)
        raise
    spending.end(request, Ended(ProviderOutcome.OK, results=len(answer.links)))
    return answer


def _was_busy(request: ProviderRequest, url: str) -> None:
    text = with_detail(_("It was not our turn at a site."), urlsplit(url).netloc)
    spending.end(request, Ended(ProviderOutcome.BUSY, text))


def _read(url: str, wanted: Wanted, *, is_sitemap: bool) -> ProviderAnswer:
    visited = visit(url, accept=ACCEPT, patience=PATIENCE, enough=ENOUGH_BYTES)
    answer, host = visited.answer, urlsplit(url).netloc
    if answer is None or visited.outcome != Outcome.OK:
        reason = f"{host}: {visited.reason or Outcome(visited.outcome).label}"
        raise ProviderFault(_ending(visited.outcome), with_detail(_("A site did not answer."), reason))
    try:
        parsed = sandbox.feed(answer.body, answer.header("content-type"), answer.final_url)
    except (NotAFeed, sandbox.GaveUp) as problem:
        text = with_detail(_("A site sent no feed."), f"{host}: {problem}")
        raise ProviderFault(ProviderOutcome.BROKEN, text) from problem
    return sites.of_entries(parsed.entries, wanted.words, all_of_site=is_sitemap)


def _ending(outcome: Outcome) -> ProviderOutcome:
    refused = {Outcome.ROBOTS_DENIED, Outcome.POLICY_DENIED, Outcome.BLOCKED, Outcome.REFUSED_ADDRESS, Outcome.GONE}
    return ProviderOutcome.REFUSED if outcome in refused else ProviderOutcome.FAILED
