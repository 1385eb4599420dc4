"""The form with which a person corrects a claim that they logged."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from claims.models import Claim
from claims.models.vocabulary import ClaimType
from claims.pages.forms.fields import LONGEST_NOTE, Words
from claims.pages.forms.log_claim import PropositionForm
from claims.review.mending import ClaimWords

CORRECTED = ["text", "language", "short_text", "type", "claimed_at", "place", "note"]


class CorrectClaimForm(PropositionForm):
    reason = Words(
        label=_("Why"),
        most=LONGEST_NOTE,
        rows=2,
        help_text=_("What was wrong. The log and the claim’s page keep the old words and your reason."),
        error_messages={"required": _("Give a reason. The log records it.")},
    )

    @staticmethod
    def of(claim: Claim) -> dict[str, object]:
        """Return what the form shows at first: the claim as it is."""
        return {name: getattr(claim, name) for name in CORRECTED}

    def words(self) -> ClaimWords:
        """Return the claim as the activity takes it."""
        given = {name: self.cleaned_data[name] for name in CORRECTED}
        return ClaimWords(**{**given, "type": ClaimType(given["type"])})
