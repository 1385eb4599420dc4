"""Readers learn when a verdict changes: in the new report and its files, and on everything that shows the old one."""

import csv as csv_reader
import io
import json
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from claims.models import Report
from claims.models.vocabulary import CorrectionKind, Rating, Said, Status
from claims.publishing import reporting, succession_facts
from claims.publishing.exports.claimreview import claimreview
from claims.publishing.exports.csv import csv
from claims.review import reviewing
from tests import make, published
from tests.published import correct

pytestmark = pytest.mark.django_db

WHY = "A second witness came forward."


@pytest.fixture
def old():
    """A published report whose claim was reopened."""
    report = published.report()
    reviewing.reopen(report.decision.claim, by=make.editor(), reason=WHY)
    return Report.objects.get(pk=report.pk)


@pytest.fixture
def new(old):
    """The report of the new verdict."""
    claim = old.decision.claim
    claim.status = Status.DECIDED
    claim.save(update_fields=["status"])
    cited = list(old.decision.cited.all())
    decision = make.decision(claim, round=claim.round, rating=Rating.SUPPORTED, said=Said.ALTERED, cited=cited)
    return reporting.freeze(decision, by=make.editor(), language="en")


def words(client, report):
    """The words of the page of a report."""
    page = client.get(report.get_absolute_url()).content
    return re.sub(r"\s+", " ", BeautifulSoup(page, "lxml").get_text(" "))


def test_a_new_report_names_the_old_one_its_verdict_and_the_reason(client, old, new):
    told = json.loads(new.content)["replaces"]

    [was] = told["reports"]
    assert (was["number"], was["rating"], was["rating_label"], was["retracted"]) == (1, "refuted", "Refuted", False)
    assert was["address"] == json.loads(old.content)["report"]["address"]
    assert [each["reason"] for each in told["reopened"]] == [{"text": WHY, "language": "en"}]
    page = words(client, new)
    assert "This report replaces report 1" in page
    assert "The verdict changed from “Refuted” to “Supported”." in page
    assert WHY in page


def test_the_files_of_a_new_report_name_the_old_one(old, new):
    rows = list(csv_reader.DictReader(io.StringIO(csv.render(new).decode().removeprefix("\ufeff"))))
    [based] = json.loads(claimreview.render(new))["isBasedOn"]

    assert {(row["replaces_reports"], row["replaces_rating"], row["reopened_because"]) for row in rows} == {
        ("1", "refuted", WHY)
    }
    assert (based["description"], based["creativeWorkStatus"]) == ("Refuted", "Replaced")
    assert b"replaces" not in csv.render(old)


def test_a_first_report_replaces_nothing():
    report = published.report()

    assert "replaces" not in json.loads(report.content)
    assert succession_facts.of(report.decision, "en") is None


def test_an_old_report_says_that_it_is_under_review_again(client, old):
    data = json.loads(claimreview.render(old))

    assert words(client, old).lstrip().startswith("This verdict is under review again – Refuted")  # its title, too
    assert WHY not in words(client, old)  # the reason is for the readers of the new report
    assert "reviewRating" not in data
    assert data["creativeWorkStatus"] == "Under review again"
    assert data["correction"][0]["text"].startswith("This verdict is under review again.")


def test_an_old_report_says_what_replaced_it_and_how_the_verdict_changed(client, old, new):
    data = json.loads(claimreview.render(old))
    page = words(client, old)

    assert "Report 2 replaces this report" in page
    assert "The verdict changed from “Refuted” to “Supported”." in page
    assert "“Was it said?” changed from “It was said” to “It was said differently”." in page
    assert "newer report on this claim" not in page  # once is enough
    assert ("reviewRating" in data, data["creativeWorkStatus"]) == (False, "Replaced")
    assert data["correction"][0]["url"] == json.loads(new.content)["report"]["address"]
    assert json.loads(claimreview.render(new))["reviewRating"]["alternateName"] == "Supported"


def test_an_old_report_in_another_language_says_it_in_its_own(client, old, new):
    french = reporting.freeze(new.decision, by=make.editor(), language="fr")
    correct(new, by=make.editor(), kind=CorrectionKind.RETRACTION, text="Wrong bridge.")

    assert f"Report {french.number} replaces this report" in words(client, old)
    assert "changed from “Refuted” to “Supported”" in words(client, old)


def test_the_files_of_an_old_report_are_unchanged_and_their_names_say_so(client, old, new):
    answer = client.get(reverse("claims:download", args=[old.number, "json"]))

    assert answer.content.decode() == old.content
    assert 'filename="report-1-replaced-by-report-2.json"' in answer["Content-Disposition"]
    assert answer["Link"].endswith(f'{new.get_absolute_url()}>; rel="successor-version"')


def test_the_list_of_reports_says_which_replaces_which(client, old, new):
    client.force_login(make.viewer())

    rows = BeautifulSoup(client.get(reverse("claims:reports")).content, "lxml").select("tbody tr")

    told = [[badge.get_text() for badge in row.select("td:last-child .stamp")] for row in rows]
    assert told == [["Replaces report 1: Refuted"], ["Replaced by report 2: Supported"]]
