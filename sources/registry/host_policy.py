"""Decide how hosts are visited: how often, or not at all, and why."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sources.models import HostPolicy
from sources.models.vocabulary import SourceAct, SourceVerb
from sources.web.addresses import Refused, read
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.roles import require

SHORTEST_DELAY = timedelta(seconds=0.2)  # nobody is asked oftener than the sample, which is ourselves
LONGEST_DELAY = timedelta(hours=1)


class NotSet(Exception):
    """This cannot be decided for a host. The message is fit to show to a person."""


def of_site(site: str) -> HostPolicy | None:
    """Return the policy for a site, its own or that of the nearest domain above it: what the web client asks."""
    return HostPolicy.objects.of_host(site)


@transaction.atomic
def set_policy(host: str, *, by: User, note: str, delay: timedelta | None = None, denied: bool = False) -> HostPolicy:
    """Decide for a host, given as such or as any address on it, and for all below it; the log keeps what was before.

    ``delay`` is what lies between two visits, in place of the usual; what the host's robots.txt asks for is kept where
    it is longer. With neither ``delay`` nor ``denied`` an earlier decision, or one for a host above, is lifted for it.
    Raises ``NotSet``, ``NotPermitted``.
    """
    require(by, SourceAct.CRAWL_POLICY)
    site = _site(host)
    if not note.strip():
        raise NotSet(_("Give a reason: nobody can check a decision without one."))
    if delay is not None and not SHORTEST_DELAY <= delay <= LONGEST_DELAY:
        raise NotSet(_("The time between two visits must be at least 0.2 seconds and at most one hour."))
    if delay is None and not denied and HostPolicy.objects.of_host(site) is None:
        raise NotSet(
            _(
                "This site is already visited as usual. Enter the seconds between two visits, or choose never to "
                "visit it."
            )
        )
    before = HostPolicy.objects.select_for_update().filter(host=site).first()
    was = {"delay": before.seconds, "denied": before.denied, "note": before.note} if before else None
    policy, _new = HostPolicy.objects.update_or_create(
        host=site, defaults={"delay": delay, "denied": denied, "note": note.strip(), "set_by": by}
    )
    now = {"delay": policy.seconds, "denied": denied, "note": policy.note}
    audit.record(by, SourceVerb.SET_SITE_RULE, policy, host=site, now=now, before=was)
    return policy


def _site(host: str) -> str:
    text = host.strip()
    try:
        found = read(text if "://" in text else f"https://{text}/")
    except Refused as refusal:
        raise NotSet(
            _("“%(host)s” is not a valid site: %(reason)s") % {"host": text[:80], "reason": refusal}
        ) from refusal
    if not set(found.host) & {".", ":"}:  # a name within a network, which no page that we open has
        raise NotSet(
            _("“%(host)s” is not a valid site: its name needs a dot, as in example.org.") % {"host": text[:80]}
        )
    return found.site
