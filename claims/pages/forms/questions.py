"""What people write when they ask, answer, or say how two claims relate."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.models import Claim
from claims.models.vocabulary import ClaimRelation
from claims.pages.forms.fields import LONGEST_NOTE, Day, Words


class QuestionForm(forms.Form):
    text = Words(
        label=_("Question"),
        most=LONGEST_NOTE,
        rows=2,
        help_text=_("What one would have to know to decide the claim. It stands in the report, with its answers."),
    )


class AnswerForm(forms.Form):
    text = Words(label=_("Answer"), most=LONGEST_NOTE, rows=3)


class CommentRequestForm(forms.Form):
    to_whom = Words(
        label=_("To whom"),
        most=200,
        help_text=_("It stands in the report, which is public: name an office rather than a private person."),
    )
    channel = Words(label=_("By which way"), most=80, help_text=_("Such as e-mail, telephone or letter."))
    question = Words(label=_("What was asked"), most=LONGEST_NOTE, rows=3)
    sent_at = Day(label=_("Date it was sent"))


class CommentForm(forms.Form):
    text = Words(
        label=_("Answer"),
        most=LONGEST_NOTE,
        rows=4,
        help_text=_("In the words in which it was given; it cannot be changed afterwards."),
    )
    answered_at = Day(label=_("Date of the answer"))


class ClaimLinkForm(forms.Form):
    relation = forms.ChoiceField(
        label=_("Relation"),
        choices=ClaimRelation.choices,
        help_text=_("Read from this claim to the other: this one is broader than the other, or contradicts it."),
    )
    other = forms.ModelChoiceField(
        label=_("Number of the other claim"),
        queryset=Claim.objects.all(),
        widget=forms.NumberInput(attrs={"min": 1}),
        help_text=_("It stands over the claim, on its page."),
        error_messages={"invalid_choice": _("There is no claim %(value)s.")},
    )
