import dataclasses
import socket
import time

import pytest

from sources.web import client
from sources.web.addresses import vet
from tests.sources.web.hostile import FIXED, PAGE, Server, names_resolve_to, sized

DEADLINE = 1.5
QUICK = dataclasses.replace(client.LIMITS, seconds=DEADLINE)


def fetch(server, path, **options):
    return client.get(server.url(path), allowed=server.allowed, limits=QUICK, **options)


@pytest.mark.parametrize("path", ["page", "chunked", "odd-head"])
def test_an_answer_is_kept_as_it_was_on_the_wire(server, path):
    answer = fetch(server, path)

    assert (answer.status, answer.body, answer.peer_ip) == (200, PAGE, "127.0.0.1")
    assert answer.response_head + answer.wire_body == FIXED[path]


def test_a_request_says_who_asks_and_carries_nothing_else(server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    answer = fetch(server, "asked", user_agent="ClaimWorkbench/0.1 (+mailto:desk@example.org)", accept="text/html")

    assert answer.body == answer.request_head
    assert answer.body.decode().splitlines() == [
        "GET /asked HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        "User-Agent: ClaimWorkbench/0.1 (+mailto:desk@example.org)",
        "Accept: text/html",
        "Accept-Encoding: gzip, deflate",
        "Connection: close",
        "",
    ]


@pytest.mark.parametrize("path", ["gzip", "two-members", "bare-deflate"])
def test_one_layer_of_compression_is_undone(server, path):
    answer = fetch(server, path)

    assert answer.body == PAGE
    assert answer.wire_body == FIXED[path].partition(b"\r\n\r\n")[2]


def test_what_comes_before_an_answer_is_not_part_of_it(server):
    answer = fetch(server, "early-hints")

    assert (answer.status, answer.body, answer.header("link")) == (200, PAGE, "")
    assert answer.response_head.startswith(b"HTTP/1.1 200 OK\r\n")


def test_what_follows_an_answer_is_not_part_of_it(server):
    assert fetch(server, "more-than-declared").wire_body == PAGE


@pytest.mark.parametrize(("status", "path"), [(404, "missing"), (410, "gone"), (304, "not-modified")])
def test_an_answer_of_any_status_is_an_answer(server, status, path):
    assert fetch(server, path).status == status


@pytest.mark.parametrize(
    ("validators", "line"),
    [
        ({"etag": 'W/"1"', "modified": "Mon, 01 Jan 2024 00:00:00 GMT"}, b'If-None-Match: W/"1"'),
        ({"modified": "Mon, 01 Jan 2024 00:00:00 GMT"}, b"If-Modified-Since: Mon, 01 Jan 2024 00:00:00 GMT"),
        ({"etag": '"a\r\nX: y"'}, b""),
    ],
)
def test_a_condition_is_a_tag_or_else_a_date(server, validators, line):
    answer = fetch(server, "asked", known=client.Validators(server.url("asked"), **validators))

    asked = answer.body.splitlines()
    assert answer.is_conditional is bool(line)

    assert [header for header in asked if header.startswith((b"If-", b"X:"))] == [line][: bool(line)]


@pytest.mark.parametrize(("given_at", "conditional"), [("redirect", [True, False]), ("page", [False, True])])
def test_a_tag_is_shown_to_the_address_that_gave_it_alone(server, given_at, conditional):
    answer = fetch(server, "redirect", known=client.Validators(server.url(given_at), '"1"'))

    assert [b'If-None-Match: "1"' in hop.request_head for hop in answer.exchanges] == conditional


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("redirect", "page"),
        ("redirect-open-ended", "page"),
        ("redirect-in-utf8", "page?q=caf%C3%A9"),
        ("redirect-in-latin1", "page?q=caf%E9"),
    ],
)
def test_a_redirect_is_followed_and_every_hop_is_kept(server, path, target):
    answer = fetch(server, path)

    assert (answer.url, answer.final_url, answer.body) == (server.url(path), server.url(target), PAGE)
    hops = [(exchange.url, exchange.status) for exchange in answer.exchanges]
    assert hops == [(server.url(path), 302), (server.url(target), 200)]


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("x/../prive/a", "/prive/a"),
        ("./prive//a/..", "/prive//"),
        ("x/%2e%2E/.%2e/prive/%2e", "/prive/"),
        ("/prive/a", "//prive/a"),
        ("%7Euser/%c3%a9/%2F..%2f", "/%7Euser/%c3%a9/%2F..%2f"),
        ("100%/a%zz", "/100%/a%zz"),
        ("é;a=1/@b:c|d", "/%C3%A9;a=1/@b:c%7Cd"),
        ("a?b[]=1&c=%5b&d={}&e=/../x", "/a?b[]=1&c=%5b&d=%7B%7D&e=/../x"),
        ("?q", "/?q"),
        ("a?#b", "/a"),
    ],
)
def test_what_is_sent_is_what_was_vetted_to_the_letter(server, path, target):
    answer = fetch(server, path)

    assert answer.request_head.splitlines()[0] == f"GET {target} HTTP/1.1".encode()
    assert answer.final_url == vet(server.url(path), server.allowed).url == server.url() + target[1:]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("redirect-to-private", "port"),
        ("redirect-to-metadata", "not_public"),
        ("redirect-to-file", "scheme"),
        ("redirect-to-half-an-address", "not_an_address"),
    ],
)
def test_a_redirect_to_where_we_do_not_go_is_refused(server, path, reason):
    with pytest.raises(client.Refused) as refused:
        fetch(server, path)

    assert (refused.value.reason, refused.value.outcome) == (reason, "refused_address")


@pytest.mark.parametrize("path", ["gzip-not", "plain-as-utf8", "plain-as-brotli"])
def test_a_plain_body_is_read_whatever_its_label_says(server, path):
    assert fetch(server, path).body == PAGE


def test_an_answer_that_cannot_be_decompressed_comes_with_the_error(server):
    with pytest.raises(client.Undecoded) as failed:
        fetch(server, "gzip-truncated")

    answer = failed.value.answer
    assert (answer.status, answer.body) == (200, answer.wire_body)
    assert answer.body.startswith(b"\x1f\x8b")


@pytest.mark.parametrize("path", ["cookie", "cookie-refresh"])
def test_a_host_gets_back_its_cookie_within_a_visit_and_not_at_the_next(server, path):
    server.asked.clear()

    first, second = fetch(server, path), fetch(server, path)

    assert first.body == second.body == PAGE
    assert len(server.asked) == 4
    assert [b"Cookie: ok=1\r\n" in hop.request_head for hop in first.exchanges] == [False, True]
    assert b"Cookie" not in second.exchanges[0].request_head


def test_another_host_gets_no_cookie(server):
    moved = sized(b"", f"Location: {server.url('asked')}", "Set-Cookie: ok=1", status="302 Found")
    other = Server(pages={"there": moved})

    answer = client.get(other.url("there"), allowed=server.allowed | other.allowed, limits=QUICK)

    assert b"Cookie" not in answer.body
    other.close()


@pytest.mark.parametrize("path", ["refresh", "refresh-by-header"])
def test_a_page_that_only_leads_on_is_a_redirect(server, path):
    answer = fetch(server, path)

    assert (answer.final_url, answer.body) == (server.url("page"), PAGE)
    assert [hop.status for hop in answer.exchanges] == [200, 200]


def test_a_page_that_only_leads_on_is_an_answer_where_pages_are_not_asked_for(server):
    assert fetch(server, "refresh", refreshes=False).final_url == server.url("refresh")


def test_a_page_that_shows_itself_again_is_the_answer(server):
    assert fetch(server, "refresh-to-itself").final_url == server.url("refresh-to-itself")


def test_a_page_leads_nowhere_that_we_do_not_open(server):
    with pytest.raises(client.Refused):
        fetch(server, "refresh-to-private")


BAD = {
    "too_large": [
        "bomb",
        "endless",
        "endless-chunks",
        "endless-continue",
        "endless-hints",
        "huge-length",
        "huge-header",
        "large-headers",
    ],
    "bad_encoding": ["gzip-in-gzip", "gzip-truncated", "brotli-unasked"],
    "connection": [
        *("length-too-long", "length-negative", "two-lengths", "length-and-chunks", "bad-chunk", "no-last-chunk"),
        *("many-headers", "part", "no-http", "nothing", "redirect-nowhere", "switching"),
    ],
    "timeout": ["drip-body", "drip-unsized", "drip-headers", "silent", "silent-after-head"],
    "too_many_redirects": ["redirect-to-itself", "redirect-for-ever", "new-cookie", "refresh-in-a-circle"],
    "http2_only": ["http2", "http2-goaway"],
}


@pytest.mark.parametrize(("outcome", "path"), [(outcome, path) for outcome, paths in BAD.items() for path in paths])
def test_a_bad_server_is_left_in_time_and_with_a_reason(server, outcome, path):
    start = time.monotonic()

    with pytest.raises(client.Failed) as failed:
        fetch(server, path)

    assert failed.value.outcome == outcome
    assert time.monotonic() - start < DEADLINE + 5  # `python -m benchmarks.badservers` holds it to one second


def test_at_most_five_redirects_are_followed(server):
    before = len(server.asked)

    with pytest.raises(client.Failed):
        fetch(server, "redirect-for-ever")

    assert len(server.asked) - before == 6


@pytest.mark.parametrize("ips", [["127.0.0.1"], ["127.0.0.1", "1.1.1.1"], ["1.1.1.1", "127.0.0.1"], ["192.0.0.192"]])
def test_one_private_address_of_a_name_is_enough_to_refuse_it(server, monkeypatch, ips):
    names_resolve_to(monkeypatch, *ips)
    before = len(server.asked)

    with pytest.raises(client.Refused):
        client.get(f"http://rebound.example:{server.port}/page", allowed=frozenset({("127.0.0.9", server.port)}))

    assert len(server.asked) == before


def test_a_name_is_looked_up_once_a_hop_and_what_was_vetted_is_opened(server, monkeypatch):
    lookups = names_resolve_to(monkeypatch, "127.0.0.1")

    answer = client.get(f"http://paper.example:{server.port}/redirect", allowed=server.allowed)

    assert answer.body == PAGE
    assert lookups == ["paper.example", "paper.example"]


def test_a_name_without_an_address_is_no_connection_failure(monkeypatch):
    names_resolve_to(monkeypatch)

    with pytest.raises(client.Failed) as failed:
        client.get("http://nowhere.example/")

    assert failed.value.outcome == "dns"


def test_a_closed_port_is_a_failed_connection():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(client.Failed) as failed:
        client.get(f"http://127.0.0.1:{port}/", allowed=frozenset({("127.0.0.1", port)}))

    assert failed.value.outcome == "connection"
