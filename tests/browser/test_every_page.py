"""Every page that no other test of this folder visits: nothing that axe finds wrong, and it fits a phone."""

import inspect
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from claims.models.vocabulary import Status
from tests import make, overtaken, url_forms
from workbench.desk import people

PARTS = 5  # tests that share the pages, as each has its time limit
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
ARABIC = "قُتل 12 شخصاً في انفجار قرب الجسر، كما قالت السلطات."
# The rows in the address of each page.
PAGES = {
    "claims:material": (),
    "claims:mark_claims": ("pasted",),
    "claims:describe_document": ("pasted",),
    "claims:from_browser": (),
    "claims:cases": (),
    "claims:case": ("case",),
    "claims:change_case": ("case",),
    "claims:put_in_case": ("case",),
    "claims:dossier": ("case",),
    "claims:hand_over": (),
    "claims:hand_over_of": ("third",),
    "claims:plan": ("arabic",),
    "claims:set_claimant": ("arabic",),
    "claims:correct_claim": ("arabic",),
    "claims:correct_appearance": ("appearance",),
    "claims:note_file": ("arabic", "pasted"),
    "claims:bring_evidence": ("arabic",),
    "claims:put_search": ("arabic",),
    "claims:claim_searches": ("arabic",),
    "claims:discussion": ("arabic",),
    "claims:change_note": ("note",),
    "claims:ask_by_link": ("arabic",),
    "claims:answer_by_link": ("token",),
    "claims:describe_evidence": ("evidence",),
    "claims:preview_draft": ("decision",),
    "claims:preview_report": ("proposed",),
    "claims:waive_rule": ("decision",),
    "claims:report": ("report",),
    "claims:copy_edit": ("report",),
    "claims:copy_edit_gloss": ("report",),
    "sources:add_confidential": (),
    "sources:bring": (),
    "sources:bring_instead": ("document",),
    "sources:rule_page": ("document",),
    "sources:mark_place": ("capture",),
    "sources:add_transcript": ("document",),
    "set_desk": (),
    "invite": (),
    "byline": (),
    "drafts": (),
    "notifications": (),
    "choose_notifications": (),
    "channels": (),
    "add_channel": (),
    "change_channel": ("channel",),
}
OF_ADMINISTRATORS = {"claims:hand_over_of", "set_desk", "invite", "channels", "add_channel", "change_channel"}
ELSEWHERE = {
    "test_pages.py": (
        "claims:queue claims:claims claims:log_claim claims:claim claims:whole_case claims:claim_log claims:pick "
        "claims:add_appearance claims:add_wording claims:submit_review claims:decide claims:move claims:add_question "
        "claims:request_comment claims:link_claims claims:answer_question claims:note_comment claims:freeze "
        "claims:reports claims:correct sources:sources sources:add_source sources:starter sources:feeds "
        "sources:add_feed sources:stop_feed sources:documents sources:set_date sources:searches login own_password "
        "set_up sessions two_step trouble log four_eyes anchors"
    ),
    "test_records_pages.py": "sources:source sources:document search_everything",
    "test_evidence_pages.py": "sources:hosts",
    "test_restricted_pages.py": "claims:access claims:lost_claims sources:identity",
    "test_storage_pages.py": "storage sources:retention",
    "test_captures.py": "sources:capture",
}
FILE, PART = "It is a file.", "It is a part of a page that scripts ask for."
EXCUSED = {
    **dict.fromkeys(("claims:manifest", "claims:export", "claims:dossier_file", "claims:package"), FILE),
    **dict.fromkeys(("claims:preview_pdf", "claims:preview_report_pdf", "claims:report_picture"), FILE),
    **dict.fromkeys(("claims:download", "sources:package", "sources:raw", "sources:screenshot"), FILE),
    **dict.fromkeys(("sources:picture", "sources:poster", "sources:page_picture", "favicon"), FILE),
    **dict.fromkeys(("checkpoint", "checkpoint_keys", "checkpoint_consistency", "healthz", "readyz"), FILE),
    **dict.fromkeys(("claims:find_claim", "claims:progress", "sources:find_source"), PART),
    "sources:change": "The test of pages opens it by the address of its row.",
    "set_language": "It only leads back.",
    "logout": "It takes only POST.",
    "choose_password": "Its address is that of a link; the second test below visits it.",
}


def answers_get(view):
    """Say whether a view answers GET, by what its decorators allow."""
    while view is not None:
        allowed = (
            inspect.getclosurevars(view).nonlocals.get("request_method_list") if inspect.isfunction(view) else None
        )
        if allowed is not None:
            return "GET" in allowed
        view = getattr(view, "__wrapped__", None)
    return True


def test_no_page_is_left_out():
    pages = {name for name, view in url_forms.addresses() if answers_get(view)}
    elsewhere = {name for names in ELSEWHERE.values() for name in names.split()}

    assert {*PAGES, *elsewhere, *EXCUSED} == pages
    for module, names in ELSEWHERE.items():
        written = (Path(__file__).parent / module).read_text()
        assert [name for name in names.split() if not is_named(name, written)] == []


def is_named(name, written):
    """Say whether a test names a page, or the file of its screenshot: as a whole, between quotation marks."""
    return any(f'"{each}"' in written for each in (name, name.rpartition(":")[2]))


@pytest.fixture
def rows():
    made = overtaken.desk()
    claim = make.claim(ARABIC, language="ar", logged_by=made["me"], place="الموصل")
    make.evidence(claim, make.passage("وقع الانفجار قرب الجسر.", language="ar"))
    make.claim_tag(claim, "الحرب")
    make.case_item(made["case"], claim=claim)
    make.case_item(made["case"], claim=made["decided"])
    make.notification(made["me"])
    make.draft(made["me"])
    claim.searches.add(make.answered_search())
    retold = make.decision(make.claim(ARABIC, language="ar", status=Status.DECIDED))
    return made | {"arabic": claim, "proposed": make.proposed_report(retold, proposed_by=made["other"])}


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_other_page_is_accessible_and_fits_the_screen(enter, page, live_server, faults, overhang, rows, part):
    wrong = {}

    for number, name in enumerate(sorted(PAGES)[part::PARTS]):
        enter(rows["boss" if name in OF_ADMINISTRATORS else "me"], reverse("healthz"))
        language = {"name": settings.LANGUAGE_COOKIE_NAME, "value": ("fr", "en")[number % 2], "url": live_server.url}
        page.context.add_cookies([language])
        page.set_viewport_size(DESKTOP)
        address = overtaken.address(name, PAGES[name], rows)
        answer = page.goto(live_server.url + address)
        found = faults(page)
        wide = overhang(page)
        page.set_viewport_size(PHONE)
        if answer.status != 200 or found or wide > 0 or overhang(page) > 0:
            wrong[name] = (answer.status, found, wide, overhang(page))

    assert wrong == {}


def test_the_pages_of_a_link_for_a_password_and_of_a_code_are_accessible(page, live_server, faults, overhang):
    bea = make.reporter(username="bea", password="a long and quiet word")
    make.two_step(bea)
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + reverse("login"))
    page.fill("[name=username]", "bea")
    page.fill("[name=password]", "a long and quiet word")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=code]")
    of_code = (faults(page), overhang(page))
    link = people.renew_password(make.reporter(), by=make.admin())

    page.goto(live_server.url + reverse("choose_password", args=[link.key, link.token]))

    assert page.locator("[name=new_password1]").count() == 1
    assert [of_code, (faults(page), overhang(page))] == [({}, 0)] * 2
