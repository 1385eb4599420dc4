import pytest

from sources.capturing import fetching, merging
from sources.gathering import polling
from sources.models import Arrival, Capture, Document, DocumentAddress, Reading, SameArticle
from sources.models.vocabulary import AddressKind
from sources.reading import reading
from tests import make
from tests.refusing import refused
from workbench.desk.models import LogEntry
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

FLOOD = """La préfecture du Vaur a annoncé mercredi l’évacuation de trois communes après la crue de la rivière, qui a
dépassé quatre mètres à Bréval dans la nuit. Douze personnes ont été relogées dans le gymnase, selon le maire, et une
école est fermée jusqu’à lundi. Aucune victime n’est signalée pour le moment dans les trois communes évacuées."""
STRIKE = """Les conducteurs du tramway d’Arvel ont voté jeudi la poursuite de leur grève jusqu’à la fin du mois, malgré
la médiation du préfet. La régie promet un service réduit aux heures de pointe et le remboursement des abonnements. Les
syndicats demandent trente embauches et une prime de nuit, que la municipalité juge hors de portée de son budget."""


def page(title="Crue du Vaur : trois communes évacuées", text=FLOOD, canonical=""):
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return (
        f'<html lang="fr"><head><title>{title}</title>{link}</head><body><article><h1>{title}</h1><p>{text}</p>'
        "</article></body></html>"
    )


def work():
    while Document.objects.due().exists() or Reading.objects.due().exists():
        drain(Document.objects.order_by("pk"), fetching.fetch)
        drain(Reading.objects.order_by("pk"), reading.read)


def gather(*urls):
    by = make.reporter()
    documents = [fetching.ask(url, by=by) for url in urls]
    work()
    for document in documents:
        document.refresh_from_db()
    return documents


def moved(site, path, there, status=301):
    return site.says(path, "", status=status, Location=there)


def test_an_article_at_four_addresses_is_one(site):
    for path in ("/a-crue", "/a-crue/", "/amp/a-crue", "/m/a-crue"):
        site.says(path, page(canonical=f"{site.url}/a-crue"))

    documents = gather(*(site.url + path for path in ("/amp/a-crue", "/a-crue", "/a-crue/", "/m/a-crue")))

    assert Document.objects.articles().count() == 1
    assert {document.article for document in documents} == {documents[0]}
    assert Capture.objects.count() == 4
    assert [capture.document.url for capture in Capture.objects.order_by("pk")] == [row.url for row in documents]
    assert LogEntry.objects.filter(verb="same article").count() == 3


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("old_first", [True, False])
def test_an_address_that_leads_to_a_known_article_is_no_other_article(site, status, old_first):
    site.says("/a-nouveau", page())
    paths = [moved(site, "/a-ancien", "/a-nouveau", status), site.url + "/a-nouveau"]
    gather(*(paths if old_first else reversed(paths)))

    assert Document.objects.articles().count() == 1
    assert SameArticle.objects.count() == 1


def test_a_page_that_leads_on_leads_to_the_same_article(site):
    site.says("/a-nouveau", page())
    old = site.says("/a-ancien", '<meta http-equiv="refresh" content="0; url=/a-nouveau"><p>Redirecting…</p>')

    [document, other] = gather(site.url + "/a-nouveau", old)

    assert other.same_as == document
    assert [row.text for row in Reading.objects.all()] == [Reading.objects.first().text] * 2


def test_an_article_whose_address_changed_later_is_merged_with_the_one_at_the_new_address(site):
    [old] = gather(site.says("/2026/crue-vaur", page()))
    [new] = gather(site.says("/2026/crue-vaur-evacuations", page("Crue du Vaur : bilan", STRIKE)))
    moved(site, "/2026/crue-vaur", "/2026/crue-vaur-evacuations")
    old.ask()

    work()

    new.refresh_from_db()
    assert new.same_as == old
    assert SameArticle.objects.get().kind == AddressKind.MOVED


def test_an_article_that_is_gone_and_leads_to_another_article_is_not_that_one(site):
    [old] = gather(site.says("/2026/crue-vaur", page()))
    gather(site.says("/2026/tramway-arvel", page("Grève du tramway", STRIKE)))
    moved(site, "/2026/crue-vaur", "/2026/tramway-arvel")
    old.ask()

    work()

    assert Document.objects.articles().count() == 2


@pytest.mark.parametrize("there", ["/", "/actualites/"])
def test_articles_that_lead_to_a_front_page_or_section_are_not_one(site, there):
    site.says(there, page("Actualités", STRIKE))
    urls = [moved(site, f"/actualites/{name}", there) for name in ("crue-du-vaur", "orage-a-bréval")]

    gather(*urls)

    assert not SameArticle.objects.exists()
    assert not DocumentAddress.objects.exists()


@pytest.mark.parametrize("canonical", ["/", "/actualites", "/actualites/le-tout-premier"])
def test_one_address_that_a_site_names_for_all_its_articles_makes_them_not_one(site, canonical):
    gather(
        site.says("/actualites/crue-du-vaur", page(canonical=site.url + canonical)),
        site.says("/actualites/greve-du-tramway", page("Grève du tramway", STRIKE, site.url + canonical)),
        site.says("/actualites/le-tout-premier", page("Ouverture du site", "Bienvenue sur ce site. " * 20)),
    )

    assert Document.objects.articles().count() == 3


def test_a_canonical_address_at_another_publisher_is_no_address_of_the_document(site):
    gather(site.says("/a-crue", page(canonical="https://agence.example/a-crue")))

    assert not DocumentAddress.objects.exists()


def test_the_same_title_makes_no_two_texts_one(site):
    gather(
        site.says("/direct", page("En direct", FLOOD, f"{site.url}/direct")),
        site.says("/direct?page=2", page("En direct", STRIKE, f"{site.url}/direct")),
    )

    assert Document.objects.articles().count() == 2


def test_an_article_that_was_edited_in_between_is_the_same_under_its_title(site):
    edited = FLOOD.replace("Douze personnes", "Vingt et une personnes") + " Le gymnase reste ouvert toute la nuit."
    gather(site.says("/a-crue", page()), site.says("/amp/a-crue", page(text=edited, canonical=f"{site.url}/a-crue")))

    assert Document.objects.articles().count() == 1


def test_a_person_says_that_two_documents_differ_and_no_worker_says_otherwise_again(site):
    _first, second = gather(site.says("/a-crue", page()), site.says("/a-crue/", page()))
    person = make.reporter()

    merging.undo(second, by=person)

    assert second.same_as is None
    assert LogEntry.objects.filter(verb="other article", actor=person).count() == 1
    site.says("/a-crue/", page(text=FLOOD + " Le gymnase reste ouvert."))
    second.ask()
    work()
    assert Document.objects.articles().count() == 2
    with refused("not_merged"):
        merging.undo(second, by=person)


def test_what_was_merged_by_way_of_a_document_stays_with_it(site):
    paths = [site.says(path, page(canonical=f"{site.url}/b-crue")) for path in ("/a-crue", "/b-crue", "/m/b-crue")]
    first, second, third = gather(*paths)
    assert {second.same_as, third.same_as} == {first}

    merging.undo(second, by=make.reporter())

    third.refresh_from_db()
    assert third.article == first


def test_an_article_is_known_and_found_by_any_of_its_addresses(site):
    site.says("/2026/crue-nouvelle", page(canonical=f"{site.url}/2026/crue-canonique"))
    [document] = gather(moved(site, "/2026/crue-ancienne", "/2026/crue-nouvelle"))

    assert fetching.ask(site.url + "/2026/crue-nouvelle", by=make.reporter()) == document
    for words in ("ancienne", "nouvelle", "canonique", f"{site.url}/2026/crue-canonique"):
        assert list(Document.objects.articles().search(words)) == [document]


def test_an_article_is_found_by_the_words_of_the_address_of_another_document(site):
    first, _second = gather(
        site.says("/crue", page()), site.says("/amp/vaur-evacuation", page(canonical=f"{site.url}/crue"))
    )

    assert list(Document.objects.articles().search("evacuation")) == [first]


def test_a_feed_adds_no_document_at_an_address_to_which_one_has_moved(site):
    site.says("/a-nouveau", page())
    gather(moved(site, "/a-ancien", "/a-nouveau"))
    feed = make.feed(
        url=site.says(
            "/feed.xml",
            f"<rss><channel><item><link>{site.url}/a-nouveau</link></item></channel></rss>",
            Content_Type="application/rss+xml",
        )
    )

    drain(type(feed).objects.filter(pk=feed.pk), polling.poll)

    assert Document.objects.count() == 1


def test_a_shortened_link_counts_as_the_article_to_which_it_leads(site, host_of_its_own):
    article = site.says("/a-crue", page())
    short = moved(host_of_its_own, "/x7Kq", article)

    link, document = gather(short, article)

    assert link.same_as == document


def test_texts_of_one_article_are_all_compared_with_claims(site):
    gather(site.says("/a-crue", page()), site.says("/a-crue/", page()))

    assert Arrival.objects.count() == 2
