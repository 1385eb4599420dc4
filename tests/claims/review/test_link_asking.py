"""Personal links: who makes them, what they show, how they end, and what becomes of the one answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import PersonalLink
from claims.models.outside_vocabulary import LinkKind, LinkState
from claims.review import asking, link_asking
from claims.review.link_asking import Asking
from tests import make
from tests.refusing import refused
from workbench.desk import seal_check
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


def asked(**changes):
    columns = {"kind": LinkKind.COMMENT, "to_whom": "The ministry", "question": "Is it so?", "language": "fr"}
    return Asking(**{**columns, "due_on": timezone.localdate(), **changes})


def test_only_the_hash_of_a_token_is_kept():
    claim = make.claim()

    made = link_asking.ask(claim, asked(), by=claim.logged_by)

    assert made.token not in str(PersonalLink.objects.values().get())
    assert PersonalLink.objects.with_token(made.token) == made.link
    assert PersonalLink.objects.with_token(made.token + "x") is None
    assert made.token not in str(list(LogEntry.objects.values_list("facts", flat=True)))
    assert not list(seal_check.of_chain(f"claim {claim.pk}"))


def test_a_request_for_comment_by_link_is_one_that_reports_print_and_advice_is_not():
    claim = make.claim()

    for kind in LinkKind:
        link_asking.ask(claim, asked(kind=kind), by=claim.logged_by)

    assert [row.link.kind for row in claim.comment_requests.all()] == [LinkKind.COMMENT]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"question": " "}, "empty"),
        ({"due_on": timezone.localdate() - timedelta(days=1)}, "past"),
        ({"due_on": timezone.localdate() + timedelta(days=400)}, "too_late"),
    ],
)
def test_what_nobody_could_answer_is_refused(changes, code):
    claim = make.claim()

    with refused(code):
        link_asking.ask(claim, asked(**changes), by=claim.logged_by)


def test_only_confirmed_evidence_of_the_claim_is_shown():
    claim = make.claim()

    with refused("not_confirmed", "evidence"):
        link_asking.ask(claim, asked(evidence=[make.confirmed_evidence()]), by=claim.logged_by)
    with pytest.raises(NotPermitted):
        link_asking.ask(claim, asked(), by=make.viewer())


def test_a_link_ends_with_its_day_with_its_answer_and_when_it_is_withdrawn():
    claim = make.claim()
    late = make.personal_link(claim, due_on=timezone.localdate() - timedelta(days=1))
    link = make.personal_link(claim, due_on=timezone.localdate())
    before = (late.state, link.state)

    gone = link_asking.withdraw(link, by=claim.logged_by)

    assert (*before, gone.state) == (LinkState.LATE, LinkState.ASKED, LinkState.WITHDRAWN)
    for ended in (late, link):
        with refused("ended"):
            link_asking.hold(ended)


def test_an_answer_that_came_in_another_way_ends_the_link():
    claim = make.claim()
    made = link_asking.ask(claim, asked(), by=claim.logged_by)

    asking.note_comment(made.link.comment, by=claim.logged_by, text="By telephone: no.", answered_at=timezone.now())

    link = PersonalLink.objects.with_token(made.token)
    assert link.state == LinkState.ELSEWHERE
    with refused("ended"):
        link_asking.hold(link)
