import threading

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from claims.evidence import weighing
from claims.models import Evidence
from claims.models.vocabulary import AssertionStatus, Nearness, Rating, Stance, Status
from claims.review import reviewing
from claims.review.reviewing import Finding
from sources.language.sentences import Span
from tests import make
from tests.refusing import refused
from workbench.desk import audit
from workbench.desk.models import LogEntry
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db

CLOSED = [Status.DECIDED, Status.WITHDRAWN]


def verbs(claim):
    return list(LogEntry.objects.filter(chain=audit.name_of(claim)).order_by("seq").values_list("verb", flat=True))


def test_a_person_says_what_a_passage_does_to_the_claim():
    evidence, ana = make.evidence(), make.reporter()

    weighing.confirm(evidence, by=ana, stance=Stance.REFUTES, nearness=Nearness.PRIMARY, note="She was there.")

    row = Evidence.objects.get()
    assert (row.standing, row.stance, row.nearness, row.note) == ("confirmed", "refutes", "primary", "She was there.")
    assert (row.settled_by, row.extractor, row.score) == (ana, "matcher@1", 0.8)
    assert verbs(evidence.claim) == ["confirmed evidence"]


def test_a_passage_is_rejected():
    evidence = make.evidence()

    weighing.reject(evidence, by=make.reporter())

    assert (Evidence.objects.get().standing, verbs(evidence.claim)) == (AssertionStatus.REJECTED, ["rejected evidence"])


def test_a_person_may_think_again_until_the_claim_is_decided():
    evidence = make.evidence()
    weighing.confirm(evidence, by=make.reporter(), stance=Stance.SUPPORTS, note="Says so.")

    weighing.reject(evidence, by=make.reviewer())
    again = weighing.confirm(evidence, by=make.reviewer(), stance=Stance.DISCUSSES)

    assert (again.standing, again.stance, again.note) == (AssertionStatus.CONFIRMED, Stance.DISCUSSES, "Says so.")


@pytest.mark.parametrize("status", CLOSED)
def test_the_evidence_of_a_closed_claim_stays_as_it_is(status):
    claim, ana = make.claim(status=status), make.editor()
    evidence, figure, passage = make.evidence(claim), make.figure(claim), make.passage()

    for weigh in (
        lambda: weighing.confirm(evidence, by=ana, stance=Stance.SUPPORTS),
        lambda: weighing.reject(evidence, by=ana),
        lambda: weighing.add_evidence(claim, passage, by=ana, stance=Stance.SUPPORTS),
        lambda: weighing.settle(figure, by=ana, standing=AssertionStatus.CONFIRMED, claim=claim),
    ):
        with refused("closed"):
            weigh()

    assert (Evidence.objects.get().standing, verbs(claim)) == (AssertionStatus.SUGGESTED, [])


def test_a_passage_is_added_by_hand():
    claim, passage, ana = make.claim(), make.passage(), make.reporter()

    evidence = weighing.add_evidence(claim, passage, by=ana, stance=Stance.SUPPORTS, note="In its own words.")

    assert (evidence.asserted_by, evidence.extractor, evidence.standing) == (ana, "", AssertionStatus.CONFIRMED)
    assert verbs(claim) == ["added evidence"]


@pytest.mark.parametrize("standing", AssertionStatus)
def test_a_passage_that_is_there_already_is_confirmed(standing):
    evidence = make.evidence(standing=standing)

    weighing.add_evidence(evidence.claim, evidence.passage, by=make.reporter(), stance=Stance.REFUTES)

    row = Evidence.objects.get()
    assert (row.standing, row.stance, row.extractor) == (AssertionStatus.CONFIRMED, Stance.REFUTES, "matcher@1")


@pytest.mark.parametrize(
    "maker", [make.figure, make.appearance, make.attribution, make.origin_link, make.wording, make.claim_link]
)
@pytest.mark.parametrize("standing", [AssertionStatus.CONFIRMED, AssertionStatus.REJECTED])
def test_any_other_assertion_is_settled(maker, standing):
    assertion, claim, ana = maker(standing=AssertionStatus.SUGGESTED), make.claim(), make.reporter()

    weighing.settle(assertion, by=ana, standing=standing, claim=claim)

    assertion.refresh_from_db()
    assert (assertion.standing, assertion.settled_by) == (standing, ana)
    assert verbs(claim) == [f"{standing} an assertion"]


@pytest.mark.parametrize("standing", [AssertionStatus.CONFIRMED, AssertionStatus.REJECTED])
def test_what_is_settled_twice_stays_with_who_settled_it_first(standing):
    figure, first = make.figure(), make.reporter()

    for person in (first, make.reviewer()):
        weighing.settle(figure, by=person, standing=standing, claim=figure.claim)

    figure.refresh_from_db()
    assert (figure.settled_by, verbs(figure.claim)) == (first, [f"{standing} an assertion"])


@pytest.mark.parametrize(
    "weigh", [weighing.reject, lambda evidence, by: weighing.confirm(evidence, by=by, stance=Stance.SUPPORTS)]
)
def test_evidence_that_is_weighed_twice_alike_stays_with_who_weighed_it_first(weigh):
    evidence, first = make.evidence(), make.reporter()

    for person in (first, make.reviewer()):
        weigh(evidence, by=person)

    evidence.refresh_from_db()
    assert (evidence.settled_by, len(verbs(evidence.claim))) == (first, 1)


def test_who_adds_a_note_says_more_and_is_named():
    evidence, ana = make.evidence(), make.reviewer()
    weighing.confirm(evidence, by=make.reporter(), stance=Stance.SUPPORTS)

    again = weighing.confirm(evidence, by=ana, stance=Stance.SUPPORTS, note="Says so.")

    assert (again.settled_by, again.note, len(verbs(evidence.claim))) == (ana, "Says so.", 2)


def test_a_copy_has_the_words_chosen_in_the_passage_and_is_no_primary_source():
    claim, said = make.claim(), "The mayor closed the bridge at noon."
    first, copy = (make.evidence(claim, make.passage(said)) for _each in range(2))
    start = first.passage.start

    weighing.answer(
        first,
        Stance.SUPPORTS,
        by=make.reporter(),
        copies=[copy.pk],
        nearness=Nearness.PRIMARY,
        words=Span(start + 10, start + 27),
    )

    rows = [Evidence.objects.select_related("passage").get(pk=row.pk) for row in (first, copy)]
    begins = [(row.words_start - row.passage.start, row.words_end - row.passage.start) for row in rows]
    assert begins == [(10, 27), (10, 27)]
    assert [row.nearness for row in rows] == [Nearness.PRIMARY, Nearness.UNKNOWN]


def test_nothing_is_made_a_suggestion_again():
    figure = make.figure(standing=AssertionStatus.CONFIRMED)

    with refused("unknown_choice", "standing"):
        weighing.settle(figure, by=make.reporter(), standing=AssertionStatus.SUGGESTED, claim=figure.claim)


@pytest.mark.parametrize("maker", [make.viewer, make.admin])
def test_who_may_not_weigh_is_refused(maker):
    evidence, person = make.evidence(), maker()

    for weigh in (
        lambda: weighing.confirm(evidence, by=person, stance=Stance.SUPPORTS),
        lambda: weighing.reject(evidence, by=person),
        lambda: weighing.add_evidence(evidence.claim, make.passage(), by=person, stance=Stance.SUPPORTS),
        lambda: weighing.settle(make.figure(), by=person, standing=AssertionStatus.CONFIRMED, claim=evidence.claim),
    ):
        with pytest.raises(NotPermitted):
            weigh()


# What a machine cannot do, whatever its code says


@pytest.mark.parametrize(
    "change",
    [
        {"standing": AssertionStatus.SUGGESTED, "settled_by": None, "settled_at": None},
        {"standing": AssertionStatus.REJECTED},
        {"stance": Stance.REFUTES},
        {"note": "Never mind."},
    ],
)
def test_what_a_person_confirmed_is_not_overwritten(change):
    evidence = make.confirmed_evidence()

    with pytest.raises(ProgrammingError), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).update(**change)


@pytest.mark.parametrize("maker", [make.evidence, make.figure, make.attribution, make.origin_link, make.wording])
@pytest.mark.parametrize("standing", [AssertionStatus.CONFIRMED, AssertionStatus.REJECTED])
def test_what_was_settled_is_kept(maker, standing):
    assertion = maker(standing=standing)

    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        type(assertion).objects.filter(pk=assertion.pk)._raw_delete("default")


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"standing": AssertionStatus.CONFIRMED, "settled_by": None}, "settled_by_a_person"),
        ({"asserted_by": "somebody"}, "names_its_author"),
        ({"asserted_by": "somebody", "extractor": ""}, "person_stands_by_it"),
        ({"extractor": ""}, "names_its_author"),
    ],
)
def test_a_machine_only_suggests_and_always_with_its_name(columns, rule):
    if columns.get("asserted_by"):
        columns = {**columns, "asserted_by": make.reporter()}

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        make.figure(**columns)


def test_confirmed_evidence_has_a_stance():
    with pytest.raises(IntegrityError, match="has_a_stance"), transaction.atomic():
        make.confirmed_evidence(stance="")


@pytest.mark.django_db(transaction=True)
def test_evidence_is_not_weighed_while_the_claim_is_decided():
    claim = make.claim_in_review()
    cited, other = make.confirmed_evidence(claim), make.evidence(claim)
    said, ana = [], make.reporter()

    def weigh():
        try:
            weighing.confirm(other, by=ana, stance=Stance.SUPPORTS)
        except Refusal as refusal:
            said.append(refusal.code)
        finally:
            connection.close()

    with transaction.atomic():
        reviewing.decide(claim, Finding(Rating.REFUTED, "Repairs."), by=make.editor(), cited=[cited])
        thread = threading.Thread(target=weigh)
        thread.start()
        thread.join(0.5)
    thread.join()

    assert said == ["closed"]
