"""Drafts on real pages: saved by a button or a script, shown again, kept after a refusal, gone once sent."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from claims.models import Review
from claims.models.vocabulary import Status
from claims.pages.forms.log_claim import WordingForm
from sources.pages.forms import SourceFilter
from tests import make
from workbench.desk.drafts import Draft
from workbench.pages.draft_middleware import DraftMiddleware
from workbench.pages.forms import form_page, sent

pytestmark = pytest.mark.django_db

WORDS = "Deux récits, aucun acte. لا دليل"
FINDING = {"rating": "disputed", "said": "confirmed", "reasons": WORDS}


def review_page(claim):
    return reverse("claims:submit_review", args=[claim.pk])


@pytest.fixture
def claim():
    return make.claim(status=Status.IN_REVIEW)


def test_the_button_saves_a_half_written_form_and_the_page_shows_it_again(client, claim):
    person = make.reviewer()
    client.force_login(person)

    answer = client.post(review_page(claim), {"reasons": WORDS, "save_draft": "button"}, follow=True)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert Review.objects.count() == 0
    assert [each in page for each in (WORDS, "Draft saved at", "This is your draft", "Not saved yet")] == [
        *[True] * 3,
        False,
    ]


def test_the_script_gets_one_sentence(client, claim):
    client.force_login(make.reviewer())

    answer = client.post(review_page(claim), {"reasons": WORDS, "save_draft": "script"})

    assert answer.content.decode().startswith("Draft saved at ")
    assert Draft.objects.get().path == review_page(claim)


def test_an_empty_form_leaves_no_draft(client, claim):
    client.force_login(make.reviewer())
    client.post(review_page(claim), {"reasons": WORDS, "save_draft": "script"})

    client.post(review_page(claim), {"reasons": "  ", "said": "unknown", "save_draft": "script"})

    assert not Draft.objects.exists()


def test_a_draft_is_gone_once_its_form_is_sent(client, claim):
    client.force_login(make.reviewer())
    client.post(review_page(claim), {"reasons": WORDS, "save_draft": "script"})

    client.post(review_page(claim), FINDING)

    assert (Review.objects.count(), Draft.objects.count()) == (1, 0)


def test_a_refused_form_is_kept_until_it_can_be_sent(client, claim):
    client.force_login(make.reviewer())
    type(claim).objects.filter(pk=claim.pk).update(status=Status.OPEN)  # taken back meanwhile

    answer = client.post(review_page(claim), FINDING)

    assert answer.status_code == 422
    assert WORDS in client.get(review_page(claim)).content.decode()
    assert Draft.objects.get().data["rating"] == "disputed"


def test_words_are_kept_when_a_role_was_taken_away_meanwhile(client, claim):
    person = make.viewer()
    client.force_login(person)

    answer = client.post(review_page(claim), FINDING)

    assert (answer.status_code, WORDS in answer.content.decode()) == (403, True)
    assert Draft.objects.of(person).get().data["reasons"] == WORDS


def test_a_button_without_words_leaves_no_draft(client):
    client.force_login(make.viewer())

    client.post(reverse("claims:weigh", args=[make.evidence().pk]), {"stance": "supports", "then": "12"})

    assert not Draft.objects.exists()


def test_a_draft_with_a_chain_comes_back_row_by_row(client):
    client.force_login(make.reporter())
    chain = {"chain-TOTAL_FORMS": "8", "chain-INITIAL_FORMS": "0", "chain-0-named_as": "L’agence Vaur"}
    path = reverse("claims:log_claim")

    client.post(path, {"text": "Le pont est fermé.", "pasted": WORDS, **chain, "save_draft": "button"})
    page = client.get(path).content.decode()

    assert [each for each in ("Le pont est fermé.", WORDS, "L’agence Vaur") if each not in page] == []
    assert "Choose how the source says it" not in page


def test_the_evidence_chosen_in_a_draft_of_a_verdict_stays_chosen(client):
    claim = make.claim_in_review()
    evidence = make.confirmed_evidence(claim)
    client.force_login(make.editor())
    path = reverse("claims:decide", args=[claim.pk])

    client.post(path, {"reasons": WORDS, "cited": [evidence.pk], "save_draft": "button"})

    page = client.get(path)
    assert page.context["cited_before"] == {evidence.pk}


def test_words_of_another_account_are_not_saved_as_ones_own(client, claim):
    client.force_login(make.reviewer())

    answer = client.post(
        review_page(claim), {"reasons": WORDS, "draft_writer": make.reviewer().pk, "save_draft": "script"}
    )

    assert (answer.status_code, Draft.objects.exists()) == (403, False)


def test_a_password_is_never_kept(client):
    client.force_login(make.reporter())

    client.post(reverse("own_password"), {"old_password": "Wrong one!", "new_password1": "Ab", "new_password2": "Ab"})
    client.post(
        reverse("own_password"), {"old_password": "Wrong one!", "new_password1": "My Secret", "save_draft": "script"}
    )

    assert not Draft.objects.exists()


@pytest.mark.parametrize("words", ["duplicate", "spam", "confirmed", "12"])
def test_one_word_that_a_person_wrote_is_kept_like_a_sentence(client, claim, words):
    client.force_login(make.viewer())

    answer = client.post(review_page(claim), {**FINDING, "reasons": words})

    page = BeautifulSoup(answer.content, "lxml")
    assert [box.text.strip() for box in page.select(".kept textarea")] == [words]
    assert Draft.objects.get().data["reasons"] == words


def test_two_tabs_that_log_a_claim_keep_a_draft_each(client):
    client.force_login(make.reporter())
    path = reverse("claims:log_claim")
    texts = {"The bridge at Arvel is closed.": str(uuid4()), "The ferry at Vaur has sunk.": str(uuid4())}
    for text, key in texts.items():
        client.post(path, {"text": text, "form_key": key, "save_draft": "script"})

    first, second = [draft.path for draft in Draft.objects.order_by("pk")]
    shown = [client.get(address).context["form"]["text"].value() for address in (path, first, second)]
    empty = client.get(f"{path}?form=new")
    chosen = {"language": "en", "type": "event", "chain-TOTAL_FORMS": "0", "chain-INITIAL_FORMS": "0"}
    ferry = list(texts)[1]
    answer = client.post(path, {**chosen, "pasted": ferry, "text": ferry, "form_key": texts[ferry]})

    assert shown == [*list(texts)[1:], *texts]
    assert empty.context["draft"] is None
    assert (answer.status_code, [draft.path for draft in Draft.objects.all()]) == (302, [first])


@pytest.mark.parametrize("status", [500, 503])
def test_the_words_of_a_form_whose_page_failed_are_kept(claim, status):
    request = RequestFactory().post(review_page(claim), FINDING)
    request.user, request.csrf_processing_done = make.reviewer(), True

    DraftMiddleware(lambda _request: HttpResponse(status=status))(request)

    assert Draft.objects.of(request.user).get().data["reasons"] == WORDS


def test_a_form_of_the_query_keeps_its_errors_beside_a_draft(client):
    person = make.reporter()
    make.draft(person, path=reverse("claims:log_claim"))
    request = RequestFactory().get(reverse("claims:log_claim"), {"words": "x" * 300})
    request.user = person
    form, words = WordingForm(sent(request)), SourceFilter(request.GET)

    form_page(request, "partials/_errors.html", form, {"filter": words})

    assert (bool(form.errors), bool(words.errors)) == (False, True)
