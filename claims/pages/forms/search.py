"""Forms to search for coverage, and to filter the list of claims."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.evidence.gathering import LONGEST_WORDS
from claims.models.vocabulary import Status
from claims.pages.forms.fields import filter_choices
from claims.pages.queues import ClaimQueue

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SearchForm(forms.Form):
    """A search in a person's own words; without a language, in all languages."""

    words = forms.CharField(label=_("Search in your own words"), max_length=LONGEST_WORDS, widget=forms.SearchInput)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=filter_choices)
    since = forms.DateField(label=_("Published since"), required=False, widget=DAY)
    until = forms.DateField(label=_("Published until"), required=False, widget=DAY)


class ClaimFilter(forms.Form):
    words = forms.CharField(label=_("Words"), required=False, max_length=200, widget=forms.SearchInput)
    queue = forms.ChoiceField(label=_("Queue"), required=False, choices=[("", _("all")), *ClaimQueue.choices])
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("all")), *Status.choices])
    language = forms.ChoiceField(label=_("Language"), required=False, choices=filter_choices)
