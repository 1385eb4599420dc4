import pytest
from django.db import ProgrammingError, transaction

from claims.models import Correction
from claims.models.vocabulary import ClaimRule, CorrectionKind
from claims.publishing import correcting
from tests import make, published
from tests.refusing import refused
from workbench.desk import audit
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted
from workbench.desk.vocabulary import ProposalState

pytestmark = pytest.mark.django_db


def propose(report, *, by, kind=CorrectionKind.CORRECTION, text="The date was wrong.", **given):
    return correcting.propose(report, by=by, kind=kind, text=text, **given)


def test_a_correction_is_added_beside_the_report_and_noted():
    report = published.report()
    editor = make.editor()

    proposed = propose(report, by=editor, text=" The date was wrong. ")
    assert report.corrections.count() == 0
    rana = make.reviewer()
    correction = correcting.agree(proposed, by=rana).made

    entry = LogEntry.objects.order_by("-pk").first()
    assert list(report.corrections.values_list("text", "made_by")) == [("The date was wrong.", rana.pk)]
    verbs = list(LogEntry.objects.order_by("pk").values_list("verb", "actor"))[-3:]
    assert verbs[:2] == [("proposed to a second person", editor.pk), ("agreed as the second person", rana.pk)]
    assert (entry.chain, entry.verb) == (audit.name_of(report.decision.claim), "corrected a report")
    assert f'"correction": {correction.pk}' in entry.facts


def test_a_correction_sent_twice_is_proposed_and_published_once():
    report, edith = make.report(), make.editor()

    first = propose(report, by=edith)
    assert propose(report, by=edith, text=" The date was wrong.\n") == first
    with refused("pending", "kind"):
        propose(report, by=make.editor())
    assert propose(report, by=edith, kind=CorrectionKind.UPDATE) != first

    correcting.agree(first, by=make.reviewer())
    with refused("already_published", "text"):
        propose(report, by=edith)
    with refused("settled"):
        correcting.agree(first, by=make.reviewer())
    assert LogEntry.objects.filter(verb="corrected a report").count() == 1


@pytest.mark.parametrize("kind", CorrectionKind)
def test_nobody_corrects_alone_while_the_desk_has_others(kind):
    report, edith, rana = make.report(), make.editor(), make.reviewer(first_name="Rana", last_name="Haddad")
    given = {"by": edith, "kind": kind, "text": "Wrong bridge."}

    with refused("own_proposal"):
        correcting.agree(propose(report, by=edith, kind=kind), by=edith)
    with refused("pending"):
        correcting.correct_alone(report, waiver="Nobody was here.", **given)
    correcting.decline(report.proposed_corrections.get(), by=edith)
    with refused("others_can", "waiver") as refusal:
        correcting.correct_alone(report, waiver="Nobody was here.", **given)

    assert str(rana) in str(refusal.value)
    assert report.corrections.count() == 0
    assert report.proposed_corrections.get().state == ProposalState.TAKEN_BACK


def test_where_nobody_else_is_a_correction_is_published_alone_and_says_why():
    edith = make.editor()
    report = make.report(
        make.decision(make.claim(status="decided", logged_by=edith), decided_by=edith), frozen_by=edith
    )
    given = {"by": edith, "kind": CorrectionKind.RETRACTION, "text": "Wrong bridge."}

    with refused("empty", "waiver"):
        correcting.correct_alone(report, waiver=" ", **given)
    made = correcting.correct_alone(report, waiver="I work alone.", **given).made

    assert (made.alone, made.made_by) == ("I work alone.", edith)
    assert "I work alone." in LogEntry.objects.get(verb="did alone what takes two people").facts


def test_a_policy_may_let_a_reason_stand_in_for_the_second_person():
    make.policy(ClaimRule.CORRECTION)

    made = correcting.correct_alone(
        make.report(), by=make.editor(), kind=CorrectionKind.UPDATE, text="More came out.", waiver="It was midnight."
    )

    assert (made.state, made.made.alone) == (ProposalState.ALONE, "It was midnight.")


def test_a_proposal_is_declined_by_another_and_stays_declined():
    proposed, rana = make.proposed_correction(), make.reviewer()

    correcting.decline(proposed, by=rana)

    proposed.refresh_from_db()
    assert (proposed.state, proposed.second, proposed.made) == (ProposalState.DECLINED, rana, None)
    with refused("settled"):
        correcting.agree(proposed, by=make.reviewer())
    with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
        type(proposed).objects.update(state=ProposalState.PROPOSED, second=None, answered_at=None)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": "  "}, "empty"),
        ({"text": "x" * 5_001}, "too_long"),
        ({"text": "a\0b"}, "null_character"),
        ({"kind": "joke"}, "unknown_choice"),
    ],
)
def test_a_correction_that_says_nothing_is_refused_at_its_field(change, code):
    given = {"kind": CorrectionKind.CORRECTION, "text": "The date was wrong.", **change}

    with refused(code, *change):
        correcting.propose(make.report(), by=make.editor(), **given)


def test_a_retracted_report_takes_no_more_corrections():
    report = make.report()
    waiting = propose(report, by=make.editor())
    published.correct(report, by=make.editor(), kind=CorrectionKind.RETRACTION, text="Wrong bridge.")

    with refused("retracted"):
        correcting.agree(waiting, by=make.editor())
    with refused("retracted"):
        correcting.propose(report, by=make.editor(), kind=CorrectionKind.UPDATE, text="Still.")


def test_a_report_on_another_claim_takes_no_ones_place():
    with refused("not_same_claim", "replaced_by"):
        correcting.propose(
            make.report(), by=make.editor(), kind=CorrectionKind.UPDATE, text="See there.", replaced_by=make.report()
        )


@pytest.mark.parametrize("person", [make.viewer, make.reporter, make.reviewer, make.admin])
def test_only_editors_correct(person):
    with pytest.raises(NotPermitted):
        correcting.propose(make.report(), by=person(), kind=CorrectionKind.UPDATE, text="Something.")


def test_the_database_keeps_corrections_as_they_are():
    correction = make.correction()

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Correction.objects.filter(pk=correction.pk).update(text="Nothing.")
