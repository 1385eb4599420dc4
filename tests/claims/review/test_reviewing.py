import pytest
from django.db import ProgrammingError, transaction

from claims.models import Claim, Review
from claims.models.vocabulary import MOVES, AssertionStatus, Rating, Said, Status
from claims.review import reviewing
from claims.review.reviewing import Finding
from sources.models.vocabulary import Engine
from tests import make
from tests.refusing import refused
from workbench.desk import audit
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted, Role

pytestmark = pytest.mark.django_db

FINDING = Finding(Rating.REFUTED, "The road authority’s log shows repairs.", Said.CONFIRMED)


def decidable(**changes):
    """A claim with two reviews and evidence to cite."""
    claim = make.claim_in_review(**changes)
    return claim, make.confirmed_evidence(claim)


def facts_of(claim, verb):
    return LogEntry.objects.filter(chain=audit.name_of(claim), verb=verb).latest("seq").facts


# Reviews


def test_a_claim_is_handed_to_the_reviewers():
    claim = make.claim()

    moved = reviewing.open_review(claim, by=make.reporter())

    assert (moved.status, Claim.objects.get().status, moved.round) == (Status.IN_REVIEW, Status.IN_REVIEW, 1)
    assert facts_of(claim, "moved") == '{"after": "in_review", "before": "open"}'


def test_whoever_opened_a_review_by_mistake_takes_the_claim_back():
    remi = make.reporter()
    claim = reviewing.open_review(make.claim(), by=remi)

    moved = reviewing.take_back(claim, by=remi, reason=" Too early. ")

    assert Claim.objects.get().status == moved.status == Status.OPEN
    assert facts_of(claim, "moved") == '{"after": "open", "before": "in_review", "reason": "Too early."}'


def test_a_claim_is_not_taken_back_once_a_review_is_in():
    remi = make.reporter()
    claim = reviewing.open_review(make.claim(), by=remi)
    reviewing.submit_review(claim, FINDING, by=make.reviewer())

    with refused("review_submitted"):
        reviewing.take_back(claim, by=remi, reason="Too early.")


def test_a_claim_is_taken_back_by_who_handed_it_over_last_and_by_nobody_else():
    remi, edith = make.reporter(), make.editor()
    claim = make.claim(status=Status.DECIDED, handed_over_by=remi)
    reopened = reviewing.reopen(claim, by=edith, reason="New figures.")

    with refused("not_sender"):
        reviewing.take_back(reopened, by=remi, reason="No.")
    assert reviewing.take_back(reopened, by=edith, reason="Too early.").status == Status.OPEN


@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.DECIDED, Status.WITHDRAWN])
def test_only_an_open_claim_is_handed_to_the_reviewers(status):
    """A reporter would otherwise reopen what an editor decided."""
    with refused("not_open"):
        reviewing.open_review(make.claim(status=status), by=make.editor())


def test_a_review_is_added_to_a_claim_in_review():
    claim, reviewer = make.claim(status=Status.IN_REVIEW), make.reviewer()

    review = reviewing.submit_review(claim, FINDING, by=reviewer)

    assert list(claim.reviews.all()) == [review]
    assert (review.rating, review.said, review.round) == (Rating.REFUTED, Said.CONFIRMED, 1)
    assert facts_of(claim, "reviewed") == f'{{"review": {review.pk}, "sha256": "{review.fingerprint}"}}'


def test_the_log_does_not_tell_what_a_reviewer_found_while_review_is_blind():
    claim = make.claim(status=Status.IN_REVIEW)

    reviewing.submit_review(claim, FINDING, by=make.reviewer())

    written = facts_of(claim, "reviewed")
    assert not any(word in written for word in (*Rating.values, FINDING.reasons))


def test_whoever_has_read_the_reviews_does_not_add_one():
    claim, editor = make.claim_in_review(reviews=2), make.editor()
    assert claim.reviews.visible_to(editor).count() == 2

    with refused("not_blind"):
        reviewing.submit_review(claim, FINDING, by=editor)


def test_an_editor_is_one_of_the_first_reviewers():
    claim = make.claim_in_review(reviews=1)

    reviewing.submit_review(claim, FINDING, by=make.editor())

    assert claim.reviews.count() == 2


@pytest.mark.parametrize("status", [Status.OPEN, Status.DECIDED, Status.WITHDRAWN])
def test_a_claim_not_in_review_takes_no_review(status):
    with refused("not_in_review"):
        reviewing.submit_review(make.claim(status=status), FINDING, by=make.reviewer())


def test_nobody_reviews_a_claim_of_their_own():
    author = make.editor()
    claim = make.claim(status=Status.IN_REVIEW, logged_by=author)

    with refused("own_claim"):
        reviewing.submit_review(claim, FINDING, by=author)


def test_nobody_reviews_a_claim_twice():
    claim, reviewer = make.claim(status=Status.IN_REVIEW), make.reviewer()
    reviewing.submit_review(claim, FINDING, by=reviewer)

    with refused("already_reviewed"):
        reviewing.submit_review(claim, FINDING, by=reviewer)

    assert Review.objects.count() == 1


@pytest.mark.parametrize("reasons", ["", " \n\t "])
def test_a_review_needs_reasons(reasons):
    with refused("empty", "reasons"):
        reviewing.submit_review(
            make.claim(status=Status.IN_REVIEW), Finding(Rating.REFUTED, reasons), by=make.reviewer()
        )


# Blind review


def test_reviews_of_others_are_read_once_ones_own_is_in():
    claim = make.claim(status=Status.IN_REVIEW)
    first, second = make.reviewer(), make.reviewer()
    review = make.review(claim, reviewer=first)

    before = list(Review.objects.visible_to(second))
    own = make.review(claim, reviewer=second)

    assert (before, list(Review.objects.visible_to(second))) == ([], [review, own])


@pytest.mark.parametrize(
    ("role", "reviews", "seen"),
    [(Role.VIEWER, 3, 0), (Role.REPORTER, 3, 0), (Role.REVIEWER, 3, 0), (Role.EDITOR, 1, 0), (Role.EDITOR, 2, 2)],
)
def test_who_decides_reads_reviews_once_there_are_enough_and_others_wait(role, reviews, seen):
    make.claim_in_review(reviews=reviews)

    assert Review.objects.visible_to(make.user(role)).count() == seen


@pytest.mark.parametrize("role", Role)
def test_everybody_reads_the_reviews_of_a_decided_claim(role):
    claim = make.claim(status=Status.DECIDED)
    make.review(claim)
    make.decision(claim)

    assert Review.objects.visible_to(make.user(role)).count() == 1


def test_a_new_round_is_as_blind_as_the_first():
    claim, evidence = decidable()
    reviewing.decide(claim, FINDING, by=make.editor(), cited=[evidence])
    reviewing.reopen(claim, by=make.editor(), reason="A film of it turned up.")
    make.review(Claim.objects.get())

    assert set(Review.objects.visible_to(make.reviewer()).values_list("round", flat=True)) == {1}


@pytest.mark.parametrize(
    "end",
    [
        lambda claim: [reviewing.send_back(claim, by=make.editor(), reason="Find the log.")],
        lambda claim: [
            reviewing.withdraw(claim, by=make.editor(), reason="A joke."),
            reviewing.restore(claim, by=make.editor(), reason="No joke."),
        ],
    ],
)
def test_a_round_that_ended_without_a_decision_stays_blind_to_others(end):
    claim, ana = make.claim_in_review(reviews=1), make.reviewer()
    make.review(claim, reviewer=ana)

    end(claim)
    reviewing.open_review(claim, by=make.reporter())

    seen = [Review.objects.visible_to(person).count() for person in (ana, make.reviewer(), make.viewer())]
    assert seen == [2, 0, 0]


def test_short_reasons_cannot_be_guessed_from_the_log():
    columns = {"reviewer": make.reviewer(), "rating": Rating.REFUTED, "reasoning": "No."}
    reviews = [make.review(**columns), make.review(**columns)]

    assert len({review.fingerprint for review in reviews}) == 2
    assert Review.objects.get(pk=reviews[0].pk).fingerprint == reviews[0].fingerprint


# Decisions


def test_a_decision_closes_the_review():
    claim, evidence = decidable()
    editor = make.editor()

    decision = reviewing.decide(claim, FINDING, by=editor, cited=[evidence], what_would_change_it=" A film. ")

    assert Claim.objects.get().status == Status.DECIDED
    assert (decision.rating, decision.said, decision.what_would_change_it) == (
        Rating.REFUTED,
        Said.CONFIRMED,
        "A film.",
    )
    assert (list(decision.cited.all()), decision.decided_by, decision.round) == ([evidence], editor, 1)


def test_a_decision_needs_two_people():
    claim = make.claim_in_review(reviews=1)

    with refused("too_few_reviews"):
        reviewing.decide(claim, FINDING, by=make.editor(), cited=[make.confirmed_evidence(claim)])


def test_nobody_decides_a_claim_of_their_own():
    author = make.editor()
    claim, evidence = decidable(logged_by=author)

    with refused("own_claim"):
        reviewing.decide(claim, FINDING, by=author, cited=[evidence])


def test_reviews_of_an_earlier_round_do_not_count():
    claim, evidence = decidable()
    reviewing.send_back(claim, by=make.editor(), reason="Find the log.")
    reviewing.open_review(claim, by=make.reporter())

    with refused("too_few_reviews"):
        reviewing.decide(claim, FINDING, by=make.editor(), cited=[evidence])


@pytest.mark.parametrize("standing", [AssertionStatus.SUGGESTED, AssertionStatus.REJECTED])
def test_only_confirmed_evidence_is_cited(standing):
    claim = make.claim_in_review()

    with refused("not_confirmed", "cited"):
        reviewing.decide(claim, FINDING, by=make.editor(), cited=[make.evidence(claim, standing=standing)])


def test_evidence_that_was_rejected_since_the_page_was_opened_is_not_cited():
    claim, evidence = decidable()
    type(evidence).objects.filter(pk=evidence.pk).update(standing=AssertionStatus.REJECTED, settled_at=make.MONDAY)

    with refused("not_confirmed", "cited"):
        reviewing.decide(claim, FINDING, by=make.editor(), cited=[evidence])


def test_evidence_for_another_claim_is_not_cited():
    claim, _evidence = decidable()

    with refused("not_confirmed", "cited"):
        reviewing.decide(claim, FINDING, by=make.editor(), cited=[make.confirmed_evidence()])


def test_a_verdict_cites_what_it_rests_on():
    claim, _evidence = decidable()

    with refused("nothing_cited", "cited"):
        reviewing.decide(claim, FINDING, by=make.editor(), cited=[])


def test_a_verdict_has_our_own_collection_searched_again_so_that_its_report_prints_no_old_answer():
    claim, evidence = decidable()
    search = make.answered_search(due_at=None)
    claim.searches.add(search)

    reviewing.decide(claim, FINDING, by=make.editor(), cited=[evidence])

    search.refresh_from_db()
    assert search.due_at is not None


def test_nothing_found_needs_a_search_that_was_answered():
    claim = make.claim_in_review()
    claim.searches.add(make.search())
    nothing = Finding(Rating.UNSUPPORTED, "Nobody else says so.")

    with refused("not_searched"):
        reviewing.decide(claim, nothing, by=make.editor(), cited=[])
    claim.searches.add(make.answered_search(found=0))
    decision = reviewing.decide(claim, nothing, by=make.editor(), cited=[], own_holdings="No provider is set.")

    assert decision.rating == Rating.UNSUPPORTED


def test_no_evidence_found_needs_a_source_outside_the_desk_that_answered():
    claim = make.claim_in_review()
    claim.searches.add(make.answered_search(), make.search(engine=Engine.GDELT))
    nothing = Finding(Rating.UNSUPPORTED, "Nobody else says so.")

    with refused("own_holdings", "own_holdings"):
        reviewing.decide(claim, nothing, by=make.editor(), cited=[], own_holdings=" ")
    claim.searches.add(make.answered_search(engine=Engine.BRAVE))
    decision = reviewing.decide(claim, nothing, by=make.editor(), cited=[], own_holdings="Not needed.")

    assert decision.own_holdings == ""


def test_another_verdict_needs_no_source_outside_and_keeps_the_reason_if_there_is_one():
    claim, evidence = decidable()

    decision = reviewing.decide(claim, FINDING, by=make.editor(), cited=[evidence], own_holdings="No provider is set.")

    assert decision.own_holdings == "No provider is set."


def test_the_article_of_the_claim_does_not_answer_for_a_search():
    claim = make.claim_in_review()
    own = make.reading().capture.document
    make.appearance(claim, document=own)
    search = make.answered_search(found=1, searched_through=1)
    make.hit(search, own)
    claim.searches.add(search)

    with refused("not_searched"):
        reviewing.decide(claim, Finding(Rating.UNSUPPORTED, "Only itself."), by=make.editor(), cited=[])


def test_a_decision_needs_a_summary_and_is_not_half_made():
    claim, evidence = decidable()

    with refused("empty", "reasons"):
        reviewing.decide(claim, Finding(Rating.REFUTED, " "), by=make.editor(), cited=[evidence])

    assert (claim.decisions.count(), Claim.objects.get(pk=claim.pk).status) == (0, Status.IN_REVIEW)


# Moves


@pytest.mark.parametrize(
    ("move", "before", "after", "rounds"),
    [
        (reviewing.send_back, Status.IN_REVIEW, Status.OPEN, 1),
        (reviewing.reopen, Status.DECIDED, Status.IN_REVIEW, 2),
        (reviewing.withdraw, Status.OPEN, Status.WITHDRAWN, 1),
        (reviewing.withdraw, Status.IN_REVIEW, Status.WITHDRAWN, 1),
        (reviewing.restore, Status.WITHDRAWN, Status.OPEN, 1),
    ],
)
def test_a_move_is_made_with_its_reason_in_the_log(move, before, after, rounds):
    claim = make.claim(status=before)

    moved = move(claim, by=make.editor(), reason=" The date was wrong. ")

    assert (Claim.objects.get().status, moved.round) == (after, rounds)
    assert facts_of(claim, "moved") == (
        f'{{"after": "{after}", "before": "{before}", "reason": "The date was wrong."}}'
    )


@pytest.mark.parametrize(
    ("move", "possible", "code"),
    [
        (reviewing.take_back, {Status.IN_REVIEW}, "not_in_review"),
        (reviewing.send_back, {Status.IN_REVIEW}, "not_in_review"),
        (reviewing.reopen, {Status.DECIDED}, "not_decided"),
        (reviewing.withdraw, {Status.OPEN, Status.IN_REVIEW}, "no_such_move"),
        (reviewing.restore, {Status.WITHDRAWN}, "not_withdrawn"),
    ],
)
def test_other_moves_are_refused(move, possible, code):
    editor = make.editor()

    for status in set(Status) - possible:
        with refused(code):
            move(make.claim(status=status, handed_over_by=editor), by=editor, reason="So.")


@pytest.mark.parametrize("move", [reviewing.send_back, reviewing.reopen, reviewing.withdraw, reviewing.restore])
def test_a_move_needs_a_reason_and_somebody_who_decides(move):
    before = {reviewing.send_back: Status.IN_REVIEW, reviewing.reopen: Status.DECIDED, reviewing.withdraw: Status.OPEN}
    claim = make.claim(status=before.get(move, Status.WITHDRAWN))

    with refused("empty", "reason"):
        move(claim, by=make.editor(), reason=" ")
    with pytest.raises(NotPermitted):
        move(claim, by=make.reviewer(), reason="So.")


def test_a_claim_that_is_taken_up_again_is_followed_again():
    claim = make.claim(status=Status.WITHDRAWN, due_at=None)

    reviewing.restore(claim, by=make.editor(), reason="It is told again.")

    assert Claim.objects.all().due().get() == claim


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_the_database_refuses_every_move_that_is_not_in_the_table(before, after):
    claim = make.claim(status=before)
    allowed = before == after or after in MOVES[before]

    try:
        with transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(status=after)
        made = True
    except ProgrammingError:
        made = False

    assert made == allowed


@pytest.mark.parametrize(
    ("role", "activity"),
    [
        (Role.VIEWER, lambda claim, by: reviewing.open_review(claim, by=by)),
        (Role.VIEWER, lambda claim, by: reviewing.take_back(claim, by=by, reason="So.")),
        (Role.REPORTER, lambda claim, by: reviewing.submit_review(claim, FINDING, by=by)),
        (Role.REVIEWER, lambda claim, by: reviewing.decide(claim, FINDING, by=by, cited=[])),
        (Role.ADMIN, lambda claim, by: reviewing.submit_review(claim, FINDING, by=by)),
        (Role.ADMIN, lambda claim, by: reviewing.decide(claim, FINDING, by=by, cited=[])),
    ],
)
def test_who_may_not_is_refused(role, activity):
    with pytest.raises(NotPermitted):
        activity(make.claim_in_review(), make.user(role))
