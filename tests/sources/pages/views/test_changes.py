import pytest
from django.urls import reverse

from sources.models import Change
from sources.watching import watching
from tests import make
from tests.sources.pages.views.test_documents import cost, text_of
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db


def compared(**changes):
    """A change of a page of which the second passage is cited, compared."""
    change = make.change(**changes)
    passage = change.before.passages.last()
    watching.watch(change.before.capture.document, by=make.reviewer(), cited_in="claim 1", passage=passage)
    drain(Change.objects.filter(pk=change.pk), watching.compare)
    change.refresh_from_db()
    return change


def test_both_sides_are_shown_with_both_captures_and_the_passage_that_is_touched(client):
    change = compared()
    client.force_login(make.viewer())

    answer = client.get(change.get_absolute_url())

    html = answer.content.decode()
    assert '<del><bdi class="unseen" lang="en">removed: </bdi>Twelve</del>' in html
    assert '<ins><bdi class="unseen" lang="en">added: </bdi>Twenty-one</ins>' in html
    assert change.before.capture.sha256 in html
    assert change.after.capture.sha256 in html
    assert "Cited passages affected" in text_of(answer)
    assert "changed" in text_of(answer)


def test_the_page_of_the_document_shows_what_was_edited(client):
    change = compared()
    client.force_login(make.viewer())

    answer = client.get(change.before.capture.document.get_absolute_url())

    assert "Edits" in text_of(answer)
    assert change.get_absolute_url() in answer.content.decode()


def test_what_an_edit_says_never_becomes_part_of_ours(client):
    before = make.reading("<b>One</b> was hurt.")
    after = make.reading("<script>alert(1)</script> were hurt.", capture_=make.capture(before.capture.document))
    change = make.change(before, after)
    drain(Change.objects.filter(pk=change.pk), watching.compare)
    client.force_login(make.viewer())

    html = client.get(change.get_absolute_url()).content.decode()

    assert "<script>alert" not in html
    assert "<b>One" not in html


def test_a_change_costs_the_same_with_one_edit_and_with_twenty(client):
    client.force_login(make.viewer())
    few = compared()
    before = make.reading(*(f"Sentence {n} of the report has {n} dead." for n in range(20)))
    after = make.reading(
        *(f"Sentence {n} of the report has {n + 1} dead." for n in range(20)),
        capture_=make.capture(before.capture.document),
    )
    many = compared(before=before, after=after)

    assert cost(client, few.get_absolute_url()) == cost(client, many.get_absolute_url())


def test_a_document_costs_the_same_with_one_change_and_with_five(client):
    client.force_login(make.viewer())
    change = compared()
    document = change.before.capture.document
    with_one = cost(client, document.get_absolute_url())

    for _ in range(4):
        make.change(change.before, make.reading("Other.", capture_=make.capture(document)))
    drain(Change.objects.all(), watching.compare)

    assert cost(client, document.get_absolute_url()) == with_one


def test_a_change_that_is_not_there_is_not_found(client):
    client.force_login(make.viewer())

    assert client.get(reverse("sources:change", args=[99])).status_code == 404
