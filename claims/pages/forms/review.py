"""What people write when they review, decide or move a claim."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, Evidence
from claims.models.vocabulary import Rating, Said
from claims.pages.forms.fields import LONGEST_NOTE, Words
from claims.review.reviewing import Finding


class FindingForm(forms.Form):
    """What somebody found about a claim, in both aspects."""

    rating = forms.ChoiceField(label=_("Is it so?"), choices=Rating.choices, widget=forms.RadioSelect)
    said = forms.ChoiceField(
        label=_("Was it really said?"),
        choices=Said.choices,
        initial=Said.UNKNOWN,
        widget=forms.RadioSelect,
        help_text=_("By those it is attributed to. That somebody said it makes it no truer."),
    )

    def finding(self) -> Finding:
        """Return what was written as the activity takes it."""
        given = self.cleaned_data
        return Finding(rating=Rating(given["rating"]), said=Said(given["said"]), reasons=given["reasons"])


class ReviewForm(FindingForm):
    reasons = Words(
        label=_("Your reasons"),
        most=LONGEST_NOTE,
        rows=8,
        help_text=_("What you looked at, what it shows, and what it does not show. A review stays as you submit it."),
    )


class DecisionForm(FindingForm):
    reasons = Words(
        label=_("Summary"),
        most=LONGEST_NOTE,
        rows=6,
        help_text=_("What readers will read first: what was found, and on what it rests."),
    )
    what_would_change_it = Words(
        label=_("What would change it"),
        required=False,
        most=LONGEST_NOTE,
        rows=2,
        help_text=_("The record, witness or figure that would make you decide otherwise."),
    )
    cited = forms.ModelMultipleChoiceField(
        label=_("Evidence this verdict rests on"),
        queryset=Evidence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cited: Any = self.fields["cited"]
        cited.queryset = claim.evidence.confirmed()


class MoveForm(forms.Form):
    to = forms.ChoiceField(
        widget=forms.HiddenInput,  # the button that was pressed says it
        choices=[(name, name) for name in ("take_back", "send_back", "reopen", "withdraw", "restore")],
    )
    reason = Words(
        label=_("Why"),
        most=LONGEST_NOTE,
        rows=2,
        help_text=_("The reason goes into the log."),
        error_messages={"required": _("Say why: the reason goes into the log.")},
    )
