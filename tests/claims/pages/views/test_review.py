import pytest
from django.urls import reverse

from claims.models.vocabulary import Rating, Status
from tests import make
from tests.refusing import codes
from workbench.desk.roles import Role

pytestmark = pytest.mark.django_db

FINDING = {"rating": "disputed", "said": "confirmed", "reasons": "Two accounts, no record."}


def url(name, claim):
    return reverse(f"claims:{name}", args=[claim.pk])


def test_a_claim_is_handed_to_the_reviewers(client):
    claim = make.claim()
    client.force_login(make.reporter())

    answer = client.post(url("open_review", claim))

    claim.refresh_from_db()
    assert claim.status == Status.IN_REVIEW
    assert answer.url == claim.get_absolute_url()


def test_a_claim_in_review_cannot_be_handed_over_again_and_the_page_says_so(client):
    client.force_login(make.reporter())

    answer = client.post(url("open_review", make.claim(status=Status.IN_REVIEW)), follow=True)

    assert "Only an open claim" in answer.content.decode()


def test_a_reporter_takes_back_a_review_opened_by_mistake(client):
    claim = make.claim()
    client.force_login(make.reporter(first_name="Remi"))
    client.post(url("open_review", claim))
    page = client.get(claim.get_absolute_url()).content.decode()

    client.post(url("move", claim), {"to": "take_back", "reason": "Too early."})

    claim.refresh_from_db()
    assert [each in page for each in ('value="take_back"', "Remi</bdi> sent this claim to reviewers")] == [True, True]
    assert claim.status == Status.OPEN
    assert "take_back" not in client.get(claim.get_absolute_url()).content.decode()


def test_a_review_is_submitted(client):
    claim = make.claim(status=Status.IN_REVIEW)
    reviewer = make.reviewer()
    client.force_login(reviewer)

    answer = client.post(url("submit_review", claim), FINDING)

    review = claim.reviews.get()
    assert (review.reviewer, review.rating, review.reasoning) == (reviewer, Rating.DISPUTED, FINDING["reasons"])
    assert answer.url == f"{claim.get_absolute_url()}#reviews"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rating": ""}, "rating"),
        ({"said": "maybe"}, "said"),
        ({"reasons": " "}, "reasons"),
        ({"reasons": "x" * 100_000}, "reasons"),
        ({"reasons": "a\0b"}, "reasons"),
    ],
)
@pytest.mark.parametrize("name", ["submit_review", "decide"])
def test_what_is_missing_in_a_finding_is_said_at_its_field(client, name, changes, field):
    claim = make.claim_in_review()
    client.force_login(make.editor())

    answer = client.post(url(name, claim), {**FINDING, **changes})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_second_review_of_a_person_is_refused_on_the_page(client):
    claim = make.claim(status=Status.IN_REVIEW)
    client.force_login(make.review(claim).reviewer)

    answer = client.post(url("submit_review", claim), FINDING)

    assert (answer.status_code, claim.reviews.count()) == (422, 1)
    assert codes(answer.context["form"]) == {"__all__": ["already_reviewed"]}


def test_nobody_is_offered_to_review_their_own_claim(client):
    reviewer = make.reviewer()
    claim = make.claim(status=Status.IN_REVIEW, logged_by=reviewer)
    client.force_login(reviewer)

    page = client.get(url("submit_review", claim)).content.decode()

    assert "You logged this claim" in page
    assert 'name="rating"' not in page


def test_the_reviews_of_others_are_hidden_until_ones_own_is_in(client):
    claim = make.claim(status=Status.IN_REVIEW)
    make.review(claim, reasoning="A secret until then.")
    reviewer = make.reviewer()
    client.force_login(reviewer)
    before = client.get(claim.get_absolute_url()).content.decode()

    client.post(url("submit_review", claim), FINDING)

    assert "A secret until then." not in before
    assert "You will see it after you submit yours" in before
    assert "A secret until then." in client.get(claim.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["submit_review", "decide"])
def test_what_a_finding_rests_on_stands_beside_its_form_with_nothing_to_press(client, name):
    claim = make.claim_in_review()
    appearance = make.appearance(claim, quote="The bridge is shut.")
    make.attribution(appearance, source=None, named_as="local media")
    question, asked = make.question(claim), make.comment_request(claim)
    client.force_login(make.editor())

    page = client.get(url(name, claim)).content.decode()

    told = ["The bridge is shut.", "local media", question.text, asked.to_whom]
    assert [words for words in told if words not in page] == []
    acts = [url("add_appearance", claim), url("answer_question", question), url("note_comment", asked)]
    assert [act for act in acts if act in page] == []


def test_evidence_to_cite_is_shown_with_its_page_its_note_and_the_words_around_it(client):
    claim = make.claim_in_review()
    exact = "The road authority says repairs."
    passage = make.passage(exact, text=f"{exact} Nobody else was asked.", title="Bridge shut")
    make.confirmed_evidence(claim, passage_=passage, note="By telephone.")
    client.force_login(make.editor())

    page = client.get(url("decide", claim)).content.decode()

    cited = page.partition('class="cite"')[2].partition("</fieldset>")[0]
    told = [passage.get_absolute_url(), "Bridge shut", "By telephone.", "Nobody else was asked."]
    assert [words for words in told if words not in cited] == []


@pytest.mark.parametrize(("reviews", "seen"), [(1, False), (2, True)])
def test_an_editor_reads_the_reviews_once_there_are_enough_to_decide(client, reviews, seen):
    claim = make.claim_in_review(reviews=reviews)
    client.force_login(make.editor())

    page = client.get(url("decide", claim)).content.decode()

    assert ("Two accounts, no record." in page) is seen


def test_a_claim_is_decided_with_the_evidence_it_cites(client):
    claim = make.claim_in_review()
    evidence = make.confirmed_evidence(claim)
    client.force_login(make.editor())

    answer = client.post(url("decide", claim), {**FINDING, "cited": [evidence.pk], "what_would_change_it": "A film."})

    decision = claim.decisions.get()
    assert list(decision.cited.all()) == [evidence]
    assert decision.what_would_change_it == "A film."
    assert answer.url == claim.get_absolute_url()


def test_a_decision_that_cites_nothing_is_refused_and_nothing_is_lost(client):
    claim = make.claim_in_review()
    client.force_login(make.editor())

    answer = client.post(url("decide", claim), FINDING)

    assert codes(answer.context["form"]) == {"cited": ["nothing_cited"]}
    assert FINDING["reasons"] in answer.content.decode()
    assert not claim.decisions.exists()


@pytest.mark.parametrize("cited", ["x", "999999", "1\0", str(2**70)])
def test_evidence_that_is_not_there_cannot_be_cited(client, cited):
    claim = make.claim_in_review()
    client.force_login(make.editor())

    answer = client.post(url("decide", claim), {**FINDING, "cited": cited})

    assert list(answer.context["form"].errors) == ["cited"]


def test_too_few_reviews_are_no_ground_for_a_decision(client):
    claim = make.claim_in_review(reviews=1)
    evidence = make.confirmed_evidence(claim)
    client.force_login(make.editor())

    answer = client.post(url("decide", claim), {**FINDING, "cited": [evidence.pk]})

    assert codes(answer.context["form"]) == {"__all__": ["too_few_reviews"]}


@pytest.mark.parametrize("name", ["submit_review", "decide"])
@pytest.mark.parametrize("status", [Status.OPEN, Status.DECIDED, Status.WITHDRAWN])
def test_what_was_written_for_a_claim_that_left_review_meanwhile_comes_back(client, name, status):
    claim = make.claim(status=status)
    client.force_login(make.editor())

    answer = client.post(url(name, claim), FINDING)

    form = answer.context["form"]
    assert (answer.status_code, codes(form)) == (422, {"__all__": ["not_in_review"]})
    assert {field: form[field].value() for field in FINDING} == FINDING


@pytest.mark.parametrize(
    ("name", "reviews", "says_why", "drawn"),
    [
        ("submit_review", 2, True, False),
        ("decide", 1, True, True),
        ("submit_review", 1, True, True),
        ("decide", 2, False, True),
    ],
)
def test_a_page_knows_why_an_editor_may_not_do_this_now(client, name, reviews, says_why, drawn):
    client.force_login(make.editor())

    answer = client.get(url(name, make.claim_in_review(reviews=reviews)))

    finding = answer.context["finding"]
    assert (bool(finding.notice), finding.drawn) == (says_why, drawn)
    assert answer.context["form"].is_bound is False


@pytest.mark.parametrize(
    ("before", "to", "after", "told"),
    [
        (Status.IN_REVIEW, "send_back", Status.OPEN, "You sent the claim back to the desk."),
        (Status.DECIDED, "reopen", Status.IN_REVIEW, "The claim is in review again. A new round has started."),
        (Status.OPEN, "withdraw", Status.WITHDRAWN, "The claim is withdrawn."),
        (Status.WITHDRAWN, "restore", Status.OPEN, "The claim is open again."),
    ],
)
def test_an_editor_moves_a_claim_with_a_reason_and_the_page_says_so(client, before, to, after, told):
    claim = make.claim(status=before)
    client.force_login(make.editor())

    answer = client.post(url("move", claim), {"to": to, "reason": "New footage."}, follow=True)

    claim.refresh_from_db()
    assert (claim.status, told in answer.content.decode()) == (after, True)


def test_a_move_without_a_reason_asks_for_it_at_its_field_and_changes_nothing(client):
    reporter = make.reporter()
    claim = make.claim(status=Status.IN_REVIEW, handed_over_by=reporter)
    client.force_login(reporter)

    answer = client.post(url("move", claim), {"to": "take_back", "reason": " "})

    claim.refresh_from_db()
    page = answer.content.decode()
    assert (answer.status_code, claim.status) == (422, Status.IN_REVIEW)
    assert '<a href="#id_reason">Why – Give a reason. The log records it.</a>' in page
    assert [each in page for each in ('id="id_reason"', 'value="take_back"')] == [True, True]


def test_a_move_that_came_too_late_keeps_its_reason(client):
    claim = make.claim(status=Status.WITHDRAWN)
    client.force_login(make.editor())

    answer = client.post(url("move", claim), {"to": "reopen", "reason": "New footage came in."})

    assert codes(answer.context["form"]) == {"__all__": ["not_decided"]}
    assert "New footage came in." in answer.content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"to": "withdraw"}, {"to": "nowhere", "reason": "x"}, {"to": "reopen", "reason": "x"}]
)
def test_a_move_that_makes_no_sense_is_refused_on_the_page(client, sent):
    claim = make.claim()
    client.force_login(make.editor())

    answer = client.post(url("move", claim), sent, follow=True)

    claim.refresh_from_db()
    assert claim.status == Status.OPEN
    assert 'class="notice error"' in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("open_review", Role.VIEWER),
        ("submit_review", Role.REPORTER),
        ("decide", Role.REVIEWER),
        ("move", Role.REVIEWER),
    ],
)
def test_a_role_that_may_not_is_refused(client, name, role):
    claim = make.claim(status=Status.OPEN if name == "open_review" else Status.IN_REVIEW)
    client.force_login(make.user(role))

    assert client.post(url(name, claim), {**FINDING, "to": "withdraw", "reason": "x"}).status_code == 403


@pytest.mark.parametrize("key", ["9" * 5000, "9" * 19, "²"])
def test_a_decision_that_cites_what_is_no_key_is_refused(client, key):
    claim = make.claim_in_review()
    client.force_login(make.editor())

    answer = client.post(url("decide", claim), {**FINDING, "cited": [key]})

    assert (answer.status_code, claim.decisions.exists()) == (422, False)


@pytest.mark.parametrize("name", ["submit_review", "decide", "move"])
def test_every_page_of_a_decided_claim_shows_its_verdict_in_the_head(client, name):
    decision = make.decision(make.claim(status=Status.DECIDED), rating=Rating.REFUTED)
    client.force_login(make.editor())

    answer = client.get(url(name, decision.claim))

    assert answer.context["head"].verdict.look == "stamp is-refuted"
    assert '<span class="stamp is-refuted">' in answer.content.decode()


@pytest.mark.parametrize("name", ["submit_review", "decide"])
def test_what_was_written_while_another_person_decided_is_drawn_again_with_that_verdict(client, name):
    decision = make.decision(make.claim(status=Status.DECIDED), decided_by=make.editor(first_name="Ed"))
    client.force_login(make.editor())

    answer = client.post(url(name, decision.claim), FINDING)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<bdi>Ed</bdi> decided this claim" in page
    assert FINDING["reasons"] in page
    assert '<textarea name="reasons"' in page
