"""Whom the log’s entries about claims are told: those who have something to do, and never what a reviewer found."""

import pytest
from django.utils import timezone

from claims.intake import recording
from claims.intake.recording import Proposition, Sighting
from claims.models.vocabulary import ClaimType, Rating
from claims.publishing import reporting
from claims.review import asking, discussing, reviewing
from claims.review.reviewing import Finding
from claims.team import inviting, planning
from tests import make
from tests.refusing import refused
from workbench.desk import notifying
from workbench.desk.notifications import Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    """People, and a claim that was logged before anybody was told of anything."""
    people = {
        "rep": make.reporter(username="rep"),
        "rev1": make.reviewer(username="rev1"),
        "rev2": make.reviewer(username="rev2"),
        "ed1": make.editor(username="ed1"),
        "ed2": make.editor(username="ed2"),
        "view": make.viewer(username="view"),
        "root": make.admin(username="root"),
    }
    notifying.notify()
    proposition = Proposition(text="The bridge is closed.", language="en", type=ClaimType.EVENT)
    people["claim"] = recording.log_claim(proposition, Sighting(quote="The bridge is closed."), by=people["rep"])
    return people


def told():
    """What was told since the last look: who, of what."""
    before = set(Notification.objects.values_list("pk", flat=True))
    notifying.notify()
    new = Notification.objects.exclude(pk__in=before)
    return sorted(f"{person} {event}" for person, event in new.values_list("person__username", "event"))


def review(desk, who, rating=Rating.REFUTED):
    reviewing.submit_review(desk["claim"], Finding(rating, "It was open."), by=desk[who])


def test_a_claim_from_review_to_report_tells_each_person_what_concerns_them(desk):
    item = make.confirmed_evidence(desk["claim"], by=desk["rep"])
    assert told() == []

    reviewing.open_review(desk["claim"], by=desk["rep"])
    assert told() == ["ed1 to_review", "ed2 to_review", "rev1 to_review", "rev2 to_review"]
    review(desk, "rev1")
    assert told() == []
    review(desk, "rev2")
    assert told() == ["ed1 to_decide", "ed2 to_decide"]
    decision = reviewing.decide(desk["claim"], Finding(Rating.REFUTED, "No."), by=desk["ed1"], cited=[item])
    assert told() == ["rep decided", "rev1 decided", "rev2 decided"]
    proposed = reporting.propose(decision, by=desk["ed1"], language="en")
    assert told() == ["ed2 to_second", "rev1 to_second", "rev2 to_second"]
    reporting.agree(proposed, by=desk["rev1"])
    assert told() == ["ed1 answered", "ed1 published", "rep published", "rev2 published"]


@pytest.mark.parametrize("ratings", [(Rating.REFUTED, Rating.REFUTED), (Rating.REFUTED, Rating.SUPPORTED)])
def test_nobody_can_infer_a_finding_from_what_they_are_told(desk, ratings):
    reviewing.open_review(desk["claim"], by=desk["rep"])
    told()

    review(desk, "rev1", ratings[0])
    assert told() == []
    discussing.write(desk["claim"], by=desk["rev1"], text=f"It is {ratings[0].label}.")
    with refused("blind"):
        discussing.write(desk["claim"], by=desk["rev1"], text=f"It is {ratings[0].label}, @rev2 and @rep.")
    assert told() == []
    review(desk, "rev2", ratings[1])
    assert told() == ["ed1 to_decide", "ed2 to_decide"]
    blind = Notification.objects.filter(person__username__in=["rev1", "rev2", "rep"]).values_list("event", flat=True)
    assert set(blind) == {"to_review"}


def test_a_claim_that_is_sent_back_is_told_to_who_logged_it(desk):
    reviewing.open_review(desk["claim"], by=desk["rep"])
    told()

    reviewing.send_back(desk["claim"], by=desk["ed1"], reason="Who says it?")

    assert told() == ["rep sent_back"]


def test_an_answer_to_a_request_for_comment_is_told_to_those_who_worked_on_the_claim(desk):
    now = timezone.now()
    letter = {"to_whom": "The road authority", "channel": "by letter", "question": "Is it closed?", "sent_at": now}
    asked = asking.request_comment(desk["claim"], by=desk["ed1"], **letter)
    told()

    asking.note_comment(asked, by=desk["ed1"], text="It is open.", answered_at=now)

    assert told() == ["rep comment"]


def test_who_acts_is_never_told_of_their_own_act_and_nobody_twice(desk):
    reviewing.open_review(desk["claim"], by=desk["ed1"])

    assert "ed1 to_review" not in told()
    assert told() == []


def test_who_owns_a_claim_or_is_asked_to_review_it_is_told_and_nobody_else(desk):
    planning.plan(desk["claim"], {"owner": desk["rep"]}, by=desk["ed1"])
    inviting.invite(desk["claim"], desk["rev1"], by=desk["ed1"])
    planning.plan(desk["claim"], {"priority": "high"}, by=desk["ed2"])

    assert told() == ["rep owner", "rev1 invited"]
