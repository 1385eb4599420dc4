"""The form to search for coverage."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.evidence import gathering
from claims.evidence.gathering import LONGEST_WORDS, ProviderStanding
from claims.pages.forms.fields import filter_choices
from sources.models.vocabulary import Engine
from workbench.desk.punctuation import labelled
from workbench.pages.templatetags.log_words import told

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SearchForm(forms.Form):
    """A search in a person's own words; without a language, in all languages."""

    changing = ("engine",)  # the desk switches providers on and off
    words = forms.CharField(
        label=_("Search in your own words"),
        max_length=LONGEST_WORDS,
        widget=forms.SearchInput,
        help_text=_("Outside our collection: quotation marks keep words together, and (a OR b) takes either."),
    )
    engine = forms.ChoiceField(label=_("Where"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=filter_choices)
    since = forms.DateField(label=_("Published since"), required=False, widget=DAY)
    until = forms.DateField(label=_("Published until"), required=False, widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = gathering.standing_of_providers()
        where: Any = self.fields["engine"]
        in_use = [row.engine for row in standing if row.is_on]
        where.choices = [(each, each.label) for each in (Engine.GATHERED, *in_use)]
        self.has_providers = bool(in_use)
        self.limits = [_limit(row) for row in standing if row.trouble or not row.is_on]

    def clean_engine(self) -> str:
        """Return where to search: our own collection where nothing was chosen."""
        return self.cleaned_data["engine"] or Engine.GATHERED


def _limit(row: ProviderStanding) -> str:
    """Return why a provider is not offered, or that it is and does not answer."""
    if not row.is_on:
        return labelled(row.engine.label, _("The desk has switched this provider off."))
    return labelled(row.engine.label, told(row.trouble))
