import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import Error, transaction
from django.utils import timezone

from sources.capturing import fetching
from sources.models import DateSetting, Document, Reading, publication_of
from sources.reading import dating, reading
from tests import make
from tests.refusing import refused
from tests.sources.conftest import PAGE
from tests.sources.reading.test_reading import read
from workbench.desk import audit
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

DAY = date(2024, 11, 28)
HEAD = '<head><meta property="article:published_time" content="2024-11-29T10:00:00Z">'


def set_date(document, **changes):
    given = {"by": make.reporter(), "day": DAY, "precision": "day", "reason": "The printed issue.", **changes}
    return dating.set_date(document, **given)


def test_a_person_sets_the_date_of_a_document_with_a_reason_that_is_logged():
    document = make.document(published_at=make.MONDAY, published_precision="minute")
    ana = make.reporter()

    set_date(document, by=ana, reason=" The printed issue. ")

    document.refresh_from_db()
    assert (document.published_at, document.published_precision) == (datetime(2024, 11, 28, tzinfo=UTC), "day")
    assert (document.date_setting.set_by, document.date_setting.reason) == (ana, "The printed issue.")
    entry = LogEntry.objects.get(chain=audit.name_of(document))
    assert (entry.actor, entry.verb) == (ana, "set a date")
    before = f"{make.MONDAY:%Y-%m-%d %H:%M} UTC"
    assert json.loads(entry.facts) == {"date": "2024-11-28", "reason": "The printed issue.", "before": before}


@pytest.mark.parametrize(
    ("precision", "at"), [("month", datetime(2024, 11, 1, tzinfo=UTC)), ("year", datetime(2024, 1, 1, tzinfo=UTC))]
)
def test_a_month_and_a_year_begin_on_their_first_day(precision, at):
    assert set_date(make.document(), precision=precision).published_at == at


def test_no_reader_changes_a_date_that_a_person_set(site):
    row = read(site.says("/pont", PAGE))
    document = row.capture.document
    set_date(document)

    site.says("/pont", PAGE.replace("<head>", HEAD).replace("lundi", "mardi"))
    fetching.ask_again(document, by=make.reporter())
    drain(Document.objects.filter(pk=document.pk), fetching.fetch)
    drain(Reading.objects.all(), reading.read)

    newest = Reading.objects.latest("pk")
    document.refresh_from_db()
    assert newest.published_at == datetime(2024, 11, 29, 10, tzinfo=UTC)
    assert document.published_at == publication_of(document, newest).at == datetime(2024, 11, 28, tzinfo=UTC)


def test_an_undone_date_gives_way_to_that_of_the_newest_text():
    document = make.reading(published_at=make.MONDAY, published_precision="minute").capture.document
    setting, editor = set_date(document), make.editor()

    dating.undo_date(document, by=editor)

    document.refresh_from_db()
    setting.refresh_from_db()
    assert (document.published_at, document.published_precision) == (make.MONDAY, "minute")
    assert (document.date_setting, setting.undone_by, setting.undone_at is None) == (None, editor, False)
    assert LogEntry.objects.filter(verb="undid a date", actor=editor).exists()


def test_an_undone_date_gives_way_to_that_of_the_feed_where_no_text_has_one():
    document = make.document(published_at=make.MONDAY, published_precision="day")
    set_date(document)
    set_date(document, day=DAY + timedelta(days=1))

    dating.undo_date(document, by=make.reporter())

    document.refresh_from_db()
    assert (document.published_at, document.published_precision) == (make.MONDAY, "day")
    assert DateSetting.objects.filter(undone_at=None).count() == 0


def test_what_cannot_be_set_is_refused():
    document = make.document()

    with refused("no_reason"):
        set_date(document, reason=" ")
    with refused("not_yet"):
        set_date(document, day=timezone.localdate() + timedelta(days=1))
    with refused("not_set"):
        dating.undo_date(document, by=make.reporter())
    with pytest.raises(NotPermitted):
        set_date(document, by=make.viewer())
    with pytest.raises(NotPermitted):
        dating.undo_date(document, by=make.viewer())


def test_what_a_person_set_is_kept():
    setting = set_date(make.document())

    with pytest.raises(Error, match="Cannot update"), transaction.atomic():
        DateSetting.objects.filter(pk=setting.pk).update(reason="Another.")
