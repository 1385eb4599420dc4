"""The words of a form that was not saved: to show them, and to carry them over a sign-in, signed and bounded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.forms import BaseForm, CharField, Field, Textarea, TextInput
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from workbench.desk.drafting import LONGEST_DRAFT
from workbench.desk.drafts import FORM, LONGEST_PATH, Fields
from workbench.desk.models import User

SALT = "workbench.kept_words"
VALID_FOR = timedelta(hours=12)  # a shift: how long the words wait on the sign-in page of an open browser
SIGNED = "kept"  # the field of a form that carries words over a sign-in
DRAFT = "save_draft"  # the button, and what the script sends by itself
TITLE, WRITER = "draft_title", "draft_writer"
ADDED = {"csrfmiddlewaretoken", "next", SIGNED, DRAFT, TITLE, WRITER}  # what our pages add to what a person writes
SECRET = ("password", "true_name")  # in the names of fields
# The values of buttons, choices and hidden fields: numbers, and words of our own vocabularies.
CODE = re.compile(r"[a-z0-9_.:-]*\Z")
ROW = re.compile(r"-\d+-")  # between the name of a set of forms and that of a field: chain-0-named_as
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
FORM_KEY = "form_key"  # the hidden field that tells two new objects begun at one address apart


@dataclass(frozen=True)
class KeptWords:
    """A form as it was sent: its address, its fields, what its page called it, and who wrote it if the form says so."""

    path: str
    fields: Fields
    title: str = ""
    writer: int | None = None

    def is_by(self, person: User) -> bool:
        """Whether this person may get these words: they wrote them, or nobody is named."""
        return self.writer in {None, person.pk}


@dataclass(frozen=True)
class KeptText:
    """One text of a form, to be read, selected and copied."""

    label: str
    text: str
    anchor: str

    @property
    def rows(self) -> int:
        """How many lines its box shows."""
        return min(12, max(2, len(self.text) // 80 + self.text.count("\n") + 1))


@dataclass(frozen=True)
class Unsent:
    """A form that failed: where it is sent again, everything it holds, and its texts to be read and copied."""

    path: str
    fields: Fields
    texts: list[KeptText]


def of_request(request: HttpRequest) -> KeptWords | None:
    """Return what was sent with a form, if a person wrote anything into it.

    A form with a password or the name of a confidential source is never kept, nor is that of the sign-in page.
    """
    sent = request.POST
    fields = [(name, value) for name in sent for value in sent.getlist(name) if name not in ADDED]
    is_secret = any(secret in name for name, _value in fields for secret in SECRET)
    if is_secret or request.path == resolve_url(settings.LOGIN_URL) or len(address(request)) > LONGEST_PATH:
        return None
    if not _words(fields) or len(json.dumps(fields, ensure_ascii=False)) > LONGEST_DRAFT:
        return None
    writer = sent.get(WRITER, "")
    return KeptWords(address(request), fields, sent.get(TITLE, ""), int(writer) if writer.isdecimal() else None)


def address(request: HttpRequest) -> str:
    """Return the address of a form that was sent: with its key where it makes a new object, as each tab has its own."""
    key = request.POST.get(FORM_KEY, "")
    return f"{request.path}?{FORM}={key}" if UUID.match(key) else request.path


def signed(request: HttpRequest) -> str:
    """Return what was sent as a value that only we can have made; empty where there is nothing to keep.

    A form that carries words already, as that of the sign-in page does, hands them on.
    """
    carried = request.POST.get(SIGNED, "")
    if carried:
        return carried if unsigned(carried) else ""
    kept = of_request(request)
    if kept is None:
        return ""
    return signing.dumps([kept.path, kept.fields, kept.title, kept.writer], salt=SALT, compress=True)


def unsigned(value: str) -> KeptWords | None:
    """Return the words of a signed value; None where it is not ours, or too old."""
    try:
        path, fields, title, writer = signing.loads(value, salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    return KeptWords(path, [(name, text) for name, text in fields], title, writer)


def texts(fields: Fields, forms: Iterable[BaseForm] = ()) -> list[KeptText]:
    """Return the texts among the fields of a form, each with the label that the form gives it, or with a number."""
    labels = {form.add_prefix(name): str(field.label or "") for form in forms for name, field in form.fields.items()}
    return [
        KeptText(labels.get(name) or _("Text %(number)d") % {"number": number}, text, f"kept-{number}")
        for number, (name, text) in enumerate(_words(fields), start=1)
    ]


def texts_of(request: HttpRequest, forms: Iterable[BaseForm] = ()) -> list[KeptText]:
    """Return the texts that were sent with a request, or that a form of its sign-in page carries."""
    if request.method != "POST":
        return []
    kept = unsigned(request.POST[SIGNED]) if request.POST.get(SIGNED) else of_request(request)
    return texts(kept.fields, forms) if kept else []


def unsent(request: HttpRequest) -> Unsent | None:
    """Return the form of a request that failed, so that its person sends it again; None where nothing was written.

    Nothing is asked of the database, which may be what failed. Words that another site has sent are not shown.
    """
    if request.method != "POST" or is_from_elsewhere(request):
        return None
    kept = of_request(request)
    if kept is None:
        return None
    everything = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    return Unsent(request.get_full_path(), everything, texts(kept.fields))


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Say whether a browser tells that another site sent this form: its words are then none of this person's."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    if not origin:
        return request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}
    found = urlsplit(origin)
    ours = {request.get_host(), *(urlsplit(trusted).netloc for trusted in settings.CSRF_TRUSTED_ORIGINS)}
    return found.netloc not in ours


def _words(fields: Fields) -> Fields:
    """Return the fields that hold something a person wrote, and not a key, a choice or a number."""
    written = _names_of_texts()
    return [(name, text) for name, text in fields if text.strip() and _is_written(name, text, written)]


def _is_written(name: str, text: str, written: Set[str]) -> bool:
    if ROW.split(name)[-1] in written:
        return True
    return not CODE.match(text) and not UUID.match(text)


def _names_of_texts() -> Set[str]:
    """Return the names that stand for a text, and for nothing else, in every form that has them."""
    texts: set[str] = set()
    others: set[str] = set()
    for form in _below(BaseForm):
        for name, field in getattr(form, "base_fields", {}).items():
            (texts if _is_text(field) else others).add(name)
    return texts - others


def _below(form: type[BaseForm]) -> Iterator[type[BaseForm]]:
    for each in form.__subclasses__():
        yield each
        yield from _below(each)


def _is_text(field: Field) -> bool:
    return isinstance(field, CharField) and type(field.widget) in {TextInput, Textarea}
