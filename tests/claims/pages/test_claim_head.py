import pytest

from claims.models.vocabulary import AssertionStatus, Rating, Status
from claims.pages import claim_head
from tests import make

pytestmark = pytest.mark.django_db


def test_a_claim_is_cut_at_its_figures_and_loses_no_character():
    claim = make.claim("Twelve hurt, 21 killed.")
    first = make.claim_figure(claim, 0, 6)
    make.claim_figure(claim, 3, 8)
    last = make.claim_figure(claim, 13, 15)
    make.claim_figure(claim, 16, 22, standing=AssertionStatus.REJECTED)

    found = claim_head.pieces(claim)

    assert [(piece.text, piece.figure) for piece in found] == [
        ("", None), ("Twelve", first), (" hurt, ", None), ("21", last), (" killed.", None),
    ]  # fmt: skip


def test_a_figure_that_waits_for_a_person_is_underlined_otherwise_than_one_that_was_confirmed():
    claim = make.claim("Twelve hurt, 21 killed.")
    make.claim_figure(claim, 0, 6)
    make.claim_figure(claim, 13, 15, standing=AssertionStatus.CONFIRMED)

    tones = {piece.text: piece.tone for piece in claim_head.pieces(claim)}

    assert (tones["Twelve"], tones["21"], tones[" killed."]) == ("figure waits", "figure", "words")


def test_the_head_names_status_verdict_and_a_later_round():
    claim = make.claim(status=Status.DECIDED, round=2)
    make.decision(claim, round=1, rating=Rating.REFUTED)
    make.decision(claim, round=2, rating=Rating.DISPUTED)

    head = claim_head.of(claim)

    assert (head.status.look, head.verdict.look, head.round) == ("stamp is-decided", "stamp is-disputed", 2)


def test_a_new_round_has_no_verdict_yet():
    claim = make.claim(status=Status.IN_REVIEW, round=2)
    make.decision(claim, round=1)

    assert claim_head.of(claim).verdict is None


def test_the_first_round_needs_no_number():
    assert claim_head.of(make.claim()).round == 0
