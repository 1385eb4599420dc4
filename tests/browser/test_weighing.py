"""Weighing suggestions: by keys, by buttons, without JavaScript, and while more comes in."""

import pytest

from claims.models.vocabulary import AssertionStatus, Stance
from tests import make


@pytest.fixture
def claim():
    return make.claim(due_at=None)


def focused(page):
    return page.evaluate("document.activeElement.closest('.suggestion')?.id || ''")


def test_the_keys_walk_through_the_suggestions(enter, claim):
    first, second = make.evidence(claim, score=0.9), make.evidence(claim, score=0.8)
    page = enter(make.reporter(), claim.get_absolute_url())

    walked = []
    for key in "jjjk":
        page.keyboard.press(key)
        walked.append(focused(page))

    assert walked == [f"evidence-{row.pk}" for row in (first, second, second, first)]


@pytest.mark.parametrize(("key", "stance"), [("s", Stance.SUPPORTS), ("r", Stance.REFUTES), ("d", Stance.DISCUSSES)])
def test_one_key_weighs_a_suggestion_and_focus_goes_to_the_next(enter, claim, key, stance):
    first, second = make.evidence(claim, score=0.9), make.evidence(claim, score=0.8)
    page = enter(make.reporter(), claim.get_absolute_url())
    page.keyboard.press("j")

    page.keyboard.press(key)
    page.wait_for_selector(".noted")

    first.refresh_from_db()
    assert (first.standing, first.stance) == (AssertionStatus.CONFIRMED, stance)
    assert focused(page) == f"evidence-{second.pk}"


def test_x_says_that_a_passage_is_not_about_the_claim(enter, claim):
    evidence = make.evidence(claim)
    page = enter(make.reporter(), claim.get_absolute_url())
    page.keyboard.press("j")

    page.keyboard.press("x")
    page.wait_for_selector(".noted")

    evidence.refresh_from_db()
    assert evidence.standing == AssertionStatus.REJECTED


def test_keys_are_letters_while_somebody_writes(enter, claim):
    evidence = make.evidence(claim)
    page = enter(make.editor(), claim.get_absolute_url())

    page.click("[name=reason]")
    page.keyboard.type("jsx")

    evidence.refresh_from_db()
    assert evidence.standing == AssertionStatus.SUGGESTED
    assert page.input_value("[name=reason]") == "jsx"


def test_the_keys_are_shown_and_can_be_switched_off(enter, claim):
    make.evidence(claim)
    page = enter(make.reporter(), claim.get_absolute_url())
    page.keyboard.press("?")

    page.uncheck("#keys-on")
    page.reload()
    page.keyboard.press("j")

    assert focused(page) == ""


def test_a_suggestion_is_weighed_without_javascript(browser, live_server, claim):
    from django.test import Client

    first, second = make.evidence(claim, score=0.9), make.evidence(claim, score=0.8)
    client = Client()
    client.force_login(make.reporter())
    context = browser.new_context(java_script_enabled=False)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(live_server.url + claim.get_absolute_url())

    page.click(f"#evidence-{first.pk} button[value=refutes]")

    assert page.url.endswith(f"#evidence-{second.pk}")
    context.close()


def test_the_page_fills_in_by_itself(enter, claim):
    claim.ask()
    page = enter(make.reporter(), claim.get_absolute_url())

    evidence = make.evidence(claim)

    page.wait_for_selector(f"#evidence-{evidence.pk}")
    assert page.inner_text("#announcer") == "1 suggestion to weigh."


def test_what_comes_in_takes_nothing_from_under_a_person(enter, claim):
    claim.ask()
    first = make.evidence(claim, score=0.5)
    page = enter(make.reporter(), claim.get_absolute_url())
    page.keyboard.press("j")

    second = make.evidence(claim, score=0.9)
    page.wait_for_selector("#arrived:not([hidden])")

    assert focused(page) == f"evidence-{first.pk}"
    assert page.query_selector(f"#evidence-{second.pk}") is None
