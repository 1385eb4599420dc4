"""The form of a rating scale: a name, a language, and for each rating what the desk calls it and its number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from claims.models import RatingScale
from claims.models.vocabulary import Rating
from claims.publishing.rating_scales import HIGHEST_VALUE, LONGEST_NAME, Label


class RatingScaleForm(forms.ModelForm):
    """A new scale, or the next version of one: its name and language then stay."""

    language = forms.ChoiceField(label=_("Language of the reports"), choices=settings.LANGUAGES)

    class Meta:
        model = RatingScale
        fields = ("name",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {row.rating: row for row in self.instance.labels.all()} if self.instance.pk else {}
        for rating in Rating:
            row = known.get(rating.value)
            self.fields[f"label_{rating.value}"] = forms.CharField(
                label=_("Your name for “%(rating)s”") % {"rating": rating.label},
                max_length=LONGEST_NAME,
                initial=row.label if row else rating.label,
            )
            self.fields[f"value_{rating.value}"] = forms.IntegerField(
                label=_("Number for “%(rating)s”") % {"rating": rating.label},
                required=False,
                min_value=0,
                max_value=HIGHEST_VALUE,
                initial=row.value if row else None,
                help_text=_("If you leave this empty, the rating is published without a number."),
            )
        if self.instance.pk:
            self.fields["language"].initial = self.instance.language
            for name in ("name", "language"):
                self.fields[name].disabled = True

    def labels(self) -> dict[Rating, Label]:
        """Return the names and numbers that were written."""
        given = self.cleaned_data
        return {rating: Label(given[f"label_{rating.value}"], given[f"value_{rating.value}"]) for rating in Rating}


FIELDS = ["name", "language", *(f"{part}_{rating.value}" for rating in Rating for part in ("label", "value"))]
