"""The form with which a person’s work is handed over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.team import planning
from workbench.desk.models import User


class HandOverForm(forms.Form):
    to = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        label=_("Who takes over"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With several people, the work is dealt out in turn. Each gets only what their role allows."),
    )

    def __init__(self, data: Any, person: User) -> None:
        super().__init__(data)
        takers: Any = self.fields["to"]
        takers.queryset = planning.owners().exclude(pk=person.pk).defer("word_index")
