import pytest
from django.urls import reverse

from claims.models import ClaimPlan
from tests import make

pytestmark = pytest.mark.django_db


def test_a_person_hands_over_from_a_page_that_lists_what_they_have(client):
    rep, taker = make.reporter(), make.reporter()
    claim = make.claim("The bridge was closed.", logged_by=rep)
    client.force_login(rep)
    address = reverse("claims:hand_over")
    assert "The bridge was closed." in client.get(address).content.decode()

    page = client.post(address, {"to": [taker.pk]}, follow=True).content.decode()

    assert ("1 item is handed over." in page, "There is nothing to hand over." in page) == (True, True)
    assert ClaimPlan.objects.get(claim=claim).owner == taker


def test_an_administrator_does_it_from_the_account_that_is_closed(client):
    rep, taker, root = make.reporter(), make.reporter(), make.admin()
    claim = make.claim(logged_by=rep)
    client.force_login(root)
    of_rep = reverse("claims:hand_over_of", args=[rep.pk])
    assert of_rep in client.get(reverse("admin:workbench_user_change", args=[rep.pk])).content.decode()

    client.post(of_rep, {"to": [taker.pk]})

    assert ClaimPlan.objects.get(claim=claim).by == root


@pytest.mark.parametrize("maker", [make.editor, make.viewer])
def test_nobody_else_hands_over_the_work_of_others(client, maker):
    rep = make.reporter()
    client.force_login(maker())

    assert client.get(reverse("claims:hand_over_of", args=[rep.pk])).status_code == 403


def test_who_chooses_nobody_is_told(client):
    rep = make.reporter()
    make.claim(logged_by=rep)
    client.force_login(rep)

    assert client.post(reverse("claims:hand_over"), {}).status_code == 422
