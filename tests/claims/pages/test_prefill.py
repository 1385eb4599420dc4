import pytest
from django.http import QueryDict

from claims.models.claim import LONGEST_CLAIM
from claims.pages import prefill

URL = "https://example.org/bridge"


def of(**sent):
    query = QueryDict(mutable=True)
    query.update(sent)
    return prefill.of(query)


def test_the_selection_becomes_claim_and_quote():
    found = of(address=URL, selection=" They closed the bridge. ", title="Bridge")

    said = "They closed the bridge."
    assert found.initial() == {"url": URL, "text": said, "quote": said, "note": "Seen on the page “Bridge”."}
    assert (found.host, found.left_out) == ("example.org", ())


def test_without_a_selection_the_title_is_the_claim():
    found = of(address=URL, title="Bridge closed").initial()

    assert found == {"url": URL, "text": "Bridge closed", "quote": "", "note": ""}


def test_a_phone_shares_the_address_within_the_text():
    found = of(selection=f"They closed the bridge {URL}")

    assert (found.address, found.selection) == (URL, "They closed the bridge")


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "https://a b/"),
        *("https://example.org/\u202egpj.exe", "https://" + "a" * 3_000, "https://x/'onfocus='alert(1)"),
    ],
)
def test_what_is_no_address_of_the_web_is_left_out_and_said_so(address):
    found = of(address=address, title="Bridge")

    assert found.initial()["url"] == ""
    assert len(found.left_out) == 1


def test_lengths_are_bounded_and_hidden_characters_go():
    found = of(selection="\u202ea\x00b" + "c" * 9_000, title="t" * 900)

    assert found.selection.startswith("abc")
    assert len(found.selection) == prefill.MOST_SELECTION
    assert len(found.initial()["text"]) <= LONGEST_CLAIM
    assert len(found.title) == prefill.MOST_TITLE
    assert len(found.left_out) == 1


@pytest.mark.parametrize("sent", [{}, {"selection": "  "}, {"form": "x"}])
def test_where_nothing_was_sent_nothing_is_filled_in(sent):
    assert of(**sent) is None
