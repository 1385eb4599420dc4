import pytest
from django.urls import reverse

from claims.models.vocabulary import AssertionStatus, Stance, Status
from tests import make
from tests.refusing import codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter(client):
    person = make.reporter()
    client.force_login(person)
    return person


def url(claim, passage):
    return reverse("claims:pick", args=[claim.pk, passage.reading.capture.document_id])


def test_a_passage_is_picked_by_hand(client, reporter):
    claim, passage = make.claim(), make.passage()

    answer = client.post(url(claim, passage), {"passage": passage.pk, "stance": "refutes", "note": "A witness."})

    evidence = claim.evidence.get()
    assert (evidence.passage, evidence.stance, evidence.note) == (passage, Stance.REFUTES, "A witness.")
    assert (evidence.standing, evidence.asserted_by) == (AssertionStatus.CONFIRMED, reporter)
    assert answer.url == evidence.get_absolute_url()


def test_a_passage_that_was_suggested_is_confirmed_by_picking_it(client, reporter):
    evidence = make.evidence()

    client.post(url(evidence.claim, evidence.passage), {"passage": evidence.passage_id, "stance": "supports"})

    evidence.refresh_from_db()
    assert evidence.standing == AssertionStatus.CONFIRMED


@pytest.mark.parametrize(
    "sent",
    [{}, {"stance": "supports"}, {"passage": "x", "stance": "supports"}, {"stance": "unrelated"}, {"note": "a\0"}],
)
def test_a_form_that_makes_no_sense_picks_nothing(client, reporter, sent):
    claim, passage = make.claim(), make.passage()

    answer = client.post(url(claim, passage), sent)

    assert answer.status_code == 422
    assert not claim.evidence.exists()


def test_a_passage_of_another_document_cannot_be_picked_here(client, reporter):
    claim, passage, other = make.claim(), make.passage(), make.passage()

    answer = client.post(url(claim, passage), {"passage": other.pk, "stance": "supports"})

    assert list(answer.context["form"].errors) == ["passage"]


def test_a_decided_claim_takes_no_more_evidence_and_the_note_comes_back(client, reporter):
    claim, passage = make.claim(status=Status.DECIDED), make.passage()

    answer = client.post(url(claim, passage), {"passage": passage.pk, "stance": "supports", "note": "A witness."})

    assert (answer.status_code, codes(answer.context["form"])) == (422, {"__all__": ["closed"]})
    assert "A witness." in answer.content.decode()


def test_a_document_that_could_not_be_read_offers_nothing(client, reporter):
    claim, document = make.claim(), make.document(due_at=None)

    page = client.get(reverse("claims:pick", args=[claim.pk, document.pk])).content.decode()

    assert "so there is nothing to pick" in page


def test_a_long_document_needs_as_many_queries_as_a_short_one(client, reporter, django_assert_max_num_queries):
    claim = make.claim()
    reading = make.reading(*[f"Sentence number {number}." for number in range(60)])
    make.evidence(claim, reading.passages.first())

    with django_assert_max_num_queries(15):
        client.get(url(claim, reading.passages.first()))


def test_a_viewer_picks_nothing(client):
    client.force_login(make.viewer())
    passage = make.passage()

    assert client.post(url(make.claim(), passage), {"passage": passage.pk}).status_code == 403


def test_where_the_text_was_removed_the_page_says_so(client):
    row = make.removed_reading()
    client.force_login(make.reviewer())

    page = client.get(reverse("claims:pick", args=[make.claim().pk, row.capture.document_id])).content.decode()

    assert "The text of this document was removed." in page
    assert "We could not read any text" not in page


def test_a_passage_that_somebody_else_weighed_meanwhile_is_not_changed_unseen(client, reporter):
    claim, reading = make.claim(), make.reading("One bridge closed.")
    passage = reading.passages.get()
    make.confirmed_evidence(claim, passage_=passage)
    sent = {"passage": passage.pk, "stance": "refutes", "note": "My own note."}

    refused = client.post(url(claim, passage), sent)
    version = claim.evidence.get().version
    saved = client.post(url(claim, passage), sent | {f"seen-{passage.pk}": version})

    assert (refused.status_code, "My own note." in refused.content.decode()) == (422, True)
    assert f'name="seen-{passage.pk}" value="{version}"' in refused.content.decode()
    assert (saved.status_code, claim.evidence.get().stance) == (302, "refutes")
