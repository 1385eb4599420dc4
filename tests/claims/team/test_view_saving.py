import pytest

from claims.models import BoardView
from claims.team import view_saving
from tests import make
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


def test_a_view_is_ones_own_until_it_is_shared():
    rep, other = make.reporter(), make.reporter()

    view = view_saving.save_view("Late", "due=late", by=rep)
    assert list(BoardView.objects.seen_by(other)) == []

    again = view_saving.save_view(" Late ", "due=late&person=me", by=rep, is_shared=True)
    assert (again.pk, list(BoardView.objects.seen_by(other))) == (view.pk, [again])
    with pytest.raises(NotPermitted):
        view_saving.remove_view(again, by=other)
    view_saving.remove_view(again, by=rep)
    assert not BoardView.objects.exists()


@pytest.mark.parametrize(("name", "query", "code"), [("", "", "empty"), ("x", "y" * 2_001, "too_long")])
def test_what_cannot_be_saved_is_refused(name, query, code):
    with pytest.raises(Refusal) as refused:
        view_saving.save_view(name, query, by=make.reporter())

    assert refused.value.code == code


def test_a_person_has_only_so_many_views(monkeypatch):
    monkeypatch.setattr(view_saving, "MOST_VIEWS", 1)
    rep = make.reporter()
    view_saving.save_view("One", "", by=rep)
    view_saving.save_view("One", "due=late", by=rep)

    with pytest.raises(Refusal) as refused:
        view_saving.save_view("Two", "", by=rep)

    assert refused.value.code == "too_many"
