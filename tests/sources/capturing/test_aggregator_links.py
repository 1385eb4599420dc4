import json
import threading

import pytest

from sources.capturing import fetching
from sources.models import Capture, Document, FetchAttempt, Reading
from sources.models.vocabulary import Outcome
from tests import make
from tests.sources.capturing.test_fetching import WALL
from tests.sources.conftest import PAGE, Site
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

INTERSTITIAL = "<html><head><title>News</title></head><body><h1>News</h1><p>Opening the article…</p>{}</body></html>"


@pytest.fixture
def outlet(site, settings):
    """The site of a publisher beside that of the aggregator."""
    server = Site()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    ports = {"site": site.server_port, "outlet": server.server_port}
    settings.PRESS_FILE.write_text(json.dumps({"outlets": ports}))
    yield server
    server.shutdown()
    server.server_close()


def fetched(url, **changes):
    link = make.document(url, is_aggregator_link=True, named_publisher="Kıyı Postası", title="Köprü çöktü", **changes)
    drain(Document.objects.filter(pk=link.pk), fetching.fetch)
    link.refresh_from_db()
    return link


def test_a_redirect_to_the_publisher_makes_a_document_of_the_article_which_is_fetched(site, outlet):
    article = outlet.says("/haber/1", PAGE)
    url = site.says("/rss/articles/CBM", "", status=302, Location=article)

    link = fetched(url, host=f"127.0.0.1:{site.server_port}", named_publisher_url=outlet.url)

    assert (link.last_outcome, link.is_coverage) == (Outcome.AGGREGATOR, False)
    assert (link.leads_to.url, link.leads_to.title) == (article, "Köprü çöktü")
    assert link.leads_to in Document.objects.due()
    assert FetchAttempt.objects.get().reason == "This link leads to the publisher’s own page."
    assert not Reading.objects.exists()


def test_a_page_that_names_the_article_leads_to_it(site, outlet):
    url = site.says("/rss/articles/CBM", INTERSTITIAL.format(f'<a href="{outlet.url}/haber/1">Köprü çöktü</a>'))

    link = fetched(url, host=f"127.0.0.1:{site.server_port}", named_publisher_url=outlet.url)

    assert link.leads_to.url == f"{outlet.url}/haber/1"
    assert Capture.objects.filter(document=link).exists()


def test_a_page_that_names_no_article_is_told_as_not_resolved_and_never_read(site, outlet):
    url = site.says("/rss/articles/CBM", PAGE)

    link = fetched(url, host=f"127.0.0.1:{site.server_port}", named_publisher_url=outlet.url)

    assert (link.last_outcome, link.leads_to, link.due_at) == (Outcome.AGGREGATOR, None, None)
    assert FetchAttempt.objects.get().reason == "The aggregator’s page does not say where the article is."
    assert not Reading.objects.exists()


@pytest.mark.parametrize("is_named", [True, False])
def test_a_redirect_on_to_a_wall_leads_to_the_article_before_it(site, outlet, is_named):
    wall = outlet.says("/consent?return=1", WALL)
    article = outlet.says("/haber/1", "", status=302, Location=wall)
    url = site.says("/rss/articles/CBM", "", status=302, Location=article)

    named = {"named_publisher_url": outlet.url} if is_named else {}
    link = fetched(url, host=f"127.0.0.1:{site.server_port}", **named)

    assert (link.last_outcome, link.leads_to.url) == (Outcome.AGGREGATOR, article)


def test_a_wall_on_another_host_than_the_publishers_is_no_article(site, outlet):
    url = site.says("/rss/articles/CBM", "", status=302, Location=outlet.says("/consent", WALL))

    link = fetched(url, host=f"127.0.0.1:{site.server_port}", named_publisher_url="https://paper.example/")

    assert (link.last_outcome, link.leads_to) == (Outcome.CONSENT_WALL, None)


def test_a_wall_on_the_article_itself_leads_to_the_article(site, outlet):
    url = site.says("/rss/articles/CBM", "", status=302, Location=outlet.says("/haber/1", WALL))

    link = fetched(url, host=f"127.0.0.1:{site.server_port}", named_publisher_url=outlet.url)

    assert (link.last_outcome, link.leads_to.url) == (Outcome.AGGREGATOR, f"{outlet.url}/haber/1")


def test_the_document_that_we_have_of_the_article_is_used(site, outlet):
    article = make.document(outlet.says("/haber/1", PAGE), due_at=None, title="Mine")
    url = site.says("/rss/articles/CBM", "", status=302, Location=article.url)

    link = fetched(url, host=f"127.0.0.1:{site.server_port}", named_publisher_url=outlet.url)

    assert link.leads_to == article
    assert link.leads_to.title == "Mine"


def test_an_outage_of_the_aggregator_stays_an_outage(site, outlet):
    link = fetched(site.says("/rss/articles/CBM", status=503), named_publisher_url=outlet.url)

    assert (link.last_outcome, link.leads_to) == (Outcome.HTTP_ERROR, None)
    assert link.due_at is not None


def test_other_documents_are_fetched_as_ever(site):
    page = make.document(site.says("/pont", PAGE))

    drain(Document.objects.filter(pk=page.pk), fetching.fetch)

    page.refresh_from_db()
    assert page.is_coverage


@pytest.mark.parametrize(
    ("title", "outcome"), [("Le pont d’Arvel fermé - Kıyı", Outcome.OK), ("Autre", Outcome.AGGREGATOR)]
)
def test_a_copy_of_the_whole_article_under_its_headline_is_read(site, outlet, title, outcome):
    sentences = "".join(
        f"<p>La préfecture a compté {n} blessés dans les communes voisines du pont.</p>" for n in range(12)
    )
    url = site.says("/news/1", PAGE.replace("</article>", f"{sentences}</article>"))
    link = make.document(url, is_aggregator_link=True, named_publisher_url=outlet.url, title=title)

    drain(Document.objects.filter(pk=link.pk), fetching.fetch)

    link.refresh_from_db()
    assert (link.last_outcome, Reading.objects.exists()) == (outcome, outcome == Outcome.OK)
