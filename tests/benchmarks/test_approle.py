import pytest

from benchmarks import approle, injections
from tests import databases, make
from workbench.runner import paths, postgres


@pytest.mark.django_db(transaction=True)
def test_no_statement_of_an_injection_goes_through():
    make.log_entry(make.claim())
    make.checkpoint()

    through = approle.went_through(databases.of_this_test(paths.APP))

    assert set(through) == set()
    assert len(injections.ALL) >= 35


@pytest.mark.django_db(transaction=True)
def test_the_statements_are_sound_since_an_administrator_may_run_most_of_them(monkeypatch):
    monkeypatch.setattr(injections, "ALL", injections.REMOVE | injections.FORGE)
    make.log_entry(make.claim())

    assert len(approle.went_through(databases.of_this_test(postgres.ADMINISTRATOR))) > 8
