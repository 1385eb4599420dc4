"""The form that makes a personal link, and the one with which somebody without an account answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, Evidence
from claims.models.outside_vocabulary import LinkKind
from claims.pages.forms.fields import LONGEST_NOTE, Words
from claims.review.link_asking import Asking
from workbench.desk import mailing
from workbench.pages.templatetags.words import said

LONGEST_LABEL = 300  # characters of a passage beside its box


class PassagesField(forms.ModelMultipleChoiceField):
    """Pieces of evidence, each by its words in their own direction."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Evidence) -> str:
        """Return the words of the passage."""
        return said(Truncator(obj.passage.exact).chars(LONGEST_LABEL), obj.passage.language)


class PersonalLinkForm(forms.Form):
    kind = forms.ChoiceField(label=_("Ask for"), choices=LinkKind.choices, widget=forms.RadioSelect)
    to_whom = Words(
        label=_("Whom you ask"),
        most=200,
        help_text=_("A request for comment appears in the report with this name. Name an office rather than a person."),
    )
    question = Words(
        label=_("Question"),
        most=LONGEST_NOTE,
        rows=4,
        help_text=_("The page behind the link shows this and the passages you choose, and nothing else of the claim."),
    )
    evidence = PassagesField(label=_("Passages to show"), queryset=Evidence.objects.none(), required=False)
    due_on = forms.DateField(
        label=_("Answer by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The link ends with this day."),
    )
    language = forms.ChoiceField(label=_("Language of the page"), choices=settings.LANGUAGES)
    email = forms.EmailField(
        label=_("Mail the link to"),
        required=False,
        help_text=_("Used once and not kept. Leave this empty to copy the link and send it yourself."),
    )

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        evidence: Any = self.fields["evidence"]
        evidence.queryset = claim.evidence.confirmed().select_related("passage")
        if not evidence.queryset.exists():
            del self.fields["evidence"]
        if not mailing.is_set_up():
            del self.fields["email"]

    def asking(self) -> Asking:
        """Return what was filled in, as the activity takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "email"}
        return Asking(**{**given, "kind": LinkKind(given["kind"]), "evidence": list(given.get("evidence", []))})


class LinkAnswerForm(forms.Form):
    text = Words(label=_("Your answer"), most=LONGEST_NOTE, rows=8)
    file = forms.Field(
        label=_("A file with your answer"),
        required=False,
        widget=forms.FileInput,
        help_text=_("One document, picture or recording, if you have one."),
    )
