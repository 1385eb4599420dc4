from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models.vocabulary import AssertionStatus, ClaimRelation, Status
from claims.pages import since_yesterday
from sources.models.vocabulary import Fate
from tests import make
from workbench.desk import hidden_rows

pytestmark = pytest.mark.django_db


def test_what_happened_is_told_and_what_is_older_is_not():
    now = timezone.now()
    make.capture(taken_at=now)
    make.capture(taken_at=now - timedelta(days=4))
    edited = make.touch(change_=make.change(compared_at=now), fate=Fate.ALTERED)
    make.confirmed_evidence(passage_=edited.passage)
    make.touch(change_=make.change(compared_at=now), fate=Fate.MOVED)
    make.touch(change_=make.change(compared_at=now - timedelta(days=4)), fate=Fate.GONE)
    decided = make.claim("Decided", status=Status.DECIDED)
    for relation in (ClaimRelation.SAME, ClaimRelation.CONTRADICTS):
        make.claim_link(
            make.claim(), decided, relation=relation, standing=AssertionStatus.CONFIRMED, by=make.reporter()
        )

    found = since_yesterday.happened()

    assert [row.url for row in found.edited] == [edited.change.get_absolute_url()]
    assert [row.text for row in found.again] == ["Decided"]
    assert found.gathered.endswith("captured")


def test_an_edited_page_that_only_a_restricted_claim_cites_is_told_to_who_sees_the_claim():
    edited = make.touch(change_=make.change(compared_at=timezone.now()), fate=Fate.ALTERED)
    named = make.claim_access().person
    make.confirmed_evidence(make.claim_access(person=named).claim, passage_=edited.passage)

    told = []
    for person in (named, make.editor()):
        with hidden_rows.read_by(lambda key=person.pk: key):
            told.append(len(since_yesterday.happened().edited))

    assert told == [1, 0]


def test_a_desk_on_which_nothing_happened_says_nothing():
    assert not since_yesterday.happened()
