"""Forms about sources, feeds and site rules, and the filters of lists."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sources.models.vocabulary import DatePrecision, Outcome, Reliability, SourceKind
from sources.pages.find_source import SOURCES
from sources.reading.expiring import FEWEST_MONTHS, MOST_MONTHS
from workbench.pages.find import FindField

# Filters of lists that are not outcomes of a visit.
WAITING = "waiting"
IN_TROUBLE = "trouble"
EMPTY = "empty"
UNANSWERED = "unanswered"

RULINGS = [
    (Outcome.OK.value, _("This is the article")),
    (Outcome.PAYWALL.value, _("This is a wall: paywall")),
    (Outcome.CONSENT_WALL.value, _("This is a wall: consent page")),
    (Outcome.LOGIN_WALL.value, _("This is a wall: sign-in page")),
    (Outcome.BOT_CHALLENGE.value, _("This is a wall: robot check")),
    (Outcome.BLOCKED.value, _("This is a wall: access refused")),
]

LANGUAGE_HELP = _("A language code, such as fr, tr or ar.")


class LanguageField(forms.CharField):
    """A language code, in lower case; empty where the language is unknown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Language"), required=False, max_length=8, help_text=LANGUAGE_HELP, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the code in lower case."""
        return str(super().clean(value)).lower()


class SourceForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=SourceKind.choices)
    language = LanguageField()
    country = forms.CharField(label=_("Country"), required=False, max_length=80)
    description = forms.CharField(
        label=_("Description"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    hosts = forms.CharField(
        label=_("Domains"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_(
            "Where the source publishes, one domain per line, such as example.org. Pages from these domains are "
            "filed under this source."
        ),
    )

    def clean_hosts(self) -> list[str]:
        """Return the domains, one from each line."""
        return str(self.cleaned_data["hosts"]).split()


class NameForm(forms.Form):
    name = forms.CharField(label=_("Other name"), max_length=200)
    language = LanguageField()


class DomainForm(forms.Form):
    host = forms.CharField(
        label=_("Domain"), max_length=300, help_text=_("For example example.org, or the address of any page there.")
    )


class StandingForm(forms.Form):
    reliability = forms.ChoiceField(label=_("Reliability"), choices=Reliability.choices, initial=Reliability.F)
    reason = forms.CharField(label=_("Reason"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 3}))
    interests = forms.CharField(
        label=_("Declared interests"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Owner, funding, party, or anything else the source could gain or lose from."),
    )


class FeedForm(forms.Form):
    source = FindField(SOURCES, label=_("Source"), help_text=_("The name of the source, or part of it."))
    url = forms.CharField(
        label=_("Feed address"),
        max_length=2_048,
        widget=forms.URLInput(attrs={"spellcheck": "false"}),
        help_text=_("RSS, Atom, JSON Feed or a news sitemap."),
    )


class Reason(forms.CharField):
    """Why a person does something: a few lines."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=2_000, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}), **kwargs)


class StopForm(forms.Form):
    reason = Reason(label=_("Why"), help_text=_("The reason is recorded in the log."))


class DateForm(forms.Form):
    """The date of publication of a document, as a person knows it."""

    day = forms.DateField(label=_("Published on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    precision = forms.ChoiceField(
        label=_("Exact to"),
        choices=[(each.value, each.label) for each in (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR)],
        initial=DatePrecision.DAY,
        help_text=_("If you know only the month or the year, enter any day in it."),
    )
    reason = Reason(
        label=_("How do you know?"), help_text=_("The reason is shown with the date and recorded in the log.")
    )


class RulingForm(forms.Form):
    """What a page is; ``may_rule`` adds the question whether that holds for the whole site."""

    page = forms.ChoiceField(label=_("What is this page?"), choices=RULINGS, widget=forms.RadioSelect)
    reason = Reason(label=_("Why"), help_text=_("The reason is recorded in the log."))
    everywhere = forms.BooleanField(
        label=_("For all pages of this layout on this site"),
        required=False,
        help_text=_("Otherwise for this page only: this capture, and later ones of the same layout."),
    )

    def __init__(self, *args: Any, may_rule: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_rule:
            del self.fields["everywhere"]


class PolicyForm(forms.Form):
    host = forms.CharField(
        label=_("Site"),
        max_length=300,
        help_text=_("For example example.org. The rule also applies to all its subdomains."),
    )
    delay = forms.FloatField(
        label=_("Seconds between two visits"),
        required=False,
        min_value=0.2,
        max_value=3600,
        help_text=_(
            "If you leave this empty: 5 seconds. If the site's robots.txt asks for a longer time, we use that."
        ),
    )
    denied = forms.BooleanField(label=_("Never visit this site"), required=False)
    note = forms.CharField(label=_("Why"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_delay(self) -> timedelta | None:
        """Return the time between two visits."""
        seconds = self.cleaned_data["delay"]
        return None if seconds is None else timedelta(seconds=seconds)


class RetentionPreviewForm(forms.Form):
    months = forms.IntegerField(
        label=_("Remove texts after how many months"), min_value=FEWEST_MONTHS, max_value=MOST_MONTHS
    )


class RetentionForm(forms.Form):
    """A rule of retention; without months all texts are kept."""

    months = forms.IntegerField(required=False)
    once = forms.BooleanField(required=False)


class WordsForm(forms.Form):
    """The filter of a list. Values that are not valid are ignored, and the form says so."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200, widget=forms.SearchInput)

    def asked(self, name: str) -> str:
        """Return the value of a filter; empty where there is none, or it is not valid."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class SourceFilter(WordsForm):
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *SourceKind.choices])


class DocumentFilter(WordsForm):
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        required=False,
        choices=[
            ("", _("all")),
            (WAITING, _("Waiting to be fetched")),
            (IN_TROUBLE, _("Problem")),
            *Outcome.choices,
        ],
    )
    source = FindField(SOURCES, label=_("Source"), required=False)


class SearchFilter(WordsForm):
    answer = forms.ChoiceField(
        label=_("Answer"),
        required=False,
        choices=[
            ("", _("all")),
            (EMPTY, _("Found nothing")),
            (UNANSWERED, _("No answer yet")),
            (IN_TROUBLE, _("Problem")),
        ],
    )
