"""A file on a form is seen by who brought it alone, until the form is sent."""

import pytest
from django.db import InternalError, ProgrammingError, transaction

from sources.capturing import bringing
from sources.models import Bringing, Document, FormUpload, Passage
from sources.models.vocabulary import Outcome
from tests import make
from workbench.desk import hidden_rows
from workbench.desk.models import LogEntry

pytestmark = pytest.mark.django_db


def seen_by(person, model):
    with hidden_rows.read_by(lambda: person and person.pk):
        return set(model.objects.all())


def test_who_brought_a_file_on_a_form_sees_it_and_nobody_else():
    upload = make.form_upload()
    document = upload.bringing.capture.document
    make.reading(capture_=upload.bringing.capture)

    for stranger in (make.admin(is_superuser=True), None):
        assert [seen_by(stranger, model) for model in (Document, Bringing, FormUpload, Passage)] == [set()] * 4
    assert seen_by(upload.bringing.by, Document) == {document}


def test_once_the_form_is_sent_everybody_sees_it_and_its_log():
    upload = make.form_upload()
    row, stranger = upload.bringing, make.viewer()

    bringing.send([row.capture.document], by=make.reporter())  # whose file it is not
    assert not seen_by(stranger, Document)
    bringing.send([row.capture.document], by=row.by)

    assert seen_by(stranger, Bringing) == {row}
    assert {entry.verb for entry in seen_by(stranger, LogEntry)} == {"sent a form with a file"}


def test_of_a_file_that_others_brought_too_only_that_this_person_did_is_hidden():
    open_one = make.bringing()
    make.form_upload(make.bringing(open_one.capture, file_name="from-the-minister.txt"))

    assert seen_by(make.viewer(), Bringing) == {open_one}
    assert seen_by(make.viewer(), Document) == {open_one.capture.document}


def test_a_text_that_was_pasted_stays_when_its_person_brings_it_as_a_file_on_a_form():
    person = make.reporter()
    document = make.document("ni:///sha-256;abc", host="", due_at=None, asked_by=person)
    pasted = make.capture(document, attempt=make.attempt(document, outcome=Outcome.OK))
    make.form_upload(make.bringing(pasted, by=person))

    assert seen_by(make.viewer(), Document) == {document}


def test_a_form_that_was_sent_stays_sent():
    upload = make.form_upload()
    bringing.send([upload.bringing.capture.document], by=upload.bringing.by)

    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        FormUpload.objects.update(sent_at=None)
