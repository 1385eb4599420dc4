"""The addresses of rows and pages: a list shows a hundred, and to search all patterns for each takes long."""

from __future__ import annotations

from functools import lru_cache

from django.urls import NoReverseMatch, get_script_prefix, reverse

PLACE = 10**18 + 7  # stands for a key where the pattern is looked up; no row has it


def row_address(view: str, key: int | None) -> str:
    """Return ``reverse(view, args=[key])`` for a view whose pattern has the key of a row and nothing else.

    Raises ``NoReverseMatch`` where there is no such view, and for a row that is not saved, as ``reverse`` does.
    """
    if key is None:
        raise NoReverseMatch(f"{view}: a row that is not saved has no address.")
    before, after = _around(view, get_script_prefix())
    return f"{before}{key}{after}"


def page_address(view: str) -> str:
    """Return ``reverse(view)`` for a view whose pattern has no arguments.

    Raises ``NoReverseMatch`` where there is no such view, as ``reverse`` does.
    """
    return _page(view, get_script_prefix())


@lru_cache(maxsize=512)
def _page(view: str, _prefix: str) -> str:
    return reverse(view)


@lru_cache(maxsize=512)
def _around(view: str, prefix: str) -> tuple[str, str]:
    """Return what stands before and after the key; a desk under a path has that path in front of all addresses."""
    before, _place, after = reverse(view, args=[PLACE]).removeprefix(prefix).partition(str(PLACE))
    return prefix + before, after
