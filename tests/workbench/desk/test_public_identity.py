import pytest

from tests import make
from workbench.desk import public_identity
from workbench.desk.roles import Role


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://desk.arvel", 0),
        ("https://desk.arvel/checks", 0),
        ("http://10.1.2.3:8000", 0),  # a house network has readers too
        ("http://127.0.0.1:8000", 1),
        ("http://localhost:8000", 1),
        ("http://desk.localhost", 1),
        ("http://[::1]:8000", 1),
        ("http://0.0.0.0:8000", 1),
        ("http://169.254.1.1", 1),
        ("https://desk.example", 1),
        ("https://www.example.org", 1),
        ("https://myexample.org", 0),
        ("desk.arvel", 1),
        ("ftp://desk.arvel", 1),
        ("https://user@desk.arvel", 1),
        ("https://desk.arvel:port", 1),
        ("https://[::1", 1),
        ("", 1),
    ],
)
def test_an_address_that_no_reader_can_open_is_a_gap(settings, url, number):
    settings.DESK_URL = url

    assert len(public_identity.gaps_of_desk()) == number


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "number"), [("Desk of Arvel", 0), ("Verification desk", 1), ("", 1), ("  ", 1)])
def test_a_name_that_nobody_chose_is_a_gap(settings, name, number):
    settings.DESK_NAME = name

    assert len(public_identity.gaps_of_desk()) == number


@pytest.mark.parametrize(
    ("first", "last", "is_a_name"),
    [
        ("Rana", "Haddad", True),
        ("Sister", "", True),
        ("", "Ø", True),
        ("رنا", "", True),
        ("", "", False),
        ("Admin", "", False),
        ("First", "Last", False),
        ("…", "?", False),
    ],
)
@pytest.mark.django_db
def test_a_user_name_alone_is_no_name_for_readers(first, last, is_a_name):
    person = make.editor(first_name=first, last_name=last)

    assert public_identity.has_public_name(person) is is_a_name
    assert [person.username in text for text in public_identity.gaps_of_people([person])] == [True] * (not is_a_name)


def test_a_desk_with_the_sample_case_has_no_gaps(settings):
    settings.SAMPLE, settings.DESK_NAME, settings.DESK_URL = True, "", "http://127.0.0.1:8000"

    assert public_identity.gaps_of_desk() == []


@pytest.mark.django_db
def test_health_names_those_who_appear_in_reports_and_takes_no_server_out_of_service():
    make.admin(first_name="")
    make.viewer(first_name="")
    nameless = make.reporter(first_name="")
    make.user(Role.EDITOR, first_name="", is_active=False)

    answer = public_identity.health()

    assert (answer.ok, answer.figures) == (None, {"gaps": 1})
    assert nameless.username in answer.problem
    assert "admin" not in answer.problem.partition("An administrator")[0]
