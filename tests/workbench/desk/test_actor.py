import pytest
from django.db import ProgrammingError, connection, transaction

from sources.models.vocabulary import SourceVerb
from tests import databases, make
from workbench.desk import actor, actor_proof, app_role, audit
from workbench.desk.models import LogEntry, User
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


def add(person):
    return LogEntry.objects.create(
        chain="source 1", actor=person, actor_name="somebody", verb="praised", subject="source 1", facts="{}"
    )


def refused(match):
    return pytest.raises(ProgrammingError, match=match)


def test_the_database_refuses_an_entry_in_the_name_of_a_person_for_whom_nobody_speaks():
    person, other = make.editor(), make.editor()

    audit.record(other, SourceVerb.ADDED_NAME, make.source())
    with refused("in the name of another person is refused"), transaction.atomic():
        add(person)

    assert LogEntry.objects.get().actor == other


def test_who_only_says_for_whom_a_transaction_speaks_writes_no_entry():
    person, other = make.editor(), make.editor()
    actor.speak_for(other)

    with refused("nobody proved for whom"), transaction.atomic():
        databases.run(f"SELECT set_config('workbench.actor', '{person.pk}', true)")
        add(person)
    with refused("nobody proved for whom"), transaction.atomic():
        add(None)

    assert add(other).actor == other


@pytest.mark.django_db(transaction=True)
def test_the_proof_of_one_transaction_is_none_in_another():
    person = make.editor()
    with transaction.atomic(), connection.cursor() as cursor:
        actor.speak_for(person)
        cursor.execute("SELECT current_setting('workbench.actor_proof')")
        (proof,) = cursor.fetchone()

    with refused("nobody proved for whom"), transaction.atomic():
        databases.run(f"SELECT set_config('workbench.actor', '{person.pk}', true)")
        databases.run(f"SELECT set_config('workbench.actor_proof', '{proof}', true)")
        add(person)


@pytest.mark.django_db(transaction=True)
def test_nobody_gets_a_password_or_a_role_from_sql_alone():
    person = make.viewer()

    for change in ({"password": "x"}, {"role": "admin"}, {"is_superuser": True}):
        with refused("nobody proved for whom"):
            User.objects.filter(pk=person.pk).update(**change)
    User.objects.filter(pk=person.pk).update(last_login=make.MONDAY)

    person.refresh_from_db()
    assert (person.role, person.is_superuser, person.last_login is None) == ("viewer", False, False)


def test_the_programs_do_not_read_the_secret():
    with refused("permission denied"):
        databases.run("SELECT inner_key FROM workbench_actorsecret")


def test_a_program_with_another_secret_key_is_told(settings):
    assert actor_proof.problem() == ""

    settings.SECRET_KEY = "another"

    assert "SECRET_KEY" in app_role.health().problem
    with refused("nobody proved for whom"):
        audit.record(None, SourceVerb.ADDED_NAME, make.source())


def test_the_database_sets_the_name_whatever_code_says():
    person, names = make.editor(username="edith"), []

    for each in (person, None):
        actor.speak_for(each)
        names.append(LogEntry.objects.get(pk=add(each).pk).actor_name)

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
