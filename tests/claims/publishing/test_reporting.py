import hashlib
import json
import threading

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from claims.models import Claim, Evidence, Report
from claims.models.vocabulary import AssertionStatus, CorrectionKind, Status
from claims.publishing import printing, reporting
from claims.publishing.exports.claimreview import claimreview
from claims.publishing.exports.csv import csv
from claims.publishing.exports.page import page
from claims.publishing.exports.pdf import pdf
from sources.models import Document, Source
from tests import make, published
from tests.refusing import refused
from workbench.desk import anchor_check, audit, checkpointing, signing_key
from workbench.desk.anchors import Checkpoint
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted
from workbench.desk.work_queue import drain
from workbench.transparency import signed_note

pytestmark = pytest.mark.django_db


def exports(report: Report) -> dict[str, object]:
    fresh = Report.objects.get(pk=report.pk)
    return {
        "page": page.render(fresh),
        "pdf": pdf.render(fresh) if pdf.layout() else b"",
        "csv": csv.render(fresh),
        "claimreview": claimreview.render(fresh),
        "json": fresh.content,
    }


def test_a_report_is_canonical_json_under_its_hash():
    report = published.report()

    content = json.loads(report.content)

    assert report.sha256 == hashlib.sha256(report.content.encode()).hexdigest()
    assert report.content == printing.canonical(content)
    assert content["claim"]["text"] == published.CLAIM
    assert content["report"]["number"] == report.number


def test_a_proposal_has_our_own_collection_searched_again_before_a_second_person_agrees():
    decision = make.decision(make.claim(status=Status.DECIDED))
    search = make.answered_search(due_at=None)
    decision.claim.searches.add(search)

    reporting.propose(decision, by=decision.decided_by, language="en")

    search.refresh_from_db()
    assert search.due_at is not None


def test_reports_are_numbered_without_a_gap():
    first = published.report()
    with refused("already_published", "language"):
        reporting.freeze(first.decision, by=make.editor(), language="en")

    second = reporting.freeze(first.decision, by=make.editor(), language="fr")
    third = published.report("Another claim.")

    assert [first.number, second.number, third.number] == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_reports_that_are_frozen_at_once_get_numbers_in_a_row():
    decisions = [published.decision() for _each in range(3)]
    editor = make.editor()

    def freeze(decision):
        try:
            reporting.freeze(decision, by=editor, language="en")
        finally:
            connection.close()

    threads = [threading.Thread(target=freeze, args=[decision]) for decision in decisions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(Report.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_a_report_and_the_log_of_its_claim_vouch_for_each_other():
    decision = published.decision()
    chain = audit.name_of(decision.claim)
    end = audit.head(chain)

    report = reporting.freeze(decision, by=make.editor(), language="en")

    entry = LogEntry.objects.filter(chain=chain).order_by("-seq").first()
    assert report.log_head == end == json.loads(report.content)["log"]["head"]
    assert (entry.verb, entry.previous, json.loads(entry.facts)["sha256"]) == ("froze a report", end, report.sha256)
    assert audit.verify(chain) == []


@pytest.mark.parametrize("status", [Status.OPEN, Status.IN_REVIEW, Status.WITHDRAWN])
def test_only_a_decided_claim_is_reported(status):
    decision = make.decision(make.claim(status=status))

    with refused("not_decided"):
        reporting.freeze(decision, by=make.editor(), language="en")


def test_a_decision_of_an_earlier_round_is_not_reported():
    claim = make.claim(status=Status.DECIDED, round=2)

    with refused("newer_verdict"):
        reporting.freeze(make.decision(claim, round=1), by=make.editor(), language="en")


def test_a_language_that_the_workbench_does_not_speak_is_refused():
    with refused("unknown_language", "language"):
        reporting.freeze(make.decision(), by=make.editor(), language="xx")


@pytest.mark.parametrize("person", [make.viewer, make.reporter, make.reviewer, make.admin])
def test_only_editors_freeze(person):
    with pytest.raises(NotPermitted):
        reporting.freeze(make.decision(), by=person(), language="en")


def test_a_report_in_another_language_has_a_summary_in_it_beside_the_one_that_was_decided():
    decision = published.decision()

    report = reporting.freeze(decision, by=make.editor(), language="fr", summary=" Le pont était en travaux. ")

    verdict = json.loads(report.content)["verdict"]
    assert verdict["summary"] == {"text": "Le pont était en travaux.", "language": "fr"}
    assert verdict["summary_as_decided"] == {"text": decision.summary, "language": "en"}
    assert json.loads(claimreview.render(report))["reviewBody"] == "Le pont était en travaux."


def test_what_was_decided_is_not_written_anew_in_its_own_language():
    with refused("same_language", "summary"):
        reporting.freeze(published.decision(), by=make.editor(), language="en", summary="Another verdict.")


def test_what_was_retracted_may_be_published_anew():
    report = published.report()
    published.correct(report, by=make.editor(), kind=CorrectionKind.RETRACTION, text="Wrong bridge.")

    again = reporting.freeze(report.decision, by=make.editor(), language="en")

    assert (again.number, Report.objects.count()) == (report.number + 1, 2)
    assert report.newer() == again


def test_nothing_that_changes_later_changes_any_export(settings):
    report = published.report()
    before = exports(report)

    settings.DESK_NAME, settings.DESK_URL, settings.TIME_ZONE = "Another desk", "https://other.arvel", "Asia/Tokyo"
    claim = report.decision.claim
    Claim.objects.filter(pk=claim.pk).update(short_text="Changed", place="Changed")
    Source.objects.update(kind="person")
    for source in Source.objects.all():
        source.name = f"Renamed {source.pk}"
        source.save()
    Document.objects.update(title="Changed", published_at=None, last_outcome="ok")
    settled = Evidence.objects.filter(claim=claim).exclude(standing=AssertionStatus.SUGGESTED)
    settled.update(note="Changed", stance="unrelated", settled_at=timezone.now())
    make.evidence(claim, standing=AssertionStatus.REJECTED)
    claim.searches.add(make.answered_search("later"))
    make.appearance(claim)
    type(report.frozen_by).objects.update(first_name="Changed")

    assert exports(report) == before


@pytest.mark.parametrize("change", [lambda rows: rows.update(content="{}"), lambda rows: rows.delete()])
def test_the_database_keeps_a_report_as_it_is(change):
    report = published.report()

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        change(Report.objects.filter(pk=report.pk))


def test_a_report_prints_a_checkpoint_of_the_whole_log_up_to_it(client):
    report = published.report()

    told = json.loads(report.content)["checkpoint"]

    note = signed_note.read(told["line"])
    assert signing_key.signer(note, [signed_note.public_key(told["key"])]) is not None
    assert note.size == told["log_entries"] == LogEntry.objects.count() - 1  # all but the entry of the report
    assert told["line"] in client.get(report.get_absolute_url()).content.decode()
    assert [held.problems for held in anchor_check.since([note])] == [[]]


def test_a_worker_makes_a_checkpoint_over_the_report_itself():
    published.report()

    drain(checkpointing.due(), checkpointing.step)

    assert Checkpoint.objects.made().first().size == LogEntry.objects.count()


def test_a_report_from_before_checkpoints_shows_none():
    content = json.loads(published.report().content)
    del content["checkpoint"]

    shown = page.shown(content, "0" * 64)

    assert "checkpoint" not in shown


def test_nothing_is_published_that_the_desk_cannot_sign(settings, tmp_path):
    settings.SIGNING_KEY, settings.SIGNING_KEY_IS_OURS = tmp_path / "lost.pem", False

    with refused("no_key"):
        published.report()
    assert not Report.objects.exists()
