"""Compiled queries give the rows of the same query built anew, whatever the keys, and in every thread."""

import threading

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, Wording
from sources.models import Source
from sources.models.vocabulary import SourceKind
from tests import make
from workbench.desk import compiled_queries, hidden_rows
from workbench.desk.amounts import Amount
from workbench.desk.compiled_queries import CompiledQuery, listed, one_of
from workbench.desk.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_kind():
    """A query by a text that decides on its form, and how often it was built."""
    built = []

    @CompiledQuery
    def rows(above, *, kind=""):
        """Sources."""
        built.append(kind)
        found = Source.objects.filter(pk__gte=above).order_by("name", "pk")
        return found.filter(kind=kind) if kind else found

    return rows, built


def names(rows):
    return [row.name for row in rows]


def test_a_query_is_built_once_and_answers_for_each_key(of_kind):
    rows, built = of_kind
    first, second = make.source(name="Alpha"), make.source(name="Beta")

    assert names(rows(first.pk)) == ["Alpha", "Beta"]
    assert names(rows(second.pk)) == ["Beta"]
    assert names(rows(second.pk + 1)) == []
    assert built == [""]


def test_rows_that_came_since_are_found(of_kind):
    rows, _built = of_kind
    first = make.source(name="Alpha")
    assert names(rows(first.pk)) == ["Alpha"]

    make.source(name="Beta")

    assert names(rows(first.pk)) == ["Alpha", "Beta"]
    assert rows.counted(first.pk) == Amount(2)


def test_each_form_of_a_query_is_one_of_its_own(of_kind):
    rows, built = of_kind
    first = make.source(name="Alpha", kind=SourceKind.AGENCY)
    make.source(name="Beta")

    assert names(rows(first.pk, kind=SourceKind.AGENCY)) == ["Alpha"]
    assert names(rows(first.pk)) == ["Alpha", "Beta"]
    assert names(rows(first.pk, most=1)) == ["Alpha"]
    assert rows.first(first.pk).name == "Alpha"
    assert rows.first(first.pk + 99) is None
    assert built == [SourceKind.AGENCY, "", ""]


def test_related_and_prefetched_rows_are_those_of_the_key():
    @CompiledQuery
    def claims(person):
        found = Claim.objects.filter(logged_by=person).select_related("logged_by")
        return found.prefetch_related("wordings").annotate(number=models.Count("wordings")).order_by("pk")

    ours, theirs = make.claim(), make.claim()
    wording = make.wording(ours)

    (found,) = claims(ours.logged_by_id)
    (other,) = claims(theirs.logged_by_id)

    assert (found, found.number, list(found.wordings.all())) == (ours, 1, [wording])
    assert (other, other.number, other.logged_by) == (theirs, 0, theirs.logged_by)


def test_a_key_may_be_a_text_of_somebody_else():
    @CompiledQuery
    def named(name):
        return User.objects.filter(username=name)

    robert = make.user(username="robert'); DROP TABLE workbench_user;--%s")

    assert named(robert.username) == [robert]
    assert named("nobody") == []


def test_one_key_may_list_many_rows(django_assert_num_queries):
    @CompiledQuery
    def wordings(claims):
        return Wording.objects.filter(one_of("claim", claims)).order_by("pk")

    first, second, _other = (make.wording() for _each in range(3))

    assert wordings(f"{{{first.claim_id},{second.claim_id}}}") == [first, second]
    with django_assert_num_queries(1):
        assert wordings(f"{{{second.claim_id}}}") == [second]
    assert wordings("{}") == []


def test_counts_stop_at_a_limit_and_estimates_of_few_rows_are_counts(of_kind):
    rows, _built = of_kind
    first = make.source()
    make.source()

    assert rows.counted(first.pk, most=1) == Amount(1, is_more=True)
    assert rows.estimated(first.pk).number == 2


def test_a_large_number_stands_for_a_minute_and_a_small_one_is_counted_each_time(
    of_kind, monkeypatch, django_assert_num_queries
):
    rows, _built = of_kind
    first = make.source()
    for _each in range(3):
        make.source()
    monkeypatch.setattr(compiled_queries, "MOST_COUNTED", 2)

    def asked(queries):
        with django_assert_num_queries(queries):
            return rows.counted(first.pk, most=2), rows.counted(first.pk, most=1)

    assert asked(2) == (Amount(2, is_more=True), Amount(1, is_more=True))
    Source.objects.exclude(pk=first.pk).delete()
    assert asked(1) == (Amount(2, is_more=True), Amount(1))
    monkeypatch.setattr(compiled_queries, "LARGE_STANDS", 0)
    assert asked(2) == (Amount(1), Amount(1))


def test_an_estimate_stands_for_a_minute(of_kind, monkeypatch):
    rows, _built = of_kind
    first = make.source()
    monkeypatch.setattr(compiled_queries, "planned", lambda *_asked: 20_000)

    assert rows.estimated(first.pk) == Amount(20_000, is_estimate=True)
    monkeypatch.setattr(compiled_queries, "planned", lambda *_asked: 30_000)
    assert rows.estimated(first.pk) == Amount(20_000, is_estimate=True)
    monkeypatch.setattr(compiled_queries, "LARGE_STANDS", 0)
    assert rows.estimated(first.pk) == Amount(30_000, is_estimate=True)


def test_where_django_knows_that_there_are_no_rows_it_asks_for_none(django_assert_num_queries):
    @CompiledQuery
    def nothing(_key):
        return Source.objects.none()

    with django_assert_num_queries(0):
        assert nothing(1) == []
        assert nothing.counted(1) == Amount(0)


@pytest.mark.parametrize("key", [2**63, -(10**20)])
def test_no_row_has_a_key_beyond_those_of_the_database(key, of_kind, django_assert_num_queries):
    rows, _built = of_kind

    with django_assert_num_queries(0):
        assert (rows.first(key), rows.counted(key)) == (None, Amount(0))


def test_a_key_that_no_column_can_hold_is_no_silent_nothing():
    @CompiledQuery
    def of_round(number):
        return Claim.objects.filter(round=number)

    with pytest.raises(EmptyResultSet):
        of_round(1)


def test_threads_share_a_query_and_each_asks_by_its_own_connection_for_its_own_keys(of_kind):
    rows, built = of_kind
    make.source(name="Only this transaction sees it")
    rows(1)
    told, meet = [], threading.Barrier(2)

    def ask(least):
        try:
            for _time in range(20):
                meet.wait(10)
                with CaptureQueriesContext(connection) as asked:
                    told.append((names(rows(least)), f">= {least} " in asked[0]["sql"]))
        finally:
            connection.close()

    others = [threading.Thread(target=ask, args=[least]) for least in (2, 3)]
    for other in others:
        other.start()
    for other in others:
        other.join()

    assert told == [([], True)] * 40
    assert names(rows(1)) == ["Only this transaction sees it"]
    assert built == [""]


def test_what_is_hidden_from_a_reader_stays_hidden_whoever_asked_before():
    @CompiledQuery
    def claims(least):
        return Claim.objects.filter(pk__gte=least).order_by("pk")

    shown, secret, author = make.claim(), make.claim(), make.reporter()
    make.claim_access(secret, author)
    assert claims(shown.pk) == [shown, secret]

    with hidden_rows.read_by(lambda: make.admin().pk):
        assert claims(shown.pk) == [shown]
        assert claims.counted(shown.pk) == Amount(1)
    with hidden_rows.read_by(lambda: author.pk):
        assert claims(shown.pk) == [shown, secret]
        assert claims.counted(shown.pk) == Amount(2)
    with hidden_rows.read_by(lambda: None):
        assert claims(shown.pk) == [shown]


def test_readers_from_whom_the_same_is_hidden_share_a_query_and_no_others():
    built = []

    @CompiledQuery
    def claims(least):
        built.append(least)
        return Claim.objects.filter(pk__gte=least).order_by("pk")

    secret, author = make.claim(), make.reporter()
    make.claim_access(secret, author)
    readers = [make.admin().pk, make.viewer().pk]
    for key in readers:
        with hidden_rows.read_by(lambda key=key: key):
            assert claims(secret.pk) == []
    assert len(built) == 2  # for those from whom nothing is hidden, and for both of these

    other = make.claim_access(person=make.reporter()).claim
    with hidden_rows.read_by(lambda: author.pk):
        assert claims(secret.pk) == [secret]
    with hidden_rows.read_by(lambda: readers[0]):
        assert claims(secret.pk) == []
    assert (len(built), other != secret) == (4, True)


def test_names_of_rows_are_one_key_too():
    first, second, third = (make.claim(f"Claim {number}.", place=f"document {number}") for number in (1, 2, 3))

    @CompiledQuery
    def at(places):
        return Claim.objects.filter(one_of("place", places, "text")).order_by("pk")

    assert at(listed(["document 1", "document 3"])) == [first, third]
    assert (at(listed(["document 2"])), at(listed([]))) == ([second], [])
