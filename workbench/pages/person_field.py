"""A form field to choose a person of the desk who has an open account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workbench.desk.models import User


class PersonField(forms.ModelChoiceField):
    """People with an open account, by name."""

    def __init__(self, **options: Any) -> None:
        people = User.objects.filter(is_active=True).order_by("last_name", "first_name", "username")
        super().__init__(queryset=people.defer("word_index"), **{"label": _("Person"), **options})
