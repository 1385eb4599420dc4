import pytest
from django.db import ProgrammingError, transaction

from claims.models import Correction
from claims.models.vocabulary import CorrectionKind
from claims.publishing import correcting
from tests import make, published
from tests.refusing import refused
from workbench.desk import audit
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


def test_a_correction_is_added_beside_the_report_and_noted():
    report = published.report()
    editor = make.editor()

    correction = correcting.correct(report, by=editor, kind=CorrectionKind.CORRECTION, text=" The date was wrong. ")

    entry = LogEntry.objects.order_by("-pk").first()
    assert list(report.corrections.values_list("text", "made_by")) == [("The date was wrong.", editor.pk)]
    assert (entry.chain, entry.verb) == (audit.name_of(report.decision.claim), "corrected a report")
    assert f'"correction": {correction.pk}' in entry.facts


def test_a_correction_sent_twice_is_published_and_noted_once():
    report, french = published.report(), make.report(language="fr")
    given = {"by": make.editor(), "kind": CorrectionKind.CORRECTION, "text": "The date was wrong."}

    first = correcting.correct(report, **given)
    again = correcting.correct(report, **{**given, "by": make.editor(), "text": " The date was wrong.\n"})

    assert again == first
    assert LogEntry.objects.filter(verb="corrected a report").count() == 1
    assert correcting.correct(french, **given) != first
    assert correcting.correct(report, **{**given, "kind": CorrectionKind.UPDATE}) != first
    assert correcting.correct(report, **given, replaced_by=make.report(report.decision, language="fr")) != first


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
        correcting.correct(make.report(), by=make.editor(), **given)


def test_a_retracted_report_takes_no_more_corrections():
    report = make.report()
    correcting.correct(report, by=make.editor(), kind=CorrectionKind.RETRACTION, text="Wrong bridge.")

    with refused("retracted"):
        correcting.correct(report, by=make.editor(), kind=CorrectionKind.UPDATE, text="Still.")


def test_a_report_on_another_claim_takes_no_ones_place():
    with refused("not_same_claim", "replaced_by"):
        correcting.correct(
            make.report(), by=make.editor(), kind=CorrectionKind.UPDATE, text="See there.", replaced_by=make.report()
        )


@pytest.mark.parametrize("person", [make.viewer, make.reporter, make.reviewer, make.admin])
def test_only_editors_correct(person):
    with pytest.raises(NotPermitted):
        correcting.correct(make.report(), by=person(), kind=CorrectionKind.UPDATE, text="Something.")


def test_the_database_keeps_corrections_as_they_are():
    correction = make.correction()

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Correction.objects.filter(pk=correction.pk).update(text="Nothing.")
