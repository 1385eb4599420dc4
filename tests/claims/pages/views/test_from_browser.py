from urllib.parse import unquote

import pytest
from django.urls import reverse

from claims.models import Claim
from tests import make

pytestmark = pytest.mark.django_db

SAID = "The bridge was closed on Monday."
FORM = {"language": "en", "type": "event", "chain-TOTAL_FORMS": 8, "chain-INITIAL_FORMS": 0}
HOSTILE = {"address": "javascript:alert(1)", "selection": '"><script>alert(1)</script>', "title": "{{ x }}"}


def test_the_page_offers_a_bookmarklet_that_opens_this_desk(client):
    client.force_login(make.reporter())

    answer = client.get(reverse("claims:from_browser"))

    script = unquote(answer.context["bookmarklet"])
    assert script.startswith("javascript:(()=>{")
    assert "open('http://testserver/claims/log/?'+q(),'_blank','noopener')" in script
    assert answer["Content-Security-Policy"].count("'unsafe-inline'") == 0


def test_what_a_browser_sends_fills_in_the_form_and_stores_nothing(client):
    client.force_login(make.reporter())
    sent = {"address": "https://example.org/a", "selection": "They closed the bridge."}

    page = client.get(reverse("claims:log_claim"), sent).content.decode()

    assert 'value="https://example.org/a"' in page
    assert "Filled in from your browser" in page
    assert not Claim.objects.exists()


def test_hostile_words_are_words(client):
    client.force_login(make.reporter())

    page = client.get(reverse("claims:log_claim"), HOSTILE).content.decode()

    assert "<script>alert(1)" not in page
    assert "javascript:alert" not in page
    assert "The address was left out" in page


def test_what_the_person_sends_from_the_filled_form_counts_not_the_address(client):
    client.force_login(make.reporter())
    address = reverse("claims:log_claim") + "?selection=hostile"

    client.post(address, {**FORM, "text": SAID})

    assert Claim.objects.get().text == SAID


def test_phones_learn_where_to_share_to(client):
    client.force_login(make.reporter())

    answer = client.get(reverse("claims:manifest"))

    assert answer["Content-Type"] == "application/manifest+json"
    target = answer.json()["share_target"]
    assert (target["action"], target["method"]) == ("/claims/log/", "GET")
    assert set(target["params"].values()) == {"address", "selection", "title"}


def test_a_viewer_logs_nothing_from_a_browser(client):
    client.force_login(make.viewer())

    assert client.get(reverse("claims:from_browser")).status_code == 403
    assert client.get(reverse("claims:manifest")).status_code == 403
