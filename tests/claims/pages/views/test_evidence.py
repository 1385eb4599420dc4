import pytest
from django.urls import reverse

from claims.evidence import weighing
from claims.models.vocabulary import Nearness, Stance, Status
from tests import make

pytestmark = pytest.mark.django_db

GIVEN = {"stance": "refutes", "nearness": "primary", "note": "وثيقة من الوزارة"}


@pytest.fixture
def page(client):
    client.force_login(make.reporter())
    return lambda evidence: reverse("claims:describe_evidence", args=[evidence.pk])


def test_a_person_says_whether_evidence_is_primary(client, page):
    evidence = make.evidence()

    answer = client.post(page(evidence), GIVEN)

    evidence.refresh_from_db()
    assert answer.url == evidence.get_absolute_url()
    said = (evidence.standing, evidence.stance, evidence.nearness, evidence.note)
    assert said == ("confirmed", Stance.REFUTES, Nearness.PRIMARY, "وثيقة من الوزارة")


def test_the_form_begins_with_what_was_said_and_a_note_can_be_taken_out(client, page):
    evidence = make.confirmed_evidence(nearness=Nearness.PRIMARY, note="An old note.")

    assert "An old note." in client.get(page(evidence)).content.decode()
    client.post(page(evidence), GIVEN | {"note": "", "seen": evidence.version})

    evidence.refresh_from_db()
    assert evidence.note == ""


def test_evidence_of_a_closed_claim_stays_and_the_words_come_back(client, page):
    evidence = make.evidence(make.claim(status=Status.DECIDED))

    answer = client.post(page(evidence), GIVEN)

    assert answer.status_code == 422
    assert "وثيقة من الوزارة" in answer.content.decode()


def test_what_is_no_stance_is_refused(client, page):
    assert client.post(page(make.evidence()), GIVEN | {"stance": "unrelated"}).status_code == 422


def test_a_viewer_describes_no_evidence(client):
    client.force_login(make.viewer())

    assert client.get(reverse("claims:describe_evidence", args=[make.evidence().pk])).status_code == 403


def test_a_note_of_somebody_else_is_shown_before_it_is_replaced_and_the_words_stay(client, page):
    evidence = make.evidence()
    weighing.confirm(evidence, by=make.editor(first_name="Edith"), stance=Stance.SUPPORTS, note="Seen by Edith.")

    refused = client.post(page(evidence), GIVEN | {"seen": ""})
    form = refused.context["form"]
    saved = client.post(page(evidence), GIVEN | {"seen": form["seen"].value()})

    told = refused.content.decode()
    assert refused.status_code == 422
    assert [each in told for each in ("Edith</bdi> weighed this passage", "Seen by Edith.", GIVEN["note"])] == [
        True
    ] * 3
    evidence.refresh_from_db()
    assert (saved.status_code, evidence.note) == (302, GIVEN["note"])
