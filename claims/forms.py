"""What people write about claims. A form says what is missing; the rules themselves are in the activities."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from claims.correcting import LONGEST_CORRECTION
from claims.gathering import LONGEST_WORDS
from claims.models import Claim, Evidence, Report
from claims.models.claim import LONGEST_CLAIM, LONGEST_SHORT_TEXT
from claims.recording import LONGEST_CHAIN, NAMES_NOBODY, Link, Proposition, Sighting
from claims.reviewing import Finding
from claims.vocabulary import (
    AppearanceRole,
    ClaimType,
    CorrectionKind,
    Directness,
    Modality,
    Rating,
    Said,
    Stance,
    Standing,
    Status,
    WordingKind,
)
from sources.models import Passage, Source
from sources.text import languages
from sources.vocabulary import SourceKind

# In these languages claims reach a desk most often; any other can be detected from the words.
OFFERED = ["ar", "de", "en", "es", "fa", "fr", "he", "id", "it", "nl", "pl", "pt", "ru", "sw", "tr", "uk", "ur", "vi"]
SURE_ENOUGH = 0.5  # below this the detector of languages is wrong about one short sentence in four
EARLIEST = date(1000, 1, 1)
LONGEST_NOTE = 20_000
ROWS_AT_FIRST = 4  # of an attribution chain; the others unfold


def _names() -> list[tuple[str, str]]:
    named = [(code, str(get_language_info(code)["name_translated"]).capitalize()) for code in OFFERED]
    return sorted(named, key=lambda pair: pair[1])


def _language_choices() -> list[tuple[str, str]]:
    return [("", str(_("Detect it from the words"))), *_names()]


def _filter_choices() -> list[tuple[str, str]]:
    return [("", str(_("all"))), *_names()]


language_choices = lazy(_language_choices, list)
filter_choices = lazy(_filter_choices, list)


class Words(forms.CharField):
    """A text of limited length that the browser does not cut: what is too long stays, and the page says so."""

    def __init__(self, *, most: int, rows: int = 1, counted: bool = False, **kwargs: Any) -> None:
        attrs: dict[str, Any] = {"data-most": most, "dir": "auto"} if counted else {"dir": "auto"}
        widget = forms.Textarea({**attrs, "rows": rows}) if rows > 1 else forms.TextInput(attrs)
        super().__init__(widget=widget, **kwargs)
        self.validators.append(MaxLengthValidator(most))

    def to_python(self, value: Any) -> str:
        """Return the text with line ends as they are counted: browsers send two characters for each."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class Day(forms.DateField):
    """A day that has been; it becomes the moment at which it began here."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> datetime | None:
        """Return midnight of the day. Raises ``ValidationError`` for a day to come."""
        day = super().clean(value)
        if day is None:
            return None
        if not EARLIEST <= day <= timezone.localdate():
            raise forms.ValidationError(_("A day in the past is asked for."))
        return timezone.make_aware(datetime.combine(day, time.min))


class SightingForm(forms.Form):
    """Where a claim was seen."""

    url = forms.URLField(
        label=_("Address"),
        required=False,
        assume_scheme="https",
        help_text=_("The page is fetched and kept as evidence, to be read even when it is changed or gone."),
    )
    pasted = Words(
        label=_("Or the text itself"),
        required=False,
        most=200_000,
        rows=5,
        help_text=_("Where there is no address, or the page cannot be fetched: paste what it says, whole."),
    )
    quote = Words(
        label=_("Exact quote"),
        required=False,
        most=LONGEST_NOTE,
        rows=2,
        help_text=_("The sentence that makes the claim, word for word, in its own language."),
    )
    appeared_at = Day(label=_("Date it appeared"), required=False)

    def clean_url(self) -> str:
        """Return the address, of a length that can be kept."""
        url = str(self.cleaned_data["url"])
        MaxLengthValidator(2048)(url)
        return url

    def sighting(self, chain: ChainForms, role: AppearanceRole = AppearanceRole.REPEATS) -> Sighting:
        """Return what was written as the activity takes it."""
        given = self.cleaned_data
        return Sighting(
            quote=given["quote"],
            url=given["url"],
            pasted=given["pasted"],
            appeared_at=given["appeared_at"],
            role=AppearanceRole(given.get("role") or role),
            chain=chain.links(),
        )


class AppearanceForm(SightingForm):
    role = forms.ChoiceField(label=_("What it does with the claim"), choices=AppearanceRole.choices, initial="repeats")


class ClaimForm(SightingForm):
    """A claim and where it was seen."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    text = Words(
        label=_("Claim"),
        most=LONGEST_CLAIM,
        rows=3,
        counted=True,
        help_text=_("One statement that can be checked, in the words and the language it was made in."),
        error_messages={"required": _("Write the claim: the one statement to be checked.")},
    )
    language = forms.ChoiceField(label=_("Language of the claim"), choices=language_choices, required=False)
    short_text = Words(
        label=_("In short"),
        required=False,
        most=LONGEST_SHORT_TEXT,
        counted=True,
        help_text=_("As it would stand in a list, at most 75 characters."),
    )
    type = forms.ChoiceField(label=_("Type"), choices=ClaimType.choices)
    claimed_at = Day(label=_("Date it was claimed"), required=False)
    place = Words(label=_("Place"), required=False, most=200)
    note = Words(label=_("Why it matters"), required=False, most=LONGEST_NOTE, rows=2)

    def clean(self) -> dict[str, Any]:
        """Fill in the language from the words where it was left open."""
        given = self.cleaned_data
        if given.get("text") and not given.get("language"):
            code, score = languages.detect(given["text"])
            if score < SURE_ENOUGH or len(code) > 3:
                self.add_error("language", _("The language cannot be told from these words. Choose it."))
            given["language"] = code
        return given

    def proposition(self) -> Proposition:
        """Return what was written as the activity takes it."""
        given = self.cleaned_data
        return Proposition(
            text=given["text"],
            language=given["language"],
            type=ClaimType(given["type"]),
            short_text=given["short_text"],
            claimed_at=given["claimed_at"],
            place=given["place"],
            note=given["note"],
        )


class LinkForm(forms.Form):
    """One link of an attribution chain."""

    named_as = Words(label=_("Who"), required=False, most=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", "–"), *SourceKind.choices])
    verb = Words(label=_("Verb used"), required=False, most=80)
    modality = forms.ChoiceField(label=_("How it says it"), required=False, choices=[("", "–"), *Modality.choices])
    directness = forms.ChoiceField(label=_("How directly"), required=False, choices=[("", "–"), *Directness.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["named_as"].widget.attrs["list"] = "known-sources"

    def clean(self) -> dict[str, Any]:
        """See that a link says who, of which kind, and how."""
        given = self.cleaned_data
        named, modality = given.get("named_as"), given.get("modality")
        if not any(given.get(name) for name in self.fields):
            return given
        if not modality:
            self.add_error("modality", _("Choose how it says it: as a fact, as a report, as an allegation …"))
        if not named and modality and modality != Modality.UNATTRIBUTED_PASSIVE:
            self.add_error("named_as", _("Say who, or choose “passive, nobody named”."))
        if named and modality == Modality.UNATTRIBUTED_PASSIVE:
            self.add_error("named_as", NAMES_NOBODY)
        elif named and not given.get("kind"):
            given["kind"] = self._known_kind(named)
        return given

    def _known_kind(self, name: str) -> str:
        known = Source.objects.called(name).first()
        if known is None:
            self.add_error("kind", _("This source is new to the desk. Choose what kind it is."))
        return known.kind if known else ""

    def link(self) -> Link:
        """Return the link as the activity takes it."""
        given = self.cleaned_data
        return Link(
            named_as=given["named_as"],
            kind=SourceKind(given["kind"] or SourceKind.UNNAMED),
            modality=Modality(given["modality"]),
            directness=Directness(given["directness"] or Directness.INDIRECT),
            verb=given["verb"],
        )


class ChainForms(forms.BaseFormSet):
    """The links of an attribution chain, outermost first; rows left empty do not count."""

    @property
    def reaches_far(self) -> bool:
        """Whether more rows are written in than the page shows at first."""
        return any(form.has_changed() for form in self.forms[ROWS_AT_FIRST:])

    def links(self) -> list[Link]:
        """Return the links that were written."""
        return [form.link() for form in self.forms if any(form.cleaned_data.values())]


ChainFormSet = cast(
    "type[ChainForms]",
    forms.formset_factory(LinkForm, formset=ChainForms, extra=LONGEST_CHAIN, max_num=LONGEST_CHAIN),
)


class WordingForm(forms.Form):
    text = Words(label=_("Other words for it"), most=LONGEST_CLAIM, rows=2)
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=WordingKind.choices, initial=WordingKind.TRANSLATION)

    def clean(self) -> dict[str, Any]:
        """Fill in the language from the words where it was left open."""
        given = self.cleaned_data
        if given.get("text") and not given.get("language"):
            code, score = languages.detect(given["text"])
            if score < SURE_ENOUGH or len(code) > 3:
                self.add_error("language", _("The language cannot be told from these words. Choose it."))
            given["language"] = code
        return given


class SearchForm(forms.Form):
    """A search in a person's own words; no language: in all of them."""

    words = forms.CharField(label=_("Search for other words"), max_length=LONGEST_WORDS, widget=forms.SearchInput)
    language = forms.ChoiceField(label=_("In"), required=False, choices=filter_choices)


class ClaimFilter(forms.Form):
    words = forms.CharField(label=_("Words"), required=False, max_length=200, widget=forms.SearchInput)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("all")), *Status.choices])
    language = forms.ChoiceField(label=_("Language"), required=False, choices=filter_choices)


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


class WeighForm(forms.Form):
    """What a passage does to a claim: one keystroke."""

    stance = forms.ChoiceField(choices=Stance.choices)
    then = forms.IntegerField(required=False, min_value=0, max_value=2**62)


class PickForm(forms.Form):
    """A passage that a person found, and what it does to the claim."""

    passage = forms.ModelChoiceField(
        label=_("Passage"),
        queryset=Passage.objects.none(),
        error_messages={"required": _("Choose the passage.")},
    )
    stance = forms.ChoiceField(choices=[pair for pair in Stance.choices if pair[0] != Stance.UNRELATED.value])
    note = Words(label=_("Note"), required=False, most=LONGEST_NOTE)

    def __init__(self, *args: Any, passages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        passage: Any = self.fields["passage"]
        passage.queryset = passages


class SettleForm(forms.Form):
    standing = forms.ChoiceField(choices=[(word.value, word.label) for word in (Standing.CONFIRMED, Standing.REJECTED)])


class MoveForm(forms.Form):
    to = forms.ChoiceField(
        choices=[(name, name) for name in ("take_back", "send_back", "reopen", "withdraw", "restore")]
    )
    reason = Words(label=_("Why"), most=LONGEST_NOTE, rows=2, help_text=_("The reason goes into the log."))


class ReportFilter(forms.Form):
    words = forms.CharField(label=_("Words"), required=False, max_length=200, widget=forms.SearchInput)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", _("all")), *settings.LANGUAGES])


class CorrectionForm(forms.Form):
    """What is put right about a published report."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CorrectionKind.choices, widget=forms.RadioSelect)
    text = Words(
        label=_("What is put right, and why"),
        most=LONGEST_CORRECTION,
        rows=5,
        help_text=_("In the language of the report. It shows on top of it, and of it in other languages, from now on."),
    )
    replaced_by = forms.ModelChoiceField(
        label=_("Report that takes its place"), queryset=Report.objects.none(), required=False
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others: Any = self.fields["replaced_by"]
        others.queryset = Report.objects.filter(decision__claim=report.decision.claim_id).exclude(pk=report.pk)
