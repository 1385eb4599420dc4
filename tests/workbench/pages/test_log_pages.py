import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from tests import databases, make
from workbench.desk import audit, log_checking
from workbench.desk.work_queue import drain
from workbench.tasks import check_log

pytestmark = pytest.mark.django_db


def test_the_log_shows_the_newest_first_with_its_facts(client):
    source = make.source()
    make.log_entry(source, verb="added a source", note="één")
    make.log_entry(source, verb="added a name", by=make.reporter(username="ana"), note="deux")
    client.force_login(make.editor())

    answer = client.get(reverse("log"))

    assert [entry.verb for entry, _facts in answer.context["entries"]] == ["added a name", "added a source"]
    assert "deux" in answer.content.decode()
    assert "één" in answer.content.decode()


def test_facts_within_a_fact_are_named_too(client):
    make.log_entry(verb="decided on a host", now={"delay": None, "denied": True, "note": "They asked us."})
    client.force_login(make.editor())

    answer = client.get(reverse("log"))

    ((_entry, facts),) = answer.context["entries"]
    assert facts == {"now": "seconds between visits: –; do not visit: yes; why: They asked us."}


def test_the_log_names_its_chains_and_what_went_wrong_in_the_language_of_the_page(client):
    claim = make.claim()
    make.log_entry(claim, verb="retried", trouble="No server was found under the name of this site.")
    client.force_login(make.editor())

    page = BeautifulSoup(client.get(reverse("log"), headers={"Accept-Language": "fr"}).content, "lxml")

    with translation.override("fr"):
        assert page.select_one("td a[href*=chain]").text == f"affirmation {claim.pk}"
        assert page.select_one("dd").text == gettext("No server was found under the name of this site.")
    assert "No server was found" not in page.text


def test_the_log_is_asked_for_a_chain_a_person_or_an_act(client):
    source = make.source()
    make.log_entry(source, by=make.reporter(username="ana"), verb="added a name")
    make.log_entry(make.source(), verb="added a feed")
    client.force_login(make.editor())

    asked = [{"chain": f"source {source.pk}"}, {"who": "ana"}, {"verb": "added a name"}, {"words": "ana NAME"}]
    found = [client.get(reverse("log"), question).context["entries"] for question in asked]

    assert [[entry.verb for entry, _facts in entries] for entries in found] == [["added a name"]] * 4


@pytest.mark.parametrize(
    ("who", "found"), [("celik", 1), ("ŞİRİN çel", 1), ("sirin1", 1), ("SIRIN1", 1), ("machine", 1), ("irin", 0)]
)
def test_who_is_found_by_a_name_in_any_spelling_and_by_the_user_name_of_then(client, who, found):
    person = make.reporter(username="sirin1", first_name="Şirin", last_name="Çelik")
    make.log_entry(by=person)
    make.log_entry(by=None)
    client.force_login(make.editor())

    assert len(client.get(reverse("log"), {"who": who}).context["entries"]) == found


def test_an_entry_is_found_by_the_user_name_of_its_time(client):
    person = make.reporter(username="before")
    make.log_entry(by=person)
    person.username = "after"
    person.save()
    client.force_login(make.editor())

    assert [len(client.get(reverse("log"), {"who": who}).context["entries"]) for who in ("before", "after")] == [1, 1]


@pytest.mark.parametrize("asked", [{"chain": "a\0b"}, {"page": "9" * 30}, {"page": "x"}, {"chain": "c" * 500}])
def test_a_question_that_makes_no_sense_is_answered_all_the_same(client, asked):
    client.force_login(make.editor())

    assert client.get(reverse("log"), asked).status_code == 200


def test_the_log_costs_the_same_with_one_entry_and_with_thirty(client):
    client.force_login(make.editor())
    make.log_entry()
    with CaptureQueriesContext(connection) as with_one:
        client.get(reverse("log"))

    for _ in range(29):
        make.log_entry(by=make.reporter())
    with CaptureQueriesContext(connection) as with_thirty:
        client.get(reverse("log"))

    assert len(with_thirty) == len(with_one)


def checked(client):
    """The page of the log after somebody has asked for a check, and a worker has done it."""
    assert client.post(reverse("check_log"), follow=True).content.count(b"A worker is checking the log") == 1
    check_log()
    return client.get(reverse("log"))


def test_a_log_that_holds_says_so(client):
    admin = make.admin()
    make.log_entry(by=admin)
    make.log_entry(by=admin)
    client.force_login(admin)

    answer = checked(client)

    assert b"No errors found." in answer.content
    assert (answer.context["check"].asked_by, answer.context["check"].errors) == (admin, 0)


def test_an_entry_changed_behind_our_back_is_shown(client):
    entry = make.log_entry(note="true")
    with databases.unbound() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no trigger fires: who owns the database can
        cursor.execute('UPDATE workbench_logentry SET facts = \'{"note": "false"\' WHERE id = %s', [entry.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    client.force_login(make.editor())

    answer = checked(client)

    assert b"was changed after it was written" in answer.content
    assert answer.context["entries"][0][1] == {"unreadable": '{"note": "false"'}


@pytest.mark.parametrize("role", ["viewer", "reporter", "reviewer"])
def test_the_whole_log_is_for_editors_and_administrators(client, role):
    client.force_login(make.user(role))

    assert [client.get(reverse("log")).status_code, client.post(reverse("check_log")).status_code] == [403, 403]


def test_a_fault_of_a_row_that_only_named_people_see_is_told_to_them_alone(client):
    named, admin = make.editor(), make.admin()
    claim = make.claim(logged_by=named)
    rows = [make.claim_access(claim, named), make.confirmed_evidence(claim)]  # written outside every act
    audit.bind_seals()
    check = log_checking.ask(by=admin, language="fr")
    drain(log_checking.due(), log_checking.step)
    with translation.override("fr"):
        names = [f"{row._meta.verbose_name} {row.pk}" for row in rows]

    def told(person, url):
        client.force_login(person)
        page = client.get(url).content.decode()
        return [name for name in names if name in page]

    assert told(named, reverse("log")) == names
    assert told(admin, reverse("log")) == []
    assert told(admin, reverse("admin:workbench_wholecheck_change", args=[check.pk])) == []


def test_a_check_that_does_not_say_which_rows_it_names_is_told_only_to_who_sees_everything(client):
    named, admin = make.editor(), make.admin()
    make.claim_access(make.claim(logged_by=named), named)
    make.whole_check(errors=1, faults=[["machine", 1, "verdict 9 is missing"]])

    told = []
    for person in (named, admin):
        client.force_login(person)
        told.append("verdict 9" in client.get(reverse("log")).content.decode())

    assert told == [True, False]
