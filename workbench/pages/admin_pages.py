"""Paging of the lists of the admin: rows are counted up to a limit, and the links of a list are made once for all."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import quote as urlquote

from django.contrib.admin.utils import quote
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.urls import reverse

from workbench.desk.amounts import MOST_COUNTED, Amount, counted

ANY_KEY = "0"


class CappedPaginator(Paginator):
    """The pages of a list, whose rows are counted up to a limit: words and filters find those beyond."""

    object_list: Any
    most = MOST_COUNTED

    @cached_property
    def amount(self) -> Amount:
        """How many rows there are, or more than how many."""
        return counted(self.object_list, self.most)

    @cached_property
    def count(self) -> int:
        """How many rows have a page."""
        return self.amount.number


class RecordList(ChangeList):
    """The rows of a list. Django asks its URL conf twice for the link of each row; here it is asked once for all."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        view = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        before, _key, after = reverse(view, args=[ANY_KEY], current_app="admin").rpartition(ANY_KEY)
        self._before, self._after = before, f"{after}?{self.preserved_filters}" if self.preserved_filters else after
        self.preserved_filters = ""  # these links have them already

    def url_for_result(self, result: Any) -> str:
        """Return the address of the page of a row, from which one comes back to the same filters."""
        return f"{self._before}{urlquote(str(quote(getattr(result, self.pk_attname))))}{self._after}"
