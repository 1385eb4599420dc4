"""The preview of a report, for who may publish it, and the page that sets a rule aside."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from claims.models import Report, RuleWaiver
from claims.models.vocabulary import Rating
from tests import make, published

pytestmark = pytest.mark.django_db


def as_editor(client):
    client.force_login(make.editor())
    return client


@pytest.mark.parametrize(("view", "kind"), [("preview_draft", "text/html"), ("preview_pdf", "application/pdf")])
def test_an_editor_previews_the_report_and_no_cache_keeps_it(client, view, kind):
    decision = published.decision()

    answer = as_editor(client).post(reverse(f"claims:{view}", args=[decision.pk]), {"language": "fr"})

    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, kind)
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert not Report.objects.exists()


def test_the_preview_is_marked_and_names_no_public_address(client):
    decision = published.decision()

    page = BeautifulSoup(as_editor(client).get(reverse("claims:preview_draft", args=[decision.pk])).content, "lxml")

    assert "Draft: this report is not published." in page.get_text()
    assert page.select("link[rel=canonical], .downloads, script[type='application/ld+json']") == []


def test_who_may_not_publish_sees_no_draft(client):
    client.force_login(make.reviewer())

    assert client.get(reverse("claims:preview_draft", args=[published.decision().pk])).status_code == 403


def test_the_page_before_publication_offers_no_button_while_a_rule_blocks(client):
    decision = published.decision()
    make.review(decision.claim, rating=Rating.SUPPORTED)
    url = reverse("claims:freeze", args=[decision.pk])
    before = as_editor(client).get(url).content.decode()

    client.post(reverse("claims:waive_rule", args=[decision.pk]), {"rule": "differ", "reason": "A misreading."})
    after = client.get(url).content.decode()

    assert ">Publish the report</button>" not in before
    assert ">Publish the report</button>" in after
    assert "A misreading." in after


def test_a_reason_that_is_refused_comes_back(client):
    decision = published.decision()

    answer = as_editor(client).post(
        reverse("claims:waive_rule", args=[decision.pk]), {"rule": "chain", "reason": "It is."}
    )

    assert answer.status_code == 422
    assert "It is." in answer.content.decode()
    assert not RuleWaiver.objects.exists()
