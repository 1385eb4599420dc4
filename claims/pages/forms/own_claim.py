"""Forms with which a person corrects a claim that they logged, and the places where it appeared."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.models import Appearance, Attribution, Claim
from claims.models.vocabulary import ClaimType
from claims.pages.forms.fields import LONGEST_NOTE, Words
from claims.pages.forms.log_claim import AppearanceForm, PropositionForm
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


class CorrectAppearanceForm(AppearanceForm):
    reason = Words(
        label=_("Why"),
        most=LONGEST_NOTE,
        rows=2,
        help_text=_("What was wrong. The log and the claim’s page keep what was there, and your reason."),
        error_messages={"required": _("Give a reason. The log records it.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("files", "pasted"):
            self.fields[name].required, self.fields[name].disabled = False, True

    @staticmethod
    def of(appearance: Appearance) -> dict[str, object]:
        """Return what the form shows at first: the appearance as it is."""
        names = ("url", "quote", "account", "appeared_at", "deleted_since", "role")
        return {name: getattr(appearance, name) for name in names} | {"pasted": ""}

    @staticmethod
    def chain_of(appearance: Appearance) -> list[dict[str, object]]:
        """Return the chain as it is, for the formset of its links."""
        rows = appearance.attributions.standing_firm().select_related("source").order_by("position")
        return [_link(row) for row in rows]


def _link(row: Attribution) -> dict[str, object]:
    named = {"named_as": row.named_as or str(row.source or ""), "kind": row.source.kind if row.source else ""}
    return {**named, "verb": row.verb, "modality": row.modality, "directness": row.directness}
