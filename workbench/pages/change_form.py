"""Forms that change what is there: each notices where somebody else changed that since it was opened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from workbench.pages.forms import show_instead

OPENED = "opened"


class ChangeForm(forms.Form):
    """A form whose initial values are what stands there now, also when it is sent.

    It carries a hash of the values with which it was opened. Where they differ from those that stand now, it is
    refused once, with what stands there; sent again, it replaces that.
    """

    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    is_refused = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.present = {name: value for name, value in self.initial.items() if name in self.fields}
        self.initial = {**self.initial, OPENED: self._version()}

    def clean(self) -> dict[str, Any]:
        """Return what was written. Raises ``ValidationError`` (code ``overtaken``) once for what others changed."""
        written: dict[str, Any] = super().clean() or self.cleaned_data
        opened = written.pop(OPENED, "")
        if opened and opened != self._version():
            show_instead(self, OPENED, self._version())
            self.is_refused = True
            problem = _("Somebody else changed this since you opened the form. Save again to replace it by your words.")
            raise ValidationError(problem, code="overtaken")
        return written

    @property
    def stands_now(self) -> Iterator[tuple[str, str]]:
        """The values that stand there now and differ from those that were sent, each with its label."""
        for name, value in self.present.items():
            if self[name].value() != value:
                yield str(self.fields[name].label), _spelled(value)

    def _version(self) -> str:
        held = json.dumps(self.present, sort_keys=True, default=str)
        return hashlib.sha256(held.encode()).hexdigest()


def _spelled(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "–")
