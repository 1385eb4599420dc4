import pytest
from django.urls import reverse

from claims.models import ClaimLink
from claims.models.vocabulary import ClaimRelation, Status
from tests import make
from tests.refusing import codes

pytestmark = pytest.mark.django_db

COMMENT = {"to_whom": "The ministry", "channel": "e-mail", "question": "Is it so?", "sent_at": "2024-12-02"}


def url(name, row):
    return reverse(f"claims:{name}", args=[row.pk])


def test_a_question_and_its_answer_stand_on_the_page_of_the_claim(client):
    claim = make.claim()
    client.force_login(make.reporter())

    client.post(url("add_question", claim), {"text": "Who <b>closed</b> it?"})
    answer = client.post(url("answer_question", claim.questions.get()), {"text": "The road authority."})

    page = client.get(claim.get_absolute_url()).content.decode()
    assert answer.url == f"{claim.get_absolute_url()}#asked"
    assert ["Who &lt;b&gt;closed&lt;/b&gt; it?" in page, "The road authority." in page] == [True, True]


def test_a_request_for_comment_waits_on_the_page_until_its_answer_is_noted(client):
    claim = make.claim()
    client.force_login(make.reporter())

    client.post(url("request_comment", claim), COMMENT)
    waiting = client.get(claim.get_absolute_url()).content.decode()
    asked = claim.comment_requests.get()
    form = client.get(url("note_comment", asked)).content.decode()
    client.post(url("note_comment", asked), {"text": "It is not.", "answered_at": "2024-12-03"})

    page = client.get(claim.get_absolute_url()).content.decode()
    assert ["No answer yet." in waiting, "The ministry: Is it so?" in form] == [True, True]
    assert ["No answer yet." in page, "It is not." in page] == [False, True]


def test_two_claims_are_linked_and_each_leads_to_the_other(client):
    claim, other = make.claim(), make.claim()
    client.force_login(make.reporter())

    answer = client.post(url("link_claims", claim), {"relation": "contradicts", "other": other.pk})

    assert answer.url == f"{claim.get_absolute_url()}#links"
    link = ClaimLink.objects.get()
    assert (link.claim, link.other, link.relation) == (claim, other, ClaimRelation.CONTRADICTS)
    for here, there in ((claim, other), (other, claim)):
        links = client.get(here.get_absolute_url()).content.decode().partition('id="links"')[2]
        assert f'href="{there.get_absolute_url()}"' in links


@pytest.mark.parametrize(
    ("name", "maker", "given", "wrong"),
    [
        ("add_question", make.claim, {"text": " "}, ["text"]),
        ("add_question", make.claim, {"text": "a\0b"}, ["text"]),
        ("answer_question", make.question, {"text": "x" * 100_000}, ["text"]),
        ("request_comment", make.claim, {**COMMENT, "sent_at": "2999-01-01"}, ["sent_at"]),
        ("request_comment", make.claim, {"channel": ""}, ["to_whom", "channel", "question", "sent_at"]),
        ("note_comment", make.comment_request, {"text": "No.", "answered_at": "2024-01-01"}, ["answered_at"]),
        ("link_claims", make.claim, {"relation": "same", "other": "9" * 30}, ["other"]),
        ("link_claims", make.claim, {"relation": "cousin", "other": "x"}, ["relation", "other"]),
    ],
    ids=["blank", "not text", "too long", "a day to come", "nothing", "too old", "no claim", "no word"],
)
def test_what_cannot_be_kept_is_given_back(client, name, maker, given, wrong):
    row = maker()
    client.force_login(make.reporter())

    answer = client.post(url(name, row), given)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == wrong


def test_a_claim_is_not_linked_to_itself(client):
    claim = make.claim()
    client.force_login(make.reporter())

    answer = client.post(url("link_claims", claim), {"relation": "same", "other": claim.pk})

    assert (answer.status_code, ClaimLink.objects.count()) == (422, 0)
    assert codes(answer.context["form"]) == {"other": ["own_link"]}


def test_a_number_that_no_claim_has_is_named(client):
    client.force_login(make.reporter())

    answer = client.post(url("link_claims", make.claim()), {"relation": "same", "other_words": "999999"})

    assert "No claim matches “999999”." in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "maker", "given", "told"),
    [
        ("add_question", make.claim, {"text": "Who?"}, "The question is saved."),
        ("answer_question", make.question, {"text": "They."}, "The answer is saved."),
        ("request_comment", make.claim, COMMENT, "The request for comment is saved."),
        ("note_comment", make.comment_request, {"text": "No.", "answered_at": "2024-12-03"}, "The answer is saved."),
    ],
    ids=["question", "answer", "request", "comment"],
)
def test_what_was_added_is_said_on_the_page_of_the_claim(client, name, maker, given, told):
    row = maker()
    client.force_login(make.reporter())

    assert told in client.post(url(name, row), given, follow=True).content.decode()


@pytest.mark.parametrize("name", ["add_question", "request_comment", "link_claims"])
def test_a_viewer_adds_nothing_and_is_not_offered_to(client, name):
    claim = make.claim()
    client.force_login(make.viewer())

    assert client.get(url(name, claim)).status_code == 403
    assert url(name, claim) not in client.get(claim.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["add_question", "request_comment", "link_claims"])
def test_a_closed_claim_says_that_it_is(client, name):
    claim, other = make.claim(status=Status.DECIDED), make.claim()
    client.force_login(make.reporter())

    answer = client.post(url(name, claim), {**COMMENT, "text": "Who?", "relation": "same", "other": other.pk})

    assert (answer.status_code, codes(answer.context["form"])) == (422, {"__all__": ["closed"]})
