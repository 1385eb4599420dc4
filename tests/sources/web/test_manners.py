import itertools
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from datetime import UTC, datetime

import pytest
import redis
from django.conf import settings

from sources.web import manners
from sources.web.addresses import vet
from sources.web.client import Answer
from sources.web.manners import EVERYTHING, NOTHING, Robots
from sources.web.outcomes import Failed


@pytest.fixture
def store():
    with redis.Redis.from_url(settings.REDIS_URL) as store:
        yield store


@pytest.fixture
def site():
    """Return a host that no other test has visited."""
    return f"{uuid.uuid4().hex}.example"


def serving(status, body=b"", asked=None):
    def fetch(url):
        if asked is not None:
            asked.append(url)
        return Answer(url, url, status, [], body, datetime.now(UTC), 0.1)

    return fetch


def failing(outcome):
    def fetch(url):
        raise Failed(outcome)

    return fetch


TEXT = b"\xef\xbb\xbfUser-agent: *\nDisallow: /private/\nCrawl-delay: 7\n\nUser-agent: Other\nDisallow: /\n"


@pytest.mark.parametrize(
    ("status", "body", "rules"),
    [
        (200, TEXT, Robots("text", TEXT[3:].decode())),
        (204, b"", Robots("text", "")),
        (401, TEXT, EVERYTHING),
        (404, b"", EVERYTHING),
        (429, b"", NOTHING),
        (500, TEXT, NOTHING),
        (503, b"", NOTHING),
        (302, b"", NOTHING),
    ],
)
def test_the_status_of_robots_txt_decides_before_its_text(status, body, rules):
    assert manners.read_robots(status, body) == rules


@pytest.mark.parametrize(
    ("outcome", "rules"),
    [("dns", NOTHING), ("timeout", NOTHING), ("tls", NOTHING), ("too_many_redirects", EVERYTHING)],
)
def test_a_robots_txt_that_cannot_be_had_forbids_everything(store, site, outcome, rules):
    assert manners.robots(f"http://{site}/a", failing(outcome), store) == rules


def test_only_the_first_500_kib_of_robots_txt_count():
    body = b"#" * manners.ROBOTS_BYTES + b"\nUser-agent: *\nDisallow: /\n"

    assert manners.read_robots(200, body).allows("http://example.org/a")


@pytest.mark.parametrize(
    ("path", "allowed"), [("/news/1", True), ("/private/1", False), ("/private", True), ("/robots.txt", True)]
)
def test_robots_txt_says_what_may_be_fetched(path, allowed):
    rules = manners.read_robots(200, TEXT)

    assert rules.allows(f"http://example.org{path}") is allowed


def test_robots_txt_is_fetched_once_for_all_workers(store, site):
    asked = []

    first = manners.robots(f"http://{site}/a", serving(200, TEXT, asked), store)
    second = manners.robots(f"http://{site}/b", serving(500), store)

    assert first == second
    assert asked == [f"http://{site}/robots.txt"]
    assert 0 < store.ttl(f"robots:http://{site}") <= 24 * 3600


def test_a_host_whose_robots_txt_failed_is_asked_again_soon(store, site):
    manners.robots(f"http://{site}/a", serving(503), store)

    assert 0 < store.ttl(f"robots:http://{site}") <= 10 * 60


@pytest.mark.parametrize(
    ("url", "asked", "seconds"),
    [
        ("http://example.org/", b"", 5.0),
        ("http://example.org/", b"User-agent: *\nCrawl-delay: 7", 7.0),
        ("http://example.org/", b"User-agent: *\nCrawl-delay: 1", 5.0),
        ("http://example.org/", b"User-agent: *\nCrawl-delay: 86400", 60.0),
        ("http://example.org/", b"User-agent: *\nCrawl-delay: -3", 5.0),
        ("http://127.0.0.1:8101/", b"User-agent: *\nCrawl-delay: 7", 0.2),
    ],
)
def test_a_host_is_given_at_least_the_time_it_asks_for_up_to_a_minute(url, asked, seconds):
    allowed = frozenset({("127.0.0.1", 8101)})

    assert manners.delay(vet(url, allowed), manners.read_robots(200, asked), allowed) == seconds


def test_a_start_is_taken_once_and_then_again_when_its_time_has_come(store, site):
    assert manners.reserve(site, 0.3, store) == 0
    wait = manners.reserve(site, 0.3, store)
    assert 0 < wait <= 0.3

    time.sleep(wait)

    assert manners.reserve(site, 0.3, store) == 0


def test_hosts_do_not_wait_for_one_another(store, site):
    assert manners.reserve(site, 5, store) == 0
    assert manners.reserve(f"other.{site}", 5, store) == 0


def test_many_workers_never_start_closer_than_the_delay(store, site):
    starts = []
    ends = time.monotonic() + 1.5

    def work():
        while time.monotonic() < ends:
            wait = manners.reserve(site, 0.25, store)
            if wait == 0:
                starts.append(int(store.get(f"pace:{site}")))
            time.sleep(min(wait, 0.05))

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    gaps = [after - before for before, after in itertools.pairwise(sorted(starts))]
    assert len(gaps) >= 3
    assert min(gaps) >= 250


def test_a_worker_that_dies_holds_up_nobody(store, site):
    code = f"""
import os, signal, redis
from sources.web import manners
manners.reserve({site!r}, 0.3, redis.Redis.from_url({settings.REDIS_URL!r}))
os.kill(os.getpid(), signal.SIGKILL)
"""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "workbench.settings"}

    died = subprocess.run([sys.executable, "-c", code], env=environment, check=False)
    time.sleep(0.3)

    assert died.returncode == -signal.SIGKILL
    assert manners.reserve(site, 0.3, store) == 0
    assert 0 < store.pttl(f"pace:{site}") <= 60_000
