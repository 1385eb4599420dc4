import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from claims.models.vocabulary import ClaimRule
from tests import make
from tests.refusing import codes
from workbench.desk.four_eyes import FourEyesPolicy
from workbench.desk.roles import Role

pytestmark = pytest.mark.django_db

CHANGE = {"by_reason": [ClaimRule.PUBLISHER], "reason": "We are few at night."}


def text(answer):
    return BeautifulSoup(answer.content, "lxml").select_one("main").get_text(" ", strip=True)


@pytest.mark.parametrize("role", Role)
def test_everybody_reads_the_policy_and_only_editors_get_the_form(client, role):
    client.force_login(make.user(role))

    page = client.get(reverse("four_eyes"))
    sent = client.post(reverse("four_eyes"), CHANGE)

    assert "Who reviewed a claim does not decide it." in text(page)
    assert ("Change the policy" in text(page)) is (role == Role.EDITOR)
    assert sent.status_code == (422 if role == Role.EDITOR else 403)


def test_the_page_says_why_somebody_does_not_agree_to_what_their_administrator_proposed(client):
    adam, edith = make.admin(first_name="Adam", last_name="Berg"), make.editor()
    make.log_entry(edith, by=adam, verb="gave a link for a password")
    grant = make.role_grant(proposed_by=adam)
    client.force_login(edith)

    page = client.get(reverse("four_eyes"))

    assert "Adam Berg proposed this, and lately gave you the link for your password." in text(page)
    assert reverse("agree_to_role", args=[grant.pk]) not in page.content.decode()


def test_a_policy_is_proposed_and_agreed_to_on_its_page(client):
    edith, rana = make.editor(), make.reviewer(first_name="Rana", last_name="Haddad")
    client.force_login(edith)
    page = client.get(reverse("four_eyes"))
    own = client.post(reverse("four_eyes"), CHANGE, follow=True)

    assert "when a second person agrees: Rana Haddad" in text(page)
    assert "You proposed this, so somebody else must agree to it." in text(own)
    client.force_login(rana)
    assert "Four-eyes policy, version 1" in text(client.get(reverse("claims:queue")))
    client.post(reverse("agree_to_policy", args=[FourEyesPolicy.objects.get().pk]))

    assert FourEyesPolicy.objects.by_reason() == {"decider_publishes"}


def test_a_lone_editor_is_asked_why(client):
    client.force_login(make.editor())

    refused = client.post(reverse("four_eyes"), CHANGE)
    client.post(reverse("four_eyes"), {**CHANGE, "waiver": "I work alone."})

    assert codes(refused.context["form"]) == {"waiver": ["empty"]}
    assert FourEyesPolicy.objects.in_force().waiver == "I work alone."


def test_a_role_is_agreed_to_on_the_page_but_not_by_the_person_it_is_for(client):
    edith = make.editor()
    grant = make.role_grant(edith, role=Role.ADMIN)
    address = reverse("agree_to_role", args=[grant.pk])

    client.force_login(edith)
    page = client.get(reverse("four_eyes"))
    client.post(address)
    edith.refresh_from_db()
    assert (edith.role, address in page.content.decode()) == (Role.EDITOR, False)

    client.force_login(make.editor())
    assert address in client.get(reverse("four_eyes")).content.decode()
    client.post(address)
    edith.refresh_from_db()
    assert edith.role == Role.ADMIN


@pytest.mark.parametrize("name", ["four_eyes", "claims:queue"])
def test_thirty_proposals_need_as_many_queries_as_one(
    client, name, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(make.editor())

    def propose():
        make.role_grant()
        make.proposed_report(make.decision(decided_by=make.editor()))
        make.proposed_correction()

    propose()
    client.get(reverse(name))
    with django_assert_max_num_queries(40) as first:
        client.get(reverse(name))
    for _each in range(29 if name == "four_eyes" else 5):
        propose()

    with django_assert_num_queries(len(first)):
        client.get(reverse(name))
