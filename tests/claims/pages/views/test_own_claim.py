import pytest
from django.urls import reverse

from claims.models.vocabulary import Status
from claims.review import asking
from tests import make

pytestmark = pytest.mark.django_db

SENT = {"text": "The bridge at Arvel was closed.", "language": "en", "type": "event", "reason": "A typing error."}


@pytest.fixture
def claim(client):
    remi = make.reporter()
    client.force_login(remi)
    return make.claim("The brigde at Arvel was closed.", logged_by=remi)


def page(claim):
    return reverse("claims:correct_claim", args=[claim.pk])


def test_a_reporter_corrects_their_claim_and_its_page_shows_both_versions(client, claim):
    offered = page(claim) in client.get(claim.get_absolute_url()).content.decode()

    answer = client.post(page(claim), SENT, follow=True)

    told = answer.content.decode()
    assert offered
    assert [each for each in (SENT["text"], "The brigde at Arvel", "A typing error.") if each not in told] == []


def test_the_form_begins_with_the_claim_as_it_is(client, claim):
    assert "The brigde at Arvel was closed.</textarea>" in client.get(page(claim)).content.decode()


def test_a_claim_on_which_others_have_worked_says_why_and_every_word_comes_back(client, claim):
    asking.ask(claim, by=make.editor(), text="Who closed it?")

    answer = client.post(page(claim), SENT)

    told = answer.content.decode()
    assert answer.status_code == 422
    assert [each for each in (SENT["text"], "A typing error.", "Somebody else has worked") if each not in told] == []
    assert page(claim) not in client.get(claim.get_absolute_url()).content.decode()


def test_nobody_else_is_offered_to_correct_it(client, claim):
    client.force_login(make.editor())

    assert page(claim) not in client.get(claim.get_absolute_url()).content.decode()
    assert "Only the person who logged this claim" in client.get(page(claim)).content.decode()
    assert client.post(page(claim), SENT).status_code == 422


def test_a_reporter_takes_their_claim_back_with_a_reason(client, claim):
    assert 'value="take_back_claim"' in client.get(claim.get_absolute_url()).content.decode()

    client.post(reverse("claims:move", args=[claim.pk]), {"to": "take_back_claim", "reason": "Logged twice."})

    claim.refresh_from_db()
    assert claim.status == Status.WITHDRAWN
