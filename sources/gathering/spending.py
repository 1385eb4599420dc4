"""Spend requests on search providers: each is counted before it is sent, within the quota and the budget of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.gathering.providers.provider import ProviderFault
from sources.models import ProviderRequest, ProviderSetting, Search
from sources.models.provider import today_began
from sources.models.vocabulary import ProviderOutcome
from workbench.desk.work_queue import PutOff

LONGEST_REST = timedelta(days=1)


@dataclass(frozen=True)
class Ended:
    """How a request ended; ``results`` where it was answered, ``rest`` where the provider asks us to wait."""

    outcome: ProviderOutcome
    reason: str = ""
    results: int | None = None
    sha256: str = ""
    rest: timedelta | None = None


@transaction.atomic
def reserve(setting: ProviderSetting, query: str, interval: timedelta, search: Search | None = None) -> ProviderRequest:
    """Count a request that is about to be sent, so that it counts even if this worker is killed.

    This is the one thing that a step writes before it talks to the network: two workers must not spend the last
    request of a day twice. Raises ``PutOff`` where the provider must rest, and ``ProviderFault`` where it is off, or
    the quota or the budget of the day is used up.
    """
    held = ProviderSetting.objects.select_for_update(no_key=True).get(pk=setting.pk)
    now = timezone.now()
    if not held.is_on:
        raise ProviderFault(ProviderOutcome.REFUSED, _("The desk has switched this provider off."), LONGEST_REST)
    if held.rest_until and held.rest_until > now:
        raise PutOff(held.rest_until - now)
    _check_limits(held, today_began(now) + timedelta(days=1) - now)
    held.rest_until = now + interval
    held.save(update_fields=["rest_until"])
    return ProviderRequest.objects.create(provider=held, search=search, query=query, cost=held.cost)


@transaction.atomic
def end(request: ProviderRequest, how: Ended) -> None:
    """Note how a request ended, and have the provider rest where it asks for it."""
    request.outcome, request.reason = how.outcome, how.reason.replace("\0", " ")[:1000]
    request.results, request.sha256 = how.results, how.sha256
    request.save(update_fields=["outcome", "reason", "results", "sha256"])
    if how.rest:
        until = timezone.now() + min(how.rest, LONGEST_REST)
        ProviderSetting.objects.filter(pk=request.provider_id).update(rest_until=until)


def _check_limits(held: ProviderSetting, tomorrow: timedelta) -> None:
    if held.daily_quota is None and held.daily_budget is None:
        return
    today: Any = ProviderSetting.objects.with_today().get(pk=held.pk)
    if held.daily_quota is not None and today.sent >= held.daily_quota:
        text = _("The requests of today are used up: %(n)d.") % {"n": held.daily_quota}
        raise ProviderFault(ProviderOutcome.REFUSED, text, tomorrow)
    if held.daily_budget is not None and today.spent + held.cost > held.daily_budget:
        raise ProviderFault(ProviderOutcome.REFUSED, _("The budget of today is used up."), tomorrow)
