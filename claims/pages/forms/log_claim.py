"""Forms to log a claim, to add appearances with their attribution chains, and to add wordings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.validators import MaxLengthValidator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.intake.recording import LONGEST_CHAIN, NAMES_NOBODY, Link, Proposition, Sighting
from claims.models.attribution import LONGEST_ACCOUNT
from claims.models.claim import LONGEST_CLAIM, LONGEST_SHORT_TEXT
from claims.models.vocabulary import AppearanceRole, ClaimType, Directness, Modality, WordingKind
from claims.pages.forms.fields import LONGEST_NOTE, SURE_ENOUGH, Day, Words, language_choices
from sources.language import detection
from sources.models import Document, Source
from sources.models.vocabulary import SourceKind
from sources.pages.bring_form import FilesField, KeysField
from workbench.pages.http import number

ROWS_AT_FIRST = 4  # of an attribution chain; the others unfold


class SightingForm(forms.Form):
    """An appearance: where the claim was published."""

    url = forms.URLField(
        label=_("Address"),
        required=False,
        assume_scheme="https",
        help_text=_("We fetch the page and keep a capture. You can read it even if the page changes or disappears."),
    )
    files = FilesField(  # type: ignore[assignment]  # templates and errors find the field, not what came up
        help_text=_(
            "A screenshot, a photograph, a film, a PDF or a page that you saved. We keep each file as it is, and say "
            "that you brought it. Drop files here, paste a screenshot, or choose them."
        )
    )
    brought = KeysField()
    pasted = Words(
        label=_("Or paste the text"),
        required=False,
        most=200_000,
        rows=5,
        help_text=_("If there is no address, or if we cannot fetch the page, paste its full text."),
    )
    quote = Words(
        label=_("Exact quote"),
        required=False,
        most=LONGEST_NOTE,
        rows=2,
        help_text=_("The sentence that makes the claim, word for word, in its original language."),
    )
    appeared_at = Day(label=_("Date it appeared"), required=False)
    account = Words(
        label=_("Account"),
        required=False,
        most=LONGEST_ACCOUNT,
        help_text=_("For a post on a social network: the account as it writes itself, such as @ministry."),
    )
    deleted_since = Day(
        label=_("Deleted since"),
        required=False,
        help_text=_("If the post is gone: the day on which you found it deleted."),
    )

    def clean_url(self) -> str:
        """Return the address. Raises ``ValidationError`` if it is too long to store."""
        url = str(self.cleaned_data["url"])
        MaxLengthValidator(2048)(url)
        return url

    def sighting(
        self, chain: ChainForms, brought: Sequence[Document], role: AppearanceRole = AppearanceRole.REPEATS
    ) -> Sighting:
        """Return the appearance as the activity takes it, with the files that came up for it."""
        given = self.cleaned_data
        return Sighting(
            quote=given["quote"],
            url=given["url"],
            pasted=given["pasted"],
            account=given["account"],
            brought=tuple(brought),
            appeared_at=given["appeared_at"],
            deleted_since=timezone.localdate(given["deleted_since"]) if given["deleted_since"] else None,
            role=AppearanceRole(given.get("role") or role),
            chain=chain.links(),
        )


class DeletionForm(forms.Form):
    """Since when the post of an appearance is deleted."""

    since = Day(label=_("Deleted since"))

    def clean_since(self) -> date:
        """Return the day as it stands in a calendar."""
        return timezone.localdate(self.cleaned_data["since"])


class AppearanceForm(SightingForm):
    role = forms.ChoiceField(label=_("Role of the publication"), choices=AppearanceRole.choices, initial="repeats")


class PropositionForm(forms.Form):
    """A claim: its words, and what is known about it."""

    text = Words(
        label=_("Claim"),
        most=LONGEST_CLAIM,
        rows=3,
        counted=True,
        help_text=_("One statement that can be checked, in the words and language it was made in."),
        error_messages={"required": _("Write the claim: one statement to be checked.")},
    )
    language = forms.ChoiceField(label=_("Language of the claim"), choices=language_choices, required=False)
    short_text = Words(
        label=_("Short version"),
        required=False,
        most=LONGEST_SHORT_TEXT,
        counted=True,
        help_text=_("The text shown in lists, at most 75 characters."),
    )
    type = forms.ChoiceField(label=_("Type"), choices=ClaimType.choices)
    claimed_at = Day(label=_("Date of the claim"), required=False)
    place = Words(label=_("Place"), required=False, most=200)
    note = Words(label=_("Why it matters"), required=False, most=LONGEST_NOTE, rows=2)

    def clean(self) -> dict[str, Any]:
        """Detect the language if it was not chosen."""
        given = self.cleaned_data
        if given.get("text") and not given.get("language"):
            code, score = detection.detect(given["text"])
            if score < SURE_ENOUGH or len(code) > 3:
                self.add_error("language", _("We cannot detect the language of this text. Choose it."))
            given["language"] = code
        return given

    def proposition(self) -> Proposition:
        """Return the claim as the activity takes it."""
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


class ClaimForm(PropositionForm, SightingForm):
    """A claim and its first appearance."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    restricted = forms.BooleanField(
        label=_("Only I see this claim at first"),
        required=False,
        help_text=_(
            "Then name the people who see it too. Nobody else can open it. The log shows everybody when something was "
            "done that it withholds, so that the chain can be checked, but nothing of what was done."
        ),
    )
    seen_claims = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def clean_seen_claims(self) -> set[int]:
        """Return the keys of the claims like this one that the person has been shown."""
        return {key for each in self.cleaned_data["seen_claims"].split() if (key := number(each)) is not None}


class LinkForm(forms.Form):
    """One link of an attribution chain."""

    named_as = Words(label=_("Who"), required=False, most=200)
    kind = forms.ChoiceField(
        label=_("Kind (needed for a source that is new to the desk)"),
        required=False,
        choices=[("", "–"), *SourceKind.choices],
    )
    verb = Words(label=_("Verb used"), required=False, most=80)
    modality = forms.ChoiceField(
        label=_("How the source says it (needed with “Who”)"), required=False, choices=[("", "–"), *Modality.choices]
    )
    directness = forms.ChoiceField(
        label=_("Type of quotation"), required=False, choices=[("", "–"), *Directness.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["named_as"].widget.attrs["data-find"] = reverse("sources:find_source")

    def clean(self) -> dict[str, Any]:
        """Check that a link has a name, a kind and a modality."""
        given = self.cleaned_data
        named, modality = given.get("named_as"), given.get("modality")
        if not any(given.get(name) for name in self.fields):
            return given
        if not modality:
            self.add_error("modality", _("Choose how the source says it: as a fact, as a report, as an allegation …"))
        if not named and modality and modality != Modality.UNATTRIBUTED_PASSIVE:
            self.add_error("named_as", _("Name the source, or choose “passive, nobody named”."))
        if named and modality == Modality.UNATTRIBUTED_PASSIVE:
            self.add_error("named_as", NAMES_NOBODY)
        elif named and not given.get("kind"):
            given["kind"] = self._known_kind(named)
        return given

    def _known_kind(self, name: str) -> str:
        known = Source.objects.called(name).first()
        if known is None:
            self.add_error("kind", _("This source is new to the desk. Choose its kind."))
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
    """The links of an attribution chain, outermost first; empty rows do not count."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Number each link, so that errors can name it."""
        super().add_fields(form, index)
        form.called = _("Link %(number)s") % {"number": (index or 0) + 1}

    @property
    def reaches_far(self) -> bool:
        """Whether rows are filled that the page does not show at first."""
        return any(form.has_changed() for form in self.forms[ROWS_AT_FIRST:])

    def first_rows(self) -> list[Any]:
        """Return the rows that the page shows at first."""
        return list(self.forms[:ROWS_AT_FIRST])

    def more_rows(self) -> list[Any]:
        """Return the rows that unfold."""
        return list(self.forms[ROWS_AT_FIRST:])

    def links(self) -> list[Link]:
        """Return the links that were filled in."""
        return [form.link() for form in self.forms if any(form.cleaned_data.values())]


ChainFormSet = cast(
    "type[ChainForms]",
    forms.formset_factory(LinkForm, formset=ChainForms, extra=LONGEST_CHAIN, max_num=LONGEST_CHAIN),
)


class WordingForm(forms.Form):
    text = Words(label=_("Another wording"), most=LONGEST_CLAIM, rows=2)
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=WordingKind.choices, initial=WordingKind.TRANSLATION)

    def clean(self) -> dict[str, Any]:
        """Detect the language if it was not chosen."""
        given = self.cleaned_data
        if given.get("text") and not given.get("language"):
            code, score = detection.detect(given["text"])
            if score < SURE_ENOUGH or len(code) > 3:
                self.add_error("language", _("We cannot detect the language of this text. Choose it."))
            given["language"] = code
        return given
