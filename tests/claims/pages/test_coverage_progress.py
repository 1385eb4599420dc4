from datetime import timedelta

import pytest
from django.utils import timezone

from claims.evidence import gathering
from claims.models.vocabulary import Status
from claims.pages import coverage_progress
from claims.pages.coverage_progress import ToWeigh
from tests import make

pytestmark = pytest.mark.django_db


def words(claim, waiting=0, shown=0, matching=None):
    found = ToWeigh(waiting, waiting if matching is None else matching, shown)
    return coverage_progress.of(claim, gathering.progress(claim), found)


def test_a_page_asks_often_while_workers_work_and_now_and_then_afterwards():
    working, idle = make.claim(due_at=timezone.now()), make.claim(due_at=None)

    polls = [words(claim).poll for claim in (working, idle)]

    assert polls == [coverage_progress.SOON, coverage_progress.LATER]


@pytest.mark.parametrize("status", [Status.DECIDED, Status.WITHDRAWN])
def test_a_closed_claim_asks_no_more_and_says_so(status):
    found = words(make.claim(status=status, due_at=timezone.now()), waiting=3, shown=1)

    assert (found.poll, found.working, found.headline, found.more) == (0, False, "", "")
    assert "closed" in found.text
    assert found.counts[-1].label == "suggestions not weighed"


def test_where_nothing_is_open_it_is_said_whether_more_may_come():
    working, idle = make.claim(due_at=timezone.now()), make.claim(due_at=None)

    asked = [(working, 2, 2), (working, 2, 0), (working, 0, 0), (idle, 0, 0)]
    said = [words(claim, waiting, shown).nothing for claim, waiting, shown in asked]

    assert said == [
        "Choose a passage in the list.",
        "No passages to weigh with this filter.",
        "We are still gathering coverage. Suggestions appear in the list as they come in.",
        "Nothing else to weigh.",
    ]


def test_a_claim_that_waits_in_vain_says_so():
    claim = make.claim(due_at=timezone.now())

    silent = words(claim).silence
    make.living_machine()

    assert silent == "No worker has served the queue yet, so this waits. Tell the person who runs this workbench."
    assert words(claim).silence == ""


def test_a_claim_whose_coverage_is_late_says_so_and_one_that_is_up_to_date_does_not():
    make.living_machine()
    make.search(due_at=timezone.now() - timedelta(minutes=10))
    working, idle = make.claim(due_at=timezone.now()), make.claim(due_at=None)

    assert words(working).silence.replace("\xa0", " ").endswith("has waited for 10 minutes.")
    assert words(idle).silence == ""


@pytest.mark.parametrize(
    ("due_in", "headline"),
    [
        (None, "Gathering failed too often and needs attention."),
        (timedelta(seconds=90), "Gathering failed. Next try: a minute from now"),
    ],
)
def test_a_claim_whose_gathering_failed_says_why_and_not_that_it_is_up_to_date(due_in, headline):
    due_at = due_in and timezone.now() + due_in
    found = words(make.claim(trouble="The task took longer than 75 seconds.", due_at=due_at))

    assert found.headline.replace("\xa0", " ") == headline
    assert found.text == "The task took longer than 75 seconds."


def test_a_claim_says_that_nothing_is_fetched_for_want_of_room(settings):
    make.living_machine()
    settings.DISK_RESERVE = 10**9

    assert "disk of the archive is full" in words(make.claim()).silence
    assert words(make.claim(status=Status.DECIDED)).silence == ""


def test_what_is_counted_agrees_with_its_number():
    claim = make.claim(due_at=None)
    claim.searches.add(make.search())

    labels = [f"{count.number} {count.label}" for count in words(claim, waiting=1).counts]

    assert labels[-2:] == ["1 search not answered yet", "1 suggestion to weigh"]


def test_work_that_is_done_is_not_counted():
    labels = [count.label for count in words(make.claim(due_at=None)).counts]

    assert labels == ["documents read in total", "passages compared", "suggestions to weigh"]


@pytest.mark.parametrize(("waiting", "more"), [(15, False), (16, True)])
def test_that_more_suggestions_wait_is_said(waiting, more):
    assert bool(words(make.claim(), waiting=waiting, shown=15).more) is more


def test_each_search_says_what_came_of_it():
    searches = [
        make.search(),
        make.search(trouble="It broke.", due_at=None),
        make.answered_search(found=0),
        make.answered_search(found=1),
        make.answered_search(found=2),
    ]

    shown = [coverage_progress.shown_search(search) for search in searches]

    assert [each.failed for each in shown] == [False, True, False, False, False]
    assert [each.nothing for each in shown] == [False, False, True, False, False]
    assert [each.text for each in shown] == ["no answer yet", "", "", "1 document", "2 documents"]


@pytest.mark.parametrize(("matching", "shown", "is_said"), [(140, 100, True), (40, 40, False)])
def test_a_filtered_list_says_that_it_is_cut_only_where_it_is(matching, shown, is_said):
    found = words(make.claim(due_at=None), waiting=300, matching=matching, shown=shown)

    assert bool(found.more) == is_said
