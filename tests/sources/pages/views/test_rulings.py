"""The page of a document: what the machine thought of it, and the decision of a person, without scripts."""

import pytest

from sources.models import Document, PageRuling
from sources.models.vocabulary import Outcome
from tests import make

pytestmark = pytest.mark.django_db


def doubtful():
    document = make.document(due_at=None, last_outcome=Outcome.MAY_BE_WALL)
    signals = {"for": ["paid_flag"], "against": ["whole_end"], "paid": True}
    judged = {"outcome": Outcome.MAY_BE_WALL, "suspect": "paywall", "confidence": 0.45, "layout": "c" * 16}
    make.capture(document, attempt=make.attempt(document, signals=signals, **judged))
    return document


def rule(client, document, **asked):
    return client.post(f"/sources/documents/{document.pk}/rule/", asked)


def test_the_page_shows_the_evidence_with_its_confidence_and_asks(client):
    document = doubtful()
    client.force_login(make.reporter())

    html = client.get(document.get_absolute_url()).content.decode()

    for words in ["This page may be a wall", "45", "marks the article as paid", "ends with a whole sentence"]:
        assert words in html
    assert "This is the article" in html
    assert 'name="everywhere"' not in html


def test_a_decision_is_shown_with_its_reason_and_can_be_undone(client):
    document = doubtful()
    client.force_login(make.reporter())

    answer = rule(client, document, page="ok", reason="The text goes on to its end.")

    assert answer.url == document.get_absolute_url()
    assert Document.objects.get(pk=document.pk).last_outcome == Outcome.OK
    html = client.get(document.get_absolute_url()).content.decode()
    assert "The text goes on to its end." in html
    made = PageRuling.objects.get()
    client.post(f"/sources/documents/{document.pk}/rule/{made.pk}/undo/")
    assert Document.objects.get(pk=document.pk).last_outcome == Outcome.MAY_BE_WALL
    assert "undid on" in client.get(document.get_absolute_url()).content.decode()


def test_a_refused_decision_comes_back_with_every_word(client):
    document = doubtful()
    client.force_login(make.reporter())

    answer = rule(client, document, page="", reason="Long words that must not be lost.")

    assert answer.status_code == 422
    assert "Long words that must not be lost." in answer.content.decode()


def test_viewers_see_and_do_not_decide_and_editors_decide_for_the_site(client):
    document = doubtful()
    client.force_login(make.viewer())
    assert "Decide what this page is" not in client.get(document.get_absolute_url()).content.decode()
    assert rule(client, document, page="ok", reason="x").status_code == 403

    client.force_login(make.editor())
    rule(client, document, page="paywall", reason="Cut after one sentence.", everywhere="on")

    made = PageRuling.objects.get()
    assert (made.everywhere, made.outcome) == (True, Outcome.PAYWALL)
    client.force_login(make.reporter())
    assert client.post(f"/sources/documents/{document.pk}/rule/{made.pk}/undo/").status_code == 403
