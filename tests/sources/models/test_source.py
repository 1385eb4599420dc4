import pytest
from django.db import IntegrityError, transaction

from sources.models import Source
from sources.vocabulary import SourceKind
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["Şafak Gazetesi", "SAFAK GAZETESİ", "safak gazetesi", "Ghazeta Şafak", "شفق"])
def test_a_source_is_found_by_any_of_its_names_however_it_is_spelled(name):
    source = make.source("Şafak Gazetesi")
    make.source_name(source, "Ghazeta Şafak")
    make.source_name(source, "شفق", language="ar")
    make.source()

    assert list(Source.objects.called(name)) == [source]


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("courier.example", 1),
        ("fr.courier.example", 1),
        ("COURIER.example", 1),
        ("xcourier.example", 0),
        ("example", 0),
    ],
)
def test_a_source_publishes_on_its_domains_and_those_below(host, found):
    make.source_domain(host="courier.example")

    assert Source.objects.of_host(host).count() == found


def test_a_name_stands_for_one_source_of_a_kind():
    make.source("Arvel")
    make.source("Arvel", kind=SourceKind.OFFICIAL)

    with pytest.raises(IntegrityError, match="once_per_name_and_kind"), transaction.atomic():
        make.source("ARVEL")


def test_a_source_has_a_name():
    with pytest.raises(IntegrityError, match="has_a_name"), transaction.atomic():
        Source.objects.create(name="")
