"""How the desk fetches, and what it keeps as evidence, in a real browser: both languages and schemes, and by keys."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from sources.models import Change, Feed, HostPolicy
from sources.models.vocabulary import Archive, Outcome
from sources.reading import pasting
from sources.watching import watching
from tests import make
from tests.browser.conftest import PHONE, follow
from tests.sealed import seal
from workbench.desk.backoff import MOST_TRIES
from workbench.desk.work_queue import drain

ADDRESS = "https://courier.example/" + "a-long-address-" * 8
ARABIC = ("أغلق الجسر يوم الاثنين.", "قُتل 12 شخصاً في الحادث.")
EDITED = ("أغلق الجسر يوم الاثنين.", "جُرح 21 شخصاً في الحادث.")


def policy():
    make.host_policy("slow.example", delay=timedelta(seconds=90), note="Their editor asked us on the telephone.")
    return make.host_policy("denied." + "long-" * 12 + "name.example", denied=True, note="Terms of use.")


def feeds():
    make.feed(url=ADDRESS, trouble="ConnectionError: the server hung up", tries=MOST_TRIES, due_at=None)
    make.feed(trouble="HTTP status 500", polled_at=make.MONDAY)
    return make.feed(polled_at=make.MONDAY, last_new_at=make.MONDAY)


def source():
    row = make.feed(polled_at=make.MONDAY).source
    make.source_domain(row)
    make.discovery(row, found=[ADDRESS, "https://courier.example/sitemap.xml"], looked_at=make.MONDAY)
    make.discovery(row, trouble="No server found under this name.")
    return row


def kept():
    """A document that was fetched often, was stamped and copied, and says by now that it is not found."""
    row = make.document(ADDRESS, last_outcome=Outcome.SOFT_404, due_at=None)
    first = make.reading(capture_=make.capture(row)).capture
    for _time in range(12):
        again = make.attempt(row, outcome=Outcome.NOT_MODIFIED, status=304, reason="Nothing new.")
        make.link(make.capture(row, attempt=again, revisits=first))
    make.stamp(row.captures.first().link, stamped_at=make.MONDAY, authority="https://stamps.example/")
    make.attempt(row, outcome=Outcome.SOFT_404, status=200, reason="The page is the one that stands for none.")
    make.external_archive(row, snapshot_url=ADDRESS, snapshot_at=make.MONDAY)
    make.external_archive(row, archive=Archive.WAYBACK, refusal="The archive may not visit it.")
    return row


def edited():
    """An Arabic page of which a cited passage was altered in place."""
    before = make.reading(*ARABIC, language="ar", title="إغلاق الجسر")
    after = make.reading(
        *EDITED,
        language="ar",
        title="إغلاق الجسر",
        reader=before.reader,
        capture_=make.capture(before.capture.document, taken_at=make.MONDAY + timedelta(hours=1)),
    )
    change = make.change(before, after)
    watching.watch(before.capture.document, by=make.reviewer(), cited_in="claim 1", passage=before.passages.last())
    drain(Change.objects.all(), watching.compare)
    return change


def noticed():
    """A claim that rests on a page that was edited, and on one that is gone."""
    claim = make.claim()
    make.confirmed_evidence(claim, passage_=edited().before.passages.last())
    gone = make.passage()
    make.confirmed_evidence(claim, passage_=gone)
    document = gone.reading.capture.document
    document.last_outcome = Outcome.GONE
    document.save()
    return claim


def evidence_pages():
    change, claim = edited(), noticed()
    rows = [policy(), source(), kept(), change, change.before.capture.document, claim]
    feeds()
    names = ["sources:hosts", "sources:feeds", "sources:documents", "trouble", "log"]
    return [reverse(name) for name in names] + [row.get_absolute_url() for row in rows[1:]]


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("fr", "light")])
def test_pages_on_evidence_have_no_fault_and_fit_a_phone(enter, page, live_server, faults, overhang, language, scheme):
    addresses, wrong = evidence_pages(), {}
    page.emulate_media(color_scheme=scheme)
    enter(make.editor())
    follow(page, f"button[value={language}]")

    for address in addresses:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(live_server.url + address)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        found = faults(page)
        page.set_viewport_size(PHONE)
        if found or overhang(page):
            wrong[address] = (found, overhang(page))

    assert page.get_attribute("html", "lang") == language
    assert wrong == {}


def test_a_host_is_decided_on_with_the_keyboard_alone(enter, faults):
    page = enter(make.editor(), reverse("sources:hosts"))

    page.locator("[name=host]").focus()
    for keys in ("slow.example", "Tab", "30", "Tab", "Space", "Tab", "They asked us.", "Tab", "Enter"):
        page.keyboard.press(keys) if keys in {"Tab", "Space", "Enter"} else page.keyboard.type(keys)
    page.wait_for_url(re.compile("#host-"))

    made = HostPolicy.objects.get()
    assert (made.host, made.seconds, made.denied, made.note) == ("slow.example", 30, True, "They asked us.")
    assert page.locator(f"#host-{made.pk}").inner_text().startswith("slow.example")


def test_a_refused_decision_leads_to_what_is_wrong(enter, faults):
    page = enter(make.editor(), reverse("sources:hosts"))
    page.fill("[name=host]", "two words")
    page.fill("[name=note]", "They asked us.")
    follow(page, "button.main")
    page.wait_for_selector("#errors")

    assert (page.evaluate("document.activeElement.id"), faults(page)) == ("errors", {})
    assert page.input_value("[name=note]") == "They asked us."


def test_a_feed_that_a_home_page_names_is_added_with_the_keyboard(enter):
    row = make.source_domain(host="courier.example").source
    make.discovery(row, found=["https://courier.example/feed.xml"], looked_at=make.MONDAY)
    page = enter(make.reporter(), row.get_absolute_url())

    page.get_by_role("button", name="Add https://courier.example/feed.xml").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#feed-"))

    assert Feed.objects.get().source == row


def test_a_package_is_had_with_the_keyboard(enter, settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path
    document = pasting.keep_pasted("The bridge is closed.", by=make.reporter(), language="en").capture.document
    seal()
    page = enter(make.reviewer(), document.get_absolute_url())

    page.get_by_role("link", name=re.compile("WACZ")).focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")

    assert download.value.suggested_filename == f"document-{document.pk}.wacz"


def test_both_sides_of_an_arabic_edit_run_from_right_to_left_with_their_words_marked(enter):
    page = enter(make.reporter(), edited().get_absolute_url())

    sides = page.locator(".edits td")
    assert sides.evaluate_all("all => all.map(side => [getComputedStyle(side).direction, side.lang])") == [
        ["rtl", "ar"],
        ["rtl", "ar"],
    ]
    words = "all => all.map(mark => mark.lastChild.textContent)"
    assert page.locator(".edits del").evaluate_all(words) == ["قُتل 12"]
    assert page.locator(".edits ins").evaluate_all(words) == ["جُرح 21"]
    first, last = page.locator(".edits del").bounding_box(), sides.first.bounding_box()
    assert first["x"] + first["width"] > last["x"] + last["width"] / 2


def test_what_is_old_is_a_page_away_on_the_page_of_a_document(enter, faults):
    row = kept()
    for _time in range(20):
        make.capture(row)
    page = enter(make.reporter(), row.get_absolute_url())

    page.get_by_role("navigation", name="Fetch attempts").get_by_text("Next page").click()
    page.wait_for_url("**?attempts=after-*#attempts")

    assert page.locator("#attempts ~ table tbody tr").count() == 14
    assert page.locator(".captures > li").count() == 20
    assert faults(page) == {}
