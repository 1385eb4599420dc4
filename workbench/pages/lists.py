"""Pages that list rows: what ``list.html`` needs, and what an empty list says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workbench.desk.compiled_queries import ListRows
from workbench.pages.paging import as_it_is, page_of


@dataclass(frozen=True)
class ListTexts:
    """What a list is called, and what it says when empty: on an empty desk, and when its filter finds nothing."""

    title: Promise
    caption: Promise  # of the table, for screen readers
    empty: Promise
    no_match: Promise | str = ""


PROBLEMS = ListTexts(
    title=_("Problems"),
    caption=_("Problems"),
    empty=_("No problems."),
)
NOTIFICATIONS = ListTexts(
    title=_("Notifications"),
    caption=_("Notifications, newest first"),
    empty=_("Nothing yet. You are told here when others do something that concerns you."),
)
LOG = ListTexts(
    title=_("Log"),
    caption=_("Entries, newest first"),
    empty=_("No entries yet."),
    no_match=_("No entry matches. Change the filter."),
)


def listed(
    request: HttpRequest,
    texts: ListTexts,
    rows: ListRows,
    form: BaseForm | None = None,
    *,
    show: Callable[[Any], Any] = as_it_is,
) -> dict[str, Any]:
    """Return what a page that extends ``list.html`` needs; ``form`` is the filter of the list.

    ``show`` prepares each row for the template.
    """
    is_filtered = form is not None and _asks(form)
    none = texts.no_match if is_filtered else texts.empty
    page = page_of(request, rows, show=show)
    return {"texts": texts, "form": form, "is_filtered": is_filtered, "none": none, "page": page}


def _asks(form: BaseForm) -> bool:
    """Say whether a filter asks for anything that could be understood."""
    form.is_valid()
    return any(form.cleaned_data.values())
