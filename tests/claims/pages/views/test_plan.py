from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.models import CaseItem, ClaimPlan, ClaimTag, ReviewInvitation
from claims.team import planning, tagging
from tests import make

pytestmark = pytest.mark.django_db


def address(claim):
    return reverse("claims:plan", args=[claim.pk])


def test_the_page_of_a_claim_has_one_form_for_owner_due_date_tags_case_and_reviewers(client):
    claim, rep, rev, case = make.claim(), make.reporter(), make.reviewer(), make.desk_case()
    day = timezone.localdate() + timedelta(days=2)
    client.force_login(rep)
    assert address(claim) in client.get(claim.get_absolute_url()).content.decode()

    sent = {"owner": rep.pk, "due_on": day.isoformat(), "priority": "high", "tags": "War, Arvel", "case": case.pk}
    client.post(address(claim), {**sent, "reviewers": [rev.pk]})

    plan = ClaimPlan.objects.get()
    assert (plan.owner, plan.due_on, plan.priority, plan.by) == (rep, day, "high", rep)
    assert set(ClaimTag.objects.values_list("name", flat=True)) == {"War", "Arvel"}
    assert (CaseItem.objects.get().claim, ReviewInvitation.objects.get().person) == (claim, rev)
    page = client.get(claim.get_absolute_url()).content.decode()
    assert all(text in page for text in ("Urgent", "War", "The war", str(rev)))


def test_what_others_changed_meanwhile_stays(client):
    claim, rep, edith = make.claim(), make.reporter(), make.editor()
    tagging.tag(claim, ["Old"], by=edith)
    client.force_login(rep)
    seen = {"initial-owner": "", "initial-due_on": "", "initial-priority": "normal", "initial-tags": "Old"}
    planning.plan(claim, {"owner": edith}, by=edith)
    tagging.tag(claim, ["Added meanwhile"], by=edith)

    client.post(address(claim), {**seen, "owner": "", "priority": "low", "tags": "New"})

    plan = ClaimPlan.objects.standing().get()
    assert (plan.owner, plan.priority) == (edith, "low")
    assert set(ClaimTag.objects.standing().values_list("name", flat=True)) == {"Added meanwhile", "New"}


def test_a_reviewer_who_is_unticked_is_asked_no_more(client):
    claim, rev = make.claim(), make.reviewer()
    make.review_invitation(claim, rev)
    client.force_login(make.reporter())

    client.post(address(claim), {"initial-reviewers": [rev.pk], "initial-priority": "normal", "priority": "normal"})

    assert not ReviewInvitation.objects.standing().exists()


@pytest.mark.parametrize(
    ("sent", "says"), [({"tags": "x" * 61}, "cannot be a tag"), ({"due_on": "2020-01-01"}, "a later date")]
)
def test_a_form_that_is_refused_keeps_what_was_written(client, sent, says):
    client.force_login(make.reporter())

    claim = make.claim()
    make.log_entry(claim, by=make.editor())

    answer = client.post(address(claim), {"tags": "Kept", **sent})

    assert (answer.status_code, 'id="others"' in answer.content.decode()) == (422, "due_on" in sent)
    assert says in answer.content.decode()
    assert not ClaimTag.objects.exists()


def test_a_viewer_reads_the_plan_without_the_form(client):
    claim = make.claim_plan(owner=make.reporter(first_name="Omar")).claim
    client.force_login(make.viewer())

    page = client.get(claim.get_absolute_url()).content.decode()

    assert ("Omar" in page, address(claim) in page) == (True, False)
    assert client.get(address(claim)).status_code == 403


def test_a_line_of_the_checklist_is_ticked_and_unticked(client):
    claim, item, rep = make.claim(), make.checklist_item("Who saw it?"), make.reporter(first_name="Omar")
    client.force_login(rep)
    tick = reverse("claims:tick", args=[claim.pk])

    client.post(tick, {"item": item.pk, "tick": "on"})
    ticked = client.get(claim.get_absolute_url()).content.decode()
    client.post(tick, {"item": item.pk, "tick": "off"})
    unticked = client.get(claim.get_absolute_url()).content.decode()

    assert ("1/1" in ticked, "0/1" in unticked, "Who saw it?" in unticked) == (True, True, True)
    assert client.post(tick, {"item": 999}).status_code == 404
