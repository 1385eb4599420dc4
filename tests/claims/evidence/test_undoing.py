import pytest
from django.db import ProgrammingError, transaction

from claims.evidence import undoing, weighing
from claims.models import Evidence, TakenBack
from claims.models.vocabulary import AssertionStatus, Nearness, Stance, Status
from tests import make
from workbench.desk.models import LogEntry
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def remi():
    return make.reporter()


def verbs(claim):
    return list(LogEntry.objects.filter(chain=f"claim {claim.pk}").order_by("seq").values_list("verb", flat=True))


def test_a_suggestion_that_is_put_off_waits_and_is_not_decided(remi):
    evidence = make.evidence()

    undoing.put_off(evidence, by=remi)
    undoing.put_off(evidence, by=remi)

    evidence.refresh_from_db()
    assert (evidence.is_suggested, evidence.put_offs.standing().get().put_off_by) == (True, remi)
    assert verbs(evidence.claim) == ["put off a suggestion"]


def test_undoing_takes_up_what_was_put_off_whoever_put_it_off(remi):
    evidence = make.put_off().evidence

    undoing.undo(evidence, by=remi)

    assert not evidence.put_offs.standing().exists()
    assert evidence.put_offs.get().taken_up_by == remi


def test_an_answer_ends_putting_off(remi):
    evidence = make.put_off().evidence

    weighing.answer(evidence, Stance.REFUTES, by=remi)

    assert not evidence.put_offs.standing().exists()


@pytest.mark.parametrize("stance", [Stance.REFUTES, Stance.UNRELATED])
def test_undoing_an_answer_makes_it_a_suggestion_again_and_keeps_what_was_said(remi, stance):
    evidence = make.evidence()
    weighing.answer(evidence, stance, by=remi, nearness=Nearness.PRIMARY)

    undoing.undo(evidence, by=remi)

    evidence.refresh_from_db()
    assert (evidence.standing, evidence.stance, evidence.settled_by) == (AssertionStatus.SUGGESTED, "", None)
    kept = TakenBack.objects.get()
    assert (kept.stance or "unrelated", kept.taken_back_by) == (stance, remi)
    assert verbs(evidence.claim)[-1] == "took back an answer"


def test_the_copies_of_a_passage_are_answered_and_undone_with_it(remi):
    claim = make.claim()
    words = "The bridge was closed by the mayor."
    first, copy = (make.evidence(claim, make.passage(words)) for _each in range(2))
    other = make.evidence(claim)

    weighing.answer(first, Stance.SUPPORTS, by=remi, copies=[copy.pk, other.pk])
    answered = set(claim.evidence.confirmed().values_list("pk", flat=True))
    undoing.undo(first, by=remi)

    assert answered == {first.pk, copy.pk}
    assert claim.evidence.confirmed().count() == 0


def test_only_who_answered_takes_it_back(remi):
    evidence = make.confirmed_evidence(extractor="matcher@1")

    with pytest.raises(Refusal) as refused:
        undoing.undo(evidence, by=remi)

    assert refused.value.code == "not_yours"


def test_what_was_added_by_hand_is_not_made_a_suggestion(remi):
    evidence = weighing.add_evidence(make.claim(), make.passage(), by=remi, stance=Stance.SUPPORTS)

    with pytest.raises(Refusal) as refused:
        undoing.undo(evidence, by=remi)

    assert refused.value.code == "by_hand"


def test_an_answer_that_something_rests_on_stays(remi):
    evidence = make.evidence()
    weighing.answer(evidence, Stance.SUPPORTS, by=remi)
    make.answer(make.question(evidence.claim), evidence=[evidence])

    with pytest.raises(Refusal) as refused:
        undoing.undo(evidence, by=remi)

    assert refused.value.code == "rests_on_it"


def test_an_answer_stays_where_something_rests_on_a_copy(remi):
    claim = make.claim()
    first, copy = (make.evidence(claim, make.passage("The mayor closed it.")) for _each in range(2))
    weighing.answer(first, Stance.SUPPORTS, by=remi, copies=[copy.pk])
    make.answer(make.question(claim), evidence=[copy])

    with pytest.raises(Refusal) as refused:
        undoing.undo(first, by=remi)

    assert refused.value.code == "rests_on_it"


def test_a_closed_claim_and_a_viewer_undo_nothing(remi):
    closed = make.confirmed_evidence(make.claim(status=Status.DECIDED))

    with pytest.raises(Refusal):
        undoing.undo(closed, by=remi)
    with pytest.raises(NotPermitted):
        undoing.put_off(make.evidence(), by=make.viewer())


def test_the_database_lets_no_answer_go_without_a_row_that_keeps_it(remi):
    evidence = make.evidence()
    weighing.answer(evidence, Stance.SUPPORTS, by=remi)

    with pytest.raises(ProgrammingError, match="never unsettled"), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).update(
            standing=AssertionStatus.SUGGESTED, stance="", settled_by=None, settled_at=None
        )
