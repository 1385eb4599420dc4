"""Forms that change what is there: each notices where that was changed since the form was opened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from workbench.desk.refusal import Refusal
from workbench.pages.forms import show_instead

OPENED = "opened"
BETWEEN = "."  # two hashes
OVERTAKEN = "overtaken"  # the code of errors and refusals


@dataclass(frozen=True)
class Unshown:
    """What a field replaces without showing it: what is compared, also a secret, and what a person may read of it.

    Of what is ``told`` as None, a person reads nothing.
    """

    held: Any
    told: Any


class ChangeForm(forms.Form):
    """A form whose initial values are what stands there now, also when it is sent; ``unshown`` stands there too.

    It carries a hash of each of these values as it was opened. Where one differs from what stands now, the form is
    refused once, with what stands there; sent again, it replaces that. What stands now is compared twice: before the
    activity begins, and by ``check`` where the activity holds the row that it changes.
    """

    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1_000)
    is_refused = False
    is_overtaken = False

    def __init__(self, *args: Any, unshown: Mapping[str, Unshown] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stand(self.initial, unshown or {})
        self._changed = list(self._hashes)
        self.initial = {**self.initial, OPENED: self._version()}

    def clean(self) -> dict[str, Any]:
        """Return what was written. Raises ``ValidationError`` (code ``overtaken``) once for what was changed."""
        written: dict[str, Any] = super().clean() or self.cleaned_data
        opened = written.pop(OPENED, "")
        if opened and opened != self._version():
            self._overtaken_since(opened)
            raise ValidationError(self._problem(), code=OVERTAKEN)
        return written

    def check(self, initial: Mapping[str, Any], unshown: Mapping[str, Unshown] | None = None) -> None:
        """Compare once more, with what an activity reads under its lock, just before it writes.

        Raises ``Refusal`` (code ``overtaken``) where somebody else was a moment earlier.
        """
        before = self._version()
        self._stand(initial, unshown or {})
        if self._version() != before:
            self._overtaken_since(before)
            raise Refusal(self._problem(), OVERTAKEN)

    @property
    def stands_now(self) -> list[tuple[str, str]]:
        """The values that were changed and differ from those that were sent, as they stand now, each with its label."""
        shown = [(name, value) for name, value in self.present.items() if name in self._changed and self._differs(name)]
        shown += [(name, each.told) for name, each in self._told() if f"{name}*" in self._changed]
        return [(str(self.fields[name].label), _spelled(self.fields[name], value)) for name, value in shown]

    def _stand(self, initial: Mapping[str, Any], unshown: Mapping[str, Unshown]) -> None:
        """Take these values for what stands there now."""
        self.present = {name: value for name, value in initial.items() if name in self.fields}
        self.unshown = unshown
        self._hashes = {name: _hash(value) for name, value in self.present.items()}
        self._hashes |= {f"{name}*": _hash(each.held) for name, each in unshown.items()}

    def _overtaken_since(self, version: str) -> None:
        """Note what was changed since this version; sent again, the form replaces it."""
        self._changed = self._changed_since(version.split(BETWEEN))
        show_instead(self, OPENED, self._version())
        self.is_refused = self.is_overtaken = True

    @staticmethod
    def _problem() -> str:
        return _("This was changed after you opened the form. Save again to replace it with your words.")

    def _told(self) -> list[tuple[str, Unshown]]:
        return [(name, each) for name, each in self.unshown.items() if each.told is not None]

    def _changed_since(self, opened: list[str]) -> list[str]:
        """Return what was changed; everything, where the form was opened with other fields."""
        if len(opened) != len(self._hashes):
            return list(self._hashes)
        return [name for (name, now), before in zip(self._hashes.items(), opened, strict=True) if now != before]

    def _differs(self, name: str) -> bool:
        return self.fields[name].has_changed(_one_line_end(self.present[name]), _one_line_end(self[name].value()))

    def _version(self) -> str:
        return BETWEEN.join(self._hashes.values())


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _one_line_end(value: Any) -> Any:
    """Return a text with one character for each line end: browsers send two."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _spelled(field: forms.Field, value: Any) -> str:
    """Return a value in words of the reader: with the labels of choices."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choices: Iterable[tuple[Any, Any]] = flatten_choices(getattr(field, "choices", ()))
    labels = {str(key): str(label) for key, label in choices}
    values = value if isinstance(value, list) else [value] if value else []
    return ", ".join(labels.get(str(each), str(each)) for each in values) or "–"
