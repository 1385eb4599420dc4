"""Rows beyond the desk: search providers, requests to them, fact-checks of others; import from ``tests.make``."""

from __future__ import annotations

from sources.models import FactCheck, ProviderRequest, ProviderSetting, SiteSearch
from sources.models.vocabulary import Engine
from tests import make_kept


def provider_setting(engine: str = "", *, set_by=None, **changes) -> ProviderSetting:
    """A provider that is in use: the first that the desk does not use yet, unless one is named."""
    used = set(ProviderSetting.objects.values_list("engine", flat=True))
    free = [each for each in Engine if each not in {*used, Engine.GATHERED}]
    columns = {"is_on": True, "address": "https://provider.example/", "due_at": None}
    columns |= {"engine": engine or free[0], "set_by": set_by or make_kept.admin()}
    return ProviderSetting.objects.create(**columns | changes)


def provider_request(provider_=None, **changes) -> ProviderRequest:
    columns = {"provider": provider_ or provider_setting(), "query": "https://provider.example/?q=bridge"}
    return ProviderRequest.objects.create(**columns | changes)


def site_search(source=None, **changes) -> SiteSearch:
    columns = {"address": "https://courier.example/?s={words}&feed=rss2", "set_by": make_kept.editor()}
    return SiteSearch.objects.create(source=source or make_kept.source(), **columns | changes)


def fact_check(claim: str = "Terrorists closed the bridge at Arvel.", **changes) -> FactCheck:
    """A fact-check of another publisher."""
    number = make_kept.number()
    columns = {"key": f"{number:064d}", "url": f"https://checks.example/{number}", "language": "en"}
    columns |= {"publisher": "Checks of Arvel", "rating": "False"}
    return FactCheck.objects.create(claim=claim, **columns | changes)
