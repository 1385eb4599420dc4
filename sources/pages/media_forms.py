"""Forms about pictures and recordings: mark a region or a time range, add a transcript."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from sources.models.marked_place import WHOLE
from sources.reading.recordings import LARGEST_TRANSCRIPT

TENTHS = 10  # of a percent, in which a person gives a place


class ShareField(forms.FloatField):
    """A share of the width or height of a picture, in percent; it becomes thousandths."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.NumberInput(attrs={"step": "0.1", "min": "0", "max": "100"})
        super().__init__(min_value=0, max_value=WHOLE / TENTHS, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return thousandths."""
        return round(super().clean(value) * TENTHS)


class TimeField(forms.CharField):
    """A time within a recording, as a person writes it; the activity reads it."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attrs), **kwargs)


class NoteField(forms.CharField):
    """What can be seen or heard at a marked place, in a person's words."""

    def __init__(self) -> None:
        widget = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
        super().__init__(
            label=gettext_lazy("What can be seen or heard there?"),
            widget=widget,
            help_text=gettext_lazy("Your note is what claims and reports cite, with your name. Describe only."),
        )


class RegionForm(forms.Form):
    left = ShareField(label=gettext_lazy("From the left edge (%)"))
    top = ShareField(label=gettext_lazy("From the top edge (%)"))
    width = ShareField(label=gettext_lazy("Width (%)"))
    height = ShareField(label=gettext_lazy("Height (%)"))
    note = NoteField()


class TimeForm(forms.Form):
    begins = TimeField(label=gettext_lazy("From"), help_text=gettext_lazy("For example 1:02:03 or 62.5 (seconds)."))
    ends = TimeField(label=gettext_lazy("To"))
    note = NoteField()


class TranscriptForm(forms.Form):
    """A transcript as text or as a file."""

    text = forms.CharField(
        label=gettext_lazy("Transcript"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto", "spellcheck": "false"}),
        help_text=gettext_lazy("WebVTT or SubRip: lines of times such as 00:01:02.500 --> 00:01:10.000, words below."),
    )
    transcript = forms.FileField(
        label=gettext_lazy("Or a file (.vtt, .srt)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt,application/x-subrip"}),
    )

    def body(self) -> bytes:
        """Return the bytes that were sent: of the file, or else the text. Raises ``Refusal``."""
        file = self.cleaned_data["transcript"]
        if not file:
            return str(self.cleaned_data["text"]).encode()
        with closing(file.upload):
            whole = file.upload.whole().file
            whole.seek(0)
            return bytes(whole.read(LARGEST_TRANSCRIPT + 1))
