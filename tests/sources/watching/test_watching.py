from datetime import timedelta
from pathlib import Path

import pytest
from django.db import Error, transaction
from django.utils import timezone

from sources.capturing import fetching
from sources.models import Change, Document, Edit, FetchAttempt, Reading, Touch, Watch
from sources.models.vocabulary import Fate, Outcome
from sources.reading import extracting, reading
from sources.watching import watching
from tests import make
from tests.racing import a_moment_earlier
from tests.sources.conftest import PAGE
from workbench.desk.models import LogEntry
from workbench.desk.work_queue import drain

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
    watching.watch(document, by=make.reviewer(), cited_in="claim 1", passage=passage)
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


@pytest.mark.parametrize(("due_in", "comes_in"), [(-60, -60), (5, 5), (60, 15), (None, 15)])
def test_a_page_comes_back_by_a_time_at_the_latest(due_in, comes_in):
    now = timezone.now()
    document = make.document(due_at=None if due_in is None else now + timedelta(minutes=due_in))

    document.come_back(by=now + QUARTER)

    document.refresh_from_db()
    assert document.due_at == now + timedelta(minutes=comes_in)


def test_a_page_that_is_being_fetched_comes_back_by_then_whatever_that_visit_answers():
    make.document()
    now = timezone.now()

    def visit(_document):
        Document.objects.get().come_back(by=now + QUARTER)
        yield
        return now + timedelta(days=3)

    drain(Document.objects.all(), visit)

    assert Document.objects.get().due_at == now + QUARTER


def test_what_nothing_rests_on_is_not_visited_again(site):
    document = fetching.ask(site.says("/pont"), by=make.reporter())

    work()

    document.refresh_from_db()
    assert document.due_at is None


def test_watching_twice_is_watching_once(cited):
    watching.watch(cited, by=make.reviewer(), cited_in="claim 1", passage=Watch.objects.get().passage)
    watching.watch(cited, by=make.reviewer(), cited_in="claim 1")

    assert Watch.objects.count() == 2


def test_what_was_pasted_is_not_watched():
    document = make.document("ni:///sha-256;abc", host="", due_at=None)

    assert watching.watch(document, by=make.reviewer(), cited_in="claim 1") is None


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
    watching.watch(document, by=make.reviewer(), cited_in="claim 1")

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


def test_every_sentence_of_a_passage_is_followed_whichever_was_edited_before(site):
    page = PAGE.replace(TWELVE, "Douze morts, selon lui. La préfecture a fermé le pont pour trente jours.")
    document = fetching.ask(site.says("/pont", page), by=make.reporter())
    work()
    document.refresh_from_db()
    watching.watch(
        document,
        by=make.reviewer(),
        cited_in="claim 1",
        passage=Reading.objects.get().passages.get(exact__contains="Douze"),
    )

    for old, new in (("trente", "quarante"), ("Douze", "Quinze")):
        page = page.replace(old, new)
        site.says("/pont", page)
        visit(document)

    assert [(touch.fate, touch.new) for touch in Touch.objects.order_by("pk")] == [
        (Fate.ALTERED, "Douze morts, selon lui. La préfecture a fermé le pont pour quarante jours."),
        (Fate.ALTERED, "Quinze morts, selon lui. La préfecture a fermé le pont pour quarante jours."),
    ]


def test_a_passage_that_is_put_behind_a_denial_is_touched(site, cited):
    site.says("/pont", PAGE.replace("Douze personnes", "Il est faux que douze personnes"))

    visit(cited)

    assert Touch.objects.get().fate == Fate.ALTERED


def test_a_passage_that_went_is_gone_and_stays_so_until_it_is_back(site, cited):
    without = PAGE.replace(f"<p>{TWELVE}</p>", "")
    for page in (without, without.replace("lundi", "mardi"), PAGE):
        site.says("/pont", page)
        visit(cited)

    assert [(touch.fate, touch.old, touch.new) for touch in Touch.objects.order_by("pk")] == [
        (Fate.GONE, TWELVE, ""),
        (Fate.BACK, TWELVE, TWELVE),
    ]


def test_changes_are_compared_in_their_order(site, cited):
    for number in ("Quinze", "Vingt"):
        site.says("/pont", PAGE.replace("Douze", number))
        cited.ask()
        drain(Document.objects.all(), fetching.fetch)
        drain(Reading.objects.all(), reading.read)
    first, second = Change.objects.order_by("pk")

    drain(Change.objects.filter(pk=second.pk), watching.compare)
    second.refresh_from_db()
    assert (second.compared_at, second.due_at > timezone.now(), second.tries) == (None, True, 0)

    Change.objects.update(due_at=timezone.now())
    drain(Change.objects.filter(pk=first.pk), watching.compare)
    drain(Change.objects.filter(pk=second.pk), watching.compare)
    assert [touch.change for touch in Touch.objects.order_by("pk")] == [first, second]


@pytest.mark.django_db(transaction=True)
def test_two_readings_at_the_same_time_are_compared_with_each_other(site, cited):
    for number in ("Quinze", "Vingt"):
        site.says("/pont", PAGE.replace("Douze", number))
        cited.ask()
        drain(Document.objects.all(), fetching.fetch)
    first, second, third = Reading.objects.order_by("pk")

    with a_moment_earlier(lambda: drain(Reading.objects.filter(pk=second.pk), reading.read)):
        drain(Reading.objects.filter(pk=third.pk), reading.read)

    assert set(Change.objects.values_list("before", "after")) == {(first.pk, second.pk), (second.pk, third.pk)}


@pytest.mark.django_db(transaction=True)
def test_a_passage_that_is_cited_while_its_page_is_compared_is_told(site):
    document = fetching.ask(site.says("/pont"), by=make.reporter())
    work()
    watching.watch(document, by=make.reviewer(), cited_in="claim 1")
    site.says("/pont", EDITED)
    document.ask()
    drain(Document.objects.all(), fetching.fetch)
    drain(Reading.objects.all(), reading.read)
    passage, reviewer = Reading.objects.order_by("pk")[0].passages.get(exact=TWELVE), make.reviewer()

    with a_moment_earlier(lambda: watching.watch(document, by=reviewer, cited_in="claim 1", passage=passage)):
        drain(Change.objects.all(), watching.compare)

    assert Touch.objects.get().fate == Fate.ALTERED


@pytest.mark.parametrize(
    ("precision", "written"),
    [("year", "2024"), ("month", "2024-12"), ("day", "2024-12-02"), ("minute", "2024-12-02 09:30 UTC")],
)
def test_a_date_is_told_as_exactly_as_the_page_gives_it(precision, written):
    before = make.reading(published_at=make.MONDAY - timedelta(days=1), published_precision="minute")
    again = make.capture(before.capture.document)
    make.change(before, make.reading(capture_=again, published_at=make.MONDAY, published_precision=precision))

    drain(Change.objects.all(), watching.compare)

    edit = Edit.objects.get(place="date")
    assert (edit.old, edit.new) == ("2024-12-01 09:30 UTC", written)


def test_a_passage_cited_after_the_page_was_edited_is_told_at_once(site):
    document = fetching.ask(site.says("/pont"), by=make.reporter())
    work()
    passage = Reading.objects.get().passages.get(exact=TWELVE)
    site.says("/pont", EDITED)
    visit(document)

    watching.watch(document, by=make.reviewer(), cited_in="claim 1", passage=passage)

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
    watching.watch(document, by=make.reviewer(), cited_in="claim 1")
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


def test_a_removed_text_is_extracted_again_once_somebody_cites_its_page():
    row = make.removed_reading()

    watching.watch(row.capture.document, by=make.reporter(), cited_in="claim 1")

    row.refresh_from_db()
    assert row.due_at is not None


@pytest.mark.parametrize(
    ("before", "after", "is_boring"),
    [
        ("E01-relative-time-1.html", "E01-relative-time-2.html", True),
        ("E01-relative-time-1.html", "E01-more-people.html", False),
    ],
)
def test_a_page_that_only_says_how_long_ago_it_was_wakes_nobody(site, monkeypatch, before, after, is_boring):
    now = timezone.now()
    noon = now.replace(hour=12) - now  # both visits are at one moment: after midnight, 25 minutes ago is another day
    monkeypatch.setattr(extracting, "AHEAD", extracting.AHEAD + noon)
    pages = Path(__file__).parent / "pages"
    document = fetching.ask(site.says("/crue", (pages / before).read_bytes()), by=make.reporter())
    work()
    watching.watch(document, by=make.reviewer(), cited_in="claim 1")
    site.says("/crue", (pages / after).read_bytes())

    visit(document)

    assert Change.objects.get().is_boring is is_boring
    assert (document.changed_at is None) is is_boring
