import pytest
from django.urls import reverse

from sources.models import Reading
from sources.pages.removed_text import removed_text
from tests import make

pytestmark = pytest.mark.django_db


def page(client, row, person, query=""):
    client.force_login(person)
    return client.get(f"{reverse('sources:document', args=[row.capture.document_id])}{query}").content.decode()


def test_the_page_says_by_which_rule_the_text_went_and_that_the_capture_is_kept(client):
    row = make.removed_reading(rule=make.retention_rule(18))

    shown = page(client, row, make.reporter())

    assert "by the rule of 18 months. The capture with its hash is kept." in shown
    assert row.sha256 in shown
    assert "Extract the text again" in shown
    assert "We could not extract any text" not in shown


def test_the_page_names_the_person_who_had_old_texts_removed_once(client):
    boss = make.admin(first_name="Ada", last_name="Boss")

    shown = page(client, make.removed_reading(rule=make.retention_rule(6, once=True, set_by=boss)), make.viewer())

    assert "Ada Boss had texts older than 6 months removed." in shown
    assert "Extract the text again" not in shown


def test_a_text_that_is_asked_for_is_said_to_be_on_its_way(client):
    row = make.removed_reading()
    client.force_login(make.reporter())

    client.post(reverse("sources:put_back", args=[row.capture.document_id]))

    shown = page(client, row, make.reporter())
    assert Reading.objects.get(due_at__isnull=False) == row
    assert "It is being extracted again." in shown
    assert "Extract the text again</button>" not in shown


def test_a_reading_of_a_newer_reader_is_said_to_be_on_its_way_too():
    row = make.removed_reading(reader="trafilatura@1")
    make.due_reading(row.capture)

    assert removed_text(row.capture.document, None).state == "It is being extracted again. Reload the page in a moment."


def test_a_text_that_cannot_come_back_says_why_and_can_be_asked_for_again(client):
    row = make.removed_reading()
    Reading.objects.filter(pk=row.pk).update(trouble="OSError: gone")

    shown = removed_text(row.capture.document, None)

    assert shown.state == "It could not be extracted again: OSError: gone"
    assert shown.can_be_asked


def test_a_page_with_a_later_text_shows_it_and_the_removed_one_only_when_asked(client):
    row = make.removed_reading(reader="trafilatura@1")
    make.reading("The bridge was closed again.", capture_=row.capture)

    newest = page(client, row, make.viewer())
    older = page(client, row, make.viewer(), f"?reading={row.pk}")

    assert "The bridge was closed again." in newest
    assert "Text removed on" not in newest
    assert "Text removed on" in older


def test_a_page_without_text_from_the_start_says_nothing_of_a_removal(client):
    row = make.due_reading(read_at=make.MONDAY, outcome="empty_extraction", due_at=None)

    assert removed_text(row.capture.document, None) is None
