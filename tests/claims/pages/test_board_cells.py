from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone, translation

from claims.models import Claim
from claims.models.team_vocabulary import Priority
from claims.models.vocabulary import Stance, Status
from claims.pages import board, board_cells, board_page
from tests import make

pytestmark = pytest.mark.django_db


def written(query=""):
    """The one row of the board as a person who may plan sees it."""
    request = RequestFactory().get(f"/claims/?{query}")
    request.user = make.editor()
    shown = board_page.of(request, Claim.objects.for_list().order_by("-logged_at", "-pk"))
    return board_cells.row_of(shown.rows[0], shown)


def test_a_row_has_a_cell_for_each_column_and_an_empty_one_where_nothing_is_said():
    claim = make.claim("Ten <b>people</b>")

    row = written()

    assert (row.count("<td"), row.count("<td></td>"), row.count("<th")) == (1 + len(board.DEFAULT), 7, 1)
    assert f'<a id="claim-{claim.pk}" href="{claim.get_absolute_url()}">' in row
    assert "Ten &lt;b&gt;people&lt;/b&gt;" in row
    assert '<td class="kept" data-label=""><span class="stamp is-open">Open</span></td>' in row


def test_a_row_says_who_works_on_a_claim_until_when_and_what_was_found():
    claim = make.claim(status=Status.IN_REVIEW)
    late = timezone.localdate() - timedelta(days=1)
    make.claim_plan(claim, owner=make.reporter(first_name="Remi <i>"), due_on=late, priority=Priority.HIGH)
    make.review_invitation(claim, make.review(claim).reviewer)
    make.claim_tag(claim, "War & peace")
    make.confirmed_evidence(claim, stance=Stance.REFUTES)
    make.evidence(claim, make.passage("Another."))

    row = written("&".join(f"cols={name}" for name in board.COLUMNS))

    assert f'<span class="stamp bad">late · <time datetime="{late.isoformat()}">' in row
    assert '<span class="stamp bad">Urgent</span>' in row
    assert "Remi &lt;i&gt;" in row
    assert '<span class="soft">1 review</span>' in row
    assert "has handed in a review" in row
    assert '?tag=War%20%26%20peace"><bdi>War &amp; peace</bdi></a>' in row
    assert '<span class="against"><span class="unseen">against</span> 1</span>' in row
    assert f'<td class="num" data-label="No.">{claim.pk}</td>' in row
    assert '<td class="num" data-label="To weigh">1</td>' in row


def test_a_row_is_in_the_language_of_the_page():
    make.claim(status=Status.IN_REVIEW)

    with translation.override("fr"):
        row = written("cols=status&cols=type&cols=language")

    assert '">En cours d’examen</span>' in row
    assert "anglais" in row.lower()


def test_a_row_that_changed_is_written_anew():
    claim = make.claim()
    before = written()

    make.claim_tag(claim, "flood")
    Claim.objects.filter(pk=claim.pk).update(status=Status.IN_REVIEW)

    assert (written() == before, "flood" in written(), "is-in_review" in written()) == (False, True, True)
    with translation.override("fr"):
        assert "En cours d’examen" in written()
