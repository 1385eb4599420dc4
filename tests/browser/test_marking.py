"""New material in a browser: sentences are marked, become claims, and are logged together."""

import pytest

from claims.models import Claim
from tests import make
from tests.browser.conftest import follow

TEXT = (
    "Un point a été pris avec 56 villages. Un total de 39 villages est sous contrôle.",
    "Les médias iraniens affirment que des terroristes ont pris le pont.",
)


@pytest.mark.parametrize("script", [True, False])
def test_claims_of_one_text_are_marked_and_logged_together(browser, live_server, script, faults, overhang):
    from django.test import Client

    client = Client()
    client.force_login(make.reporter())
    reading = make.reading(*TEXT, language="fr")
    context = browser.new_context(java_script_enabled=script)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/claims/material/{reading.capture.document_id}/")

    page.check(".sentence:nth-of-type(1) input")
    page.check(".sentence:nth-of-type(3) input")
    follow(page, "button[name=add]")
    assert page.locator(".marked-row").count() == 2
    if script:
        assert faults(page) == {}
        assert overhang(page) == 0
    follow(page, "button[name=log]")

    assert page.locator("#logged li").count() == 2
    assert {claim.appearances.get().document_id for claim in Claim.objects.all()} == {reading.capture.document_id}
    context.close()
