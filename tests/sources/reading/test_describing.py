from datetime import date

import pytest

from sources.models import DocumentAddress
from sources.models.vocabulary import AddressKind
from sources.reading import describing
from tests import make
from tests.refusing import refused
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def pasted():
    return make.document(url="ni:///sha-256;abc", host="", title="First line")


def test_a_pasted_text_gets_its_source_title_address_and_date(pasted):
    source = make.source()

    said = {"source": source.pk, "title": "A better title", "url": "https://a.example/1", "day": date(2026, 11, 20)}
    describing.describe(pasted, by=make.reporter(), **said)

    pasted.refresh_from_db()
    assert (pasted.source, pasted.title, pasted.published_precision) == (source, "A better title", "day")
    assert DocumentAddress.objects.get(document=pasted).kind == AddressKind.STATED
    assert "First line" in LogEntry.objects.get(verb="described a document").facts


def test_what_is_left_empty_stays_and_is_not_logged(pasted):
    describing.describe(pasted, by=make.reporter())

    pasted.refresh_from_db()
    assert pasted.title == "First line"
    assert not LogEntry.objects.filter(verb="described a document").exists()


def test_a_page_says_itself_where_it_is_from_and_an_address_is_one_of_the_web(pasted):
    remi = make.reporter()

    with refused("is_web"):
        describing.describe(make.document(), by=remi, title="Mine")
    with refused("no_address", "url"):
        describing.describe(pasted, by=remi, url="not an address")
    with pytest.raises(NotPermitted):
        describing.describe(pasted, by=make.viewer(), title="Mine")
