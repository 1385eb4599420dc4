import pytest
from django.db import ProgrammingError, transaction

from sources.models.vocabulary import SourceVerb
from tests import make
from workbench.desk import actor, audit
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


def add(person):
    return LogEntry.objects.create(
        chain="source 1", actor=person, actor_name="somebody", verb="praised", subject="source 1", facts="{}"
    )


def test_the_database_refuses_an_entry_in_the_name_of_a_person_for_whom_nobody_speaks():
    person, other = make.editor(), make.editor()

    with pytest.raises(ProgrammingError, match="in the name of another person is refused"), transaction.atomic():
        add(person)
    audit.record(other, SourceVerb.ADDED_NAME, make.source())
    with pytest.raises(ProgrammingError, match="in the name of another person is refused"), transaction.atomic():
        add(person)

    assert LogEntry.objects.get().actor == other


def test_the_database_sets_the_name_whatever_code_says():
    person = make.editor(username="edith")
    actor.speak_for(person)

    names = [LogEntry.objects.get(pk=add(each).pk).actor_name for each in (person, None)]

    assert names == ["edith", "machine"]


def test_nobody_but_the_signed_in_person_acts_in_a_request():
    person, other = make.editor(), make.editor()

    with actor.signed_in(lambda: person.pk):
        entry = audit.record(person, SourceVerb.ADDED_NAME, make.source())
        with pytest.raises(NotPermitted, match="in the name of another person"):
            audit.record(other, SourceVerb.ADDED_NAME, make.source())

    assert (entry.actor, LogEntry.objects.count()) == (person, 1)


def test_where_nobody_is_signed_in_the_activity_says_who_acts():
    with actor.signed_in(lambda: None):
        entry = audit.record(make.editor(username="edith"), SourceVerb.ADDED_NAME, make.source())

    assert entry.actor_name == "edith"
