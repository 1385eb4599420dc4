"""Forms for questions, requests for comment, their answers, and links between claims."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, Evidence
from claims.models.vocabulary import ClaimRelation
from claims.pages.find_claim import CLAIMS
from claims.pages.forms.fields import LONGEST_NOTE, Day, Words
from workbench.pages.find import FindField


class QuestionForm(forms.Form):
    text = Words(
        label=_("Question"),
        most=LONGEST_NOTE,
        rows=2,
        help_text=_("What we need to know to decide the claim. The question and its answers appear in the report."),
    )


class AnswerForm(forms.Form):
    text = Words(label=_("Answer"), most=LONGEST_NOTE, rows=3)
    evidence = forms.ModelMultipleChoiceField(
        label=_("Evidence the answer rests on"),
        queryset=Evidence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        evidence: Any = self.fields["evidence"]
        evidence.queryset = claim.evidence.confirmed().select_related("passage")
        if not evidence.queryset.exists():
            del self.fields["evidence"]


class CommentRequestForm(forms.Form):
    to_whom = Words(
        label=_("Sent to"),
        most=200,
        help_text=_("This name appears in the report, which is public. Name an office rather than a private person."),
    )
    channel = Words(label=_("Channel"), most=80, help_text=_("For example email, phone or letter."))
    question = Words(label=_("Question sent"), most=LONGEST_NOTE, rows=3)
    sent_at = Day(label=_("Date sent"))


class CommentForm(forms.Form):
    text = Words(
        label=_("Answer"),
        most=LONGEST_NOTE,
        rows=4,
        help_text=_("Enter the exact words of the answer. You cannot change them later."),
    )
    answered_at = Day(label=_("Date of the answer"))


class ClaimLinkForm(forms.Form):
    relation = forms.ChoiceField(
        label=_("Relation"),
        choices=ClaimRelation.choices,
        help_text=_(
            "How this claim relates to the other one. Example: this claim is broader than the other, or contradicts it."
        ),
    )
    other = FindField(CLAIMS, label=_("Find a claim (number or words)"))
