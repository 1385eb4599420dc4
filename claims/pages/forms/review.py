"""Forms to review a claim, to give the verdict and to change its status."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, Evidence
from claims.models.vocabulary import Move, Rating, Said
from claims.pages.forms.fields import LONGEST_NOTE, Words
from claims.review.reviewing import Finding
from workbench.desk.four_eyes import LONGEST_REASON

WITH_A_REASON = [
    *(Move.TAKE_BACK, Move.SEND_BACK, Move.REOPEN, Move.RESTORE, Move.WITHDRAW, Move.TAKE_BACK_CLAIM),
]


class FindingForm(forms.Form):
    """What somebody found about a claim, in both aspects."""

    rating = forms.ChoiceField(label=_("Is it true?"), choices=Rating.choices, widget=forms.RadioSelect)
    said = forms.ChoiceField(
        label=_("Was it said?"),
        choices=Said.choices,
        widget=forms.RadioSelect,
        help_text=_("By the people or sources it is attributed to. A claim is not true just because someone said it."),
    )

    def finding(self) -> Finding:
        """Return the finding as the activity takes it."""
        given = self.cleaned_data
        return Finding(rating=Rating(given["rating"]), said=Said(given["said"]), reasons=given["reasons"])


class ReviewForm(FindingForm):
    reasons = Words(
        label=_("Your reasons"),
        most=LONGEST_NOTE,
        rows=8,
        help_text=_(
            "What you checked, what it shows, and what it does not show. You cannot change a review after you "
            "submit it."
        ),
    )


class DecisionForm(FindingForm):
    reasons = Words(
        label=_("Summary"),
        most=LONGEST_NOTE,
        rows=6,
        help_text=_("Readers see this first: what we found, and the evidence for it."),
    )
    what_would_change_it = Words(
        label=_("What would change the verdict"),
        required=False,
        most=LONGEST_NOTE,
        rows=2,
        help_text=_("A document, witness or figure that would lead you to a different verdict."),
    )
    own_holdings = Words(
        label=_("Why no source outside the desk answered"),
        required=False,
        most=LONGEST_REASON,
        rows=2,
        help_text=_("“No evidence found” needs this reason. Every report on the verdict prints it."),
    )
    waiver = Words(
        label=_("Why you decide alone"),
        required=False,
        most=LONGEST_REASON,
        rows=2,
        help_text=_("The log keeps this reason, and every report on the verdict prints it."),
    )
    cited = forms.ModelMultipleChoiceField(
        label=_("Evidence for this verdict"),
        queryset=Evidence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cited: Any = self.fields["cited"]
        cited.queryset = claim.evidence.confirmed()


class MoveForm(forms.Form):
    """A move that needs a reason."""

    to = forms.ChoiceField(
        widget=forms.HiddenInput,  # the button that was pressed says it
        choices=[(move.value, move.label) for move in WITH_A_REASON],
    )
    reason = Words(
        label=_("Why"),
        most=LONGEST_NOTE,
        rows=2,
        help_text=_(
            "The reason is recorded in the log. If you reopen a claim whose verdict was published, the next report "
            "prints it."
        ),
        error_messages={"required": _("Give a reason. The log records it.")},
    )
