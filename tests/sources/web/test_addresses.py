import json

import pytest

from sources.web.addresses import Refused, is_public, key_of, read, site_of, vet, vetted, without_www
from tests.places import SHARED

SPECIAL = SHARED / "data" / "ssrf_special.json"


@pytest.mark.parametrize(
    ("url", "clean", "site"),
    [
        ("http://1.1.1.1", "http://1.1.1.1/", "1.1.1.1"),
        ("https://[2606:4700:4700::1111]/", "https://[2606:4700:4700::1111]/", "[2606:4700:4700::1111]"),
        ("HTTPS://Example.ORG./A?b=c#d", "https://example.org/A?b=c", "example.org"),
        ("http://müller.example/", "http://xn--mller-kva.example/", "xn--mller-kva.example"),
        ("http://صحيفة.example/", "http://xn--ogbhx3c3b.example/", "xn--ogbhx3c3b.example"),
        ("http://example.org:8080/é?q=é|x", "http://example.org:8080/%C3%A9?q=%C3%A9%7Cx", "example.org:8080"),
        ("https://example.org:443/@user", "https://example.org:443/@user", "example.org"),
        ("https://example.org:80/", "https://example.org:80/", "example.org:80"),
        ("http://example.org:443/", "http://example.org:443/", "example.org:443"),
        ("http://example.org/?u=http://127.0.0.1/", "http://example.org/?u=http://127.0.0.1/", "example.org"),
        ("http://127.0.0.1.example.org/", "http://127.0.0.1.example.org/", "127.0.0.1.example.org"),
        ("http://0xdeadbeef.example.org/", "http://0xdeadbeef.example.org/", "0xdeadbeef.example.org"),
        ("http://a_b.example.org/%7Ex", "http://a_b.example.org/%7Ex", "a_b.example.org"),
        ("http://example.org/a/../../b/%2e", "http://example.org/b/", "example.org"),
    ],
)
def test_a_public_address_is_opened(url, clean, site):
    address = vet(url)

    assert (address.url, address.site) == (clean, site)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "not_an_address"),
        ("example.org", "not_an_address"),
        ("http:example.org", "not_an_address"),
        ("http:///path", "not_an_address"),
        ("http://[::1", "not_an_address"),
        ("http://example.org:99999/", "not_an_address"),
        ("http://example.org:0/", "not_an_address"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("gopher://example.org/", "scheme"),
        ("http://user:secret@example.org/", "credentials"),
        ("http://example.org@127.0.0.1/", "credentials"),
        ("http://example.org\\@127.0.0.1/", "characters"),
        ("http://example.org/a b", "characters"),
        ("http://example.org/\r\nHost: x", "characters"),
        ("\thttp://example.org/", "characters"),
        ("http://example.org/\ud800", "characters"),
        ("http://example.org/" + "a" * 2048, "too_long"),
        ("http://example.org/" + "é" * 500, "too_long"),
        ("http://exa%6dple.org/", "host"),
        ("http://[fe80::1%25eth0]/", "host"),
        ("http://[2606:4700::1111]x/", "host"),
        ("http://[2606:4700::1111]x:80/", "host"),
        ("http://x[2606:4700::1111]/", "host"),
        ("http://-example.org/", "host"),
        ("http://exa..mple.org/", "host"),
        ("http://" + "a" * 64 + ".org/", "host"),
        ("http://☃.example/", "host"),
        ("http://2130706433/", "number"),
        ("http://0x7f.1/", "number"),
        ("http://0177.0.0.1/", "number"),
        ("http://127.1/", "number"),
        ("http://1.1.1.1.1/", "number"),
        ("http://localhost/", "reserved_name"),
        ("http://redis/", "reserved_name"),
        ("http://metadata.google.internal/", "reserved_name"),
        ("http://printer.LOCAL./", "reserved_name"),
        ("http://example.org:22/", "port"),
        ("http://example.org:6379/", "port"),
        ("http://127.0.0.1./", "not_public"),
        ("http://①②⑦.⓪.⓪.①/", "not_public"),
        ("http://[::ffff:127.0.0.1]/", "not_public"),
        ("http://[64:ff9b::a9fe:a9fe]/", "not_public"),
        ("http://192.0.0.192/", "not_public"),
    ],
)
def test_what_is_no_public_address_is_refused_with_the_reason(url, reason):
    with pytest.raises(Refused) as refused:
        vet(url)

    assert refused.value.reason == reason
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("9.255.255.255", True),
        ("10.0.0.0", False),
        ("100.63.255.255", True),
        ("100.127.255.255", False),
        ("172.32.0.0", True),
        ("192.0.0.8", False),
        ("192.88.99.1", False),
        ("198.19.255.255", False),
        ("223.255.255.255", True),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("168.63.129.15", True),
        ("168.63.129.16", False),
        ("192.80.8.124", False),
        ("161.26.0.10", False),
        ("166.9.12.1", False),
        ("100.100.100.200", False),
        ("2a00:1450::1", True),
        ("2001:4860:4860::8888", True),
        ("2001::1", False),
        ("2002:7f00:1::", False),
        ("3fff::1", False),
        ("4000::1", False),
        ("fec0::1", False),
        ("fe80::1%eth0", False),
        ("example.org", False),
    ],
)
def test_our_own_lists_say_which_networks_are_public(ip, public):
    assert is_public(ip) is public


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("http://127.0.0.1:8101/a", True),
        ("http://127.0.0.1:8102/a", False),
        ("http://127.0.0.2:8101/a", False),
        ("http://127.0.0.1/a", False),
        ("http://[::ffff:127.0.0.1]:8101/", False),
        ("http://embeddings:9000/v1", True),
        ("http://embeddings:9001/v1", False),
    ],
)
def test_of_private_addresses_exactly_the_allowed_pairs_are_opened(url, opened):
    allowed = frozenset({("127.0.0.1", 8101), ("embeddings", 9000)})

    try:
        vet(url, allowed)
    except Refused:
        assert not opened
    else:
        assert opened


@pytest.mark.skipif(not SPECIAL.exists(), reason="../shared/data is not there")
def test_every_spelling_of_a_special_address_is_refused():
    opened = []
    for row in json.loads(SPECIAL.read_text()):
        try:
            opened.append(vet(row["url"]).url)
        except Refused:
            continue

    assert set(opened) <= {"http://1.1.1.1/"}


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://Example.org", "http://example.org/"),
        ("https://example.org:443/a#top", "https://example.org/a"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("http://müller.example./", "http://xn--mller-kva.example/"),
        ("http://example.org/a/./b/../c", "http://example.org/a/c"),
        ("http://example.org/../../a/..", "http://example.org/"),
        ("http://example.org/a/.", "http://example.org/a/"),
        ("http://example.org//a", "http://example.org//a"),
        ("http://example.org/%7euser/%c3%a9", "http://example.org/~user/%C3%A9"),
        ("http://example.org/é", "http://example.org/%C3%A9"),
        ("http://example.org/?b=2&a=1&b=1", "http://example.org/?a=1&b=2&b=1"),
        ("http://example.org/?utm_source=x&id=7&fbclid=y&UTM_Medium=z", "http://example.org/?id=7"),
        ("http://example.org/?xtor=RSS-1", "http://example.org/"),
        ("http://example.org/?ref=12&source=a&keyword=b", "http://example.org/?keyword=b&ref=12&source=a"),
        ("http://example.org/?12345", "http://example.org/?12345"),
        ("http://127.0.0.1:8101/a", "http://127.0.0.1:8101/a"),
    ],
)
def test_spellings_of_one_address_have_one_key(url, key):
    assert read(url).key == key
    assert read(key).key == key


def test_what_is_no_address_has_no_key():
    with pytest.raises(Refused):
        key_of("mailto:desk@example.org")


def test_only_addresses_that_we_open_have_a_key():
    assert key_of(" http://Example.org/a?utm_source=x ") == "http://example.org/a"
    assert vetted("http://10.0.0.1/") is None
    with pytest.raises(Refused):
        key_of("http://10.0.0.1/")


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("Example.org", "example.org"),
        (" www.example.org ", "www.example.org"),
        ("https://www.example.org:8443/news?id=1", "www.example.org:8443"),
        ("https://example.org:443/", "example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("127.0.0.1:8101", "127.0.0.1:8101"),
        ("[2606:4700:4700::1111]", "[2606:4700:4700::1111]"),
    ],
)
def test_a_site_may_be_typed_as_a_host_or_pasted_as_an_address(typed, site):
    assert site_of(typed) == site


@pytest.mark.parametrize(
    "typed",
    ["", "localhost", "localhost:8000", "x", "two words", "ftp://example.org", "user@example.org", "a\0b.example"],
)
def test_what_is_no_site_is_refused(typed):
    with pytest.raises(Refused):
        site_of(typed)


@pytest.mark.parametrize(
    ("site", "bare"),
    [
        ("www.example.org", "example.org"),
        ("example.org", "example.org"),
        ("www2.example.org", "www2.example.org"),
        ("news.www.example.org:8080", "news.www.example.org:8080"),
    ],
)
def test_a_site_is_one_publisher_with_and_without_www(site, bare):
    assert without_www(site) == bare
