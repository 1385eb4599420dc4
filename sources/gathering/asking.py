"""Ask a search provider: send the requests of a search one by one, and say how each of them ended."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.utils.translation import gettext as _

from sources.formats.claim_reviews import ClaimReviewRecord
from sources.gathering import provider_keys, spending
from sources.gathering.providers.provider import (
    Access,
    Call,
    Provider,
    ProviderAnswer,
    ProviderFault,
    ResultLink,
    Wanted,
)
from sources.gathering.spending import Ended
from sources.models import ProviderRequest, ProviderSetting, Search
from sources.models.vocabulary import ProviderOutcome
from sources.web import provider as web
from sources.web.addresses import Refused
from sources.web.outcomes import Failed
from workbench.desk import desk_profile
from workbench.desk.refusal import Refusal
from workbench.desk.work_queue import PutOff

REST = timedelta(minutes=1)  # where a provider is busy and does not say for how long
LATER = timedelta(minutes=10)  # where its server does not answer
MORE = "+"  # the next page by its number


@dataclass
class Gathered:
    """What the pages of an answer held together, without what stood on two of them; ``problem`` ended them early."""

    links: dict[str, ResultLink] = field(default_factory=dict)
    checks: dict[str, ClaimReviewRecord] = field(default_factory=dict)
    problem: str = ""

    def take(self, answer: ProviderAnswer) -> bool:
        """Add a page; say whether anything on it was new: a server may give the same page for ever."""
        before = len(self.links) + len(self.checks)
        for link in answer.links:
            self.links.setdefault(link.url, link)
        for check in answer.checks:
            self.checks.setdefault(check.key, check)
        return len(self.links) + len(self.checks) > before


def ask(search: Search, provider: Provider, setting: ProviderSetting) -> Gathered:
    """Return what a provider finds, page by page. Where a later page fails, what came before it counts.

    Raises ``ProviderFault`` and ``PutOff`` where the first page gives nothing.
    """
    found = Gathered()
    wanted = Wanted(search.words, search.language, search.since, search.until)
    access = access_of(setting)
    for number in range(1, provider.most_pages + 1):
        try:
            answer = send(provider, setting, provider.call(wanted, access), search)
        except (ProviderFault, PutOff) as problem:
            if number == 1:
                raise
            found.problem = str(problem)
            break
        if not found.take(answer) or not answer.next_page:
            break
        wanted = replace(wanted, page=str(number + 1) if answer.next_page == MORE else answer.next_page)
    return found


def access_of(setting: ProviderSetting) -> Access:
    """Return where and with which key a provider is asked. Raises ``ProviderFault``."""
    try:
        return Access(setting.address, provider_keys.unlock(setting.locked_key), setting.scope)
    except Refusal as problem:
        raise ProviderFault(ProviderOutcome.REFUSED, str(problem)) from problem


def send(
    provider: Provider,
    setting: ProviderSetting,
    call: Call,
    search: Search | None = None,
    *,
    absent: frozenset[int] = frozenset(),
) -> ProviderAnswer:
    """Send one request and return its answer; how it ended is kept. Raises ``ProviderFault`` and ``PutOff``.

    An answer with a status in ``absent`` says that there is nothing: it is an empty answer.
    """
    request = spending.reserve(setting, call.query, provider.interval, search)
    try:
        body = _fetched(call, provider.most_bytes, absent)
        answer = provider.read(body) if body is not None else ProviderAnswer()
    except ProviderFault as problem:
        failed(request, problem)
        raise
    except (ValueError, TypeError, LookupError, RecursionError) as problem:  # no answer may stop the others
        fault = ProviderFault(ProviderOutcome.BROKEN, _("The answer of the provider could not be read."))
        failed(request, fault)
        raise fault from problem
    number = len(answer.links) + len(answer.checks)
    spending.end(request, Ended(ProviderOutcome.OK, results=number, sha256=hashlib.sha256(body or b"").hexdigest()))
    return answer


def failed(request: ProviderRequest, problem: ProviderFault) -> None:
    """Note that a request failed, and have a busy provider rest."""
    rest = problem.wait if problem.outcome == ProviderOutcome.BUSY else None
    spending.end(request, Ended(problem.outcome, str(problem), rest=rest))


def _fetched(call: Call, most: int, absent: frozenset[int]) -> bytes | None:
    """Return the body of a successful answer, None where there is nothing. Raises ``ProviderFault``."""
    try:
        reply = web.get(call.url, call.headers, agent=desk_profile.user_agent(), most=most)
    except (Failed, Refused) as problem:
        raise ProviderFault(ProviderOutcome.FAILED, str(problem), LATER) from problem
    if reply.status in absent:
        return None
    check_status(reply)
    return reply.body


def check_status(reply: web.Reply) -> None:
    """Raise ``ProviderFault`` where the status of an answer is no success."""
    status = f"(HTTP {reply.status})"
    if reply.is_busy:
        wait = timedelta(seconds=reply.wait) if reply.wait else REST
        raise ProviderFault(ProviderOutcome.BUSY, f"{_('The provider asks us to come back later.')} {status}", wait)
    if 300 <= reply.status < 400:
        text = _("The server leads to another address, which we do not follow.")
        raise ProviderFault(ProviderOutcome.REFUSED, f"{text} {status}")
    if 400 <= reply.status < 500:
        text = _("The provider refused the request. Check its address and its key.")
        raise ProviderFault(ProviderOutcome.REFUSED, f"{text} {status}")
    if reply.status != 200:
        failed = _("The server of the provider failed.")
        raise ProviderFault(ProviderOutcome.FAILED, f"{failed} {status}", LATER)
