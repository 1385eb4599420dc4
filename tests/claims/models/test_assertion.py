import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from claims.models.vocabulary import AssertionStatus
from tests import databases, make

pytestmark = pytest.mark.django_db

# Each kind of assertion, with a column of what it says and something else that it could be made to say.
SAYS = [
    (make.wording, {"text": "Another bridge."}),
    (make.claim_link, {"relation": "same"}),
    (make.appearance, {"quote": "something else"}),
    (make.attribution, {"named_as": "Somebody else"}),
    (make.evidence, {"why": "Never mind."}),
    (make.figure, {"low": 3}),
    (make.figure_link, {"difference": "same"}),
    (make.origin_link, {"kind": "credits"}),
]
KINDS = [maker for maker, _says in SAYS]


def change(row, **columns):
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**columns)


@pytest.mark.parametrize("maker", KINDS)
@pytest.mark.parametrize("standing", [AssertionStatus.SUGGESTED, AssertionStatus.CONFIRMED])
def test_whoever_said_it_stays_its_author(maker, standing):
    assertion, other = maker(standing=standing), make.reporter()

    for columns in (
        {"asserted_by": other, "extractor": "", "standing": standing},
        {"extractor": "another@2"},
        {"asserted_at": make.MONDAY},
        {"score": 0.1},
    ):
        with pytest.raises(ProgrammingError, match="author_is_kept"):
            change(assertion, **columns)


@pytest.mark.parametrize(("maker", "says"), SAYS)
@pytest.mark.parametrize("standing", AssertionStatus)
def test_what_was_said_stays_as_it_was_said(maker, says, standing):
    assertion = maker(standing=standing)

    with pytest.raises(ProgrammingError, match="Cannot update"):
        change(assertion, **says)


@pytest.mark.parametrize("maker", [make.wording, make.appearance, make.evidence, make.figure, make.origin_link])
def test_what_was_said_of_one_claim_is_not_moved_to_another(maker):
    assertion, other = maker(), make.claim()

    with pytest.raises(ProgrammingError, match="Cannot update"):
        change(assertion, claim=other)


@pytest.mark.parametrize("maker", KINDS)
def test_it_is_settled_by_another_person_only_at_another_time(maker):
    assertion, other = maker(standing=AssertionStatus.CONFIRMED), make.editor()

    with pytest.raises(ProgrammingError, match="only settled anew"):
        change(assertion, settled_by=other)
    change(assertion, settled_by=other, settled_at=timezone.now())

    assertion.refresh_from_db()
    assert assertion.settled_by == other


@pytest.mark.parametrize("maker", KINDS)
def test_a_table_of_assertions_is_never_emptied(maker):
    table = connection.ops.quote_name(maker()._meta.db_table)

    with databases.unbound() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(f"alter table {table} enable trigger user")  # tests empty tables, and switch it off
        with pytest.raises(ProgrammingError, match="may not be truncated"), transaction.atomic():
            cursor.execute(f"truncate {table} cascade")


@pytest.mark.parametrize(
    ("maker", "column", "rule"),
    [
        (make.appearance, "role", "appearance_role_known"),
        (make.attribution, "directness", "directness_known"),
        (make.evidence, "stance", "stance_known"),
        (make.evidence, "nearness", "nearness_known"),
        (make.figure, "qualifier", "qualifier_known"),
        (make.origin_link, "kind", "origin_kind_known"),
        (make.figure_link, "difference", "difference_known"),
        (make.claim_link, "relation", "claim_relation_known"),
        (make.wording, "kind", "wording_kind_known"),
        (make.review, "said", "review_said_known"),
        (make.decision, "said", "decision_said_known"),
    ],
)
def test_the_database_knows_the_words_of_the_trade(maker, column, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        maker(**{column: "gossip"})
