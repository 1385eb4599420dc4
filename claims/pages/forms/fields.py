"""Fields of several forms about claims: texts of limited length, days and languages."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from workbench.desk.language_names import language_label
from workbench.pages.templatetags.words import SUSPECT

# The languages in which claims reach a desk most often; others can be detected from the text.
OFFERED = ["ar", "de", "en", "es", "fa", "fr", "he", "id", "it", "nl", "pl", "pt", "ru", "sw", "tr", "uk", "ur", "vi"]
SURE_ENOUGH = 0.5  # below this, language detection is wrong about one short sentence in four
EARLIEST = date(1000, 1, 1)
LONGEST_NOTE = 20_000
# Unicode categories that show nothing by themselves: controls, formats, spaces, marks on another letter.
BLANK = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"}
PRIVATE = "Co"  # characters for private use: each font shows what it likes, or a box


def _names() -> list[tuple[str, str]]:
    return sorted(((code, language_label(code)) for code in OFFERED), key=lambda pair: pair[1])


def _language_choices() -> list[tuple[str, str]]:
    return [("", str(_("Detect from the text"))), *_names()]


def _filter_choices() -> list[tuple[str, str]]:
    return [("", str(_("all"))), *_names()]


language_choices = lazy(_language_choices, list)
filter_choices = lazy(_filter_choices, list)


def _shows(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind == PRIVATE or (kind not in BLANK and not SUSPECT.match(character))


class Words(forms.CharField):
    """A text of limited length. The browser does not cut it: a text that is too long stays, with an error beside it.

    A text of invisible characters alone counts as empty.
    """

    def __init__(self, *, most: int, rows: int = 1, counted: bool = False, **kwargs: Any) -> None:
        attrs: dict[str, Any] = {"data-most": most, "dir": "auto"} if counted else {"dir": "auto"}
        widget = forms.Textarea({**attrs, "rows": rows}) if rows > 1 else forms.TextInput(attrs)
        super().__init__(widget=widget, **kwargs)
        self.validators.append(MaxLengthValidator(most))

    def to_python(self, value: Any) -> str:
        """Return the text with one character for each line end: browsers send two."""
        text = str(super().to_python(value)).replace("\r\n", "\n")
        return text if any(map(_shows, text)) else ""


class Day(forms.DateField):
    """A day that is not in the future; its value is the local midnight at which it began."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> datetime | None:
        """Return midnight of the day. Raises ``ValidationError`` for a day in the future."""
        day = super().clean(value)
        if day is None:
            return None
        if not EARLIEST <= day <= timezone.localdate():
            raise forms.ValidationError(_("Enter today’s date or an earlier date."))
        return timezone.make_aware(datetime.combine(day, time.min))
