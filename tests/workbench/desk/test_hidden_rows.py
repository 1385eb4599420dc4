"""Rows that are hidden from a reader are in no query, and neither is what hangs on them."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q
from django.test.utils import CaptureQueriesContext

import claims
from claims.intake import restricting
from claims.models import Claim, Evidence, Review, Wording
from sources.models import Passage
from sources.models.vocabulary import SourceVerb
from tests import house, make
from workbench.desk import hidden_rows
from workbench.desk.models import LogEntry, LogHead

pytestmark = pytest.mark.django_db


@pytest.fixture
def restricted():
    """A restricted claim with a piece of evidence, and another claim with evidence in the same passage."""
    author = make.reporter()
    claim, other = make.claim("Zyxwort was paid.", logged_by=author), make.claim("The bridge is closed.")
    passage = make.passage()
    make.evidence(claim, passage)
    make.evidence(other, passage)
    restricting.name(claim, author, by=author)
    return claim, other, passage, author


def seen_by(person):
    return hidden_rows.read_by(lambda: person and person.pk)


def test_a_hidden_row_is_in_no_list_count_or_join_and_cannot_be_changed(restricted):
    claim, other, passage, author = restricted

    with seen_by(make.admin()):
        assert list(Claim.objects.all()) == [other]
        assert Claim.objects.filter(pk=claim.pk).count() == 0
        assert Passage.objects.annotate(n=Count("evidence")).get(pk=passage.pk).n == 1
        assert not Passage.objects.filter(evidence__claim=claim).exists()
        assert not Passage.objects.filter(Exists(Evidence.objects.filter(passage=OuterRef("pk"), claim=claim))).exists()
        assert passage.evidence.count() == 1
        assert Passage.objects.filter(~Q(evidence__claim=other), pk=passage.pk).count() == 0
        assert Claim.objects.annotate(n=Count("evidence")).get().n == 1
        assert Claim.objects.filter(pk=claim.pk).update(compared_with="x") == 0
        assert Claim.objects.update(compared_with="x") == 1
        assert Claim.objects.select_for_update(no_key=True).filter(pk=claim.pk).first() is None
    with seen_by(author):
        assert Claim.objects.count() == 2
        assert claim.evidence.get().claim == claim
    assert Claim.objects.count() == 2


def test_who_is_not_signed_in_sees_no_restricted_claim(restricted):
    with seen_by(None):
        assert Claim.objects.count() == 1


def test_every_model_that_refers_to_a_claim_is_hidden_with_it():
    tables = hidden_rows.tables_concerned()

    assert {model._meta.db_table for model in (Claim, Wording, Evidence, Review)} <= tables
    assert "workbench_user" not in tables


# The bodies of triggers, which run for who changes a row and tell them nothing.
TRIGGERS = {
    "claims/models/claim.py",
    "claims/models/evidence.py",
    "sources/models/text_guards.py",
    "sources/models/retention.py",
}


def test_no_raw_sql_reads_a_table_of_which_rows_can_be_hidden():
    tables = "|".join(sorted(hidden_rows.tables_concerned() - {"workbench_logentry", "workbench_loghead"}))
    reads = re.compile(rf"\b(FROM|JOIN|UPDATE) \"?({tables})\b")
    root = Path(claims.__file__).parent.parent

    found = {house.name(path, root) for path in house.code(root) if reads.search(path.read_text())}

    assert {path for path in found if "/migrations/" not in path} == TRIGGERS


def test_what_is_hidden_is_asked_once_for_each_request(restricted):
    claim, _other, _passage, author = restricted

    with seen_by(author), CaptureQueriesContext(connection) as queries:
        assert Claim.objects.filter(pk=claim.pk).exists()
        assert Evidence.objects.exists()

    assert len(queries) == 2 + 2  # who sees restricted claims, and what waits on forms


def test_an_entry_that_names_a_hidden_row_of_any_model_is_hidden_with_its_chain(restricted):
    claim, other, _passage, author = restricted
    rows = [make.evidence(claim), make.question(claim), make.comment_request(claim)]
    for row in rows:
        make.log_entry(row, by=author)
        make.log_entry(row, by=author, chain=f"claim {other.pk}")
        make.log_entry(other, by=author, evidence=f"{row._meta.model_name} {row.pk}")
    shown = make.log_entry(other, by=author, words='claim "12', number=claim.pk)

    with seen_by(make.admin(is_superuser=True)):
        assert LogEntry.objects.filter(actor=author).get() == shown
        assert not LogHead.objects.filter(chain__startswith="question").exists()
    with seen_by(author):
        assert LogEntry.objects.filter(actor=author).count() > 3 * len(rows)


def test_a_query_of_the_log_looks_into_no_other_table_and_asks_as_much_for_thirty_rows_as_for_one(restricted):
    claim, _other, _passage, author = restricted
    asked = []

    for number in (0, 29):
        for _each in range(number):
            make.log_entry(make.evidence(claim), by=author)
        with seen_by(make.admin()), CaptureQueriesContext(connection) as queries:
            assert not LogEntry.objects.filter(verb=SourceVerb.ADDED_NAME).exists()
        asked.append(len(queries))

    assert asked[0] == asked[1]
    assert set(re.findall(r'FROM "(\w+)"', queries[-1]["sql"])) == {"workbench_logentry"}
