"""Weighing suggestions: by keys, by buttons, without JavaScript, and while more comes in."""

import pytest

from claims.models.vocabulary import AssertionStatus, Stance
from tests import make
from tests.browser.conftest import PHONE, follow


@pytest.fixture
def claim():
    return make.claim(due_at=None)


def two(claim):
    """Two suggestions with words of their own: the same words would be copies."""
    return [
        make.evidence(claim, make.passage(f"The bridge was closed by the {who}."), score=score)
        for who, score in (("mayor", 0.9), ("army", 0.8))
    ]


def focused(page):
    return page.evaluate("document.activeElement.closest('.suggestion')?.id || ''")


def test_the_keys_walk_through_the_suggestions(enter, claim):
    first, second = two(claim)
    page = enter(make.reporter(), claim.get_absolute_url())

    walked = []
    for key in "jjjk":
        page.keyboard.press(key)
        walked.append(focused(page))

    assert walked == [f"evidence-{row.pk}" for row in (first, second, second, first)]


@pytest.mark.parametrize(("key", "stance"), [("s", Stance.SUPPORTS), ("r", Stance.REFUTES), ("d", Stance.DISCUSSES)])
def test_one_key_weighs_a_suggestion_and_focus_goes_to_the_next(enter, claim, key, stance):
    first, second = two(claim)
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

    first, second = two(claim)
    client = Client()
    client.force_login(make.reporter())
    context = browser.new_context(java_script_enabled=False)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(live_server.url + claim.get_absolute_url())

    follow(page, "#card button[value=refutes]")

    first.refresh_from_db()
    assert first.stance == Stance.REFUTES
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

    second = make.evidence(claim, make.passage("Something that came later."), score=0.9)
    page.wait_for_selector("#arrived:not([hidden])")

    assert focused(page) == f"evidence-{first.pk}"
    assert page.query_selector(f"#evidence-{second.pk}") is None


def test_answers_are_put_off_undone_and_narrowed_by_keys_and_a_dropped_key_says_so(enter, claim):
    first, second = two(claim)
    page = enter(make.reporter(), claim.get_absolute_url())

    page.set_viewport_size(PHONE)  # the list alone: no passage is shown
    page.keyboard.press("s")
    assert page.inner_text("#announcer") == "Key not used: choose a passage first (j)."
    page.set_viewport_size({"width": 1280, "height": 900})
    page.keyboard.press("l")  # for the passage that is shown beside the list
    page.wait_for_selector(".noted")
    page.keyboard.press("p")
    page.dblclick("#passage-words mark", position={"x": 5, "y": 8})
    page.focus(f"#evidence-{second.pk}")
    page.keyboard.press("r")
    page.wait_for_selector(".noted .is-refutes")
    second.refresh_from_db()
    answered = (second.words, second.nearness, first.put_offs.standing().count())
    page.keyboard.press("u")
    page.wait_for_selector(".noted .is-refutes", state="detached")

    second.refresh_from_db()
    assert answered == ("The", "primary", 1)
    assert second.is_suggested


def test_ten_suggestions_are_seen_at_once_and_each_part_fits_a_phone(enter, claim, faults, overhang):
    for place in range(14):
        make.evidence(claim, make.passage(f"The bridge at Arvel was closed, said witness {place}."), score=0.9)
    page = enter(make.reporter(), claim.get_absolute_url())
    page.set_viewport_size({"width": 1280, "height": 900})

    seen = page.evaluate(SEEN)
    assert (seen >= 10, page.evaluate("document.documentElement.scrollHeight")) == (True, 900)
    assert faults(page) == {}
    page.set_viewport_size({"width": 390, "height": 844})
    for tab in ("claim", "weigh", "weighed", "activity"):
        page.goto(page.url.partition("?")[0] + f"?tab={tab}")
        assert overhang(page) == 0
        assert page.evaluate("document.documentElement.scrollHeight / innerHeight") <= 3
    follow(page, ".parts a[href='?tab=weigh']")
    page.click("#suggestions .row")
    page.wait_for_selector(".act-bar")
    assert page.evaluate("document.querySelector('.act-bar').getBoundingClientRect().bottom") == 844
    assert faults(page) == {}


SEEN = """[...document.querySelectorAll("#suggestions .row")].filter((row) => {
    const [box, pane] = [row.getBoundingClientRect(), row.closest(".pane").getBoundingClientRect()];
    return box.height > 0 && box.top >= pane.top && box.bottom <= Math.min(pane.bottom, innerHeight);
}).length"""
