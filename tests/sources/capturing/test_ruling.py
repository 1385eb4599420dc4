"""A person says what a page is; no machine undoes it."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from sources.capturing import fetching, ruling
from sources.models import Arrival, Document, FetchAttempt, PageRuling, Reading
from sources.models.vocabulary import Outcome
from sources.reading import dating, noting
from sources.reading import reading as reading_step
from tests import make
from tests.sources.conftest import PAGE
from workbench.desk.models import LogEntry
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

WALLED = {"outcome": Outcome.CONSENT_WALL, "layout": "a" * 16, "suspect": "consent_wall", "confidence": 0.9}
CONSENT = """<html lang="fr"><head><title>Avant de continuer</title></head><body><div role="dialog">
<h1>Avant de continuer</h1><p>Nous et nos 214 partenaires déposons des cookies sur votre appareil.</p>
<button>Tout accepter</button></div></body></html>"""


def walled(document=None, **changes):
    document = document or make.document(due_at=None, last_outcome=Outcome.CONSENT_WALL, host="paper.example")
    return make.capture(document, attempt=make.attempt(document, **{**WALLED, **changes}))


def outcome_of(document):
    return Document.objects.get(pk=document.pk).last_outcome


def test_what_a_person_calls_the_article_is_read_at_once_and_counts():
    capture = walled()

    made = ruling.rule(capture.document, by=make.reporter(), page="ok", reason="The news is there, above the bar.")

    reading = Reading.objects.get(capture=capture)
    assert (reading.due_at is not None, reading.is_left_out) == (True, False)
    assert (outcome_of(capture.document), ruling.leaves_out(capture)) == (Outcome.OK, False)
    assert (made.capture, made.layout, made.everywhere) == (capture, "a" * 16, False)


def test_what_a_person_calls_a_wall_leaves_coverage_at_once():
    reading = make.reading()
    Arrival.objects.create(reading=reading)
    document = reading.capture.document

    ruling.rule(document, by=make.reporter(), page="paywall", reason="Only the first sentence is there.")

    assert Reading.objects.get(pk=reading.pk).is_left_out
    assert not Arrival.objects.exists()
    assert (outcome_of(document), ruling.leaves_out(reading.capture)) == (Outcome.PAYWALL, True)
    assert not Document.objects.read().exists()


def test_a_decision_is_logged_with_its_reason_and_so_is_its_end():
    capture, person = walled(), make.reporter()

    made = ruling.rule(capture.document, by=person, page="ok", reason="Whole article.")
    ruling.undo(made, by=person)

    entries = LogEntry.objects.filter(subject=f"document {capture.document.pk}").order_by("seq")
    assert [entry.verb for entry in entries] == ["decided what a page is", "undid a decision on a page"]
    assert "Whole article." in entries[0].facts


def test_undone_it_is_as_the_machine_thought():
    capture, person = walled(), make.reporter()
    made = ruling.rule(capture.document, by=person, page="ok", reason="Whole article.")

    ruling.undo(made, by=person)

    assert Reading.objects.get(capture=capture).is_left_out
    assert (outcome_of(capture.document), ruling.leaves_out(capture)) == (Outcome.CONSENT_WALL, True)
    with pytest.raises(Refusal, match="already"):
        ruling.undo(made, by=person)


def test_of_two_decisions_the_earlier_counts_again_when_the_later_is_undone():
    capture, person = walled(), make.reporter()
    ruling.rule(capture.document, by=person, page="ok", reason="Whole article.")
    later = ruling.rule(capture.document, by=person, page="paywall", reason="No, it is cut.")

    ruling.undo(later, by=person)

    assert (outcome_of(capture.document), ruling.leaves_out(capture)) == (Outcome.OK, False)


def test_a_decision_for_the_site_counts_for_pages_of_its_layout_only():
    first, same = walled(), walled()
    other = walled(layout="b" * 16)
    elsewhere = walled(make.document(due_at=None, last_outcome=Outcome.CONSENT_WALL, host="other.example"))

    ruling.rule(first.document, by=make.editor(), page="ok", reason="The bar is only a bar.", everywhere=True)

    assert [outcome_of(each.document) for each in (first, same, other, elsewhere)] == [
        *(Outcome.OK, Outcome.OK),
        *(Outcome.CONSENT_WALL, Outcome.CONSENT_WALL),
    ]
    assert set(Reading.objects.values_list("capture", flat=True)) == {first.pk, same.pk}


def test_a_decision_on_one_page_stands_against_a_later_one_on_its_site():
    first, own = walled(), walled()
    ruling.rule(own.document, by=make.reporter(), page="paywall", reason="This one is cut.")

    made = ruling.rule(first.document, by=make.editor(), page="ok", reason="A bar.", everywhere=True)
    assert (outcome_of(own.document), ruling.leaves_out(own)) == (Outcome.PAYWALL, True)

    ruling.undo(made, by=make.editor())
    assert [outcome_of(each.document) for each in (first, own)] == [Outcome.CONSENT_WALL, Outcome.PAYWALL]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"page": "ok", "reason": "  "}, "no_reason"),
        ({"page": "gone", "reason": "x"}, "unknown"),
    ],
)
def test_a_decision_needs_a_reason_and_a_kind(asked, code):
    with pytest.raises(Refusal) as refused:
        ruling.rule(walled().document, by=make.reporter(), **asked)

    assert refused.value.code == code


def test_without_a_capture_or_a_layout_there_is_nothing_to_decide():
    old = walled(layout="")
    for document, more, code in [(make.document(), {}, "no_page"), (old.document, {"everywhere": True}, "no_layout")]:
        with pytest.raises(Refusal) as refused:
            ruling.rule(document, by=make.editor(), page="ok", reason="x", **more)
        assert refused.value.code == code


def test_who_gathers_decides_on_a_page_and_editors_on_a_site():
    capture = walled()
    for person, more in [
        (make.viewer(), {}),
        (make.reporter(), {"everywhere": True}),
        (make.reviewer(), {"everywhere": True}),
    ]:
        with pytest.raises(NotPermitted):
            ruling.rule(capture.document, by=person, page="ok", reason="x", **more)
    assert not PageRuling.objects.exists()


def test_no_later_visit_undoes_what_a_person_said(site, monkeypatch):
    address = site.says("/news", CONSENT)
    document = fetching.ask(address, by=make.reporter())
    drain(fetching.due().filter(pk=document.pk), fetching.fetch)
    assert outcome_of(document) == Outcome.CONSENT_WALL
    ruling.rule(document, by=make.reporter(), page="ok", reason="It is an article about consent.")
    drain(reading_step.due(), reading_step.read)

    site.says("/news", CONSENT.replace("214", "215"))
    Document.objects.get(pk=document.pk).ask()
    drain(fetching.due().filter(pk=document.pk), fetching.fetch)
    drain(reading_step.due(), reading_step.read)

    newest = FetchAttempt.objects.filter(document=document).first()
    assert (newest.outcome, newest.confidence > 0.7, len(newest.layout)) == (Outcome.CONSENT_WALL, True, 16)
    assert outcome_of(document) == Outcome.OK
    assert list(Reading.objects.values_list("is_left_out", flat=True)) == [False, False]


def test_a_text_that_is_read_after_the_decision_is_left_out_too():
    capture = walled(outcome=Outcome.OK)
    make.due_reading(capture)
    ruling.rule(capture.document, by=make.reporter(), page="paywall", reason="Cut.")

    assert Reading.objects.get(capture=capture).is_left_out
    assert ruling.leaves_out(capture)


def visited_again(document):
    Document.objects.get(pk=document.pk).ask()
    drain(fetching.due().filter(pk=document.pk), fetching.fetch)
    drain(reading_step.due(), reading_step.read)
    return Document.objects.get(pk=document.pk)


def first_visit(site, body):
    document = fetching.ask(site.says("/news", body, ETag='"1"'), by=make.reporter())
    drain(fetching.due().filter(pk=document.pk), fetching.fetch)
    drain(reading_step.due(), reading_step.read)
    return Document.objects.get(pk=document.pk)


def test_a_page_that_has_not_changed_stays_the_wall_that_a_person_called_it(site):
    document = first_visit(site, PAGE)
    ruling.rule(document, by=make.reporter(), page="paywall", reason="Cut.")

    assert visited_again(document).last_outcome == Outcome.PAYWALL
    assert FetchAttempt.objects.filter(document=document).first().outcome == Outcome.NOT_MODIFIED


def test_a_page_that_has_not_changed_stays_the_article_that_a_person_called_it(site):
    document = first_visit(site, CONSENT)
    assert document.last_outcome == Outcome.CONSENT_WALL
    ruling.rule(document, by=make.reporter(), page="ok", reason="It is an article about consent.")
    drain(reading_step.due(), reading_step.read)

    Document.objects.filter(pk=document.pk).update(validated_url=document.url, etag='"1"')
    document = visited_again(document)

    assert FetchAttempt.objects.filter(document=document).first().outcome == Outcome.NOT_MODIFIED
    assert document.is_coverage


def test_a_text_that_a_person_leaves_out_names_its_document_no_longer(site):
    document = first_visit(site, PAGE)
    title = document.title
    other = PAGE.replace("<h1>", "<h1>Offers: ").replace("<title>", "<title>Offers: ")
    site.says("/news", other, ETag='"2"')
    assert visited_again(document).title != title

    ruling.rule(document, by=make.reporter(), page="paywall", reason="Only offers.")
    capture = document.captures.order_by("taken_at", "pk").first()
    Reading.objects.filter(capture=capture).update(is_left_out=False)
    drain(reading_step.due(), reading_step.read)

    assert Document.objects.get(pk=document.pk).title == title


def test_a_decision_that_is_undone_leaves_no_title_or_date_of_the_wall(site):
    document = first_visit(site, CONSENT)
    day = datetime(2026, 11, 25, 5, 40, tzinfo=UTC)
    Document.objects.filter(pk=document.pk).update(title="Of the feed", published_at=day, published_precision="minute")
    made = ruling.rule(document, by=make.reporter(), page="ok", reason="The news is there.")
    drain(reading_step.due(), reading_step.read)
    assert Document.objects.get(pk=document.pk).title == "Avant de continuer"
    Document.objects.filter(pk=document.pk).update(published_at=day.replace(year=2019))

    ruling.undo(made, by=make.reporter())
    drain(reading_step.due(), reading_step.read)

    document.refresh_from_db()
    assert (document.title, document.published_at, document.before_ruling) == ("Of the feed", day, {})


def test_a_date_that_a_person_set_stays_when_a_decision_is_undone(site):
    document, person = first_visit(site, CONSENT), make.reporter()
    made = ruling.rule(document, by=person, page="ok", reason="The news is there.")
    drain(reading_step.due(), reading_step.read)
    dating.set_date(document, by=person, day=date(2024, 3, 1), precision="day", reason="It is printed.")

    ruling.undo(made, by=person)
    drain(reading_step.due(), reading_step.read)

    document.refresh_from_db()
    assert (document.title, document.published_at.date()) == ("", date(2024, 3, 1))


@pytest.mark.parametrize("everywhere", [False, True])
def test_who_decides_on_a_site_waits_for_what_is_written_down_about_its_pages(everywhere):
    ruling.hold(make.document(host="paper.example"), everywhere=everywhere)

    with connection.cursor() as cursor:
        cursor.execute("SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        modes = {mode for (mode,) in cursor.fetchall()}
    assert ("ExclusiveLock" if everywhere else "ShareLock") in modes


def test_a_persons_note_never_counts_as_the_text_of_its_document():
    capture = walled()
    note = noting.note(capture.document, "A wall with one button.", by=make.reporter()).reading

    ruling.rule(capture.document, by=make.reporter(), page="ok", reason="The news is there, above the bar.")

    note.refresh_from_db()
    assert (note.is_left_out, note.due_at) == (True, None)
