import pytest
from django.urls import reverse

from claims.models.vocabulary import Status
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(client):
    client.force_login(make.reporter())
    return make.claim()


def page(claim):
    return reverse("claims:set_claimant", args=[claim.pk])


@pytest.mark.parametrize("words", ["Ufuk Manşet", "ufuk manset", "UFUK"])
def test_the_claimant_is_found_by_its_name_without_a_script(client, claim, words):
    source = make.source(name="Ufuk Manşet")

    answer = client.post(page(claim), {"claimant_words": words})

    claim.refresh_from_db()
    assert (answer.url, claim.claimant) == (claim.get_absolute_url(), source)


def test_words_that_match_no_source_come_back_with_the_reason(client, claim):
    answer = client.post(page(claim), {"claimant_words": "وزارة"})

    assert answer.status_code == 422
    assert "وزارة" in answer.content.decode()


def test_an_empty_field_says_that_nobody_knows(client, claim):
    claim.claimant = make.source()
    claim.save(update_fields=["claimant"])

    client.post(page(claim), {"claimant_words": ""})

    claim.refresh_from_db()
    assert claim.claimant is None


def test_a_closed_claim_keeps_its_claimant(client, claim):
    closed = make.claim(status=Status.DECIDED)

    answer = client.post(page(closed), {"claimant_words": make.source().name})

    assert answer.status_code == 422


def test_the_page_of_the_claim_leads_there(client, claim):
    assert page(claim) in client.get(claim.get_absolute_url()).content.decode()


def test_a_viewer_names_no_claimant(client):
    client.force_login(make.viewer())

    assert client.get(page(make.claim())).status_code == 403
