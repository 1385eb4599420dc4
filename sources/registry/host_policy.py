"""Site rules: how often we visit a site, or that we never do, and why."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sources.models import HostPolicy
from sources.models.vocabulary import SourceAct, SourceVerb
from sources.web.addresses import Refused, site_of
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require

SHORTEST_DELAY = timedelta(seconds=0.2)  # the delay for the sample press, which is ourselves
LONGEST_DELAY = timedelta(hours=1)


def of_site(site: str) -> HostPolicy | None:
    """Return the rule for a site: its own, or that of the nearest domain above it. The web client asks for it."""
    return HostPolicy.objects.of_host(site)


@transaction.atomic
def set_policy(host: str, *, by: User, note: str, delay: timedelta | None = None, denied: bool = False) -> HostPolicy:
    """Set the rule for a site, given as a host or any address on it, and for all its subdomains.

    ``delay`` is the time between two visits; where robots.txt asks for a longer one, that counts. With neither
    ``delay`` nor ``denied``, the site is visited as usual, whatever was decided for it or for a domain above. The log
    keeps the rule before. Raises ``Refusal``, ``NotPermitted``.
    """
    require(by, SourceAct.CRAWL_POLICY)
    site = _site(host)
    _check(site, note, delay, denied)
    before = HostPolicy.objects.select_for_update().filter(host=site).first()
    was = {"delay": before.seconds, "denied": before.denied, "note": before.note} if before else None
    policy, _new = HostPolicy.objects.update_or_create(
        host=site, defaults={"delay": delay, "denied": denied, "note": note.strip(), "set_by": by}
    )
    now = {"delay": policy.seconds, "denied": denied, "note": policy.note}
    audit.record(by, SourceVerb.SET_SITE_RULE, policy, host=site, now=now, before=was)
    return policy


def _check(site: str, note: str, delay: timedelta | None, denied: bool) -> None:
    if not note.strip():
        raise Refusal(_("Give a reason: nobody can check a decision without one."), "no_reason", field="note")
    if delay is not None and not SHORTEST_DELAY <= delay <= LONGEST_DELAY:
        message = _("The time between two visits must be at least 0.2 seconds and at most one hour.")
        raise Refusal(message, "out_of_range", field="delay")
    if delay is None and not denied and HostPolicy.objects.of_host(site) is None:
        message = _(
            "This site is already visited as usual. Enter the seconds between two visits, or choose never to visit it."
        )
        raise Refusal(message, "as_usual", field="delay")


def _site(host: str) -> str:
    try:
        return site_of(host)
    except Refused as reason:
        message = _("“%(host)s” is not a valid site: %(reason)s") % {"host": host.strip()[:80], "reason": reason}
        raise Refusal(message, "not_a_site", field="host") from reason
