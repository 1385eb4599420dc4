"""What the judge of addresses takes for good, and what it sees."""

import pytest

from benchmarks import addresses


def opened(url):
    """Open an address at once, as nothing with a door would."""
    addresses.requests.get(url, timeout=1)


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("http://example.org", True),
        ("https://EXAMPLE.org.:8443/a?q[]=1#b", True),
        ("http://[2606:4700:4700::1111]/", True),
        ("http://bücher.example/ü", True),
        ("http://מבחן.example/", True),
        ("http://127.0.0.1.example.org/", True),
        ("http://example.org:0/", False),
        ("http://example.org:22/", False),
        ("http://user@example.org/", False),
        ("http://10.0.0.1.nip.io/", False),
        ("http://ⓛocalhost/", False),
        ("http://１.１.１.１/", False),
        ("http://loc\u200dalhost.example/", False),
        ("http://printer.local/", False),
        ("http://[64:ff9b::808:808]/", False),
        ("http://\ud800.example/", False),
    ],
)
def test_of_an_address_that_nobody_calls_good_or_bad_its_looks_decide(url, good):
    assert addresses.is_good(url) is good


@pytest.mark.parametrize(
    ("row", "stated"),
    [
        ({"url": "good"}, None),
        ({"url": "x", "origin": "special"}, None),
        ({"url": "x", "good": True}, True),
        ({"url": "x", "public": False}, False),
        ({"url": "x", "blocked": True}, False),
        ({"url": "x", "expect": "Refused"}, False),
        ({"url": "x", "kind": "allowed"}, True),
    ],
)
def test_a_row_may_say_whether_its_address_is_good(row, stated):
    assert addresses.stated_of(row) is stated


def test_where_an_address_leads_is_seen_and_nothing_is_opened():
    rows = [{"url": "http://0x7f.1/"}, {"url": "http://localtest.me/"}, {"url": "http://1.1.1.1/"}]
    rows += [{"url": "http://metadata.example.org/", "good": True}, {"url": "http://127.0.0.1/", "good": True}]

    found = addresses.measured(rows, opened)

    assert found["named"] == {"reached": [rows[0]["url"], rows[1]["url"], rows[4]["url"]], "good_refused": []}


def test_a_good_address_that_is_not_opened_is_told():
    def refuse(_url):
        raise ValueError

    found = addresses.measured([{"url": "http://1.1.1.1/"}, {"url": "http://10.0.0.1/"}], refuse)

    assert (found["good"], found["named"]["good_refused"]) == (1, ["http://1.1.1.1/"])
