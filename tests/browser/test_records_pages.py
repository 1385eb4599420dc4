"""Sources, documents, problems, the log and the admin in a real browser."""

import re

import pytest
from django.urls import reverse

from sources.models import Source
from sources.models.vocabulary import Outcome
from tests import make
from tests.browser.conftest import PHONE, follow
from workbench.desk import log_checking
from workbench.desk.backoff import MOST_TRIES
from workbench.desk.work_queue import drain

DESKTOP = {"width": 1280, "height": 900}
STUCK = {"trouble": "ConnectionError: the server hung up", "tries": MOST_TRIES, "due_at": None}


def desk():
    """A desk with some of everything; the rows that pages are opened for."""
    source = make.source("صدى المنارات", language="ar", description="A daily.")
    make.source_name(source, "Echo of the Lighthouses", language="en")
    make.source_domain(source)
    make.standing(source, interests="Owned by a shipping line.")
    make.feed(source)
    make.feed(source, **STUCK)
    text = ("أغلق الجسر يوم الاثنين.", "أصيب اثنا عشر شخصا.")
    reading = make.reading(
        *text, language="ar", title="إغلاق الجسر", published_at=make.MONDAY, published_precision="day"
    )
    document = make.document(last_outcome=Outcome.CONSENT_WALL, source=source, title="Behind a wall", due_at=None)
    make.attempt(document, outcome=Outcome.CONSENT_WALL, reason="The page asks to accept cookies.")
    make.document("https://slow.example/" + "a-long-address-" * 8, **STUCK)
    make.answered_search(found=0)
    make.log_entry(source, words=["الجسر", "bridge"], url="https://courier.example/" + "x" * 120)
    evidence = make.evidence(passage_=reading.passages.last())
    return {"source": source, "document": document, "passage": evidence.passage, "claim": evidence.claim}


def addresses(rows):
    names = ["sources", "add_source", "feeds", "add_feed", "documents", "searches"]
    pages = [reverse(f"sources:{name}") for name in names] + [reverse("trouble"), reverse("log")]
    pages += [reverse("search_everything"), f"{reverse('search_everything')}?q=bridge", "/search/?q=الجسر"]
    return [*pages, *(rows[name].get_absolute_url() for name in ("source", "document", "passage"))]


def admin_addresses(rows):
    source, claim = rows["source"], rows["claim"]
    lists = ["sources_source", "sources_document", "claims_claim", "claims_evidence", "workbench_logentry"]
    pages = [reverse("admin:index"), *(reverse(f"admin:{name}_changelist") for name in lists)]
    pages += [reverse("admin:sources_source_change", args=[source.pk])]
    pages += [reverse("admin:sources_source_history", args=[source.pk])]
    return [*pages, reverse("admin:claims_claim_change", args=[claim.pk]), reverse("admin:password_change")]


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")])
def test_every_page_is_accessible_and_fits_the_screen(enter, page, live_server, faults, overhang, size, scheme):
    rows = desk()
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    enter(make.editor(password="a long and quiet word"))
    wrong = {}

    for address in addresses(rows) + admin_addresses(rows):
        page.goto(live_server.url + address)
        if (found := faults(page)) or overhang(page) > 0:
            wrong[address] = (found, overhang(page))

    assert wrong == {}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_on_people_are_accessible(enter, page, live_server, faults, size):
    bea = make.reporter(password="a long and quiet word")
    page.set_viewport_size(size)
    enter(make.admin())
    names = [("workbench_user_changelist", []), ("workbench_user_add", []), ("workbench_user_change", [bea.pk])]
    wrong = {}

    for name, args in [*names, ("auth_user_password_change", [bea.pk])]:
        page.goto(live_server.url + reverse(f"admin:{name}", args=args))
        if found := faults(page):
            wrong[name] = found

    assert wrong == {}


def test_a_stranger_to_the_admin_signs_in_where_everybody_does(page, live_server, faults):
    page.goto(live_server.url + reverse("admin:index"))

    assert page.url.startswith(live_server.url + reverse("login"))
    assert faults(page) == {}


def test_a_link_to_a_passage_leads_to_it_in_its_context(enter):
    text = [f"Sentence number {number} of a long article about the bridge at Arvel." for number in range(200)]
    passage = make.reading(*text).passages.all()[150]

    page = enter(make.viewer(), passage.get_absolute_url())

    mark = page.locator("mark")
    assert mark.inner_text() == passage.exact
    assert 0 <= mark.bounding_box()["y"] < page.viewport_size["height"]


def test_arabic_text_runs_from_right_to_left(enter):
    passage = make.passage("أغلق الجسر يوم الاثنين.", language="ar")

    page = enter(make.viewer(), passage.get_absolute_url())

    assert page.locator(".reading p").evaluate("paragraph => getComputedStyle(paragraph).direction") == "rtl"


def test_a_source_is_added_with_the_keyboard_alone(enter):
    page = enter(make.reporter(), reverse("sources:add_source"))

    page.locator("[name=name]").focus()
    page.keyboard.type("Arvel Courier")
    page.keyboard.press("Tab")
    page.keyboard.type("News agency")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/sources/\d+/$"))

    assert page.inner_text("h1") == "Arvel Courier"
    assert Source.objects.get().kind == "agency"


def test_a_standing_is_stated_and_what_is_wrong_is_named(enter, faults):
    page = enter(make.reporter(), make.source("Arvel Courier").get_absolute_url())

    page.click("text=Rate its reliability today")
    page.select_option("[name=reliability]", "B")
    page.fill("[name=reason]", " . ")
    follow(page, "text=Save the rating")
    page.click("text=Add a domain")
    page.fill("[name=host]", "not a host")
    follow(page, "text=Add the domain")

    assert "is not a valid domain" in page.inner_text("#errors")
    assert page.input_value("[name=host]") == "not a host"
    assert faults(page) == {}


def test_work_in_trouble_is_tried_again(enter, faults):
    make.living_machine()
    make.feed(**STUCK)
    page = enter(make.reviewer(), reverse("trouble"))

    follow(page, "role=button[name=/^Retry –/]")

    assert page.inner_text(".notices") == "Retrying 1 task."
    assert faults(page) == {}
    assert page.locator("text=No problems.").is_visible()


def test_the_log_is_checked_with_one_click(enter):
    make.log_entry()
    page = enter(make.editor(), reverse("log"))

    follow(page, "text=Check the whole log")

    assert "A worker is checking the log" in page.inner_text(".notice[role=status]")
    drain(log_checking.due(), log_checking.step)
    follow(page, "text=Reload the page")
    assert "was written outside every act of the log" in page.inner_text(".notice[role=alert]")  # the people of tests


def test_the_bytes_of_a_capture_are_never_opened(enter, live_server, settings, tmp_path):
    from sources.reading import pasting

    settings.ARCHIVE_FOLDER = tmp_path
    reading = pasting.keep_pasted("<script>document.title = 'ours'</script>", by=make.reporter(), language="en")
    page = enter(make.reviewer(), reading.capture.document.get_absolute_url())

    with page.expect_download() as download:
        page.click("text=Download the file as the server sent it")

    assert download.value.suggested_filename == f"capture-{reading.capture.pk}.bin"
    assert page.url.startswith(live_server.url + "/sources/documents/")
