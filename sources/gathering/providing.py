"""Set up search providers: switch one on or off, with its server, key, quota and budget."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sources.gathering import provider_keys, trying
from sources.gathering.providers.registry import PROVIDERS
from sources.models import ProviderSetting
from sources.models.vocabulary import Engine, SourceAct, SourceVerb
from sources.web.addresses import Refused, read
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require


@dataclass(frozen=True)
class SetUp:
    """How a provider is set up. An empty ``key`` leaves the one that is kept; ``forget_key`` removes it."""

    engine: Engine
    is_on: bool = False
    address: str = ""
    scope: str = ""
    key: str = ""
    forget_key: bool = False
    daily_quota: int | None = None
    cost: Decimal = Decimal(0)
    daily_budget: Decimal | None = None


@transaction.atomic
def set_up(given: SetUp, *, by: User) -> ProviderSetting:
    """Save how a provider is set up; the log keeps who did it, never the key. Searches that it refused run again.

    Raises ``Refusal`` (codes ``unknown``, ``no_address``, ``refused_address``, ``no_key``) and ``NotPermitted``.
    """
    require(by, SourceAct.SET_PROVIDERS)
    provider = PROVIDERS.get(given.engine)
    if provider is None:
        raise Refusal(_("There is no such provider."), "unknown", field="engine")
    before = ProviderSetting.objects.select_for_update().filter(engine=given.engine).first()
    address = _checked(given.address.strip() or provider.address) if provider.needs_address else ""
    kept = "" if given.forget_key else before.locked_key if before else ""
    if before is not None and kept and address != before.address and not given.key:
        raise Refusal(
            _("Enter the key again: a key is never sent to another server than before."), "no_key", field="key"
        )
    locked = provider_keys.lock(given.key.strip()) if given.key.strip() else kept
    if given.is_on and provider.needs_key and not locked:
        raise Refusal(_("This provider needs a key."), "no_key", field="key")
    columns = {
        **{name: getattr(given, name) for name in ("is_on", "daily_quota", "cost", "daily_budget")},
        "address": address,
        "scope": given.scope.strip(),
        "locked_key": locked,
        "set_by": by,
        "rest_until": None,
    }
    setting, _new = ProviderSetting.objects.update_or_create(
        engine=given.engine, defaults=columns, create_defaults={**columns, "engine": given.engine, "due_at": None}
    )
    _record(setting, by=by, key_changed=locked != (before.locked_key if before else ""))
    _start(setting)
    return setting


def _checked(address: str) -> str:
    if not address:
        raise Refusal(_("Enter the address of your server."), "no_address", field="address")
    try:
        return read(address).url
    except Refused as reason:
        raise Refusal(str(reason), "refused_address", field="address") from reason


def _record(setting: ProviderSetting, *, by: User, key_changed: bool) -> None:
    money = {"cost": str(setting.cost), "budget": str(setting.daily_budget) if setting.daily_budget is not None else ""}
    audit.record(
        by,
        SourceVerb.SET_PROVIDER,
        setting,
        provider=setting.engine,
        is_on=setting.is_on,
        address=setting.address,
        scope=setting.scope,
        quota=setting.daily_quota,
        key_changed=key_changed,
        **money,
    )


def _start(setting: ProviderSetting) -> None:
    """Have the provider polled or tried out, or stop that; and run the searches again that wait for it."""
    is_polled = PROVIDERS[Engine(setting.engine)].is_polled
    if setting.is_on and (is_polled or trying.is_tried(setting.engine)):
        setting.ask()
    else:
        setting.rest()
    if setting.is_on and not is_polled:
        trying.run_again(setting)
