"""Fields that several forms on claims have: words, days and languages."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from workbench.pages.templatetags.words import SUSPECT

# In these languages claims reach a desk most often; any other can be detected from the words.
OFFERED = ["ar", "de", "en", "es", "fa", "fr", "he", "id", "it", "nl", "pl", "pt", "ru", "sw", "tr", "uk", "ur", "vi"]
SURE_ENOUGH = 0.5  # below this the detector of languages is wrong about one short sentence in four
EARLIEST = date(1000, 1, 1)
LONGEST_NOTE = 20_000
# General categories of what leaves no mark of its own: controls, formats, spaces, marks on another letter.
BLANK = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"}


def _names() -> list[tuple[str, str]]:
    named = [(code, str(get_language_info(code)["name_translated"]).capitalize()) for code in OFFERED]
    return sorted(named, key=lambda pair: pair[1])


def _language_choices() -> list[tuple[str, str]]:
    return [("", str(_("Detect from the text"))), *_names()]


def _filter_choices() -> list[tuple[str, str]]:
    return [("", str(_("all"))), *_names()]


language_choices = lazy(_language_choices, list)
filter_choices = lazy(_filter_choices, list)


def _shows(character: str) -> bool:
    return unicodedata.category(character) not in BLANK and not SUSPECT.match(character)


class Words(forms.CharField):
    """A text of limited length that the browser does not cut: what is too long stays, and the page says so.

    A text of which nothing can be seen is none.
    """

    def __init__(self, *, most: int, rows: int = 1, counted: bool = False, **kwargs: Any) -> None:
        attrs: dict[str, Any] = {"data-most": most, "dir": "auto"} if counted else {"dir": "auto"}
        widget = forms.Textarea({**attrs, "rows": rows}) if rows > 1 else forms.TextInput(attrs)
        super().__init__(widget=widget, **kwargs)
        self.validators.append(MaxLengthValidator(most))

    def to_python(self, value: Any) -> str:
        """Return the text with line ends as they are counted: browsers send two characters for each."""
        text = str(super().to_python(value)).replace("\r\n", "\n")
        return text if any(map(_shows, text)) else ""


class Day(forms.DateField):
    """A day that has been; it becomes the moment at which it began here."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> datetime | None:
        """Return midnight of the day. Raises ``ValidationError`` for a day to come."""
        day = super().clean(value)
        if day is None:
            return None
        if not EARLIEST <= day <= timezone.localdate():
            raise forms.ValidationError(_("Enter today’s date or an earlier date."))
        return timezone.make_aware(datetime.combine(day, time.min))
