import pytest
from django.core.exceptions import ValidationError

from claims.pages.forms.fields import Words

UNSEEN = [
    "\u202e",
    "\u200b",
    "\u200f\u200e",
    "\u2060 \ufeff",
    "\xa0",
    "\xad",
    "\u3164",
    "\u2800",
    "\ufe0f",
    "\U000e0041",
]


@pytest.mark.parametrize("text", ["", " \n", *UNSEEN], ids=ascii)
def test_words_of_which_nothing_can_be_seen_are_none(text):
    with pytest.raises(ValidationError, match="required"):
        Words(most=100).clean(text)

    assert Words(most=100, required=False).clean(text) == ""


@pytest.mark.parametrize(
    "text", ["?", "7", "😀", "قُتل", "می\u200cروم", "\u202egnihton", "a\u0301", "ि", "\ue000"], ids=ascii
)
def test_words_that_can_be_seen_are_kept_as_they_are(text):
    assert Words(most=100).clean(text) == text


def test_a_line_end_counts_as_one_character():
    assert Words(most=3, rows=2).clean("a\r\nb") == "a\nb"
