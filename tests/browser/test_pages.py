"""Every page: nothing that axe finds wrong, in light and in dark, and nothing that hangs over the edge of a phone."""

import pytest
from django.urls import reverse

from claims.models.vocabulary import AssertionStatus, Stance, Status
from sources.models import Change
from sources.models.vocabulary import Outcome
from sources.watching import watching
from tests import make
from tests.browser.conftest import PHONE, follow
from workbench.desk import checkpointing
from workbench.desk.roles import Role
from workbench.desk.work_queue import drain

LONG = "https://courier.example/" + "a-very-long-address-without-a-space/" * 8


def full_claim(status=Status.OPEN, **changes):
    """A claim with a row of everything its page shows."""
    claim = make.claim(
        f"Twelve people were hurt, says {LONG}", status=status, place="Arvel", note="It matters.", **changes
    )
    first = make.appearance(claim, document=make.document(f"{LONG}{make.number()}", last_outcome=Outcome.BLOCKED))
    make.attribution(first)
    make.attribution(first, position=1, standing=AssertionStatus.SUGGESTED)
    make.attribution(first, position=2, modality="unattributed_passive")
    make.evidence(claim, make.passage("قُتل 12 شخصاً في الانفجار.", language="ar"), why="Arvel, 12")
    make.evidence(claim)
    for stance in (Stance.SUPPORTS, Stance.REFUTES, Stance.DISCUSSES):
        make.confirmed_evidence(claim, stance=stance, note="Seen by a witness.")
    make.evidence(claim, standing=AssertionStatus.REJECTED)
    make.claim_figure(claim)
    make.wording(claim)
    make.answer(make.question(claim, LONG))
    make.comment_request(claim, question=LONG)
    make.comment_request(claim, answer=LONG, answered_at=make.MONDAY)
    make.claim_link(claim)
    claim.searches.add(make.answered_search(), make.search(), make.search(trouble="It broke.", due_at=None))
    return claim


def in_review():
    claim = full_claim(Status.IN_REVIEW)
    make.review(claim)
    make.review(claim)
    return claim


def decided():
    claim = full_claim(Status.DECIDED)
    make.review(claim)
    make.decision(claim, cited=claim.evidence.confirmed(), what_would_change_it="A film of it.")
    return claim


def source():
    row = make.feed().source
    make.standing(row)
    return row.get_absolute_url()


def stopped_feed():
    return make.feed(url=LONG, stopped_at=make.MONDAY, stopped_by=make.editor(), stopped_why=LONG)


def document():
    row = make.reading().capture.document
    return row.get_absolute_url()


def change():
    made = make.change()
    watching.watch(
        made.before.capture.document, by=make.reviewer(), cited_in="claim 1", passage=made.before.passages.last()
    )
    drain(Change.objects.all(), watching.compare)
    return made


def edited_document():
    return change().before.capture.document.get_absolute_url()


def edited_claim():
    claim, made = full_claim(), change()
    make.confirmed_evidence(claim, passage_=made.before.passages.last())
    return claim


def pick():
    claim, reading = full_claim(), make.reading()
    make.evidence(claim, reading.passages.first())
    return reverse("claims:pick", args=[claim.pk, reading.capture.document_id])


def of_claim(name, made=full_claim):
    return lambda: reverse(f"claims:{name}", args=[made().pk])


def plain(name, *rows):
    def path():
        for row in rows:
            row()
        return reverse(name)

    return path


PAGES = {
    "queue": plain("claims:queue", full_claim, in_review),
    "empty queue": plain("claims:queue"),
    "claims": plain("claims:claims", full_claim, decided),
    "no claims": plain("claims:claims"),
    "log a claim": plain("claims:log_claim", make.source),
    "claim": of_claim("claim"),
    "bare claim": lambda: make.claim().get_absolute_url(),
    "claim in review": of_claim("claim", in_review),
    "decided claim": of_claim("claim", decided),
    "log of a claim": of_claim("claim_log"),
    "appearance": of_claim("add_appearance"),
    "wording": of_claim("add_wording"),
    "question": of_claim("add_question", make.claim),
    "answer": lambda: reverse("claims:answer_question", args=[make.question().pk]),
    "request for comment": of_claim("request_comment", make.claim),
    "comment": lambda: reverse("claims:note_comment", args=[make.comment_request(question=LONG).pk]),
    "link between claims": of_claim("link_claims", make.claim),
    "move": of_claim("move"),
    "pick": pick,
    "review": of_claim("submit_review", in_review),
    "decision": of_claim("decide", in_review),
    "freezing": lambda: reverse("claims:freeze", args=[make.proposed_report(summary=LONG).decision_id]),
    "correction": lambda: reverse("claims:correct", args=[make.proposed_correction(text=LONG).report.number]),
    "four eyes": plain("four_eyes", make.role_grant, lambda: make.policy("reviews", reason=LONG)),
    "sources": plain("sources:sources", make.standing),
    "add source": plain("sources:add_source"),
    "source": source,
    "feeds": plain("sources:feeds", make.feed, lambda: make.feed(url=LONG, trouble="It broke.", due_at=None)),
    "add feed": plain("sources:add_feed"),
    "stopped feed": plain("sources:feeds", stopped_feed),
    "stop a feed": lambda: reverse("sources:stop_feed", args=[make.feed(url=LONG).pk]),
    "set a date": lambda: reverse("sources:set_date", args=[make.document(LONG).pk]),
    "documents": plain("sources:documents", make.reading, lambda: make.document(LONG)),
    "document": document,
    "change": lambda: change().get_absolute_url(),
    "edited document": edited_document,
    "claim with an edited page": lambda: edited_claim().get_absolute_url(),
    "searches": plain("sources:searches", make.search, make.answered_search),
    "trouble": plain("trouble", lambda: make.claim(trouble="It broke: " + LONG, due_at=None)),
    "log": plain("log", make.log_entry),
    "reports": plain("claims:reports"),
    "anchors": plain("anchors", make.log_entry, checkpointing.now),
    "complete package": of_claim("whole_case"),
    "own password": plain("own_password"),
    "set up": plain("set_up"),
    "sources to begin with": plain("sources:starter", make.feed),
    "sessions": plain("sessions"),
    "two-step sign-in": plain("two_step"),
    "not found": lambda: "/nothing/",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_has_no_fault_and_fits_a_phone(enter, faults, overhang, path):
    page = enter(make.editor(), path())

    desktop = faults(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)

    assert (desktop, faults(page), overhang(page)) == ({}, {}, 0)


@pytest.mark.parametrize("role", Role)
def test_the_claim_and_the_queue_of_every_role_have_no_fault(enter, faults, role):
    person = make.user(role)
    claim = in_review()

    found = [faults(enter(person, path)) for path in ("/", claim.get_absolute_url())]

    assert found == [{}, {}]


def test_signing_in_has_no_fault_and_fits_a_phone(page, live_server, faults, overhang):
    page.goto(live_server.url + reverse("login"))
    page.fill("[name=username]", "nobody")
    page.fill("[name=password]", "nothing")
    page.keyboard.press("Enter")
    page.wait_for_selector("#errors")
    page.set_viewport_size(PHONE)

    assert (faults(page), overhang(page)) == ({}, 0)


def test_a_refusal_has_no_fault(enter, faults):
    page = enter(make.viewer(), reverse("claims:log_claim"))

    assert faults(page) == {}


def test_a_form_with_errors_leads_to_them_and_loses_nothing(enter, faults):
    page = enter(make.reporter(), reverse("claims:log_claim"))
    page.fill("[name=note]", "Why it matters")
    page.fill("[name=text]", "x" * 2001)
    follow(page, "button.main")
    page.wait_for_selector("#errors")

    assert page.evaluate("document.activeElement.id") == "errors"
    assert (page.input_value("[name=text]"), page.input_value("[name=note]")) == ("x" * 2001, "Why it matters")
    assert faults(page) == {}
    page.click("#errors a >> nth=0")
    assert page.evaluate("document.activeElement.name") == "text"
