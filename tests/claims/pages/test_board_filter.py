from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from claims.models import Claim, DeskCase
from claims.models.team_vocabulary import Priority
from claims.models.vocabulary import ClaimType, Rating, Status
from claims.pages import board_filter
from claims.pages.forms.board import AGES, DUE, ORDERS, BoardFilter
from tests import make
from workbench.desk.models import User

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def found(query, person=None):
    form = BoardFilter(QueryDict(query))
    rows = board_filter.narrowed(Claim.objects.for_list(), form.asked(), person or make.viewer())
    return {claim.text for claim in rows}


@pytest.fixture
def desk():
    """Claims that differ in everything the board asks for."""
    me, other = make.reporter(), make.reporter()
    plain = make.claim("Plain", logged_by=other)
    rich = make.claim("Rich", type=ClaimType.QUOTE, language="fr", logged_by=other)
    make.claim_plan(rich, owner=me, due_on=TODAY() - timedelta(days=2))
    make.claim_tag(rich, "Élection")
    source = make.source("Radio Arvel")
    make.attribution(make.appearance(rich), source=source)
    decided = make.decision(make.claim("Decided", status=Status.DECIDED, logged_by=me), rating=Rating.REFUTED).claim
    make.claim_plan(decided, due_on=TODAY() - timedelta(days=2))
    asked = make.claim("Asked", status=Status.IN_REVIEW, logged_by=other)
    make.review_invitation(asked, me)
    make.claim_plan(asked, due_on=TODAY() + timedelta(days=3))
    case = make.case_item(claim=plain).case
    make.case_item(case, tag="election")
    return {"me": me, "case": case, "source": source, "other": other}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=work", {"Plain", "Rich", "Asked"}),
        ("rating=refuted", {"Decided"}),
        ("type=quote", {"Rich"}),
        ("tag=ELECTION", {"Rich"}),  # no spelling that the form offers
        ("tag=Peace", set()),
        ("tag=Élection", {"Rich"}),
        ("due=late", {"Rich"}),
        ("due=week", {"Asked"}),
        ("due=none", {"Plain"}),
        ("age=1", {"Plain", "Rich", "Decided", "Asked"}),
        ("age=-7", set()),
        ("person=me", {"Rich", "Decided", "Asked"}),
        ("person=nobody", {"Plain", "Decided", "Asked"}),
        ("case=%(case)d", {"Plain", "Rich"}),
        ("outlet=%(source)d", {"Rich"}),
        ("person=%(other)d", {"Plain", "Rich", "Asked"}),
        ("status=nonsense&due=nonsense&case=x", {"Plain", "Rich", "Decided", "Asked"}),
    ],
)
def test_the_board_shows_what_is_asked_for(desk, query, expected):
    keys = {name: desk[name].pk for name in ("case", "source", "other")}

    assert found(query % keys, desk["me"]) == expected


def test_an_address_is_answered_for_a_closed_case_and_a_closed_account(desk):
    DeskCase.objects.update(is_closed=True)
    User.objects.filter(pk=desk["me"].pk).update(is_active=False)

    assert found(f"case={desk['case'].pk}") == {"Plain", "Rich"}
    assert found(f"person={desk['me'].pk}") == {"Rich", "Decided", "Asked"}


def test_claims_without_an_owner_come_last_with_a_plan_and_without():
    plain, due, owned = make.claim("plain"), make.claim("due"), make.claim("owned")
    make.claim_plan(due, due_on=TODAY())
    make.claim_plan(owned, owner=make.reporter())

    assert list(board_filter.ordered(Claim.objects.for_list(), "owner")) == [owned, plain, due]


def test_every_order_can_be_turned_page_by_page():
    for number, priority in enumerate(Priority):
        claim = make.claim(f"{number}")
        make.claim_plan(claim, priority=priority, due_on=TODAY() + timedelta(days=number), owner=make.reporter())
    make.claim("without")

    for order in ORDERS:
        names = [claim.text for claim in board_filter.ordered(Claim.objects.for_list(), order)]
        back = [claim.text for claim in board_filter.ordered(Claim.objects.for_list(), order.removeprefix("-"))]
        assert names == (back[::-1] if order.startswith("-") else back)
    due = [claim.text for claim in board_filter.ordered(Claim.objects.for_list(), "due")]
    assert due == ["0", "1", "2", "without"]


def test_every_choice_of_a_filter_has_a_meaning():
    for name, values in (("due", DUE), ("age", AGES)):
        for value in values:
            assert found(f"{name}={value}") == set()
