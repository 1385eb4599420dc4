import pytest

from sources.models.vocabulary import AddressKind
from sources.pages.document_addresses import duplicate, other_addresses
from tests import make

pytestmark = pytest.mark.django_db


def test_an_article_shows_its_addresses_and_how_we_know_them():
    document = make.document()
    make.document_address(document, "https://courier.example/new")
    make.document_address(document, "https://courier.example/new", kind=AddressKind.CANONICAL)
    merged = make.same_article(article=document, overlap=0.93).document

    shown = other_addresses(document)

    assert [(row.url, row.document) for row in shown] == [(merged.url, merged), ("https://courier.example/new", None)]
    assert shown[0].how == "canonical address; 93 % of the text in common"
    assert shown[1].how == "permanent redirect, canonical address"


def test_a_duplicate_names_the_article_and_an_article_does_not():
    row = make.same_article(overlap=None)
    row.document.refresh_from_db()

    shown = duplicate(row.document)

    assert (shown.article, shown.why) == (row.article, "canonical address")
    assert duplicate(row.article) is None
