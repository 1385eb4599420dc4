import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sources.models.vocabulary import Outcome
from tests import make

pytestmark = pytest.mark.django_db


def shown(client, document, **asked):
    answer = client.get(document.get_absolute_url(), asked)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def full_document():
    """A document with a capture that was read, sealed and repeated, and an edit."""
    change = make.change(compared_at=make.MONDAY)
    make.edit(change)
    make.link(change.after.capture)
    document = change.before.capture.document
    make.capture(document, revisits=change.before.capture)
    make.external_archive(document)
    return document


def test_a_page_costs_the_same_with_one_row_of_each_history_and_with_thirty(client):
    client.force_login(make.editor())
    document = full_document()
    with CaptureQueriesContext(connection) as with_one:
        shown(client, document)

    before = document.captures.earliest("pk").readings.get()
    for _ in range(30):
        make.attempt(document, outcome=Outcome.TIMEOUT)
        after = make.reading(capture_=make.capture(document))
        make.edit(make.change(before, after, compared_at=make.MONDAY))
    with CaptureQueriesContext(connection) as with_thirty:
        page = shown(client, document)

    assert len(with_thirty) == len(with_one)
    rows = [len(page.select(rows)) for rows in ("#attempts ~ table tbody tr", ".captures > li", "#changes ~ details")]
    assert (rows, len(page.select("#readings ~ ul li"))) == ([20, 20, 10], 20)


@pytest.mark.parametrize(
    ("history", "rows", "left"), [("attempts", "#attempts ~ table tbody tr", 5), ("captures", ".captures > li", 5)]
)
def test_older_rows_are_a_page_away_and_the_other_histories_stay(client, history, rows, left):
    document = make.document(due_at=None)
    for _ in range(25):
        make.capture(document)
    client.force_login(make.viewer())

    first = shown(client, document, reading=7)
    address = first.select_one(f'[rel=next][href^="?reading=7&{history}=after-"][href$="#{history}"]')["href"]
    second = BeautifulSoup(client.get(f"{document.get_absolute_url()}{address}").content, "lxml")

    assert first.select_one(f"#{history}").text.split()[-1] == "25"
    assert (len(first.select(rows)), len(second.select(rows))) == (20, left)


def test_the_pagers_of_one_page_have_names_of_their_own(client):
    document = make.document(due_at=None)
    for _ in range(25):
        make.capture(document)
    client.force_login(make.viewer())

    names = [nav["aria-label"] for nav in shown(client, document).select("nav.pager")]

    assert names == ["Pages – Fetch attempts", "Pages – Captures"]


def test_the_last_attempt_is_told_on_every_page_of_the_attempts(client):
    document = make.document(due_at=None, last_outcome=Outcome.PAYWALL)
    for _ in range(25):
        make.attempt(document, outcome=Outcome.TIMEOUT, reason="Too slow for us.")
    make.attempt(document, outcome=Outcome.PAYWALL, reason="Pay first.")
    client.force_login(make.viewer())

    assert shown(client, document, attempts="last").select_one(".notice.error p").text.strip() == "Pay first."


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        (lambda: {"feed": make.feed(title="News")}, "in a feed – News"),
        (lambda: {"asked_by": make.reporter(first_name="Ana")}, "added by Ana"),
        (dict, ""),
    ],
)
def test_a_document_says_how_it_was_found(client, columns, found):
    client.force_login(make.viewer())

    answer = client.get(make.document(**columns()).get_absolute_url())

    assert answer.context["facts"].found == found


def test_the_character_set_and_its_doubt_stand_with_the_text(client):
    reading = make.reading(charset="windows-1254", declared_charset="windows-1252", is_garbled=True)
    client.force_login(make.viewer())

    page = shown(client, reading.capture.document).text

    assert "windows-1254" in page
    assert "The page declares windows-1252" in page
    assert "Some characters may be wrong" in page


def test_a_sound_text_has_no_warning_of_its_characters(client):
    reading = make.reading(charset="utf-8", declared_charset="utf-8")
    client.force_login(make.viewer())

    page = shown(client, reading.capture.document).text

    assert "Some characters may be wrong" not in page
    assert "The page declares" not in page


def test_a_link_of_an_aggregator_names_the_publisher_and_where_it_leads(client):
    named = {
        "is_aggregator_link": True,
        "named_publisher": "Kıyı Postası",
        "named_publisher_url": "https://kiyi.example",
    }
    article = make.document("https://kiyi.example/haber/1", title="Köprü çöktü")
    resolved = make.document(leads_to=article, last_outcome=Outcome.AGGREGATOR, due_at=None, **named)
    unresolved = make.document(last_outcome=Outcome.AGGREGATOR, due_at=None, **named)
    client.force_login(make.viewer())

    leads, lost = shown(client, resolved), shown(client, unresolved)

    assert leads.find("a", href=article.get_absolute_url()).text == "Köprü çöktü"
    assert "The publisher’s page was not found" not in leads.text
    assert "the publisher is Kıyı Postası – https://kiyi.example" in lost.text
    assert "according to the feed" in lost.text
