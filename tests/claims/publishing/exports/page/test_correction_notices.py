import pytest

from claims.models.vocabulary import CorrectionKind
from claims.publishing.exports.page import correction_notices
from tests import make

pytestmark = pytest.mark.django_db


def notices(report):
    return correction_notices.of(report, list(report.put_right()))


def test_a_report_without_corrections_says_nothing():
    found = notices(make.report())

    assert (found.title, found.shown, found.retracted, found.on_files) == ("", [], False, "")


def test_corrections_of_its_own_mean_that_the_files_say_less():
    correction = make.correction()

    found = notices(correction.report)

    assert (found.title, found.retracted) == ("Corrections since publication", False)
    assert "never changed" in found.on_files
    assert [(shown.row, shown.of) for shown in found.shown] == [(correction, None)]


def test_a_retraction_comes_first_and_names_the_report_to_read_instead():
    first = make.correction()
    instead = make.report(first.report.decision)
    last = make.correction(first.report, kind=CorrectionKind.RETRACTION, replaced_by=instead)

    found = notices(first.report)

    assert [(shown.row, shown.instead) for shown in found.shown] == [(last, instead), (first, None)]
    assert (found.title, found.retracted) == ("This report was retracted", True)


def test_a_correction_in_another_language_leads_to_its_report():
    correction = make.correction()
    french = make.report(correction.report.decision, language="fr")

    [shown] = notices(french).shown

    assert (shown.of, notices(french).title) == (correction.report, "Another language version was corrected")
    assert str(correction.report.number) in shown.title
