from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from claims import log_check
from claims.models import Claim, Report, Review
from claims.models.vocabulary import Rating, Status
from claims.publishing import reporting
from claims.review import reviewing
from tests import databases, make, published
from workbench.desk import audit, people
from workbench.desk.audit import Fault
from workbench.desk.models import LogEntry, LogHead, User
from workbench.tasks import check_log

pytestmark = pytest.mark.django_db


def problems(claim):
    return [fault.problem for fault in log_check.faults(claim)]


def behind_the_rules(rows, **changes):
    """Change or remove rows as somebody may who owns the database."""
    table = rows.model._meta.db_table
    with databases.unbound() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        if changes:
            rows.update(**changes)
        else:
            rows._raw_delete(rows.db)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def reviewed():
    claim = make.claim(status=Status.IN_REVIEW)
    make.log_entry(claim, by=claim.logged_by, verb="logged")
    reviewing.submit_review(claim, reviewing.Finding(Rating.REFUTED, "Because."), by=make.reviewer())
    return claim


@pytest.fixture
def reported():
    decision = published.decision()
    make.log_entry(decision.claim, verb="decided")
    return reporting.freeze(decision, by=make.editor(), language="en")


def test_a_claim_with_what_was_noted_of_it_holds(reviewed):
    assert problems(reviewed) == []


def test_a_claim_without_entries_does_not_hold(reviewed):
    behind_the_rules(LogEntry.objects.filter(chain=audit.name_of(reviewed)))
    behind_the_rules(LogHead.objects.filter(chain=audit.name_of(reviewed)))

    assert any("has no log" in problem for problem in problems(reviewed))


def test_a_rename_is_no_change_of_a_review(reviewed):
    person = Review.objects.get(claim=reviewed).reviewer
    person.username = "renamed"
    people.change_person(person, by=make.admin(), changed=["username"])

    assert problems(reviewed) == []


def test_a_review_from_before_holds_by_the_name_that_its_entry_has(reviewed):
    review, entry = Review.objects.get(claim=reviewed), LogEntry.objects.get(verb="reviewed")
    old = review.earlier_fingerprint(review.reviewer.username)
    assert review.fingerprint in entry.facts
    behind_the_rules(LogEntry.objects.filter(pk=entry.pk), facts=entry.facts.replace(review.fingerprint, old))
    User.objects.filter(pk=review.reviewer_id).update(username="renamed")

    assert "the review differs from the log" not in problems(reviewed)


def test_a_review_that_was_changed_does_not_hold(reviewed):
    behind_the_rules(Review.objects.filter(claim=reviewed), rating=Rating.SUPPORTED)

    said, sealed = problems(reviewed)
    assert said == "the review differs from the log"
    assert "rating: not what was sealed on" in sealed


def test_a_review_that_was_removed_or_slipped_in_does_not_hold(reviewed):
    behind_the_rules(Review.objects.filter(claim=reviewed))
    slipped_in = make.review(reviewed)

    *found, sealed = problems(reviewed)
    assert found == [
        f"review {slipped_in.pk} is not in the log",
        "the log records this review, but the review is missing",
    ]
    assert "is missing: it was sealed on" in sealed


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"content": "{}"}, "does not match its hash"),
        ({"sha256": make.sha256("another")}, "the report differs from the log"),
        ({"log_head": make.sha256("another")}, "the report differs from the log"),
        ({}, "the log records this report, but the report is missing"),
    ],
)
def test_a_report_that_was_changed_or_removed_does_not_hold(reported, changes, problem):
    claim = reported.decision.claim
    before = problems(claim)

    behind_the_rules(Report.objects.filter(pk=reported.pk), **changes)

    assert not any(problem in each for each in before)
    assert any(problem in each for each in problems(claim))


def test_a_claim_that_was_removed_is_missed(reviewed):
    chain = audit.name_of(reviewed)
    before = log_check.gone()
    behind_the_rules(Review.objects.all())
    behind_the_rules(Claim.objects.all())

    assert (before, log_check.gone()) == ([], [Fault(chain, 1, "the log records this claim, but the claim is missing")])


def checked(client):
    client.post(reverse("check_log"))
    check_log()
    return client.get(reverse("log"))


def test_the_check_of_the_whole_log_holds_claims_against_it(client, reviewed):
    editor = make.editor()
    make.log_entry(reviewed, by=editor, verb="moved")
    client.force_login(editor)
    holds = checked(client)

    behind_the_rules(Review.objects.filter(claim=reviewed), rating=Rating.SUPPORTED)
    broken = checked(client)

    assert b"No errors found." in holds.content
    sealed, said = broken.context["check"].faults
    assert said[:3] == [audit.name_of(reviewed), 2, "the review differs from the log"]
    assert sealed[:2] == said[:2]
    assert "the review differs from the log" in broken.content.decode()


def test_the_command_tells_how_many_hold_or_which_do_not(reviewed):
    out = StringIO()
    call_command("verify_claims", stdout=out)

    make.claim()

    assert out.getvalue() == "Claims checked: 1. No errors found.\n"
    with pytest.raises(CommandError, match="has no log"):
        call_command("verify_claims")


def test_a_fact_check_of_others_that_was_changed_is_named():
    row = make.earlier_check()
    make.log_entry(row.claim, by=row.claim.logged_by, verb="logged")
    before = [fault.problem for fault in log_check.faults(row.claim)]
    with databases.unbound() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE sources_factcheck SET rating = 'True'")
        cursor.execute("SET LOCAL session_replication_role = origin")

    new = {str(fault.problem) for fault in log_check.faults(row.claim)} - set(map(str, before))

    assert new == {f"earlier fact-check {row.pk} differs from what it said when found"}
