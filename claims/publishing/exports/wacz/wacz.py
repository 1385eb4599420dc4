"""The captures that a claim rests on, as a package (WACZ) that can be checked without us."""

from __future__ import annotations

from typing import BinaryIO

from django.db.models import Q
from django.utils.translation import gettext as _

from claims.models import Claim
from claims.models.vocabulary import Standing
from sources.models import Capture, Touch
from sources.proving import evidence_package
from workbench.desk.models import User


def captures_of(claim: Claim) -> list[Capture]:
    """Return the captures in which a claim appeared or its evidence was read, and both sides of their edits."""
    cited = claim.evidence.filter(standing=Standing.CONFIRMED).values("passage")
    seen = claim.appearances.standing_firm().filter(passage__isnull=False).values("passage")
    touches = Touch.objects.filter(Q(passage__in=cited) | Q(passage__in=seen))
    read = Q(readings__passages__in=cited) | Q(readings__passages__in=seen)
    edited = Q(readings__in=touches.values("change__before")) | Q(readings__in=touches.values("change__after"))
    return list(Capture.objects.filter(read | edited).distinct())


def render(claim: Claim, *, by: User) -> BinaryIO:
    """Return a package of the captures of a claim. Raises ``exporting.NotExported`` and ``NotPermitted``."""
    return evidence_package.export(
        captures_of(claim), by=by, title=_("Captures of claim %(number)d") % {"number": claim.pk}
    )
