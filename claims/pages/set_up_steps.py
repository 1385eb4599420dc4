"""The step of the set-up that belongs to claims: the first claim."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Claim
from claims.models.vocabulary import ClaimAct
from workbench.desk.declarations import SetUpStep


def claims_there() -> str:
    """Return that claims are logged, where there are any."""
    return _("Claims are logged.") if Claim.objects.exists() else ""


STEPS = [
    SetUpStep(
        "claims:log_claim",
        gettext_lazy("The first claim"),
        gettext_lazy("Paste an article or write the claim. Coverage is gathered from then on."),
        ClaimAct.LOG_CLAIM,
        40,
        claims_there,
        gettext_lazy("Log a claim"),
    ),
]
