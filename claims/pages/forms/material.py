"""Forms of new material: bring a text once, mark sentences in it, and log a claim for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.intake import marking
from claims.intake.marking import MOST_AT_ONCE, Marked
from claims.intake.recording import NAMES_NOBODY, Link, Proposition
from claims.models.claim import LONGEST_CLAIM
from claims.models.vocabulary import ClaimType, Directness, Modality
from claims.pages.forms.fields import LONGEST_NOTE, Day, Words
from sources.capturing.stated_addresses import MOST_ADDRESSES
from sources.language.sentences import Span
from sources.models import Document, Source
from sources.models.vocabulary import AddressKind, SourceKind
from sources.pages import date_display
from sources.pages.bring_form import FilesField, KeysField
from workbench.pages.change_form import ChangeForm, Unshown
from workbench.pages.http import number

LINKS = 4  # of the chain of a marked claim; the page of the claim takes longer ones
PARTS = ("named_as", "kind", "modality", "directness", "verb")


class DescriptionForm(forms.Form):
    """Who published a text, where and when, as the person who brings it knows."""

    publisher = Words(label=_("Source"), required=False, most=200, help_text=_("The outlet, person or body."))
    kind = forms.ChoiceField(label=_("Kind of source"), required=False, choices=[("", "–"), *SourceKind.choices])
    title = Words(label=_("Title"), required=False, most=300)
    day = Day(label=_("Published on"), required=False)
    said_url = forms.URLField(
        label=_("Address where it was"),
        required=False,
        max_length=2_048,
        assume_scheme="https",
        help_text=_("Kept as your word: we have not seen the text there."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["publisher"].widget.attrs["data-find"] = reverse("sources:find_source")

    @property
    def said(self) -> dict[str, Any]:
        """Return what was said, as ``marking.describe`` takes it."""
        given = self.cleaned_data
        at: date | None = timezone.localdate(given["day"]) if given["day"] else None
        names = ("publisher", "kind", "title")
        return {**{name: given[name] for name in names}, "url": given["said_url"], "day": at}


class ChangeDescriptionForm(ChangeForm, DescriptionForm):
    """The same, of a text that the desk has already. What is left empty stays as it is: kind, date and address."""

    def __init__(self, data: Any, *, document: Document) -> None:
        super().__init__(data, initial=_shown(document), unshown=_unshown(document))

    def check_described(self, held: Document) -> None:
        """Compare once more, with the document as it stands under its lock. Raises ``Refusal``."""
        self.check(_shown(held), _unshown(held))


def _shown(document: Document) -> dict[str, Any]:
    return {"publisher": str(document.source or ""), "title": document.title}


def _unshown(document: Document) -> dict[str, Unshown]:
    """Return what a description can replace and the form does not show."""
    kind = document.source.kind if document.source else ""
    published = date_display.day(document).text if document.published_at else ""
    stated = document.addresses.filter(kind=AddressKind.STATED).order_by("-pk").values_list("url", flat=True)
    urls = list(stated[:MOST_ADDRESSES])
    return {
        "kind": Unshown(kind, kind),
        "day": Unshown(published, published),
        "said_url": Unshown(urls, urls),
    }


class MaterialForm(DescriptionForm):
    """A text to take claims from: an address, a file or the text itself."""

    url = forms.URLField(label=_("Address"), required=False, assume_scheme="https", max_length=2_048)
    files = FilesField()  # type: ignore[assignment]  # templates and errors find the field, not what came up
    brought = KeysField()
    pasted = Words(label=_("Or paste the text"), required=False, most=200_000, rows=8)

    field_order = ("url", "files", "brought", "pasted")


class MarkedForm(forms.Form):
    """A claim that was marked in a text."""

    start = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    end = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    text = Words(label=_("Claim"), most=LONGEST_CLAIM, rows=2)
    type = forms.ChoiceField(label=_("Type"), choices=ClaimType.choices)
    place = Words(label=_("Place"), required=False, most=200)
    note = Words(label=_("Why it matters"), required=False, most=LONGEST_NOTE, rows=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(LINKS):
            self.fields[f"named_as_{place}"] = Words(label=_("Who"), required=False, most=200)
            self.fields[f"named_as_{place}"].widget.attrs["data-find"] = reverse("sources:find_source")
            self.fields[f"kind_{place}"] = _choice(_("Kind"), SourceKind.choices)
            self.fields[f"modality_{place}"] = _choice(_("How the source says it"), Modality.choices)
            self.fields[f"directness_{place}"] = _choice(_("Type of quotation"), Directness.choices)
            self.fields[f"verb_{place}"] = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def clean(self) -> dict[str, Any]:
        """Complete each link with what the desk knows of the source, and what sources of its kind usually do."""
        given = self.cleaned_data
        for place in range(LINKS):
            named, modality = given.get(f"named_as_{place}"), given.get(f"modality_{place}")
            if named and modality == Modality.UNATTRIBUTED_PASSIVE:
                self.add_error(f"named_as_{place}", NAMES_NOBODY)
            elif named and not given.get(f"kind_{place}"):
                given[f"kind_{place}"] = self._known_kind(named, place)
        return given

    def _known_kind(self, name: str, place: int) -> str:
        known = Source.objects.called(name).first()
        if known is None:
            self.add_error(f"kind_{place}", _("This source is new to the desk. Choose its kind."))
        return known.kind if known else ""

    def links(self) -> list[Link]:
        """Return the chain, outermost first; rows that are empty do not count."""
        found = []
        for place in range(LINKS):
            named, kind, modality, directness, verb = (self._value(name, place) for name in PARTS)
            if not (named or modality):
                continue
            kind = kind or SourceKind.UNNAMED
            how = Modality(modality) if modality in Modality.values else marking.usual(kind)
            quoted = Directness(directness) if directness in Directness.values else Directness.INDIRECT
            found.append(Link(named, SourceKind(kind), how, quoted, verb))
        return found

    def _value(self, name: str, place: int) -> str:
        """Return what was sent for a part of a link, valid or not: the page shows the sentence in both cases."""
        if self.is_bound and hasattr(self, "cleaned_data") and f"{name}_{place}" in self.cleaned_data:
            return str(self.cleaned_data[f"{name}_{place}"] or "")
        value = str(self[f"{name}_{place}"].value() or "")
        return value if name != "kind" or value in SourceKind.values else ""

    @property
    def link_rows(self) -> list[list[Any]]:
        """Return the fields of each link."""
        return [[self[f"{name}_{place}"] for name in PARTS] for place in range(LINKS)]

    @property
    def like(self) -> list[int]:
        """Return the keys of the claims like this one that the person has been shown."""
        return [key for each in str(self["seen"].value() or "").split() if (key := number(each)) is not None]

    def marked(self, text: str, language: str) -> Marked:
        """Return the claim as the activity takes it; ``text`` is that of the reading."""
        given = self.cleaned_data
        proposition = Proposition(
            given["text"], language, type=ClaimType(given["type"]), place=given["place"], note=given["note"]
        )
        quote = text[given["start"] : given["end"]]
        return Marked(proposition, quote, tuple(self.links()), given["form_key"], tuple(self.like))


class MarkedForms(forms.BaseFormSet):
    """The claims that were marked in a text, in the order of the text."""

    def spans_read(self) -> list[Span]:
        """Return the places in the text that are marked, also where a form has errors."""
        return [Span(_place(form["start"].value()), _place(form["end"].value())) for form in self.forms]


MarkedFormSet = cast(
    "type[MarkedForms]",
    forms.formset_factory(MarkedForm, formset=MarkedForms, extra=0, max_num=MOST_AT_ONCE, validate_max=True),
)


def row(span: Span, text: str, chain: Sequence[Link], like: Sequence[int]) -> dict[str, Any]:
    """Return the values of a claim that was marked just now."""
    first = {"start": span.start, "end": span.end, "form_key": str(uuid4()), "text": " ".join(text.split())}
    return {**first, "type": ClaimType.EVENT.value, "seen": " ".join(map(str, like)), **chain_values(chain)}


def chain_values(chain: Sequence[Link]) -> dict[str, str]:
    """Return the values of the fields of a chain; what is longer than the form is left to the page of the claim."""
    values = {f"{name}_{place}": "" for place in range(LINKS) for name in PARTS}
    for place, link in enumerate(chain[:LINKS]):
        named = link.named_as if link.modality != Modality.UNATTRIBUTED_PASSIVE else ""
        kind = link.kind.value if named else ""
        parts = (named, kind, link.modality.value, link.directness.value, link.verb)
        values |= {f"{name}_{place}": value for name, value in zip(PARTS, parts, strict=True)}
    return values


def values_of(data: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Return what was sent for one claim, without the prefix of its fields."""
    start = f"{prefix}-"
    return {name.removeprefix(start): data[name] for name in data if name.startswith(start)}


def _place(value: Any) -> int:
    return number(str(value)) or 0


def _choice(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", "–"), *choices])
