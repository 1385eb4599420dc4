"""Try search providers out: one request once a provider is set up, and again once a search with it has failed."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta

from django.utils import timezone

from sources.gathering import asking
from sources.gathering.providers.provider import ProviderFault, Wanted
from sources.gathering.providers.registry import PROVIDERS
from sources.models import ProviderSetting, Search
from sources.models.vocabulary import Engine, ProviderOutcome
from workbench.desk.work_queue import Next, Trouble

DOUBTED = {ProviderOutcome.REFUSED, ProviderOutcome.BROKEN, ProviderOutcome.FAILED}
SELDOM = timedelta(minutes=10)  # between two tries that failed searches ask for: each is a request that may cost


def is_tried(engine: str) -> bool:
    """Say whether a provider has a server that is tried out with a request."""
    provider = PROVIDERS.get(Engine(engine))
    return provider is not None and not provider.is_polled and bool(provider.trial)


def try_out(setting: ProviderSetting) -> Generator[None, None, Next]:
    """Send one request to a provider. The row says what is wrong; once that is over, the failed searches run again."""
    provider, failed = PROVIDERS[Engine(setting.engine)], setting.trouble
    try:
        access = asking.access_of(setting)
        asking.send(provider, setting, provider.call(Wanted(provider.trial), access))
    except ProviderFault as problem:
        yield
        return Trouble(str(problem), problem.wait)
    yield
    if failed:
        run_again(setting)
    return None


def run_again(setting: ProviderSetting) -> None:
    """Have the searches run that failed with a provider and were never answered."""
    Search.objects.filter(engine=setting.engine, answered_at=None).exclude(trouble="").ask()


def doubt(setting: ProviderSetting, problem: ProviderFault) -> None:
    """Have a provider tried out with which a search failed, unless it has a problem already or was tried just now."""
    if problem.outcome not in DOUBTED or not is_tried(setting.engine):
        return
    now = timezone.now()
    tried = setting.requests.filter(search=None, asked_at__gt=now - SELDOM)
    if not tried.exists():
        ProviderSetting.objects.filter(pk=setting.pk, is_on=True, due_at=None, trouble="").ask()
