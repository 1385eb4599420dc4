"""Forms to weigh evidence, to pick a passage, and to confirm or reject other suggestions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.models.vocabulary import AssertionStatus, Stance
from claims.pages.forms.fields import LONGEST_NOTE, Words
from sources.models import Passage
from sources.reading.noting import LONGEST

LONGEST_VERSION = 40  # of the version that a page showed (Assertion.version)


class WeighForm(forms.Form):
    """The stance of a passage, given with one key or button."""

    stance = forms.ChoiceField(choices=Stance.choices)
    then = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    seen = forms.CharField(required=False, max_length=LONGEST_VERSION)


class PickForm(forms.Form):
    """A passage that a person picked, and its stance."""

    passage = forms.ModelChoiceField(
        label=_("Passage"),
        queryset=Passage.objects.none(),
        error_messages={"required": _("Choose a passage.")},
    )
    stance = forms.ChoiceField(choices=[pair for pair in Stance.choices if pair[0] != Stance.UNRELATED.value])
    note = Words(label=_("Note"), required=False, most=LONGEST_NOTE)

    def __init__(self, *args: Any, passages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        passage: Any = self.fields["passage"]
        passage.queryset = passages


class NoteForm(forms.Form):
    """What a file shows, in a person's own words, and what that does to the claim."""

    text = Words(
        label=_("What the file shows"),
        most=LONGEST,
        rows=3,
        help_text=_("Reports print this as your note on the file, and not as words of the file."),
    )
    stance = forms.ChoiceField(
        label=_("What does it do to the claim?"),
        choices=[pair for pair in Stance.choices if pair[0] != Stance.UNRELATED.value],
    )


class SettleForm(forms.Form):
    seen = forms.CharField(required=False, max_length=LONGEST_VERSION)
    standing = forms.ChoiceField(
        choices=[(word.value, word.label) for word in (AssertionStatus.CONFIRMED, AssertionStatus.REJECTED)]
    )
