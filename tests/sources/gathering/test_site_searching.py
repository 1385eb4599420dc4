import pytest

from benchmarks.provider_server import Said, serving
from sources.gathering import searching
from sources.models import Search
from sources.models.vocabulary import Engine, ProviderOutcome
from sources.registry import site_searches
from sources.web import addresses, door
from tests import make
from tests.refusing import refused
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

ITEM = "<item><title>{title}</title><link>https://courier.example/{title}</link></item>"


def rss(*titles):
    items = "".join(ITEM.format(title=title) for title in titles)
    return Said(f'<rss version="2.0"><channel><title>Search</title>{items}</channel></rss>', kind="application/rss+xml")


@pytest.fixture
def site(monkeypatch):
    """A site on this machine that answers searches with a feed, and no robots.txt."""
    answers = {"/search": rss("one", "two")}

    def answer(path, _query):
        return answers.get(path, Said(b"", 404))

    with serving(answer) as server:
        place = addresses.read(server.url)
        monkeypatch.setattr(door, "allowed", lambda: frozenset({(place.host, place.port)}))
        server.pages = answers
        yield server


def run(words="Arvel", **changes):
    make.provider_setting(Engine.SITES, address="")
    search = make.search(words, engine=Engine.SITES, **changes)
    drain(Search.objects.filter(pk=search.pk), searching.run)
    search.refresh_from_db()
    return search


def test_the_search_of_a_site_finds_pages_and_each_request_is_kept(site):
    site_searches.set_site_search(make.source(), f"{site.url}/search?s={{words}}", by=make.reporter())

    search = run()

    assert (search.found, search.trouble) == (2, "")
    assert search.requests.get().query == f"{site.url}/search?s=Arvel"


def test_a_site_that_fails_does_not_stop_another(site):
    site_searches.set_site_search(make.source(), f"{site.url}/gone?s={{words}}", by=make.reporter())
    site_searches.set_site_search(make.source(), f"{site.url}/search?s={{words}}", by=make.reporter())

    search = run()

    assert search.answered_at is not None
    assert sorted(search.requests.values_list("outcome", flat=True)) == [ProviderOutcome.OK, ProviderOutcome.REFUSED]


def test_the_robots_txt_of_a_site_counts(site):
    site.pages["/robots.txt"] = Said("User-agent: *\nDisallow: /search", kind="text/plain")
    site_searches.set_site_search(make.source(), f"{site.url}/search?s={{words}}", by=make.reporter())

    search = run()

    assert search.answered_at is None
    assert "robots.txt" in search.trouble


def test_a_site_in_another_language_is_not_asked(site):
    site_searches.set_site_search(make.source(language="tr"), f"{site.url}/search?s={{words}}", by=make.reporter())

    search = run(language="fr")

    assert search.trouble == "No source of the desk has a search of its own in this language."


def test_an_address_that_we_never_open_is_no_search_of_a_site():
    with refused("refused_address"):
        site_searches.set_site_search(make.source(), "http://10.0.0.1/?s={words}", by=make.reporter())
