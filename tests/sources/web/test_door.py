import json
import time
from datetime import timedelta

import pytest

from sources.web import door
from sources.web.client import Failed
from tests import make
from tests.sources.web.hostile import PAGE, Server

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(settings, tmp_path):
    """Return what starts servers that the door may open, as if they were outlets of the sample."""
    servers = []
    settings.SAMPLE, settings.PRESS_FILE = True, tmp_path / "press.json"

    def start(**pages):
        servers.append(Server(pages={name.replace("_txt", ".txt"): page for name, page in pages.items()}))
        settings.PRESS_FILE.write_text(json.dumps({"outlets": {str(server.port): server.port for server in servers}}))
        site = f"127.0.0.1:{servers[-1].port}"  # the port may have been another test's
        door._store().delete(f"host:{site}", f"robots:http://{site}")
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def answer(body, *lines, status="200 OK"):
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *lines, "", ""]).encode() + body


def visit(url):
    """Visit an address as a step does that is put off until its turn has come."""
    while True:
        try:
            return door.visit(url)
        except door.NotYet as wait:
            time.sleep(min(wait.seconds, 3))


def test_robots_txt_is_asked_first_and_every_start_waits_its_turn(host):
    server = host(robots_txt=answer(b"User-agent: *\nDisallow: /no"), one=answer(PAGE), two=answer(PAGE))

    bodies = [visit(server.url(path)).body for path in ("one", "two")]

    gaps = [after - before for before, after in zip(server.at, server.at[1:], strict=False)]
    assert bodies == [PAGE, PAGE]
    assert server.asked == ["robots.txt", "one", "two"]
    assert min(gaps) >= 0.2


def test_what_robots_txt_forbids_is_not_opened(host):
    server = host(robots_txt=answer(b"User-agent: *\nDisallow: /no"))

    with pytest.raises(door.Denied) as denied:
        visit(server.url("no"))

    assert denied.value.outcome == "robots_denied"
    assert server.asked == ["robots.txt"]


def test_while_robots_txt_cannot_be_had_nothing_is_opened(host):
    server = host(robots_txt=answer(b"", status="500 Oops"))

    with pytest.raises(door.Denied) as denied:
        visit(server.url("one"))

    assert (denied.value.outcome, server.asked) == ("robots_unreachable", ["robots.txt"])


def test_a_host_that_is_not_there_is_said_to_be_and_not_its_robots_txt(host):
    server = host()
    server.stop()

    with pytest.raises(door.Denied, match="The connection failed") as denied:
        visit(server.url("one"))

    assert denied.value.outcome == "connection"


def test_a_redirect_to_another_host_asks_its_robots_txt_and_its_turn(host):
    target = host(robots_txt=answer(b"User-agent: *\nDisallow: /secret"))
    server = host(robots_txt=answer(b""), here=answer(b"", f"Location: {target.url('secret')}", status="302 Found"))

    with pytest.raises(door.Denied) as denied:
        visit(server.url("here"))

    assert denied.value.outcome == "robots_denied"
    assert (server.asked, target.asked) == (["robots.txt", "here"], ["robots.txt"])


def test_a_redirect_within_a_host_waits_for_its_turn_too(host):
    server = host(robots_txt=answer(b""), here=answer(b"", "Location: /there", status="302 Found"), there=answer(PAGE))

    found = visit(server.url("here"))

    assert (found.body, [(hop.url, hop.status) for hop in found.exchanges[:-1]]) == (PAGE, [(server.url("here"), 302)])
    assert server.at[2] - server.at[1] >= 0.2


def test_redirects_are_kept_with_a_page_whose_host_was_taken_and_asked_again_the_next_time(host, monkeypatch):
    monkeypatch.setattr(door, "LONG_WAIT", 0)
    target = host(robots_txt=answer(b""), one=answer(PAGE), two=answer(PAGE))
    server = host(robots_txt=answer(b""), here=answer(b"", f"Location: {target.url('one')}", status="302 Found"))
    policy = make.host_policy(f"127.0.0.1:{target.port}", delay=timedelta(hours=1))

    with pytest.raises(door.NotYet):
        door.visit(server.url("here"), patience=3)
    policy.delete()
    first, second = visit(server.url("here")), visit(server.url("here"))

    hops = [[(hop.url, hop.status) for hop in found.exchanges] for found in (first, second)]
    assert hops == [[(server.url("here"), 302), (target.url("one"), 200)]] * 2
    assert first.started_at == first.exchanges[1].started_at > first.exchanges[0].started_at
    assert server.asked == ["robots.txt", "here", "here"]


def test_what_the_desk_decided_not_to_open_is_not_even_asked_for_its_robots_txt(host):
    server = host()
    make.host_policy(f"127.0.0.1:{server.port}", denied=True, note="They sued us.")

    with pytest.raises(door.Denied, match="They sued us") as denied:
        door.visit(server.url("one"))

    assert (denied.value.outcome, server.asked) == ("policy_denied", [])


def test_the_delay_the_desk_decided_is_kept(host):
    server = host(robots_txt=answer(b""), one=answer(PAGE), two=answer(PAGE))
    make.host_policy(f"127.0.0.1:{server.port}", delay=timedelta(seconds=0.7))

    for path in ("one", "two"):
        visit(server.url(path))

    assert min(server.at[1] - server.at[0], server.at[2] - server.at[1]) >= 0.7


def test_a_host_that_asks_to_be_left_alone_is_left_alone(host):
    busy = answer(b"", "Retry-After: 90", status="503 Busy")
    server = host(robots_txt=answer(b""), one=busy)

    assert visit(server.url("one")).status == 503
    with pytest.raises(door.NotYet) as wait:
        door.visit(server.url("one"))

    assert 85 < wait.value.seconds <= 91
    assert server.asked == ["robots.txt", "one"]


def test_a_host_that_is_not_there_is_left_alone_for_a_while(host):
    server = host(robots_txt=answer(b""), one=answer(PAGE))
    visit(server.url("one"))
    server.stop()

    with pytest.raises(Failed):
        visit(server.url("two"))
    with pytest.raises(door.NotYet) as wait:
        door.visit(server.url("three"))

    assert 1 < wait.value.seconds < 3


def test_the_sitemaps_of_a_host_are_those_its_robots_txt_names(host):
    server = host(robots_txt=answer(b"Sitemap: http://paper.example/news.xml\n"))

    assert door.sitemaps(server.url()) == ["http://paper.example/news.xml"]
