"""Drafts that save themselves, words that come back after a session has ended, and the button that copies them."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from claims.models import Claim, Review
from claims.models.vocabulary import Status
from tests import make
from tests.browser.conftest import follow
from workbench.desk.drafts import Draft

WORDS = "Deux récits, aucun acte. لا دليل"
PASSWORD = "a long enough secret"


@pytest.fixture
def path():
    return f"/claims/{make.claim(status=Status.IN_REVIEW, due_at=None).pk}/review/"


def test_a_draft_saves_itself_and_is_there_again_in_another_tab(enter, path, faults):
    person = make.reviewer()
    page = enter(person, path)

    page.fill("[name=reasons]", WORDS)
    page.wait_for_selector("[data-draft]:has-text('Draft saved')")
    page.goto(page.url)

    assert page.input_value("[name=reasons]") == WORDS
    assert page.is_visible(".draft-notice")
    assert faults(page) == {}
    assert Draft.objects.get().owner == person


def test_a_form_that_is_sent_leaves_no_draft(enter, path):
    page = enter(make.reviewer(), path)
    page.fill("[name=reasons]", WORDS)
    page.wait_for_selector("[data-draft]:has-text('Draft saved')")

    page.check("[name=said][value=unknown]")
    page.check("[name=rating][value=disputed]")
    follow(page, "button.main")
    page.wait_for_selector("#reviews")

    assert (Review.objects.count(), Draft.objects.count()) == (1, 0)


def test_words_come_back_after_the_session_has_ended(enter, path, faults):
    person = make.reviewer(username="rea", password=PASSWORD)
    page = enter(person, path)
    page.fill("[name=reasons]", WORDS)
    page.check("[name=said][value=unknown]")
    page.check("[name=rating][value=disputed]")
    Session.objects.all().delete()

    follow(page, "button.main")
    page.wait_for_selector("#kept")
    problems = faults(page)
    page.fill("[name=username]", "rea")
    page.fill("[name=password]", PASSWORD)
    follow(page, "button.main")
    page.wait_for_selector("[name=reasons]")

    assert page.input_value("[name=reasons]") == WORDS
    assert page.is_checked("[name=rating][value=disputed]")
    assert (problems, Review.objects.count()) == ({}, 0)


def test_words_that_were_refused_are_copied_with_one_button(enter, path, faults):
    page = enter(make.reviewer(), path)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.fill("[name=reasons]", WORDS)
    page.check("[name=said][value=unknown]")
    page.check("[name=rating][value=disputed]")
    make.decision(_decided(path))

    follow(page, "button.main")
    page.click("#kept summary")
    page.click("#kept [data-copies]")
    page.wait_for_selector("#kept [data-copies]:has-text('Copied')")

    assert page.evaluate("navigator.clipboard.readText()") == WORDS
    assert faults(page) == {}


def test_without_javascript_a_button_saves_the_draft_and_texts_can_be_selected(browser, live_server, path):
    client = Client()
    client.force_login(make.reviewer())
    context = browser.new_context(java_script_enabled=False)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(live_server.url + path)

    page.fill("[name=reasons]", WORDS)
    follow(page, "[name=save_draft]")
    shown = page.input_value("[name=reasons]")
    page.goto(live_server.url + "/drafts/")
    page.click("main summary")

    assert shown == WORDS
    assert (page.input_value(".kept textarea"), page.is_visible("[data-copies]")) == (WORDS, False)
    context.close()


def test_the_page_of_drafts_has_no_faults(enter, faults):
    draft = make.draft(title="Review of “The bridge”")
    page = enter(draft.owner, "/drafts/")

    page.click("main summary")

    assert faults(page) == {}


def _decided(path):
    claim = Claim.objects.get(pk=path.split("/")[2])
    claim.status = Status.DECIDED
    claim.save(update_fields=["status"])
    return claim
