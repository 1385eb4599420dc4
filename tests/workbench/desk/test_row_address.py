"""Addresses of rows are those that Django finds."""

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from workbench.desk.row_address import row_address


@pytest.mark.parametrize("view", ["claims:claim", "claims:discussion", "sources:document", "sources:source"])
@pytest.mark.parametrize("key", [1, 12, 2**63 - 1])
def test_it_is_the_address_that_django_finds(view, key):
    assert row_address(view, key) == reverse(view, args=[key])


def test_a_desk_under_a_path_has_it_in_front():
    set_script_prefix("/desk/")
    try:
        under = row_address("claims:claim", 7)
    finally:
        set_script_prefix("/")

    assert (under, row_address("claims:claim", 7)) == ("/desk/claims/7/", "/claims/7/")


@pytest.mark.parametrize(("view", "key"), [("claims:nothing", 1), ("claims:claim", None)])
def test_what_has_no_address_is_refused(view, key):
    with pytest.raises(NoReverseMatch):
        row_address(view, key)
