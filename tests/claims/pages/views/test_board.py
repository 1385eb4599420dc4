import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.intake import restricting
from claims.models import BoardView, ClaimPlan, ClaimTag
from claims.models.team_vocabulary import Priority
from tests import make

pytestmark = pytest.mark.django_db
CHANGE = "/claims/change/"


@pytest.fixture
def rep(client):
    person = make.reporter()
    client.force_login(person)
    return person


def table(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_all_chosen_claims_get_owner_due_date_priority_tags_and_case(client, rep):
    claims, case = [make.claim(), make.claim()], make.desk_case()
    other = make.claim()
    day = timezone.localdate() + timedelta(days=3)
    sent = {"claim": [claim.pk for claim in claims], "owner": rep.pk, "due_on": day.isoformat(), "priority": "high"}

    answer = client.post(CHANGE, {**sent, "tags": "War, Arvel", "case": case.pk, "back": "/claims/?status=open"})

    assert answer.url == "/claims/?status=open"
    plans = ClaimPlan.objects.standing().filter(claim__in=claims)
    assert {(plan.owner, plan.due_on, plan.priority) for plan in plans} == {(rep, day, Priority.HIGH)}
    assert len(plans) == 2
    assert ClaimTag.objects.filter(claim__in=claims).count() == 4
    assert set(case.items.values_list("claim", flat=True)) == {claim.pk for claim in claims}
    assert not ClaimPlan.objects.filter(claim=other).exists()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"priority": "high"}, "Choose claims first"),
        ({"claim": "1"}, "Choose what to change."),
        ({"claim": "1", "due_on": "32 May", "tags": "War"}, "Enter a valid date."),
        ({"claim": "1", "tags": "x" * 70}, "cannot be a tag"),
    ],
)
def test_a_form_that_is_wrong_comes_back_with_what_was_written(client, rep, sent, says):
    claim = make.claim()
    sent = {**sent, **({"claim": claim.pk} if "claim" in sent else {})}

    answer = client.post(CHANGE, {**sent, "back": "https://elsewhere.example/"})

    page = answer.content.decode()
    assert (answer.status_code, says in page, 'name="back" value="/claims/"' in page) == (422, True, True)
    assert all(str(value) in page for value in sent.values())


def test_a_claim_that_refuses_leaves_the_others(client, rep):
    owner = make.reporter()
    restricted, free = make.claim("Restricted.", logged_by=rep), make.claim()
    restricting.name(restricted, rep, by=rep)

    answer = client.post(CHANGE, {"claim": [restricted.pk, free.pk], "owner": owner.pk}, follow=True)

    told = [str(message) for message in answer.context["messages"]]
    assert [text.startswith("Restricted") for text in told] == [True, False]
    assert [plan.claim for plan in ClaimPlan.objects.all()] == [free]


def test_a_hidden_claim_is_neither_changed_nor_exported(client, rep):
    other = make.reporter()
    hidden = make.claim("=Hidden", logged_by=other)
    restricting.name(hidden, other, by=other)
    seen = make.claim("=Seen")

    client.post(CHANGE, {"claim": [hidden.pk, seen.pk], "priority": "low"})
    every = table(client.get(reverse("claims:export")))
    chosen = table(client.post(CHANGE, {"claim": [hidden.pk, seen.pk], "act": "export"}))

    assert [plan.claim for plan in ClaimPlan.objects.all()] == [seen]
    assert [row["claim"] for row in every] == [row["claim"] for row in chosen] == ["'=Seen"]
    assert (chosen[0]["priority"], chosen[0]["to_weigh"]) == ("Low", "0")


def test_a_view_is_saved_shown_and_removed(client, rep):
    client.post(reverse("claims:save_view"), {"name": "Late ones", "query": "due=late", "is_shared": "on"})
    view = BoardView.objects.get()

    page = client.get(view.get_absolute_url()).content.decode()
    assert page.count("Late ones") >= 2
    client.force_login(make.viewer())
    assert "Late ones" in client.get(reverse("claims:queue")).content.decode()
    assert client.post(reverse("claims:remove_view", args=[view.pk])).status_code == 404
    client.force_login(rep)
    client.post(reverse("claims:remove_view", args=[view.pk]))
    assert not BoardView.objects.exists()


def test_a_view_without_a_name_comes_back(client, rep):
    answer = client.post(reverse("claims:save_view"), {"name": "", "query": "due=late"})

    assert answer.status_code == 422
    assert "due=late" in answer.content.decode()


def test_a_viewer_sees_the_board_and_changes_nothing(client):
    client.force_login(make.viewer())
    claim = make.claim()

    page = client.get(reverse("claims:claims")).content.decode()

    assert 'type="checkbox" name="claim"' not in page
    assert client.post(CHANGE, {"claim": claim.pk, "priority": "high"}).status_code == 403


def test_columns_and_order_stay_from_page_to_page(client, rep):
    for number in range(32):
        make.claim_plan(make.claim(f"Claim {number:02}"), due_on=timezone.localdate() + timedelta(days=number))

    first = client.get(reverse("claims:claims"), {"cols": ["due", "type"], "sort": "due"})
    second = client.get(reverse("claims:claims") + first.context["page"].next_url)

    assert [row.claim.text for row in second.context["board"].rows] == ["Claim 30", "Claim 31"]
    assert second.context["board"].names == ("type", "due")
    assert 'aria-sort="ascending"' in second.content.decode()
