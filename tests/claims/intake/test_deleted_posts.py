import json
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from claims.intake import deleted_posts
from claims.models.vocabulary import AssertionStatus, Status
from tests import make
from tests.refusing import refused
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db

GONE = date(2026, 11, 3)


def test_the_day_on_which_a_post_was_found_deleted_is_kept_in_the_log_and_stays():
    appearance = make.appearance(account="@ministry")

    noted = deleted_posts.note_deletion(appearance, GONE, by=make.reporter())

    assert noted.deleted_since == GONE
    entry = LogEntry.objects.get(verb="noted a deleted post")
    assert json.loads(entry.facts) == {"appearance": appearance.pk, "since": "2026-11-03"}
    with pytest.raises(DatabaseError), transaction.atomic():
        type(noted).objects.filter(pk=noted.pk).update(deleted_since=date(2026, 11, 4))


def test_to_note_it_twice_is_one_act_and_another_day_is_refused():
    appearance = make.appearance(deleted_since=GONE)

    deleted_posts.note_deletion(appearance, GONE, by=make.reporter())

    assert not LogEntry.objects.filter(verb="noted a deleted post").exists()
    with refused("already_deleted"):
        deleted_posts.note_deletion(appearance, date(2026, 11, 4), by=make.reporter())


@pytest.mark.parametrize(
    ("status", "changes", "code"),
    [
        (Status.DECIDED, {}, "closed"),
        (Status.OPEN, {"standing": AssertionStatus.REJECTED}, "rejected"),
        (Status.OPEN, {"appeared_at": make.MONDAY}, "deleted_early"),
    ],
)
def test_what_cannot_be_is_refused(status, changes, code):
    appearance = make.appearance(make.claim(status=status), **changes)

    with refused(code):
        deleted_posts.note_deletion(appearance, date(2000, 1, 1), by=make.reporter())


def test_a_viewer_notes_nothing():
    with pytest.raises(NotPermitted):
        deleted_posts.note_deletion(make.appearance(), GONE, by=make.viewer())
