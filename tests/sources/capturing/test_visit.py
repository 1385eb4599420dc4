from datetime import timedelta

import pytest

from sources.capturing.visit import HostBusy, Judged, visit, visit_home
from sources.models.vocabulary import Outcome
from sources.web import door
from sources.web.client import Validators
from tests import make
from tests.sources.conftest import PAGE
from workbench.desk.work_queue import PutOff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "outcome", "may_pass"),
    [
        (200, Outcome.OK, False),
        (203, Outcome.OK, False),
        (401, Outcome.LOGIN_WALL, False),
        (402, Outcome.PAYWALL, False),
        (403, Outcome.BLOCKED, False),
        (404, Outcome.GONE, False),
        (410, Outcome.GONE, False),
        (418, Outcome.HTTP_ERROR, False),
        (429, Outcome.BLOCKED, True),
        (451, Outcome.BLOCKED, False),
        (500, Outcome.HTTP_ERROR, True),
    ],
)
def test_every_status_has_an_outcome_and_its_reason(site, status, outcome, may_pass):
    visited = visit(site.says("/pont", status=status))

    assert (visited.outcome, visited.may_pass) == (outcome, may_pass)
    assert (str(status) in visited.reason) == (outcome != Outcome.OK)
    assert visited.answer.status == status
    assert timedelta() < visited.took < timedelta(seconds=20)


def test_not_modified_is_an_outcome_only_where_we_asked_for_it(site):
    asked = visit(site.says("/tagged", ETag='"1"'), known=Validators(site.url + "/tagged", '"1"'))
    not_asked = visit(site.says("/broken", "", 304))

    assert (asked.outcome, not_asked.outcome) == (Outcome.NOT_MODIFIED, Outcome.HTTP_ERROR)


def test_what_gets_no_answer_says_why_and_when_to_come_back(site):
    site.says("/robots.txt", "User-agent: *\nDisallow: /private", Content_Type="text/plain")

    forbidden, refused = visit(site.says("/private")), visit("http://10.0.0.1/")

    assert (forbidden.outcome, forbidden.answer, forbidden.may_pass) == (Outcome.ROBOTS_DENIED, None, False)
    assert (refused.outcome, refused.reason != "") == (Outcome.REFUSED_ADDRESS, True)


def test_a_robots_txt_that_fails_says_when_it_is_asked_for_again(site):
    site.says("/robots.txt", "", 503)

    visited = visit(site.says("/pont"))

    assert (visited.outcome, visited.may_pass) == (Outcome.ROBOTS_UNREACHABLE, True)
    assert visited.again_in > timedelta()


def test_a_judge_has_the_last_word_on_an_answer(site):
    visited = visit(site.says("/pont"), judge=lambda answer: Judged(Outcome.PAYWALL, f"{len(answer.body)} bytes"))

    assert (visited.outcome, visited.reason) == (Outcome.PAYWALL, f"{len(PAGE.encode())} bytes")


def test_at_a_busy_host_the_work_comes_back_later(site, monkeypatch):
    monkeypatch.setattr(door, "SHORT_WAIT", 0)
    make.host_policy(site.url.removeprefix("http://"), delay=timedelta(seconds=5))
    visit(site.says("/1"), patience=30)

    with pytest.raises(HostBusy) as busy:
        visit(site.says("/2"))

    assert isinstance(busy.value, PutOff)
    assert 0 < busy.value.free_in <= busy.value.wait.total_seconds() + 1


def test_a_home_page_comes_with_the_sitemaps_of_its_robots_txt(site):
    site.says("/robots.txt", "Sitemap: https://courier.example/news.xml", Content_Type="text/plain")

    home, maps = visit_home(site.says("/"))

    assert (home.outcome, maps) == (Outcome.OK, ["https://courier.example/news.xml"])
