import pytest
from django.urls import reverse

from claims.models import CopyEdit, Report
from claims.models.vocabulary import Status
from claims.publishing import reporting
from tests import make

pytestmark = pytest.mark.django_db

WRONG = "The raod authority closed the bridge at Arvel for repairs."
RIGHT = WRONG.replace("raod", "road")


@pytest.fixture
def edith():
    return make.editor()


@pytest.fixture
def report(edith):
    decision = make.decision(make.claim(status=Status.DECIDED, short_text="Brigde closed"), summary=WRONG)
    return reporting.freeze(decision, by=edith, language="en")


def url(report, name="copy_edit"):
    return reverse(f"claims:{name}", args=[report.number])


def test_two_people_mend_a_typing_error_from_page_to_page(client, report, edith):
    client.force_login(edith)
    form = client.get(url(report)).content.decode()
    client.post(url(report), {"part": "summary", "after": RIGHT, "reason": "A typing error."})
    own = client.get(url(report)).content.decode()
    rana = make.reviewer()
    client.force_login(rana)
    queue, page = client.get(reverse("claims:queue")).content.decode(), client.get(url(report)).content.decode()

    answer = client.post(reverse("claims:agree_to_edit", args=[CopyEdit.objects.get().pk]), follow=True)

    new = Report.objects.order_by("-number").first()
    assert [WRONG in form, "Agree and publish" in own, url(report) in queue, "Agree and publish" in page] == [
        *[True, False, True, True]
    ]
    assert answer.redirect_chain[-1][0] == new.get_absolute_url()
    old = client.get(report.get_absolute_url()).content.decode()
    assert [RIGHT in answer.content.decode(), WRONG in old] == [True, True]
    claim_page = client.get(report.decision.claim.get_absolute_url()).content.decode()
    assert [RIGHT in claim_page, WRONG in claim_page] == [True, True]


def test_the_short_version_has_a_page_of_its_own(client, report, edith):
    client.force_login(edith)

    client.post(url(report, "copy_edit_gloss"), {"part": "short_text", "after": "Bridge closed", "reason": "Typo."})

    assert CopyEdit.objects.get().before == "Brigde closed"


def test_a_refused_copy_edit_comes_back_with_its_words(client, report, edith):
    client.force_login(edith)
    words = "Quite another text with nothing of the old one."

    answer = client.post(url(report), {"part": "summary", "after": words, "reason": "So."})

    assert (answer.status_code, words in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("act", ["agree_to_edit", "decline_edit"])
def test_reporters_settle_no_copy_edit(client, act):
    edit = make.copy_edit()
    client.force_login(make.reporter())

    assert client.post(reverse(f"claims:{act}", args=[edit.pk])).status_code == 403
    assert client.get(url(edit.report)).status_code == 403


def test_a_proposal_is_taken_back(client):
    edit = make.copy_edit()
    client.force_login(edit.proposed_by)

    client.post(reverse("claims:decline_edit", args=[edit.pk]))

    edit.refresh_from_db()
    assert edit.state == "declined"


def test_the_words_of_a_correction_come_back_if_the_report_was_retracted_meanwhile(client, edith):
    report = make.correction(make.report(), kind="retraction", text="Wrong bridge.").report
    client.force_login(edith)

    answer = client.post(
        reverse("claims:correct", args=[report.number]), {"kind": "update", "text": "A long explanation."}
    )

    assert (answer.status_code, "A long explanation." in answer.content.decode()) == (422, True)
