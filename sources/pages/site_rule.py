"""How we visit a site under the desk's rule for it, in words."""

from __future__ import annotations

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from sources.models import HostPolicy
from workbench.pages.badges import BAD, Badge


def site_rule(policy: HostPolicy) -> Badge:
    """Return how a site is visited."""
    if policy.denied:
        return Badge(_("not visited"), BAD)
    if policy.delay:
        return Badge(_("%(seconds)s s between visits") % {"seconds": floatformat(policy.seconds, -1)}, look="")
    return Badge(_("as usual"), look="")
