import pytest
from django.db import IntegrityError, transaction

from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("columns", "rule"),
    [({"low": None, "high": None}, "has_a_value"), ({"low": 21, "high": 12}, "range_in_order")],
)
def test_a_figure_is_a_value_or_a_range(columns, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        make.figure(**columns)


def test_a_figure_of_the_claim_itself_is_noted_once():
    claim = make.claim("Twelve people were hurt.")
    columns = {"start": 0, "end": 6, "exact": "Twelve", "low": 12, "extractor": "figures@1"}
    claim.figures.create(**columns)

    with pytest.raises(IntegrityError, match="once_per_span"), transaction.atomic():
        claim.figures.create(**columns)


def test_two_figures_differ_from_each_other_not_from_themselves():
    figure = make.figure()

    with pytest.raises(IntegrityError, match="not_linked_to_itself"), transaction.atomic():
        make.figure_link(figure, figure)
