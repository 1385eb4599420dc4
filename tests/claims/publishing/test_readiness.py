"""What a report would print of the desk and its people for good is set before anything is published."""

import json

import pytest
from django.urls import reverse

from claims.models import Report
from claims.publishing import copy_editing, readiness, reporting
from claims.publishing.exports.claimreview import claimreview
from claims.publishing.exports.csv import csv
from claims.publishing.exports.page import page
from sources.reading import pasting
from tests import make, published
from tests.refusing import refused

pytestmark = pytest.mark.django_db

LOOPBACK = "http://127.0.0.1:8000"


@pytest.fixture
def sample(settings):
    """A report of the sample case."""
    settings.SAMPLE, settings.DESK_URL, settings.DESK_NAME = True, LOOPBACK, settings.DESK_NAME_PLACEHOLDER
    report = published.report()
    settings.SAMPLE = False
    return report


def nameless(person):
    person.first_name = ""
    person.save(update_fields=["first_name"])
    return person


@pytest.mark.parametrize(("setting", "value"), [("DESK_URL", LOOPBACK), ("DESK_NAME", "Verification desk")])
def test_a_desk_without_name_or_address_publishes_nothing(settings, setting, value):
    decision = published.decision()
    setattr(settings, setting, value)

    with refused("placeholder"):
        reporting.freeze(decision, by=make.editor(), language="en")

    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "person",
    [
        lambda decision: decision.decided_by,
        lambda decision: decision.claim.reviews.first().reviewer,
        lambda decision: decision.claim.evidence.confirmed().first().settled_by,
    ],
    ids=["who decided", "a reviewer", "who weighed"],
)
def test_nobody_is_printed_without_a_name(person):
    decision = published.decision()
    nameless(person(decision))

    with refused("placeholder"):
        reporting.freeze(decision, by=make.editor(), language="en")


@pytest.mark.parametrize("use", ["evidence", "quoted", "whole"])
def test_who_pasted_a_text_is_printed_and_has_a_name_too(use):
    claim, reporter = published.claim(), make.reporter()
    reading = pasting.keep_pasted("The bridge at Arvel was closed for repairs.", by=reporter)
    if use == "evidence":
        make.confirmed_evidence(claim, passage_=reading.passages.first())
    elif use == "quoted":
        make.appearance(claim, passage=reading.passages.first())
    else:
        make.appearance(claim, document=reading.capture.document)
    decision, editor = published.decision(claim), make.editor()
    assert readiness.gaps(readiness.people_of(decision, editor)) == []
    nameless(reporter)

    with refused("placeholder"):
        reporting.freeze(decision, by=editor, language="en")


def test_who_publishes_has_a_name_too_and_who_is_not_printed_needs_none():
    decision = published.decision()
    nameless(decision.claim.logged_by)
    editor = make.editor()

    assert readiness.gaps(readiness.people_of(decision, editor)) == []
    with refused("placeholder"):
        reporting.freeze(decision, by=nameless(editor), language="en")


def test_a_copy_edit_is_published_under_the_same_rule(settings):
    report = published.report()
    summary = json.loads(report.content)["verdict"]["summary"]["text"]
    edit = copy_editing.propose(
        report, by=make.editor(), part="summary", after=summary.replace("No record", "No  record"), reason="A space."
    )
    settings.DESK_URL = LOOPBACK

    with refused("placeholder"):
        copy_editing.agree(edit, by=make.reviewer())


def test_the_button_is_not_there_and_the_page_says_why(client, settings):
    decision = published.decision()
    settings.DESK_URL = LOOPBACK
    client.force_login(make.editor())

    for address in (reverse("claims:freeze", args=[decision.pk]), decision.claim.get_absolute_url()):
        shown = client.get(address).content.decode()
        assert "Readers cannot open this address" in shown
        assert ">Publish the report</button>" not in shown


def test_the_records_and_the_problems_say_it(client, settings):
    settings.DESK_URL = LOOPBACK
    client.force_login(make.admin())

    for address in (reverse("admin:index"), reverse("trouble")):
        assert "Readers cannot open this address" in client.get(address).content.decode()


def test_a_sample_is_marked_on_its_page_and_in_its_files(sample):
    assert sample.is_sample
    assert json.loads(sample.content)["report"]["sample"] is True
    assert "Sample report" in page.render(sample)
    assert "application/ld+json" not in page.render(sample)
    assert '"sample"' in csv.render(sample).decode().splitlines()[0]
    with refused("sample"):
        claimreview.render(sample)


def test_only_people_of_the_desk_read_a_sample(client, sample):
    addresses = [sample.get_absolute_url(), reverse("claims:download", args=[sample.number, "json"])]
    strangers = [client.get(address) for address in addresses]
    client.force_login(make.viewer())
    insiders = [client.get(address) for address in addresses]

    assert [answer["Location"].partition("?")[0] for answer in strangers] == [reverse("login")] * 2
    assert [(answer.status_code, answer["X-Robots-Tag"]) for answer in insiders] == [(200, "noindex")] * 2
    assert 'filename="report-1-sample.json"' in insiders[1]["Content-Disposition"]


def test_a_report_of_a_desk_with_a_name_is_no_sample(client):
    report = published.report()

    assert not report.is_sample
    assert "sample" not in json.loads(report.content)["report"]
    assert "X-Robots-Tag" not in client.get(report.get_absolute_url())


def test_a_desk_that_leaves_the_sample_behind_publishes_the_verdict_as_its_first_report(client, sample, settings):
    settings.DESK_NAME, settings.DESK_URL = "Desk of Arvel", "https://desk.arvel"

    report = reporting.freeze(sample.decision, by=make.editor(), language="en")

    assert (report.is_sample, report.number) == (False, sample.number + 1)
    assert sample.newer() is None
    assert f"report {sample.number}" not in client.get(report.get_absolute_url()).content.decode()
