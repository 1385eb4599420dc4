"""A page that everybody sees does not tell that a restricted claim cites it."""

import pytest
from django.utils import timezone

from claims.evidence import weighing
from claims.intake import recording, restricting
from claims.intake.recording import Sighting
from claims.models.vocabulary import Stance
from sources.models import Change, Touch, Watch
from sources.models.vocabulary import Outcome, SourceVerb
from sources.pages.document_page import _watched
from sources.watching import watching
from tests import make
from tests.restricted import restricted_claim
from workbench.desk import hidden_rows
from workbench.desk.models import LogEntry
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    return restricted_claim()


@pytest.fixture
def change():
    """A change of a page that everybody sees: one of its sentences has another number."""
    made = make.change()
    drain(Change.objects.all(), watching.compare)
    made.refresh_from_db()
    return made


def seen_by(person, change):
    """Return what tells a person that a page is cited: watches, touches, entries of the log, the words of its page."""
    document = change.before.capture.document
    document.refresh_from_db()
    with hidden_rows.read_by(lambda: person.pk):
        entries = LogEntry.objects.filter(subject=f"document {document.pk}", verb=SourceVerb.STARTED_WATCHING)
        return [Watch.objects.count(), Touch.objects.count(), entries.count(), len(_watched(document)) > 0]


def cite(claim, change, *, by=None):
    passage = change.before.passages.last()
    return weighing.add_evidence(claim, passage, by=by or claim.logged_by, stance=Stance.SUPPORTS)


def test_who_sees_the_claim_sees_that_an_edit_touches_what_it_cites_and_nobody_else(claim, change):
    cite(claim, change)

    assert seen_by(claim.logged_by, change) == [1, 1, 1, True]
    assert seen_by(make.admin(is_superuser=True), change) == [0, 0, 0, False]


def test_nothing_is_withheld_in_the_log_of_the_page(claim, change):
    chain = f"document {change.before.capture.document_id}"
    before = LogEntry.objects.filter(chain=chain).count()

    cite(claim, change)
    with hidden_rows.read_by(lambda: None):
        seen = LogEntry.objects.filter(chain=chain).count()

    assert (LogEntry.objects.filter(chain=chain).count(), seen) == (before, before)


def test_another_claim_that_cites_the_same_has_a_watch_of_its_own(claim, change):
    cite(claim, change)
    reviewer = make.reviewer()

    cite(make.claim(), change, by=reviewer)

    assert seen_by(make.editor(), change) == [1, 1, 1, True]
    with hidden_rows.read_by(lambda: None):
        assert Watch.objects.get().asked_by == reviewer


def test_a_page_on_which_the_claim_appeared_is_not_said_to_be_watched(claim, change):
    page = change.before.capture.document

    recording.add_appearance(claim, Sighting(document=page), by=claim.logged_by)

    assert seen_by(make.editor(), change) == [0, 0, 0, False]


def test_that_a_missing_page_is_asked_for_again_stands_in_the_log_of_the_claim(claim):
    page = make.document(last_outcome=Outcome.GONE, due_at=None)

    recording.add_appearance(claim, Sighting(url=page.url), by=claim.logged_by)

    asked = LogEntry.objects.get(verb=SourceVerb.ASKED_FOR_DOCUMENT_AGAIN)
    assert (asked.chain, asked.subject) == (f"claim {claim.pk}", f"document {page.pk}")
    with hidden_rows.read_by(lambda: None):
        assert not LogEntry.objects.filter(subject=f"document {page.pk}").exists()


def test_what_a_claim_cited_before_it_was_restricted_is_hidden_too(change):
    author = make.reporter()
    open_claim = make.claim(logged_by=author)
    cite(open_claim, change)

    restricting.name(open_claim, author, by=author)

    assert seen_by(make.editor(), change) == [0, 0, 0, False]


def test_watches_of_earlier_releases_are_hidden_unless_another_claim_cites_the_same(claim, change):
    passage, author = change.before.passages.last(), claim.logged_by
    document = change.before.capture.document
    make.confirmed_evidence(claim, passage_=passage, by=author)
    make.watch(document, passage, by=author)
    make.touch(change, passage)
    type(document).objects.filter(pk=document.pk).update(watched_since=timezone.now())
    make.log_entry(document, by=author, verb=SourceVerb.STARTED_WATCHING, passage=passage.pk)
    make.log_entry(document, verb=SourceVerb.SAW_CHANGE, change=change.pk, touched=1)

    hidden = seen_by(make.editor(), change)
    make.confirmed_evidence(make.claim(), passage_=passage)

    assert hidden == [0, 0, 0, False]
    assert seen_by(make.editor(), change) == [1, 1, 1, True]


def test_an_earlier_entry_on_an_open_claim_stays_readable_once_a_restricted_claim_cites_the_same(claim, change):
    passage, document = change.before.passages.last(), change.before.capture.document
    make.confirmed_evidence(make.claim(), passage_=passage)
    make.watch(document, passage)
    entry = make.log_entry(document, verb=SourceVerb.STARTED_WATCHING, passage=passage.pk)

    cite(claim, change)

    with hidden_rows.read_by(lambda: None):
        assert LogEntry.objects.filter(pk=entry.pk).exists()
