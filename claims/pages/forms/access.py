"""Forms to name who sees a restricted claim, to lift its restriction, and to recover a claim that nobody sees."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.pages.forms.fields import LONGEST_NOTE, Words
from workbench.pages.person_field import PersonField


class AccessForm(forms.Form):
    person = PersonField()


class LiftForm(forms.Form):
    reason = Words(label=_("Why everybody may see the claim now"), most=LONGEST_NOTE, rows=2)


class RecoveryForm(forms.Form):
    """A claim that nobody sees any more, by its number alone, and who is to see it."""

    number = forms.TypedChoiceField(label=_("Claim"), coerce=int)
    person = PersonField(label=_("Who is to see it"))
    reason = Words(label=_("Reason"), most=LONGEST_NOTE, rows=2)

    def __init__(self, *args: object, numbers: Iterable[int] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["number"].choices = [(each, each) for each in numbers]  # type: ignore[attr-defined]
