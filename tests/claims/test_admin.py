import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.urls import reverse

from claims.models import RatingScale, Report
from claims.models.vocabulary import AssertionStatus, Rating, Stance, Status
from tests import make
from tests.refusing import codes
from workbench.desk.models import LogEntry

pytestmark = pytest.mark.django_db

CLAIMS = "admin:claims_claim_changelist"
EVIDENCE = "admin:claims_evidence_changelist"


def act(client, page, action, *rows):
    answer = client.post(reverse(page), {"action": action, "_selected_action": [row.pk for row in rows]})
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_claims_are_handed_to_the_reviewers(client):
    first, second = make.claim(), make.claim()
    client.force_login(make.reviewer())

    said = act(client, CLAIMS, "open_review", first, second)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status, said) == (Status.IN_REVIEW, Status.IN_REVIEW, ["Done for 2 records."])
    assert LogEntry.objects.filter(verb="moved").count() == 2


def test_a_claim_that_cannot_be_handed_over_says_why_and_the_others_go_on(client):
    open_, withdrawn = make.claim(), make.claim(status=Status.WITHDRAWN)
    client.force_login(make.reviewer())

    said = act(client, CLAIMS, "open_review", open_, withdrawn)

    open_.refresh_from_db()
    assert open_.status == Status.IN_REVIEW
    assert any("Only an open claim" in message for message in said)


def test_no_field_of_a_claim_is_written_in_the_admin(client):
    claim = make.claim(status=Status.IN_REVIEW)
    client.force_login(make.editor())

    answer = client.post(reverse("admin:claims_claim_change", args=[claim.pk]), {"text": "Other", "status": "decided"})

    claim.refresh_from_db()
    assert (answer.status_code, claim.status) == (403, Status.IN_REVIEW)


@pytest.mark.parametrize(
    ("action", "stance"),
    [("supports", Stance.SUPPORTS), ("refutes", Stance.REFUTES), ("discusses", Stance.DISCUSSES)],
)
def test_suggested_evidence_is_confirmed(client, action, stance):
    evidence, ana = make.evidence(), make.reviewer()
    client.force_login(ana)

    act(client, EVIDENCE, action, evidence)

    evidence.refresh_from_db()
    assert (evidence.standing, evidence.stance, evidence.settled_by) == (AssertionStatus.CONFIRMED, stance, ana)


def test_suggested_evidence_is_rejected(client):
    evidence = make.evidence()
    client.force_login(make.reviewer())

    act(client, EVIDENCE, "reject", evidence)

    evidence.refresh_from_db()
    assert evidence.standing == AssertionStatus.REJECTED


def test_evidence_of_a_closed_claim_stays_as_it_is(client):
    evidence = make.evidence(make.claim(status=Status.DECIDED))
    client.force_login(make.reviewer())

    said = act(client, EVIDENCE, "supports", evidence)

    evidence.refresh_from_db()
    assert evidence.standing == AssertionStatus.SUGGESTED
    assert any("closed" in message for message in said)


@pytest.mark.parametrize(
    ("page", "action"), [(CLAIMS, "open_review"), (CLAIMS, "freeze_report"), (EVIDENCE, "supports")]
)
def test_administrators_have_no_say_in_what_is_found(client, page, action):
    row = make.claim() if page == CLAIMS else make.evidence()
    before = (getattr(row, "status", ""), getattr(row, "standing", ""))
    client.force_login(make.admin())

    act(client, page, action, row)

    row.refresh_from_db()
    assert (getattr(row, "status", ""), getattr(row, "standing", "")) == before
    assert not Report.objects.exists()


def test_a_claim_that_is_not_decided_has_no_report(client):
    client.force_login(make.editor())

    said = act(client, CLAIMS, "freeze_report", make.claim())

    assert any("not decided" in message for message in said)


def test_a_decided_claim_is_frozen_into_a_report(client):
    claim = make.claim(status=Status.DECIDED)
    decision = make.decision(claim, cited=[make.confirmed_evidence(claim)])
    client.force_login(make.editor())

    said = act(client, CLAIMS, "freeze_report", claim)

    assert (Report.objects.get().decision, said) == (decision, ["Done for 1 record."])


def test_who_gave_the_verdict_only_proposes_its_report_here_and_another_agrees(client):
    decision = make.decision(make.claim(status=Status.DECIDED))
    client.force_login(decision.decided_by)
    make.reviewer()

    said = act(client, CLAIMS, "freeze_report", decision.claim)
    own = act(client, "admin:claims_proposedreport_changelist", "agree", decision.proposed_reports.get())

    assert any("waits for a second person" in message for message in said)
    assert any("somebody else must agree" in message for message in own)
    assert not Report.objects.exists()
    client.force_login(make.reviewer())
    act(client, "admin:claims_proposedreport_changelist", "agree", decision.proposed_reports.get())
    assert Report.objects.get().decision == decision


def test_an_administrator_is_no_second_person_here(client):
    proposed = make.proposed_correction()
    client.force_login(make.admin(is_superuser=True))

    act(client, "admin:claims_proposedcorrection_changelist", "agree", proposed)
    said = act(client, "admin:claims_proposedcorrection_changelist", "decline", proposed)

    proposed.refresh_from_db()
    assert proposed.state == "proposed"
    assert any("does not allow you" in message for message in said)


def test_review_is_as_blind_here_as_anywhere(client):
    review = make.review(reviewer=make.reviewer())
    pages = [reverse("admin:claims_review_changelist"), reverse("admin:claims_review_change", args=[review.pk])]
    client.force_login(make.reviewer())

    listed, shown = (client.get(page) for page in pages)

    assert (list(listed.context["cl"].queryset), shown.status_code) == ([], 302)


def test_reviewers_read_a_review_once_theirs_is_in(client):
    mine = make.reviewer()
    claim = make.claim_in_review(reviews=1)
    make.review(claim, reviewer=mine)
    client.force_login(mine)

    listed = client.get(reverse("admin:claims_review_changelist"))

    assert listed.context["cl"].queryset.count() == 2


def scale_form(**changed):
    names = {f"label_{rating.value}": f"Desk: {rating.label}" for rating in Rating}
    return {
        "name": "Our scale",
        "language": "en",
        **names,
        **{f"value_{rating.value}": "" for rating in Rating},
        **changed,
    }


def test_an_editor_adds_a_rating_scale_and_saves_its_next_version(client):
    client.force_login(make.editor())
    client.post(reverse("admin:claims_ratingscale_add"), scale_form())
    first = RatingScale.objects.get()

    page = client.get(reverse("admin:claims_ratingscale_change", args=[first.pk])).content.decode()
    changed = scale_form(label_refuted="False", value_refuted="1")
    client.post(reverse("admin:claims_ratingscale_change", args=[first.pk]), changed)

    assert "Desk: Refuted" in page
    second = RatingScale.objects.get(version=2)
    assert (second.in_use, second.labels.get(rating="refuted").label) == (True, "False")
    assert RatingScale.objects.get(version=1).labels.get(rating="refuted").label == "Desk: Refuted"


def test_a_rating_scale_that_is_refused_comes_back_as_it_was_written(client, settings):
    client.force_login(make.editor())
    settings.LANGUAGES = [("fr", "Français")]

    answer = client.post(reverse("admin:claims_ratingscale_add"), scale_form(label_refuted="Dead wrong"))

    form = answer.context["adminform"].form
    assert (answer.status_code, codes(form)) == (200, {"language": ["unknown_language"]})
    assert all(f'value="{written}"' in answer.content.decode() for written in ("Our scale", "Dead wrong"))
    assert not RatingScale.objects.exists()


def test_the_form_of_a_rating_scale_shows_its_version_and_what_saving_does(client):
    scale = make.rating_scale(version=7, in_use=True, made_by=make.editor(username="edith"))
    client.force_login(make.editor())

    changing = client.get(reverse("admin:claims_ratingscale_change", args=[scale.pk])).content.decode()
    adding = client.get(reverse("admin:claims_ratingscale_add")).content.decode()

    shown = {row["class"][-1]: row.get_text(" ") for row in BeautifulSoup(changing, "lxml").select(".form-row")}
    said = [shown[f"field-{name}"].split()[-1] for name in ("version", "in_use", "made_by")]
    assert (said, "field-made_at" in shown) == (["7", "yes", "edith"], True)
    assert ["Saving makes a new version" in page for page in (changing, adding)] == [True, False]


def test_a_reviewer_looks_at_rating_scales_and_changes_none(client):
    scale = make.rating_scale()
    client.force_login(make.reviewer())

    assert client.get(reverse("admin:claims_ratingscale_change", args=[scale.pk])).status_code == 200
    assert client.get(reverse("admin:claims_ratingscale_add")).status_code == 403
    assert client.post(reverse("admin:claims_ratingscale_change", args=[scale.pk]), scale_form()).status_code == 403
