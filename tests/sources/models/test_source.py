import pytest
from django.db import IntegrityError, transaction

from sources.models import Source
from sources.models.vocabulary import SourceKind
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
    ("host", "name"),
    [
        ("courier.example", "Courier"),
        ("fr.courier.example", "Courier"),
        ("COURIER.example", "Courier"),
        ("sport.courier.example", "Arena"),
        ("live.sport.courier.example", "Arena"),
        ("xcourier.example", None),
        ("example", None),
    ],
)
def test_a_source_publishes_on_its_domains_and_those_below(host, name):
    make.source_domain(make.source("Arena"), "sport.courier.example")
    make.source_domain(make.source("Courier"), "courier.example")

    found = Source.objects.of_host(host)

    assert (found.name if found else None) == name


@pytest.mark.parametrize("many", [1, 30])
def test_who_publishes_on_many_hosts_is_asked_once(django_assert_num_queries, many):
    domains = [make.source_domain() for _number in range(many)]

    with django_assert_num_queries(1):
        found = Source.objects.by_host([*(f"www.{domain.host}" for domain in domains), "nobody.example"])

    assert found == {f"www.{domain.host}": domain.source for domain in domains}


def test_a_name_stands_for_one_source_of_a_kind():
    make.source("Arvel")
    make.source("Arvel", kind=SourceKind.OFFICIAL)

    with pytest.raises(IntegrityError, match="once_per_name_and_kind"), transaction.atomic():
        make.source("ARVEL")


def test_a_source_has_a_name():
    with pytest.raises(IntegrityError, match="has_a_name"), transaction.atomic():
        Source.objects.create(name="")
