"""A report in a reader’s browser: nothing that axe finds wrong, nothing that the content policy refuses."""

import pytest

from claims.models import ProposedCorrection
from claims.models.vocabulary import CorrectionKind
from claims.publishing import correcting, reporting
from tests import make, published
from tests.browser.conftest import PHONE, follow


@pytest.fixture
def report():
    """A retracted report with another in its place and a translation: everything its page can show."""
    first = published.report("Le pont d’Arvel, " + "détruit-" * 40 + " </script><img src=x onerror=alert(1)>")
    published.correct(first, by=make.editor(), kind=CorrectionKind.CORRECTION, text="The date was wrong.")
    published.correct(first, by=make.editor(), kind=CorrectionKind.RETRACTION, text="Wrong bridge.")
    for language in ("en", "fr"):
        reporting.freeze(first.decision, by=make.editor(), language=language)
    return first


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_report_has_no_fault_and_fits_a_phone(page, live_server, report, faults, overhang, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(live_server.url + report.get_absolute_url())

    desktop = faults(page)
    page.set_viewport_size(PHONE)

    assert (desktop, faults(page), overhang(page)) == ({}, {}, 0)


def test_the_structured_data_is_there_under_the_strict_policy(page, live_server):
    standing = published.report("Le pont d’Arvel </script><img src=x onerror=alert(1)> est fermé.")
    answer = page.goto(live_server.url + standing.get_absolute_url())

    data = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)")

    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert data["@type"] == "ClaimReview"


def test_an_editor_corrects_a_report_from_its_page(enter, faults):
    row = published.report()
    page = enter(make.editor(), row.get_absolute_url())
    address = page.url

    follow(page, "text=Correct this report")
    found = faults(page)
    page.check("[name=kind][value=update]")
    page.fill("[name=text]", "A second witness came forward.")
    follow(page, "button.main")
    page.wait_for_selector("text=Your proposal waits for a second person.")
    correcting.agree(ProposedCorrection.objects.get(), by=make.reviewer())
    page.goto(address)

    page.wait_for_selector(".corrections >> text=A second witness came forward.")
    assert found == {}
