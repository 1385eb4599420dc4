"""The form for internal notes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.pages.forms.fields import LONGEST_NOTE, Words


class DiscussionNoteForm(forms.Form):
    text = Words(
        label=_("Your note"),
        most=LONGEST_NOTE,
        rows=4,
        help_text=_(
            "For the desk alone: no report and no package prints it. Write @ and a user name to tell somebody."
        ),
    )
