import pytest

from claims.evidence import edit_alerts, weighing
from claims.intake import recording
from claims.intake.recording import Sighting
from claims.models.vocabulary import Stance
from sources.models import Change, Watch
from sources.models.vocabulary import Outcome
from sources.watching import watching
from tests import make
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db


def edited_after(claim, stance=Stance.SUPPORTS):
    """A page that was edited after its second passage was confirmed as evidence of a claim."""
    change = make.change()
    evidence = make.evidence(claim, change.before.passages.last())
    weighing.confirm(evidence, by=make.reviewer(), stance=stance)
    drain(Change.objects.filter(pk=change.pk), watching.compare)
    return change


def test_what_is_confirmed_as_evidence_is_watched():
    evidence = make.evidence()

    weighing.confirm(evidence, by=make.reviewer(), stance=Stance.SUPPORTS)

    assert Watch.objects.get().passage == evidence.passage
    assert Watch.objects.get().document.watched_since is not None


def test_evidence_added_by_hand_is_watched_and_what_is_rejected_is_not():
    weighing.add_evidence(make.claim(), make.passage(), by=make.reviewer(), stance=Stance.REFUTES)
    weighing.reject(make.evidence(), by=make.reviewer())

    assert Watch.objects.count() == 1


def test_where_a_claim_appeared_is_watched(settings):
    settings.SAMPLE = False

    recording.add_appearance(make.claim(), Sighting(url="https://courier.example/bridge"), by=make.reporter())

    assert Watch.objects.get().document.url == "https://courier.example/bridge"


def test_an_edit_of_a_cited_passage_is_noticed_with_its_numbers():
    claim = make.claim()
    edited_after(claim)

    found = edit_alerts.notices(claim)

    assert [touch.numbers for touch in found.touches] == [[["Twelve", "Twenty-one"]]]
    assert (found.edited, found.lost) == ([], [])


def test_an_edit_of_a_page_of_which_nothing_is_cited_is_not_noticed():
    claim = make.claim()
    make.evidence(claim, make.change(compared_at=make.MONDAY).before.passages.last())

    assert not edit_alerts.notices(claim)


def test_an_edit_of_the_page_where_a_claim_appeared_is_noticed():
    claim = make.claim()
    change = make.change()
    make.appearance(claim, document=change.before.capture.document)
    drain(Change.objects.all(), watching.compare)

    assert edit_alerts.notices(claim).edited == [change]


def test_a_cited_page_that_is_gone_is_noticed():
    claim = make.claim()
    evidence = make.confirmed_evidence(claim)
    document = evidence.passage.reading.capture.document
    document.last_outcome = Outcome.GONE
    document.save()

    assert edit_alerts.notices(claim).lost == [document]


def test_the_page_of_the_claim_says_that_a_cited_page_was_edited(client):
    claim = make.claim()
    change = edited_after(claim)
    client.force_login(make.viewer())

    html = client.get(claim.get_absolute_url()).content.decode()

    assert "A cited page was edited" in html
    assert change.get_absolute_url() in html


def test_notices_cost_the_same_with_one_edit_and_with_three(django_assert_num_queries):
    claim = make.claim()
    edited_after(claim)
    with django_assert_num_queries(5):
        list(edit_alerts.notices(claim).touches)

    edited_after(claim)
    edited_after(claim)

    with django_assert_num_queries(5):
        assert [str(touch.passage.reading.capture.document) for touch in edit_alerts.notices(claim).touches] != []
