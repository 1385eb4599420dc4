from datetime import timedelta

import pytest
from django.utils import timezone

from sources.models.vocabulary import Outcome
from sources.pages.notices import ERROR, PLAIN, WARNING, BrowserCapture, Notice, browser_capture, coverage_notices
from tests import make

pytestmark = pytest.mark.django_db


def notices(document, reading=None, *, was_read=False, unread=None):
    return coverage_notices(document, reading, document.attempts.first(), was_read=was_read, unread=unread)


def walled(**attempt):
    document = make.document(last_outcome=Outcome.CONSENT_WALL, due_at=None)
    make.attempt(document, outcome=Outcome.CONSENT_WALL, **attempt)
    return document


def test_no_coverage_is_told_with_its_reason():
    told = Notice(ERROR, "No coverage: consent required", "The page asks to accept cookies.")

    assert notices(walled(reason="The page asks to accept cookies.")) == [told]


def test_a_reason_that_only_repeats_the_outcome_is_left_out():
    assert notices(walled(reason="Consent required")) == [Notice(ERROR, "No coverage: consent required")]


def test_a_page_that_was_read_before_it_was_walled_is_only_warned_of():
    (notice,) = notices(walled(), make.reading())

    assert notice == Notice(WARNING, "Text from an earlier fetch. Latest fetch: consent required")


@pytest.mark.parametrize(
    ("columns", "title"),
    [({}, "Fetching failed. Next try: now"), ({"due_at": None}, "Fetching failed too often and needs attention")],
)
def test_work_that_failed_says_when_it_is_retried(columns, title):
    (notice,) = notices(make.document(trouble="It broke.", **columns))

    assert (notice.look, notice.title, notice.text, notice.is_problem) == (ERROR, title, "It broke.", True)


def test_a_document_on_its_way_says_what_it_waits_for():
    make.living_machine()
    fetched = make.document(last_outcome=Outcome.OK, due_at=None)
    unread = make.due_reading(make.capture(fetched))

    assert [notice.text for notice in notices(make.document())] == [
        "This document is waiting to be fetched. Reload the page in a moment."
    ]
    assert [notices(fetched, unread=unread)[0].text, notices(fetched, was_read=True)[0].text] == [
        "The page is fetched. Its text has not been extracted yet.",
        "We could not extract any text from this page.",
    ]
    assert notices(fetched, make.reading()) == []


def test_a_document_that_waits_while_nobody_works_says_so():
    fetched = make.document(last_outcome=Outcome.OK, due_at=None)

    waiting, unread = notices(make.document())[0], notices(fetched, unread=make.due_reading(make.capture(fetched)))[0]

    for notice, start in ((waiting, "This document is waiting"), (unread, "The page is fetched.")):
        assert (notice.look, notice.text.startswith(start)) == (WARNING, True)
        assert notice.text.endswith("Tell the person who runs this workbench.")


def test_a_document_that_waits_while_the_disk_is_full_says_so(settings):
    make.living_machine()
    settings.DISK_RESERVE = 10**9

    (notice,) = notices(make.document())

    assert notice.text.endswith("The disk of the archive is full. Nothing is fetched until there is room again.")


@pytest.mark.parametrize(
    ("due_in", "title"),
    [
        (None, "Extracting the text failed too often and needs attention"),
        (timedelta(seconds=90), "Extracting the text failed. Next try: a minute from now"),
    ],
)
@pytest.mark.parametrize("earlier", [False, True])
def test_a_text_that_cannot_be_extracted_says_why(due_in, title, earlier):
    fetched = make.document(last_outcome=Outcome.OK, due_at=None)
    due_at = due_in and timezone.now() + due_in
    unread = make.due_reading(make.capture(fetched), trouble="The task took longer than 75 seconds.", due_at=due_at)

    (notice,) = notices(fetched, make.reading() if earlier else None, was_read=True, unread=unread)

    assert (notice.look, notice.title.replace("\xa0", " "), notice.is_problem) == (ERROR, title, True)
    assert notice.text == "The task took longer than 75 seconds."


def asked(document=None, rendering=None, *, browser=True, may_gather=True):
    return browser_capture(document or make.document(), rendering, browser=browser, may_gather=may_gather)


def test_a_capture_with_a_browser_is_offered_to_those_who_may_ask_where_there_is_a_browser():
    forbidden = make.document(last_outcome=Outcome.ROBOTS_DENIED)

    assert asked() == BrowserCapture(None, is_offered=True)
    assert asked(may_gather=False) == BrowserCapture(None)
    assert "Chromium is not installed" in asked(browser=False).why_not
    assert "Not allowed by robots.txt." in asked(forbidden).why_not


@pytest.mark.parametrize(
    ("columns", "notice", "offered"),
    [
        ({}, Notice(PLAIN, text="A browser capture has been requested."), False),
        (
            {"trouble": "It broke."},
            Notice(PLAIN, text="A browser capture has been requested. It has failed so far: It broke."),
            False,
        ),
        (
            {"done_at": make.MONDAY, "problem": "It broke."},
            Notice(WARNING, text="The last browser capture failed: It broke."),
            True,
        ),
        ({"done_at": make.MONDAY}, None, True),
    ],
    ids=["waits", "failed once", "gave up", "done"],
)
def test_what_came_of_the_last_capture_with_a_browser_is_told(columns, notice, offered):
    rendering = make.rendering(**columns)

    assert asked(rendering.document, rendering) == BrowserCapture(notice, is_offered=offered)
