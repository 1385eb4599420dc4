import pytest
from django.utils import timezone

from tests import make
from workbench.desk import audit, checkpointing, declarations, log_checking
from workbench.desk.roles import NotPermitted
from workbench.desk.whole_check import WholeCheck
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db


def test_a_check_goes_on_in_its_next_step_where_the_last_one_ended(monkeypatch):
    admin = make.admin()
    for _time in range(3):
        make.log_entry(by=admin)
    checkpointing.now()
    asked, again = (log_checking.ask(by=admin, language="en") for _time in range(2))
    monkeypatch.setattr(log_checking, "STEP", -1)  # each batch ends a step

    places = []
    while WholeCheck.objects.get().done_at is None:
        log_checking.step(check := WholeCheck.objects.get())
        places.append((check.part, check.place))

    assert asked == again
    assert [part for part, _place in places][:1] == ["chains"]
    assert len(set(places[:-1])) == len(places) - 1
    assert {part for part, _place in places} == set(declarations.log_checks()) - {"claims"}  # there are none
    assert WholeCheck.objects.get().rows == sum(
        batch.rows for part in declarations.log_checks().values() for batch in part("")
    )


def test_the_first_errors_are_kept_in_the_language_of_who_asked(monkeypatch):
    make.source(), make.source()  # written outside every act
    audit.bind_seals()
    monkeypatch.setattr(log_checking, "MOST_KEPT", 1)
    log_checking.ask(by=make.editor(), language="fr")

    assert drain(log_checking.due(), log_checking.step) == 1

    done = WholeCheck.objects.get()
    assert (done.errors > 1, len(done.faults), done.done_at <= timezone.now()) == (True, 1, True)
    assert "en dehors de tout acte" in done.faults[0][2]


def test_only_who_reads_the_whole_log_has_it_checked():
    with pytest.raises(NotPermitted):
        log_checking.ask(by=make.reviewer(), language="en")
