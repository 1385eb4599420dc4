"""The form that brings files: the files, those that came up before, and where they are said to come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sources.capturing import bringing
from sources.capturing.bringing import LONGEST_ACCOUNT, LONGEST_OBTAINED, Brought, StatedOrigin
from sources.models import Document
from workbench.desk.models import User
from workbench.pages.http import Request, number

MOST_KEYS = 100


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """Return all files that came up."""
        return list(cast("MultiValueDict[str, Any]", files).getlist(name)) if files else []


class FilesField(forms.Field):
    """Several files of any kind; what is wrong with one is found where it is kept."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, label=_("Files"), **kwargs)
        self.widget.attrs |= {"multiple": True}


class KeysInput(forms.MultipleHiddenInput):
    """The documents that came up before, one hidden field each."""


class KeysField(forms.Field):
    """The keys of documents that this person brought before, as by a form that had another error."""

    widget = KeysInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> list[int]:
        """Return the keys."""
        return [key for each in (value or [])[:MOST_KEYS] if (key := number(str(each))) is not None]


class BringForm(forms.Form):
    """Files, and the word of the person who brings them. ``url`` is set where they are to show a document we know."""

    files = FilesField(  # type: ignore[assignment]  # templates and errors find the field, not what came up
        help_text=_(
            "Pictures, sound, film, PDF, saved pages, web archives, office files, mail and text. Drop them here, paste "
            "a screenshot, or choose them."
        )
    )
    brought = KeysField()
    said_url = forms.URLField(
        label=_("Address where it was"),
        required=False,
        max_length=bringing.LONGEST_URL,
        assume_scheme="https",
        help_text=_("As you know it: it is kept as your word, and nobody at the desk has seen the file there."),
    )
    said_account = forms.CharField(label=_("Account or person"), required=False, max_length=LONGEST_ACCOUNT)
    seen_at = forms.DateTimeField(
        label=_("When it was seen there"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    obtained = forms.CharField(
        label=_("How you obtained it"),
        required=False,
        max_length=LONGEST_OBTAINED,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "For example: a screenshot of my phone, sent by a reader, saved with the browser. Reports and packages "
            "print this: leave out who must stay unnamed."
        ),
    )

    def clean_seen_at(self) -> Any:
        """Return the time. Raises ``ValidationError`` where it is still to come."""
        at = self.cleaned_data["seen_at"]
        if at and at > timezone.now():
            raise forms.ValidationError(_("This time is in the future."), code="future")
        return at

    def said(self) -> StatedOrigin:
        """Return the word of the person."""
        given = self.cleaned_data
        return StatedOrigin(given["said_url"], given["said_account"], given["seen_at"], given["obtained"])


def came_up(
    request: Request, said: StatedOrigin = bringing.NOTHING_STATED, instead_of: Document | None = None
) -> list[Brought]:
    """Keep the files of a request, and return what became of each, behind those that came up before.

    What came up before is told where it comes from.
    """
    earlier = came_before(request.user, request.POST)
    for document in documents_of(earlier):
        bringing.tell(document, by=request.user, said=said, instead_of=instead_of)
    given: Any = request.FILES.getlist("files")
    uploads = [file.upload for file in given]
    return [*earlier, *bringing.bring_each(uploads, by=request.user, said=said, instead_of=instead_of)]


def came_before(person: User, data: QueryDict) -> list[Brought]:
    """Return the files that a form names because they came up before, where this person brought them."""
    keys = KeysField().clean(data.getlist("brought"))
    return [Brought(str(document), document) for document in (bringing.brought_by(person, keys) if keys else [])]


def documents_of(brought: Sequence[Brought]) -> list[Document]:
    """Return the documents of the files that were kept, each once."""
    return list(dict.fromkeys(each.document for each in brought if each.document is not None))


def kept_message(files: int, said: StatedOrigin = bringing.NOTHING_STATED) -> str:
    """Return what to say once files were kept, and that the word of the person is kept for each of several."""
    kept = ngettext("The file is kept.", "%(n)d files are kept.", files) % {"n": files}
    if files < 2 or said == bringing.NOTHING_STATED:
        return kept
    each = gettext("What you said of where they come from is kept for each of them.")
    return f"{kept} {each}"
