import pytest

from claims.pages import related_claims
from sources.reading import noting
from tests import make

pytestmark = pytest.mark.django_db


def names(rows):
    return [row.name for row in rows]


def test_a_document_lists_the_claims_that_appeared_in_it_and_those_that_cite_it():
    document = make.document()
    make.appearance(make.claim("It appeared."), document=document)
    passage = make.reading(capture_=make.capture(document_=document)).passages.first()
    make.confirmed_evidence(make.claim("It cites."), passage_=passage)
    make.evidence(make.claim("Only suggested."), make.passage())

    assert names(related_claims.of_document(document.pk)) == ["It cites.", "It appeared."]


def test_a_source_lists_the_claims_that_it_makes_or_is_named_for():
    source = make.source()
    make.claim("It makes it.", claimant=source)
    make.attribution(make.appearance(make.claim("It passes it on.")), source=source)

    assert names(related_claims.of_source(source.pk)) == ["It passes it on.", "It makes it."]


def test_the_pages_of_documents_and_sources_list_claims_and_offer_to_mark_more(client):
    client.force_login(make.reporter())
    source = make.source()
    document = make.document(source=source)
    seen = make.appearance(make.claim("A claim here."), document=document)
    make.attribution(seen, source=source)
    make.reading(capture_=make.capture(document_=document))

    pages = [client.get(row.get_absolute_url()).content.decode() for row in (document, source)]

    assert [seen.claim.get_absolute_url() in page for page in pages] == [True, True]
    assert [f"/claims/material/{document.pk}/" in page for page in pages] == [True, False]


def test_a_document_without_a_text_does_not_offer_to_mark_claims_in_it(client):
    client.force_login(make.reporter())
    document = make.document()
    noting.note(make.capture(document_=document).document, "A bridge.", by=make.reporter())

    page = client.get(document.get_absolute_url()).content.decode()

    assert f"/claims/material/{document.pk}/" not in page
