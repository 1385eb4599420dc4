import pytest
from django.urls import reverse

from tests import make
from workbench.desk.models import LogEntry
from workbench.desk.roles import Role

pytestmark = pytest.mark.django_db

PASSWORD = "a long bridge over the river"


@pytest.mark.parametrize("role", Role)
def test_every_person_changes_their_own_password_and_stays_signed_in(client, role):
    person = make.user(role, password=PASSWORD)
    client.force_login(person)
    new = {"old_password": PASSWORD, "new_password1": f"{PASSWORD}, again", "new_password2": f"{PASSWORD}, again"}

    answer = client.post(reverse("own_password"), new, follow=True)

    person.refresh_from_db()
    assert person.check_password(f"{PASSWORD}, again")
    assert "Your password is changed." in answer.content.decode()
    assert LogEntry.objects.get().verb == "changed their password"


@pytest.mark.parametrize(
    "wrong", [{"old_password": "a guess"}, {"new_password2": "another"}, {"new_password1": "x", "new_password2": "x"}]
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_bad_one(client, wrong):
    person = make.reporter(password=PASSWORD)
    client.force_login(person)
    new = {"old_password": PASSWORD, "new_password1": f"{PASSWORD}, again", "new_password2": f"{PASSWORD}, again"}

    client.post(reverse("own_password"), {**new, **wrong})

    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert not LogEntry.objects.exists()


def test_the_page_of_the_admin_leads_to_the_one_for_ones_own_password(client):
    client.force_login(make.admin())

    assert client.get(reverse("admin:password_change")).url == reverse("own_password")
