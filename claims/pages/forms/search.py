"""The form to search for coverage."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.evidence import gathering
from claims.evidence.gathering import LONGEST_WORDS
from claims.pages.forms.fields import filter_choices
from sources.models.vocabulary import Engine

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def engine_choices() -> list[tuple[str, Any]]:
    """Return where a person can search: our own collection, and the providers in use."""
    return [(engine, Engine(engine).label) for engine in (Engine.GATHERED, *gathering.providers_to_choose())]


class SearchForm(forms.Form):
    """A search in a person's own words; without a language, in all languages."""

    changing = ("engine",)  # the desk switches providers on and off
    words = forms.CharField(
        label=_("Search in your own words"),
        max_length=LONGEST_WORDS,
        widget=forms.SearchInput,
        help_text=_("Outside our collection: quotation marks keep words together, and (a OR b) takes either."),
    )
    engine = forms.ChoiceField(label=_("Where"), required=False, choices=engine_choices)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=filter_choices)
    since = forms.DateField(label=_("Published since"), required=False, widget=DAY)
    until = forms.DateField(label=_("Published until"), required=False, widget=DAY)

    def clean_engine(self) -> str:
        """Return where to search: our own collection where nothing was chosen."""
        return self.cleaned_data["engine"] or Engine.GATHERED
