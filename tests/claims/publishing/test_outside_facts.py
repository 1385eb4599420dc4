"""What a report says of fact-checks of others is what they said when they were found."""

import pytest

from claims.models.vocabulary import AssertionStatus
from claims.publishing import outside_facts
from tests import databases, make
from tests.refusing import refused
from workbench.desk.byline import PrintedNames
from workbench.desk.vocabulary import NamePrinted

pytestmark = pytest.mark.django_db


def test_a_linked_fact_check_that_was_changed_since_it_was_found_stops_the_report():
    row = make.earlier_check(standing=AssertionStatus.CONFIRMED, by=make.reporter())
    decision = make.decision(row.claim)
    told = outside_facts.of(row.claim, decision, PrintedNames())["earlier_checks"]
    assert [each["sha256"] for each in told] == [row.fact_check.fingerprint]

    with databases.unbound() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE sources_factcheck SET rating = 'True'")
        cursor.execute("SET LOCAL session_replication_role = origin")
    row.fact_check.refresh_from_db()

    with refused("fact_check_changed"):
        outside_facts.of(row.claim, decision, PrintedNames())


def test_who_linked_a_fact_check_is_named_as_they_chose():
    person = make.reporter(first_name="Nil", last_name="Aydin")
    make.byline(person, printed=NamePrinted.PEN, pen_name="N. A.")
    row = make.earlier_check(standing=AssertionStatus.CONFIRMED, by=person)

    [told] = outside_facts.of(row.claim, make.decision(row.claim), PrintedNames())["earlier_checks"]

    assert told["linked_by"] == "N. A."
