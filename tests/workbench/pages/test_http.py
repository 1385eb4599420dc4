import pytest

from workbench.pages.http import number


@pytest.mark.parametrize(("text", "expected"), [("0", 0), ("12", 12), ("9" * 18, 10**18 - 1)])
def test_a_number_is_read(text, expected):
    assert number(text) == expected


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", " 1", "²", "٣", "9" * 19, "9" * 5000])
def test_what_the_database_could_not_hold_is_no_number(text):
    assert number(text) is None
