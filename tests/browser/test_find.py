"""Fields that find a row by its name: suggestions by keys and by mouse, and the same without scripts."""

from django.test import Client
from django.urls import reverse

from sources.models import Feed, Source
from tests import make
from tests.browser.conftest import PHONE, follow

FEED = "https://courier.example/feed"


def arvels():
    return [make.source(f"Arvel {name}", language="en") for name in ("Courier", "Herald", "Weekly")]


def open_add_feed(enter):
    page = enter(make.reporter(), reverse("sources:add_feed"))
    page.fill("[name=url]", FEED)
    return page


def test_a_source_is_chosen_by_the_keyboard_alone(enter, faults):
    _courier, herald, _weekly = arvels()
    page = open_add_feed(enter)

    field = page.get_by_role("combobox", name="Source")
    field.focus()
    page.keyboard.type("arvél")
    page.wait_for_selector("[role=listbox]")
    found = faults(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    marked = page.locator(f"#{field.get_attribute('aria-activedescendant')}").inner_text()
    page.keyboard.press("Enter")

    assert (found, field.input_value()) == ({}, "Arvel Herald")
    assert marked.startswith("Arvel Herald")
    assert field.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{herald.get_absolute_url()}*")
    assert Feed.objects.get().source == herald


def test_suggestions_are_chosen_with_the_mouse_and_closed_with_escape(enter, overhang):
    arvels()
    page = open_add_feed(enter)
    page.set_viewport_size(PHONE)
    field = page.get_by_role("combobox", name="Source")

    field.press_sequentially("arv")
    page.wait_for_selector("[role=listbox]")
    wide = overhang(page)
    page.keyboard.press("Escape")
    closed = page.locator("[role=listbox]").is_hidden()
    page.keyboard.press("ArrowDown")
    page.click("[role=option] >> text=Weekly")

    assert (wide <= 0, closed, field.input_value()) == (True, True, "Arvel Weekly")
    assert page.input_value("input[name=source]") == str(Source.objects.get(name="Arvel Weekly").pk)


def test_other_words_after_a_choice_count_and_not_the_choice(enter):
    _courier, herald, _weekly = arvels()
    page = open_add_feed(enter)
    field = page.get_by_role("combobox", name="Source")
    field.press_sequentially("courier")
    page.click("[role=option]")

    field.fill("herald")
    follow(page, "button.main")
    page.wait_for_url("**/sources/*/#feed-*")

    assert Feed.objects.get().source == herald


def test_without_scripts_the_page_asks_which_source_is_meant(browser, live_server):
    _courier, herald, _weekly = arvels()
    client = Client()
    client.force_login(make.reporter())
    context = browser.new_context(java_script_enabled=False)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(live_server.url + reverse("sources:add_feed"))

    page.fill("[name=source_words]", "arvel")
    page.fill("[name=url]", FEED)
    follow(page, "button.main")
    page.get_by_label("Arvel Herald").check()
    follow(page, "button.main")

    assert page.url.startswith(live_server.url + herald.get_absolute_url())
    context.close()


def test_the_buttons_to_choose_from_have_no_fault(enter, faults, overhang):
    arvels()
    page = open_add_feed(enter)
    page.fill("[name=source_words]", "arvel")
    page.keyboard.press("Escape")
    follow(page, "button.main")
    page.wait_for_selector("#errors")
    page.set_viewport_size(PHONE)

    assert (faults(page), overhang(page)) == ({}, 0)


def test_a_claim_is_found_by_its_words(enter, faults):
    claim, other = make.claim("The ferry sank."), make.claim("The bridge at Arvel was closed.")
    page = enter(make.reporter(), reverse("claims:link_claims", args=[claim.pk]))

    page.get_by_role("combobox", name="Find a claim").press_sequentially("bridge")
    page.wait_for_selector(f"[role=option] >> text=No. {other.pk}")

    assert faults(page) == {}
    page.click("[role=option]")
    follow(page, "button.main")
    page.wait_for_url("**#links")


def test_names_of_sources_are_suggested_in_an_attribution_chain(enter, faults):
    arvels()
    page = enter(make.reporter(), reverse("claims:log_claim"))
    field = page.locator("[name=chain-0-named_as]")

    field.press_sequentially("herald")
    page.wait_for_selector("[role=option]")
    found = faults(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    assert (found, field.input_value()) == ({}, "Arvel Herald")
