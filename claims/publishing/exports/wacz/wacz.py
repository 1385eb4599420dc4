"""The evidence package of a claim (WACZ): its captures, with the proof that they are unchanged."""

from __future__ import annotations

from typing import BinaryIO

from django.db.models import Q
from django.utils.translation import gettext as _

from claims.models import Claim
from claims.models.vocabulary import AssertionStatus
from sources.models import Capture, Touch
from sources.proving import evidence_package
from workbench.desk.models import User


def captures_of(claim: Claim) -> list[Capture]:
    """Return the captures with the claim's appearances and evidence, and both sides of each edit to them."""
    cited = claim.evidence.filter(standing=AssertionStatus.CONFIRMED).values("passage")
    seen = claim.appearances.standing_firm().filter(passage__isnull=False).values("passage")
    touches = Touch.objects.filter(Q(passage__in=cited) | Q(passage__in=seen))
    read = Q(readings__passages__in=cited) | Q(readings__passages__in=seen)
    edited = Q(readings__in=touches.values("change__before")) | Q(readings__in=touches.values("change__after"))
    return list(Capture.objects.filter(read | edited).distinct())


def render(claim: Claim, *, by: User, with_private: bool = False) -> BinaryIO:
    """Return a package of the captures of a claim. Raises ``Refusal`` and ``NotPermitted``."""
    return evidence_package.export(
        captures_of(claim),
        by=by,
        title=_("Captures of claim %(number)d") % {"number": claim.pk},
        with_private=with_private,
    )
