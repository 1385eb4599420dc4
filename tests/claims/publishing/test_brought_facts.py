import csv as reader
import io

import pytest
from bs4 import BeautifulSoup

from claims.publishing import brought_facts, reporting
from claims.publishing.exports.csv import csv
from claims.publishing.exports.page import page
from claims.publishing.exports.pdf import pdf
from sources.reading import noting, pasting
from tests import make, published
from tests.reading_back import with_pdfium
from workbench.desk import hidden_rows
from workbench.desk.byline import PrintedNames

pytestmark = pytest.mark.django_db


def test_what_nobody_brought_has_nothing_to_say():
    assert brought_facts.of([]) is None
    assert brought_facts.of_document(make.document()) is None


def test_of_several_bringings_the_last_that_says_something_counts():
    first = make.bringing(said_url="", file_name="a.txt")
    told = make.bringing(first.capture, said_url="https://example.org/b", seen_at=make.MONDAY)
    make.bringing(first.capture, said_url="")

    facts = brought_facts.of_document(first.capture.document)

    assert (facts["by"], facts["said_url"]) == (str(told.by), "https://example.org/b")
    assert facts["seen_at"] == "2024-12-02T09:30:00Z"


def test_what_was_said_for_a_restricted_claim_is_in_no_report():
    named = make.reporter()
    secret = make.claim(logged_by=named)
    page = make.document("https://example.org/zyxwort", asked_by=named)
    make.appearance(secret, document=page, by=named)
    first = make.bringing(said_url="https://example.org/open")
    make.bringing(first.capture, by=named, said_url=page.url, instead_of=page)
    make.claim_access(secret, named)

    with hidden_rows.read_by(lambda: named.pk):
        assert brought_facts.of_document(first.capture.document)["said_url"] == "https://example.org/open"


def test_a_report_says_who_brought_a_file_what_they_say_of_it_and_that_a_note_is_a_note():
    claim = published.claim()
    row = make.bringing(file_name="photo.jpg", said_account="@witness", obtained="sent by a reader")
    passage = noting.note(row.capture.document, "A photograph of a closed bridge.", by=make.reporter())
    make.confirmed_evidence(claim, passage_=passage)
    report = reporting.freeze(published.decision(claim), by=make.editor(), language="en")

    html = page.render(report)
    rows = list(reader.DictReader(io.StringIO(csv.render(report).decode("utf-8-sig"), newline="")))

    assert "The desk did not fetch it." in html
    assert all(said in html for said in (str(row.by), "@witness", "sent by a reader", "photo.jpg"))
    assert "This is a note by the desk on what the file shows." in html
    assert {(each["brought_by"], each["note_on_the_file"]) for each in rows} == {(str(row.by), "yes"), ("", "no")}


@pytest.mark.parametrize(
    ("language", "person", "text", "said", "kept"),
    [
        ("en", "Ana", "The bridge at Arvel was closed for repairs.", "Pasted by Ana on", "as it was pasted"),
        ("fr", "Zoé", "Le pont d’Arvel était fermé pour travaux.", "Collé par Zoé le", "tel que collé"),
        ("fr", "Şirin", "Arvel köprüsü onarım için kapatıldı.", "Collé par Şirin le", "tel que collé"),
        ("en", "ليلى", "أُغلق جسر أرفيل للإصلاح.", "Pasted by ليلى on", "as it was pasted"),
    ],
)
def test_a_report_says_who_pasted_a_text_and_not_that_it_was_served(language, person, text, said, kept):
    claim, reporter = published.claim(), make.reporter(first_name=person)
    reading = pasting.keep_pasted(text, by=reporter)  # for another claim, by somebody who has no part in this one
    make.confirmed_evidence(claim, passage_=reading.passages.first())
    make.appearance(claim, document=reading.capture.document)
    report = reporting.freeze(published.decision(claim), by=make.editor(), language=language)

    shown = BeautifulSoup(page.render(report), "lxml")
    rows = list(reader.DictReader(io.StringIO(csv.render(report).decode("utf-8-sig"), newline="")))

    [item] = [each for each in shown.select("article.evidence") if text in each.select_one("mark").text]
    told = " ".join(item.text.split())
    assert said in told
    assert kept in told
    assert "as served" not in told
    assert "reçus du serveur" not in told
    assert said in " ".join(" ".join(each.text.split()) for each in shown.select("article.appearance"))
    assert {each["pasted_by"] for each in rows} == {person, ""}
    if pdf.layout():
        assert said in " ".join(with_pdfium(pdf.render(report)).split()) or person == "ليلى"


def test_a_fetched_page_and_a_brought_file_are_not_pasted():
    claim = published.claim()
    row = make.bringing(file_name="photo.jpg")
    passage = noting.note(row.capture.document, "A photograph of a closed bridge.", by=make.reporter())
    make.confirmed_evidence(claim, passage_=passage)
    report = reporting.freeze(published.decision(claim), by=make.editor(), language="en")

    assert "Pasted by" not in page.render(report)
    assert "bytes as served" in page.render(report)
    assert "pasted_by" not in csv.render(report).decode()


@pytest.mark.parametrize("use", ["appearance", "evidence"])
def test_no_report_says_who_pasted_a_text_for_a_claim_that_only_named_people_see(use):
    named = make.reporter()
    secret = make.claim(logged_by=named)
    reading = pasting.keep_pasted("The bridge at Arvel was closed for repairs.", by=named)
    passage = reading.passages.first()
    if use == "appearance":
        make.appearance(secret, passage=passage, by=named)
    else:
        make.evidence(secret, passage_=passage)
    assert brought_facts.pasted(reading, PrintedNames())["pasted"]["by"] == str(named)
    make.claim_access(secret, named)

    with hidden_rows.read_by(lambda: None):
        assert brought_facts.pasted(reading, PrintedNames()) == {}
