import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from claims.models import ClaimLink
from tests import make

pytestmark = pytest.mark.django_db


def test_claims_are_suggested_by_their_words(client):
    claim = make.claim("The bridge at Arvel was closed.")
    make.claim("Another")
    client.force_login(make.viewer())

    answer = client.get(reverse("claims:find_claim"), {"words": "arvel"})

    (option,) = BeautifulSoup(answer.content, "lxml").select("li")
    assert option["data-key"] == str(claim.pk)


def test_two_claims_are_linked_by_the_words_of_the_other(client):
    claim, other = make.claim("The ferry"), make.claim("The bridge at Arvel was closed.")
    client.force_login(make.reporter())

    answer = client.post(
        reverse("claims:link_claims", args=[claim.pk]), {"relation": "contradicts", "other_words": "arvel bridge"}
    )

    assert answer.status_code == 302
    assert ClaimLink.objects.get().other == other
