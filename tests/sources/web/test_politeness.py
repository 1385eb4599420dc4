import uuid
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import redis
from django.conf import settings

from sources.web import politeness
from sources.web.addresses import vet
from sources.web.client import Response
from sources.web.outcomes import Failed
from sources.web.politeness import EVERYTHING, NOTHING, Robots
from sources.web.rate_limit import Ending
from sources.web.transport import Exchange

HOUR, DAY = 3600, 24 * 3600


@pytest.fixture
def store():
    with redis.Redis.from_url(settings.REDIS_URL) as store:
        yield store


@pytest.fixture
def site():
    """Return a host that no other test has visited."""
    return f"{uuid.uuid4().hex}.example"


class Host:
    """A host whose robots.txt answers one thing after the other, and the time that passes."""

    def __init__(self, store, site, *answers):
        self.answers = list(answers)
        self.asked = []
        self.now = 1_000_000_000.0
        self._store, self._site = store, site

    def fetch(self, url):
        self.asked.append(url)
        answer = self.answers.pop(0)
        if isinstance(answer, str):
            raise Failed(answer)
        status, body, *headers = answer
        return Response(url, url, status, headers, body, datetime.now(UTC), 0.1)

    def rules(self, *, after=0):
        self.now += after
        return politeness.robots(f"http://{self._site}/a", self.fetch, self._store, clock=lambda: self.now)


TEXT = b"\xef\xbb\xbfUser-agent: *\nDisallow: /private/\nCrawl-delay: 7\n\nUser-agent: Other\nDisallow: /\n"
SAID = Robots("text", TEXT.decode("latin-1"))


@pytest.mark.parametrize(
    ("status", "body", "rules"),
    [
        (200, TEXT, SAID),
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
    assert politeness.read_robots(status, body) == rules


@pytest.mark.parametrize(
    ("outcome", "rules"),
    [("dns", NOTHING), ("timeout", NOTHING), ("tls", NOTHING), ("too_many_redirects", EVERYTHING)],
)
def test_a_robots_txt_that_cannot_be_had_forbids_everything(store, site, outcome, rules):
    assert Host(store, site, outcome).rules() == rules


@pytest.mark.parametrize(
    ("answer", "fault"),
    [("dns", "dns"), ("tls", "tls"), ("connection", "connection"), ("timeout", None), ((503, b""), None)],
)
def test_that_it_is_the_host_that_cannot_be_had_is_remembered(store, site, answer, fault):
    host = Host(store, site, answer)

    assert [host.rules().fault, host.rules(after=60).fault] == [fault, fault]


def test_a_copy_of_robots_txt_counts_whatever_keeps_us_from_its_host(store, site):
    host = Host(store, site, (200, TEXT), "dns")

    assert [(found, found.fault) for found in (host.rules(), host.rules(after=DAY + 1))] == [(SAID, None)] * 2


def test_only_the_first_500_kib_of_robots_txt_count():
    body = b"#" * politeness.ROBOTS_BYTES + b"\nUser-agent: *\nDisallow: /\n"

    assert politeness.read_robots(200, body).allows("http://example.org/a")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/news/1", True),
        ("/private/1", False),
        ("/%70rivate/1", False),
        ("/private", True),
        ("/robots.txt", True),
    ],
)
def test_robots_txt_says_what_may_be_fetched(path, allowed):
    assert politeness.read_robots(200, TEXT).allows(f"http://example.org{path}") is allowed


def test_escapes_are_compared_whatever_their_case():
    rules = politeness.read_robots(200, "User-agent: *\nDisallow: /é/\n".encode())

    assert not rules.allows("http://example.org/%c3%a9/1")


def test_robots_txt_is_fetched_once_a_day_for_all_workers(store, site):
    host = Host(store, site, (200, TEXT), (404, b""))

    found = [host.rules(), host.rules(after=DAY - 1), host.rules(after=2)]

    assert found == [SAID, SAID, EVERYTHING]
    assert host.asked == [f"http://{site}/robots.txt"] * 2


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("max-age=3600", HOUR),
        ("public, s-maxage=7200", 2 * HOUR),
        ("max-age=1", 600),
        ("no-store", 600),
        ("private, no-cache", 600),
        ("max-age=999999999", DAY),
        ("immutable", DAY),
    ],
)
def test_robots_txt_is_kept_as_long_as_its_host_says_up_to_a_day(said, seconds):
    answer = Response("", "", 200, [("Cache-Control", said)], b"", datetime.now(UTC), 0.1)

    assert politeness.life(answer) == seconds


def test_while_robots_txt_cannot_be_had_the_last_good_copy_counts(store, site):
    host = Host(store, site, (200, TEXT), (503, b""), "timeout", (200, b""))

    found = [host.rules(), host.rules(after=DAY + 1), host.rules(after=601), host.rules(after=601)]

    assert found == [SAID, SAID, SAID, Robots("text", "")]


def test_a_robots_txt_that_could_not_be_had_for_thirty_days_is_taken_for_none(store, site):
    host = Host(store, site, (500, b""), "dns", (429, b""), (200, TEXT))

    found = [host.rules(), host.rules(after=29 * DAY), host.rules(after=2 * DAY), host.rules(after=DAY + 1)]

    assert found == [NOTHING, NOTHING, EVERYTHING, SAID]


def test_that_there_was_no_robots_txt_once_allows_nothing_while_it_cannot_be_had(store, site):
    host = Host(store, site, (404, b""), (503, b""), (503, b""), (503, b""))

    found = [host.rules(), host.rules(after=DAY + 1), host.rules(after=29 * DAY), host.rules(after=2 * DAY)]

    assert found == [EVERYTHING, NOTHING, NOTHING, EVERYTHING]


def test_the_longer_robots_txt_cannot_be_had_the_more_rarely_it_is_asked_for(store, site):
    host = Host(store, site, (503, b""), (503, b""), "timeout")

    waits = [host.rules().ask_in, host.rules(after=8 * HOUR).ask_in, host.rules(after=60).ask_in]
    waits.append(host.rules(after=10 * DAY).ask_in)

    assert waits == [600, 2 * HOUR, 2 * HOUR - 60, DAY]


def test_a_server_on_the_port_of_the_other_scheme_has_a_robots_txt_of_its_own(store, site):
    asked = []

    for origin in (f"https://{site}:80", f"http://{site}:443", f"https://{site}:443"):
        politeness.robots(f"{origin}/a", lambda url: asked.append(url) or Host(store, site, "dns").fetch(url), store)

    assert asked == [f"https://{site}:80/robots.txt", f"http://{site}:443/robots.txt", f"https://{site}/robots.txt"]


def test_what_robots_txt_says_elsewhere_are_the_rules_of_the_first_host(store, site):
    def fetch(url):
        return Response(url, "http://other.example/robots.txt", 200, [], TEXT, datetime.now(UTC), 0.1)

    first = politeness.robots(f"http://{site}/a", fetch, store)
    other = Host(store, f"other.{site}", (404, b"")).rules()

    assert (first, other) == (SAID, EVERYTHING)


SAMPLE = frozenset({("127.0.0.1", 8101)})


@pytest.mark.parametrize(
    ("url", "asked", "decided", "seconds"),
    [
        ("http://example.org/", b"", None, 5.0),
        ("http://example.org/", b"User-agent: *\nCrawl-delay: 7", None, 7.0),
        ("http://example.org/", b"User-agent: *\nCrawl-delay: 1", None, 5.0),
        ("http://example.org/", b"User-agent: *\nCrawl-delay: 86400", None, 60.0),
        ("http://example.org/", b"User-agent: *\nCrawl-delay: -3", None, 5.0),
        ("http://example.org/", b"User-agent: *\nCrawl-delay: 7", 2.0, 7.0),
        ("http://example.org/", b"", 2.0, 2.0),
        ("http://example.org/", b"User-agent: *\nCrawl-delay: 7", 90.0, 90.0),
        ("http://127.0.0.1:8101/", b"User-agent: *\nCrawl-delay: 7", None, 0.2),
        ("http://127.0.0.1:8101/", b"", 3.0, 3.0),
    ],
)
def test_a_host_is_given_the_time_it_asks_for_or_that_the_desk_decided(url, asked, decided, seconds):
    rules = politeness.read_robots(200, asked)

    assert politeness.delay(vet(url, SAMPLE), rules, SAMPLE, decided=decided) == seconds


def answered(status, *headers):
    now = datetime.now(UTC)
    return Exchange("http://a.example/", status, list(headers), b"", b"", b"", b"", "1.1.1.1", now, 0.5)


SERVED_AT = datetime(2024, 11, 29, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("316800", DAY),
        ("9" * 5_000, DAY),
        (format_datetime(SERVED_AT + timedelta(minutes=2), usegmt=True), 120),
        (format_datetime(SERVED_AT - timedelta(minutes=2), usegmt=True), 0),
        ("Friday, 29-Nov-24 10:02:00 GMT", 120),
        ("soon", 0),
        ("-5", 0),
        ("٣", 0),
    ],
)
def test_retry_after_is_a_number_of_seconds_or_a_date_by_the_clock_of_the_host(said, seconds):
    date = ("Date", format_datetime(SERVED_AT, usegmt=True))

    assert politeness.retry_after(answered(503, date, ("Retry-After", said))) == seconds


@pytest.mark.parametrize(
    ("status", "ending"),
    [
        (200, Ending("good", 0.5)),
        (304, Ending("good", 0.5)),
        (404, Ending("other", 0.5)),
        (429, Ending("strained", 0.5, 9)),
        (503, Ending("strained", 0.5, 9)),
        (500, Ending("other", 0.5, 9)),
    ],
)
def test_an_answer_says_how_the_host_bears_us(status, ending):
    assert politeness.ending(answered(status, ("Retry-After", "9"))) == ending


def test_only_a_host_that_did_not_answer_at_all_is_down():
    silent, halfway = Failed("timeout"), Failed("timeout")
    halfway.answered = True

    found = [politeness.failed(error, 20).how for error in (silent, halfway, Failed("too_large"), Failed("dns"))]

    assert found == ["down", "other", "other", "down"]
