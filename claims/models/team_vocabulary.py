"""The vocabulary of how the desk plans its work: priorities, and which acts only plan."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.vocabulary import ClaimVerb


class Priority(models.TextChoices):
    """How urgent the desk’s work on a claim is."""

    HIGH = "high", _("High")
    NORMAL = "normal", _("Normal")
    LOW = "low", _("Low")


# Acts that say how the desk works on a claim. None of them rests on its words.
PLANNING = frozenset(
    {
        *(ClaimVerb.PLANNED, ClaimVerb.INVITED_REVIEWER, ClaimVerb.ENDED_INVITATION, ClaimVerb.TAGGED),
        *(ClaimVerb.UNTAGGED, ClaimVerb.PUT_IN_CASE, ClaimVerb.TOOK_OUT_OF_CASE),
        *(ClaimVerb.TICKED, ClaimVerb.UNTICKED),
    }
)
