"""Forms to weigh evidence, to pick a passage, and to confirm or reject other suggestions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.models.vocabulary import AssertionStatus, Stance
from claims.pages.forms.fields import LONGEST_NOTE, Words
from sources.models import Passage
from sources.reading.noting import LONGEST
from workbench.pages.http import number

MOST_PLACE = 2**31 - 1  # of a character in a text
LONGEST_KEYS = 2_000  # of the keys of copies
LONGEST_VERSION = 40  # of the version that a page showed (Assertion.version)


class WeighForm(forms.Form):
    """The stance of a passage, given with one key or button; the words of it that count, and its copies."""

    stance = forms.ChoiceField(choices=Stance.choices)
    primary = forms.BooleanField(required=False)
    start = forms.IntegerField(required=False, min_value=0, max_value=MOST_PLACE)
    end = forms.IntegerField(required=False, min_value=0, max_value=MOST_PLACE)
    copies = forms.CharField(required=False, max_length=LONGEST_KEYS)
    then = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    seen = forms.CharField(required=False, max_length=LONGEST_VERSION)

    @property
    def words(self) -> tuple[int, int] | None:
        """The words that count, as places in the passage; None where nobody chose any."""
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        return None if start is None or end is None else (start, end)

    @property
    def copied(self) -> list[int]:
        """The keys of the copies that the page showed."""
        return [key for each in self.cleaned_data["copies"].split() if (key := number(each)) is not None]


class LaterForm(forms.Form):
    """A suggestion to put off, or an answer to take back, and the passage to go to."""

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
        widget=forms.RadioSelect,  # none is chosen beforehand
    )


class SettleForm(forms.Form):
    seen = forms.CharField(required=False, max_length=LONGEST_VERSION)
    standing = forms.ChoiceField(
        choices=[(word.value, word.label) for word in (AssertionStatus.CONFIRMED, AssertionStatus.REJECTED)]
    )
