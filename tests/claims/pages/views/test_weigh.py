import pytest
from bs4 import BeautifulSoup
from django.test import Client
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
    assert answer.url == (f"{claim.get_absolute_url()}?weighed={first.pk}&passage={second.pk}#evidence-{second.pk}")


def test_the_filter_of_the_list_is_kept_while_weighing(client, reporter):
    claim = make.claim()
    first, second = make.evidence(claim), make.evidence(claim)
    kept = {"language": "fr", "source": "courier.example"}

    answers = [weigh(client, first, stance="supports", then=second.pk, **kept)]
    answers.append(client.post(reverse("claims:put_off", args=[second.pk]), {"then": 0, **kept}))

    assert ["language=fr&source=courier.example#" in answer.url for answer in answers] == [True, True]


def test_words_of_a_passage_its_nearness_and_its_copies_are_answered_at_once(client, reporter):
    claim = make.claim()
    first, copy = (make.evidence(claim, make.passage("The mayor said the bridge is closed.")) for _each in range(2))

    weigh(client, first, stance="refutes", primary="yes", start=19, end=25, copies=f"{copy.pk} x")

    first.refresh_from_db()
    copy.refresh_from_db()
    assert (first.words, first.nearness) == ("bridge", "primary")
    assert (copy.stance, copy.words, copy.nearness) == ("refutes", "bridge", "unknown")


def test_words_outside_of_the_passage_are_refused(client, reporter):
    evidence = make.evidence()

    weigh(client, evidence, stance="refutes", start=0, end=9_999)

    evidence.refresh_from_db()
    assert evidence.is_suggested


def test_a_suggestion_is_put_off_and_taken_up_again(client, reporter):
    claim = make.claim()
    first, second = make.evidence(claim), make.evidence(claim)

    answer = client.post(reverse("claims:put_off", args=[first.pk]), {"then": second.pk})
    page = client.get(answer.url).content.decode()
    client.post(reverse("claims:undo", args=[first.pk]))

    assert answer.url == f"{claim.get_absolute_url()}?weighed={first.pk}&passage={second.pk}#evidence-{second.pk}"
    assert f'action="{reverse("claims:undo", args=[first.pk])}"' in page
    assert not first.put_offs.standing().exists()


def test_an_answer_is_taken_back_and_the_passage_comes_up_again(client, reporter):
    evidence = make.evidence()
    weigh(client, evidence, stance="supports", then=0)
    evidence.refresh_from_db()

    answer = client.post(reverse("claims:undo", args=[evidence.pk]), {"seen": evidence.version})

    evidence.refresh_from_db()
    assert evidence.is_suggested
    assert answer.url.endswith(f"passage={evidence.pk}#evidence-{evidence.pk}")


def test_a_viewer_puts_nothing_off(client):
    client.force_login(make.viewer())

    assert client.post(reverse("claims:put_off", args=[make.evidence().pk])).status_code == 403


def test_a_passage_that_is_not_about_the_claim_is_rejected(client, reporter):
    evidence = make.evidence()

    answer = weigh(client, evidence, stance="unrelated", then=0)

    evidence.refresh_from_db()
    assert evidence.standing == AssertionStatus.REJECTED
    assert answer.url.endswith("#suggestions")


def test_what_was_rejected_can_be_weighed_anew(client, reporter):
    evidence = make.evidence(standing=AssertionStatus.REJECTED)

    answer = weigh(client, evidence, stance="refutes", seen=evidence.version)

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


def settled_by_another(client, row, page, first, second):
    """Two people open one page; both answer, one after the other. Return the answer to the second."""
    seen = [BeautifulSoup(client.get(page).content, "lxml") for _person in range(2)]
    colleague = Client()
    colleague.force_login(make.editor(first_name="Edith"))
    sent = []
    for soup in seen:
        form = soup.select_one(f"form[action='{row}']")
        sent.append({field["name"]: field["value"] for field in form.select("input[type=hidden]")})
    colleague.post(row, sent[0] | first)
    return client.post(row, sent[1] | second)


def test_who_weighs_what_somebody_else_has_weighed_meanwhile_is_shown_that_first(client, reporter):
    evidence = make.evidence()
    url = reverse("claims:weigh", args=[evidence.pk])

    answer = settled_by_another(
        client, url, evidence.claim.get_absolute_url(), {"stance": "supports"}, {"stance": "refutes"}
    )

    evidence.refresh_from_db()
    page = BeautifulSoup(answer.content, "lxml")
    told = page.select_one("#meanwhile").get_text(" ", strip=True)
    assert (answer.status_code, evidence.stance) == (422, Stance.SUPPORTS)
    assert [each in told for each in ("Edith", "Supports", str(evidence.settled_at.year))] == [True] * 3
    assert "Your answer was “Refutes”" in page.get_text(" ", strip=True)


def test_after_seeing_the_others_answer_one_decides_again(client, reporter):
    evidence = make.evidence()
    url = reverse("claims:weigh", args=[evidence.pk])
    shown = settled_by_another(
        client, url, evidence.claim.get_absolute_url(), {"stance": "supports"}, {"stance": "refutes"}
    )
    form = BeautifulSoup(shown.content, "lxml").select_one(f"form[action='{url}']")

    answer = client.post(
        url, {field["name"]: field["value"] for field in form.select("input[type=hidden]")} | {"stance": "refutes"}
    )

    evidence.refresh_from_db()
    assert (answer.status_code, evidence.stance, evidence.settled_by) == (302, Stance.REFUTES, reporter)


@pytest.mark.parametrize("stance", ["supports", "refutes"])
def test_rejecting_and_confirming_are_both_overtaken(client, reporter, stance):
    evidence = make.evidence()

    answer = settled_by_another(
        client,
        reverse("claims:weigh", args=[evidence.pk]),
        evidence.claim.get_absolute_url(),
        {"stance": "unrelated"},
        {"stance": stance},
    )

    evidence.refresh_from_db()
    assert (answer.status_code, evidence.standing) == (422, AssertionStatus.REJECTED)


def test_the_same_answer_of_two_people_needs_no_second_look(client, reporter):
    evidence = make.evidence()

    answer = settled_by_another(
        client,
        reverse("claims:weigh", args=[evidence.pk]),
        evidence.claim.get_absolute_url(),
        {"stance": "supports"},
        {"stance": "supports"},
    )

    evidence.refresh_from_db()
    assert (answer.status_code, evidence.settled_by.first_name) == (302, "Edith")


def test_a_person_changes_their_own_answer_from_an_old_page(client, reporter):
    evidence = make.evidence()
    weigh(client, evidence, stance="supports", seen="")

    weigh(client, evidence, stance="refutes", seen="")

    evidence.refresh_from_db()
    assert evidence.stance == Stance.REFUTES


def test_a_figure_that_somebody_else_rejected_meanwhile_is_shown_before_it_is_confirmed(client, reporter):
    figure = make.claim_figure()
    url = reverse("claims:settle", args=["figure", figure.pk])

    answer = settled_by_another(
        client, url, figure.claim.get_absolute_url(), {"standing": "rejected"}, {"standing": "confirmed"}
    )

    figure.refresh_from_db()
    page = answer.content.decode()
    assert (answer.status_code, figure.standing) == (422, AssertionStatus.REJECTED)
    assert [each in page for each in ("Edith", "Rejected", "Your answer was “Confirmed”")] == [True] * 3


def test_a_link_of_a_chain_is_protected_too(client, reporter):
    link = make.attribution(standing=AssertionStatus.SUGGESTED)
    url = reverse("claims:settle", args=["attribution", link.pk])

    answer = settled_by_another(
        client, url, link.appearance.claim.get_absolute_url(), {"standing": "confirmed"}, {"standing": "rejected"}
    )

    link.refresh_from_db()
    assert (answer.status_code, link.standing) == (422, AssertionStatus.CONFIRMED)


def test_an_earlier_fact_check_is_linked_or_dismissed_from_the_page_of_its_claim(client):
    claim = make.claim()
    linked = make.earlier_check(claim, make.fact_check("Le pont est fermé.", rating="Faux", language="fr"))
    dismissed = make.earlier_check(claim, make.fact_check(rating="True"))
    client.force_login(make.reporter())

    for row, standing in ((linked, "confirmed"), (dismissed, "rejected")):
        client.post(reverse("claims:settle", args=["earliercheck", row.pk]), {"standing": standing, "seen": ""})

    page = client.get(claim.get_absolute_url()).content.decode()
    assert f'id="earliercheck-{linked.pk}"' in page
    assert f'id="earliercheck-{dismissed.pk}"' not in page
    assert "Faux" in page
