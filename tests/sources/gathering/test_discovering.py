from time import monotonic, sleep

import pytest

from sources.gathering import discovering
from sources.models import Discovery
from sources.models.vocabulary import Outcome
from tests import make
from tests.refusing import refused
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

HOME = """<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml">
<link rel="alternate" type="application/atom+xml" href="http://127.0.0.1:1/private"></head>
<body>Le Courrier</body></html>"""
MAPS = "Sitemap: /news.xml\nSitemap: https://courier.example/news.xml\n"


@pytest.fixture
def source(site):
    """A source whose home page and robots.txt name feeds."""
    site.says("/", HOME)
    site.says("/robots.txt", MAPS, Content_Type="text/plain")
    domain = make.source_domain(host=site.url.removeprefix("http://"))
    make.document(url=f"{site.url}/story", host=domain.host)
    return domain.source


def look():
    ends = monotonic() + 120
    while Discovery.objects.filter(looked_at=None, trouble="").exists():
        drain(Discovery.objects.all(), discovering.look)
        assert monotonic() < ends
        sleep(0.05)


def test_the_feeds_that_home_page_and_robots_txt_name_are_suggested(site, source):
    ana = make.reporter()

    discovering.ask(source, by=ana)
    look()

    assert discovering.suggested(source.discoveries.all()) == [
        f"{site.url}/feed.xml",
        "https://courier.example/news.xml",
    ]
    assert (LogEntry.objects.get().actor, Discovery.objects.get().last_outcome) == (ana, Outcome.OK)


def test_what_is_followed_already_is_not_suggested(site, source):
    discovering.ask(source, by=make.reporter())
    look()

    make.feed(source, url=f"{site.url}/feed.xml")

    assert discovering.suggested(source.discoveries.all()) == ["https://courier.example/news.xml"]


def test_asking_again_looks_again_and_a_failure_keeps_what_was_found(site, source):
    discovering.ask(source, by=make.reporter())
    look()
    before = discovering.suggested(source.discoveries.all())
    site.says("/", "", status=500)

    discovering.ask(source, by=make.reporter())
    Discovery.objects.update(looked_at=None)
    look()

    assert (Discovery.objects.count(), discovering.suggested(source.discoveries.all())) == (1, before)
    assert "500" in Discovery.objects.get().trouble


def test_a_source_without_a_domain_cannot_be_looked_through():
    with refused("no_domain"):
        discovering.ask(make.source(), by=make.reporter())


def test_a_viewer_asks_for_nothing():
    with pytest.raises(NotPermitted):
        discovering.ask(make.source_domain().source, by=make.viewer())
