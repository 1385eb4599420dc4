import pytest
from django.utils import translation

from sources.models import Document
from tests import databases, make
from workbench.desk.amounts import Amount, CountsTogether, counted, estimated

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        (Amount(1_234), "1,234"),
        (Amount(10_000, is_more=True), "more than 10,000"),
        (Amount(1_200_000, is_estimate=True), "about 1,200,000"),
    ],
)
def test_an_amount_says_how_sure_it_is(amount, says):
    with translation.override("en"):
        assert str(amount) == says


def test_no_more_rows_are_counted_than_asked_for():
    for _ in range(3):
        make.document()

    assert counted(Document.objects.all(), most=3) == Amount(3)
    assert counted(Document.objects.all(), most=2) == Amount(2, is_more=True)


def test_a_large_table_is_estimated_and_a_small_one_counted():
    for _ in range(12):
        make.document()
    with databases.unbound() as cursor:
        cursor.execute("ANALYZE sources_document")

    assert estimated(Document.objects.all(), most=12) == Amount(12)
    assert estimated(Document.objects.all(), most=10) == Amount(12, is_estimate=True)


def test_an_estimate_below_what_was_counted_is_not_believed():
    for _ in range(3):
        make.document()
    with databases.unbound() as cursor:
        cursor.execute("ANALYZE sources_document")
    for _ in range(3):
        make.document(last_outcome="ok")

    assert estimated(Document.objects.filter(last_outcome="ok"), most=2) == Amount(2, is_more=True)


def test_an_estimate_is_rounded():
    for _ in range(123):
        make.document()
    with databases.unbound() as cursor:
        cursor.execute("ANALYZE sources_document")

    assert estimated(Document.objects.all(), most=10) == Amount(120, is_estimate=True)


def test_several_kinds_are_counted_in_one_query(django_assert_num_queries):
    for host in ("a.example", "b.example", "b.example"):
        make.document(host=host)
    rows = {"a": Document.objects.filter(host="a.example"), "b": Document.objects.filter(host="b.example")}

    with django_assert_num_queries(1):
        assert CountsTogether({**rows, "all": Document.objects.order_by("-pk")}, most=2).now() == {
            "a": Amount(1),
            "b": Amount(2),
            "all": Amount(2, is_more=True),
        }


def test_a_sum_is_no_surer_than_its_parts():
    assert Amount.total([]) == Amount(0)
    assert Amount.total([Amount(1), Amount(2)]) == Amount(3)
    assert Amount.total([Amount(1), Amount(2, is_more=True)]) == Amount(3, is_more=True)
