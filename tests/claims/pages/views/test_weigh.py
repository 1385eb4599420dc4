import pytest
from django.urls import reverse

from claims.models.vocabulary import AssertionStatus, Stance, Status
from tests import make

pytestmark = pytest.mark.django_db


def weigh(client, evidence, **sent):
    return client.post(reverse("claims:weigh", args=[evidence.pk]), sent)


@pytest.fixture
def reporter(client):
    person = make.reporter()
    client.force_login(person)
    return person


@pytest.mark.parametrize("stance", [Stance.SUPPORTS, Stance.REFUTES, Stance.DISCUSSES])
def test_a_suggestion_is_confirmed_with_its_stance_and_the_next_one_comes_up(client, reporter, stance):
    claim = make.claim()
    first, second = make.evidence(claim), make.evidence(claim)

    answer = weigh(client, first, stance=stance, then=second.pk)

    first.refresh_from_db()
    assert (first.standing, first.stance, first.settled_by) == (AssertionStatus.CONFIRMED, stance, reporter)
    assert answer.url == (f"{claim.get_absolute_url()}?weighed={first.pk}&then={second.pk}#evidence-{second.pk}")


def test_a_passage_that_is_not_about_the_claim_is_rejected(client, reporter):
    evidence = make.evidence()

    answer = weigh(client, evidence, stance="unrelated", then=0)

    evidence.refresh_from_db()
    assert evidence.standing == AssertionStatus.REJECTED
    assert answer.url.endswith("#suggestions")


def test_what_was_rejected_can_be_weighed_anew(client, reporter):
    evidence = make.evidence(standing=AssertionStatus.REJECTED)

    answer = weigh(client, evidence, stance="refutes")

    evidence.refresh_from_db()
    assert (evidence.standing, evidence.stance) == (AssertionStatus.CONFIRMED, Stance.REFUTES)
    assert answer.url.endswith(f"#evidence-{evidence.pk}")


@pytest.mark.parametrize("sent", [{}, {"stance": "likes"}, {"stance": "supports", "then": "x"}, {"stance": "a\0"}])
def test_a_form_that_makes_no_sense_changes_nothing(client, reporter, sent):
    evidence = make.evidence()

    answer = weigh(client, evidence, **sent)

    evidence.refresh_from_db()
    assert evidence.standing == AssertionStatus.SUGGESTED
    assert answer.url == evidence.claim.get_absolute_url()


def test_the_evidence_of_a_decided_claim_stays_and_the_page_says_why(client, reporter):
    evidence = make.evidence(make.claim(status=Status.DECIDED))

    answer = client.post(reverse("claims:weigh", args=[evidence.pk]), {"stance": "supports"}, follow=True)

    evidence.refresh_from_db()
    assert evidence.standing == AssertionStatus.SUGGESTED
    assert "This claim is closed" in answer.content.decode()


def test_a_viewer_weighs_nothing(client):
    client.force_login(make.viewer())
    evidence = make.evidence()

    assert weigh(client, evidence, stance="supports").status_code == 403


def test_reading_an_address_of_weighing_changes_nothing(client, reporter):
    evidence = make.evidence()

    client.get(reverse("claims:weigh", args=[evidence.pk]), {"stance": "supports"})

    evidence.refresh_from_db()
    assert evidence.standing == AssertionStatus.SUGGESTED


@pytest.mark.parametrize(
    ("kind", "row"), [("figure", make.figure), ("wording", lambda: make.wording(standing=AssertionStatus.SUGGESTED))]
)
def test_other_suggestions_are_confirmed_or_rejected(client, reporter, kind, row):
    assertion = row()

    answer = client.post(reverse("claims:settle", args=[kind, assertion.pk]), {"standing": "confirmed"})

    assertion.refresh_from_db()
    assert assertion.standing == AssertionStatus.CONFIRMED
    assert answer.url == f"{assertion.claim.get_absolute_url()}#{kind}-{assertion.pk}"


def test_a_link_of_a_chain_is_settled_on_its_claim(client, reporter):
    link = make.attribution(standing=AssertionStatus.SUGGESTED)

    answer = client.post(reverse("claims:settle", args=["attribution", link.pk]), {"standing": "rejected"})

    assert answer.url.startswith(link.appearance.claim.get_absolute_url())


@pytest.mark.parametrize("kind", ["evidence", "user", "nonsense"])
def test_only_assertions_are_settled(client, reporter, kind):
    assert client.post(reverse("claims:settle", args=[kind, 1]), {"standing": "confirmed"}).status_code == 404


def test_an_empty_form_settles_nothing(client, reporter):
    figure = make.figure()

    client.post(reverse("claims:settle", args=["figure", figure.pk]), {})

    figure.refresh_from_db()
    assert figure.standing == AssertionStatus.SUGGESTED


def test_a_viewer_settles_nothing(client):
    client.force_login(make.viewer())

    assert client.post(reverse("claims:settle", args=["figure", make.figure().pk]), {}).status_code == 403
