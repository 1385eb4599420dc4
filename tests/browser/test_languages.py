"""Other languages and scripts: of the interface, and of what was said."""

import pytest
from django.urls import reverse

from tests import make
from tests.browser.conftest import follow

MIDDLES = "all => all.map(each => each.getBoundingClientRect()).map(box => (box.top + box.bottom) / 2)"


def test_the_interface_turns_french_and_stays_so(enter, live_server):
    page = enter(make.reporter())

    follow(page, "button[value=fr]")
    page.goto(live_server.url + reverse("claims:claims"))

    assert page.get_attribute("html", "lang") == "fr"
    assert page.text_content("[name=language] option[value=ar]").strip() == "Arabe"


def test_an_arabic_claim_runs_from_right_to_left_in_an_english_page(enter):
    claim = make.claim("قُتل 12 شخصاً في Arvel يوم الاثنين", language="ar")

    page = enter(make.reporter(), claim.get_absolute_url())

    style = page.eval_on_selector(
        "h1 bdi", "words => { const s = getComputedStyle(words); return [s.direction, s.textAlign] }"
    )
    assert style == ["rtl", "start"]
    assert page.evaluate("document.documentElement.dir") == "ltr"


def test_a_passage_in_arabic_and_one_in_turkish_each_run_their_own_way(enter):
    claim = make.claim()
    make.evidence(claim, make.passage("قُتل 12 شخصاً.", language="ar"))
    make.evidence(claim, make.passage("On iki kişi öldü.", language="tr"))

    page = enter(make.reporter(), claim.get_absolute_url())

    directions = page.eval_on_selector_all(
        "a.row .words", "all => all.map(words => [words.lang, getComputedStyle(words).direction])"
    )
    assert dict(directions) == {"ar": "rtl", "tr": "ltr"}


def test_a_bidi_override_cannot_turn_the_page_around(enter):
    claim = make.claim("Il a dit \u202etxet hier")

    page = enter(make.reporter(), claim.get_absolute_url())

    assert page.inner_text("h1 .control") == "⟨U+202E⟩"


@pytest.mark.parametrize(
    ("language", "role", "tabs_wrap"), [("en", "editor", False), ("fr", "reporter", False), ("fr", "admin", True)]
)
def test_the_header_keeps_the_person_beside_the_search_on_a_usual_screen(enter, language, role, tabs_wrap):
    page = enter(make.user(role, first_name="Marguerite", last_name="Desrosiers-Lambert"))
    page.set_viewport_size({"width": 1280, "height": 900})
    if language == "fr":
        follow(page, "button[value=fr]")

    above = page.eval_on_selector_all(".masthead .wordmark, .masthead .everything, .masthead .person > *", MIDDLES)
    tabs = page.eval_on_selector_all(".masthead .tabs a", MIDDLES)

    assert max(above) - min(above) < 12
    assert (max(tabs) - min(tabs) > 2) == tabs_wrap  # an administrator has five more of them
