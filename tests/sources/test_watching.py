from datetime import timedelta

import pytest
from django.db import Error, transaction
from django.utils import timezone

from sources import fetching, reading, watching
from sources.models import Change, Document, Edit, FetchAttempt, Reading, Touch, Watch
from sources.vocabulary import Fate, Outcome
from tests import make
from tests.sources.conftest import PAGE
from workbench.models import LogEntry
from workbench.work import drain

pytestmark = pytest.mark.django_db

TWELVE = "Douze personnes ont été blessées, a annoncé la préfecture dans un communiqué publié dans la soirée."
QUARTER = timedelta(minutes=15)
EDITED = PAGE.replace("Douze personnes", "Vingt et une personnes")


def work():
    drain(Document.objects.all(), fetching.fetch)
    drain(Reading.objects.all(), reading.read)
    drain(Change.objects.all(), watching.compare)


def visit(document, at=None):
    """Fetch a document as if its time had come."""
    document.ask()
    work()
    document.refresh_from_db()


@pytest.fixture
def cited(site):
    """A page of which a passage is cited, fetched and read."""
    document = fetching.ask(site.says("/pont"), by=make.reporter())
    work()
    document.refresh_from_db()
    passage = Reading.objects.get().passages.get(exact=TWELVE)
    watching.watch(document, by=make.reviewer(), passage=passage)
    document.refresh_from_db()
    return document


def test_what_is_cited_is_watched_and_visited_again_within_a_quarter_of_an_hour(cited):
    visit(cited)

    assert cited.watched_since is not None
    assert timedelta(minutes=14) < cited.due_at - timezone.now() <= timedelta(minutes=15)
    assert LogEntry.objects.filter(verb="watches").count() == 1


def test_a_page_that_differs_at_every_visit_is_not_visited_more_often_than_that(site, cited):
    for readers in (100, 101):
        site.says("/pont", PAGE.replace("Douze", f"{readers} lecteurs lisent ceci. Douze"))
        visit(cited)
        work()

    assert cited.attempts.count() == 3
    assert cited.changed_at < cited.due_at <= cited.changed_at + QUARTER


def test_a_visit_that_was_far_off_is_brought_forward_by_a_change(site, cited):
    site.says("/pont", EDITED)
    cited.ask()
    drain(Document.objects.all(), fetching.fetch)
    Document.objects.update(due_at=timezone.now() + timedelta(days=3))

    drain(Reading.objects.all(), reading.read)
    drain(Change.objects.all(), watching.compare)

    cited.refresh_from_db()
    assert cited.due_at == cited.changed_at + QUARTER


def test_what_nothing_rests_on_is_not_visited_again(site):
    document = fetching.ask(site.says("/pont"), by=make.reporter())

    work()

    document.refresh_from_db()
    assert document.due_at is None


def test_watching_twice_is_watching_once(cited):
    watching.watch(cited, by=make.reviewer(), passage=Watch.objects.get().passage)
    watching.watch(cited, by=make.reviewer())

    assert Watch.objects.count() == 2


def test_what_was_pasted_is_not_watched():
    document = make.document("ni:///sha-256;abc", host="", due_at=None)

    assert watching.watch(document, by=make.reviewer()) is None


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (timedelta(hours=2), timedelta(minutes=15)),
        (timedelta(hours=4), timedelta(hours=1)),
        (timedelta(days=2), timedelta(hours=3)),
        (timedelta(days=8), timedelta(days=3)),
        (timedelta(days=31), timedelta(days=30)),
    ],
)
def test_visits_grow_rarer_with_time_and_begin_anew_with_a_change(age, wait):
    now = timezone.now()
    document = make.document(watched_since=now - age)

    assert document.next_visit(now) == now + wait
    document.changed_at = now - timedelta(minutes=1)
    assert document.next_visit(now) == now + timedelta(minutes=15)


def test_after_a_year_nobody_comes():
    now = timezone.now()

    assert make.document(watched_since=now - timedelta(days=366)).next_visit(now) is None


def test_a_page_that_did_not_change_is_asked_for_with_its_tag_and_no_change_is_noted(site):
    document = fetching.ask(site.says("/pont", ETag='"1"'), by=make.reporter())
    work()
    watching.watch(document, by=make.reviewer())

    visit(document)

    assert document.last_outcome == Outcome.NOT_MODIFIED
    assert site.asked[-1][1]["If-None-Match"] == '"1"'
    assert not Change.objects.exists()


def test_a_number_that_changed_in_place_is_told_with_the_passage_it_touches(site, cited):
    site.says("/pont", EDITED)

    visit(cited)

    change = Change.objects.get()
    assert (change.is_boring, change.flags) == (False, ["number"])
    edit = Edit.objects.get(change=change)
    assert edit.numbers == [["Douze", "Vingt et une"]]
    touch = Touch.objects.get()
    assert (touch.fate, touch.old, touch.numbers) == (Fate.ALTERED, TWELVE, [["Douze", "Vingt et une"]])
    assert cited.changed_at is not None


def test_the_next_edit_of_a_passage_is_held_against_what_the_last_one_made_of_it(site, cited):
    site.says("/pont", EDITED)
    visit(cited)
    site.says("/pont", EDITED.replace("Vingt et une", "Trente"))

    visit(cited)

    assert [touch.numbers for touch in Touch.objects.order_by("pk")] == [
        [["Douze", "Vingt et une"]],
        [["Vingt et une", "Trente"]],
    ]


def test_a_passage_that_went_is_gone_and_stays_so(site, cited):
    site.says("/pont", PAGE.replace(f"<p>{TWELVE}</p>", ""))
    visit(cited)
    site.says("/pont", PAGE.replace(f"<p>{TWELVE}</p>", "<p>Le trafic est interrompu jusqu’à nouvel ordre.</p>"))

    visit(cited)

    assert [touch.fate for touch in Touch.objects.all()] == [Fate.GONE]


def test_a_passage_cited_after_the_page_was_edited_is_told_at_once(site):
    document = fetching.ask(site.says("/pont"), by=make.reporter())
    work()
    passage = Reading.objects.get().passages.get(exact=TWELVE)
    site.says("/pont", EDITED)
    visit(document)

    watching.watch(document, by=make.reviewer(), passage=passage)

    assert Touch.objects.get().fate == Fate.ALTERED


def test_typesetting_touches_nothing(site, cited):
    site.says("/pont", PAGE.replace("blessées, a annoncé", "blessées – a annoncé"))

    visit(cited)

    assert Change.objects.get().is_boring
    assert not Touch.objects.exists()


def test_a_watched_page_that_is_gone_is_visited_again_all_the_same(site, cited):
    site.says("/pont", status=404)

    visit(cited)

    assert (cited.last_outcome, cited.due_at is not None, cited.trouble) == (Outcome.GONE, True, "")


def test_a_watched_page_that_fails_is_never_given_up(cited, site):
    site.says("/pont", status=500)
    Document.objects.update(tries=7)
    Document.objects.update(due_at=timezone.now())

    drain(Document.objects.all(), fetching.fetch)

    cited.refresh_from_db()
    assert cited.due_at is not None
    assert FetchAttempt.objects.first().outcome == Outcome.HTTP_ERROR


def test_a_page_is_asked_for_whole_once_a_day_in_case_its_server_says_not_modified_for_ever(site):
    document = fetching.ask(site.says("/pont", ETag='"1"'), by=make.reporter())
    work()
    watching.watch(document, by=make.reviewer())
    document.refresh_from_db()

    assert not fetching._is_due_whole(document)
    document.watched_since = timezone.now()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetching, "WHOLE_EVERY", timedelta(0))
        assert fetching._is_due_whole(document)


def test_what_was_compared_never_changes():
    change = make.change(compared_at=timezone.now())

    with pytest.raises(Error, match="Cannot update"), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(is_boring=True)
