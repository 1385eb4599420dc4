"""Addresses of the whole URL conf for the benchmark of rights, those of the Django admin included; and its forms.

Each address of the conf is asked for, or there is a reason here why not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from lxml import html

from tests import rights, url_conf

# Addresses that are not asked for by a method, each with why.
NOT_POSTED = {
    "/sign-out/": "it ends the session of the walk",
    "/admin/logout/": "it ends the session of the walk",
    "/sessions/others/end/": "it ends the sessions of the walk",
}
NOT_ASKED: dict[str, str] = {}
OF_NO_ROW = {"token": "none", "uidb64": "none", "old": 1, "size": 1}
ADMIN = re.compile(r"admin/(\w+)/(\w+)/")
# Names of fields that choose a row, and what is put into them.
CHOOSES = {
    "claim": ("claim", "other", "pk"),
    "document": ("document", "instead_of"),
    "source": ("source", "claimant"),
    "evidence": ("evidence", "cop", "cited"),
    "passage": ("passage",),
}
WORDS = ("text", "search", "url", "email", "hidden")


def routes() -> list[str]:
    """Return every route of the URL conf."""
    return [each.route for each in url_conf.addresses()]


def address(route: str, rows: Mapping[str, Any], keys: Mapping[str, Any]) -> str:
    """Return the address of a route on some rows; ``keys`` has the key of a row for each model of the admin."""
    if not route.startswith("admin/"):
        return rights.address(route, {**rows, "of_no_row": OF_NO_ROW})
    model = ".".join(found.groups()) if (found := ADMIN.match(route)) else ""
    given = dict.fromkeys(("object_id", "id", "pk"), keys.get(model or "claims.claim", 1))
    given |= {"content_type_id": ContentType.objects.get_by_natural_key("claims", "claim").pk}
    plain = re.sub(r"\^?\(\?P<app_label>[^)]*\)/?\$?", "claims/", route)
    plain = re.sub(r"\(\?P<url>[^)]*\)\$", "nothing", plain)
    return "/" + rights.PARAMETER.sub(lambda name: str(given[name[1]]), plain)


@dataclass(frozen=True)
class FoundForm:
    """A form of a page: where it is sent, how, and what its fields hold."""

    url: str
    method: str
    fields: tuple[tuple[str, str], ...]
    texts: frozenset[str]


def forms_of(url: str, body: str) -> Iterator[FoundForm]:
    """Return the forms of a page."""
    if "<form" not in body:
        return
    page: Any = html.document_fromstring(body)
    for form in page.forms:
        held = [(str(name), str(value or "")) for name, value in form.form_values() if name != "csrfmiddlewaretoken"]
        texts = {str(each.get("name")) for each in form.iter("textarea", "input") if _takes_words(each)}
        where = urlsplit(form.get("action") or url)
        if not where.netloc:
            yield FoundForm(where.path or url, (form.method or "get").lower(), tuple(held), frozenset(texts))


def _takes_words(field: Any) -> bool:
    return field.tag == "textarea" or (field.get("type") or "text") in WORDS[:2]


def probes(form: FoundForm, rows: Mapping[str, Any], word: str) -> Iterator[dict[str, str]]:
    """Return what to send with a form: a word in each text, and in each field that chooses a row, these rows."""
    base = dict(form.fields) | {name: value or word for name, value in form.fields if name in form.texts}
    if form.texts:
        yield {**base, **dict.fromkeys(form.texts, word)}
    for kind, names in CHOOSES.items():
        chosen = [name for name in (*base, *_choices(form, base)) if any(part in name for part in names)]
        if chosen and kind in rows:
            yield {**base, **dict.fromkeys(chosen, str(rows[kind]))}


def _choices(form: FoundForm, base: Mapping[str, str]) -> Iterable[str]:
    """Return the names by which forms choose rows although nothing is chosen yet: of boxes that are not ticked."""
    return [name for name in ("claim", "evidence", "document", "source", "passage") if name not in base and form.fields]


def of_visits(urls: Mapping[str, str]) -> tuple[int, list[str]]:
    """Return how many routes were asked for, and those that were neither asked for nor have a reason."""
    every, visited = routes(), set(urls.values())
    return len(visited), [route for route in every if route not in visited and route not in NOT_ASKED]
