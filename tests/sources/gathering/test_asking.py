from decimal import Decimal

import pytest
from django.utils import timezone

from benchmarks.provider_server import FAULTS, INWARD, STORM, Said, serving
from sources.gathering import providing, searching
from sources.gathering.providing import SetUp
from sources.models import Document, ProviderRequest, ProviderSetting, Search
from sources.models.vocabulary import Engine, ProviderOutcome
from tests import make
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

ARTICLES = {"articles": [{"url": "https://a.example/1", "title": "One", "seendate": "20260918T031500Z"}]}


def set_up(server, engine=Engine.GDELT, **facts):
    return providing.set_up(SetUp(engine, is_on=True, address=f"{server.url}/doc", **facts), by=make.admin())


def run(search):
    drain(Search.objects.filter(pk=search.pk), searching.run)
    search.refresh_from_db()
    return search


def test_what_a_provider_finds_becomes_documents_that_are_fetched():
    with serving([Said(ARTICLES)]) as server:
        set_up(server)
        search = run(make.search("Arvel bridge", engine=Engine.GDELT, language="fr"))

    document = search.hits.get().document
    assert (document.url, document.title, document.due_at is not None) == ("https://a.example/1", "One", True)
    assert (search.found, search.answered_at is not None, search.trouble) == (1, True, "")
    assert server.asked[0][1]["query"] == ["Arvel bridge sourcelang:french"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_kept_with_its_reason_and_leaves_the_search_unanswered(fault):
    said, outcome = FAULTS[fault]
    with serving([said]) as server:
        set_up(server)
        search = run(make.search(engine=Engine.GDELT))

    request = ProviderRequest.objects.get()
    assert request.outcome == outcome
    assert request.reason in search.trouble
    assert (search.answered_at, Document.objects.count()) == (None, 0)


def test_no_redirect_is_followed():
    with serving([INWARD]) as server:
        set_up(server)
        run(make.search(engine=Engine.GDELT))

    assert len(server.asked) == 1


def test_a_busy_provider_rests_as_long_as_it_asks_for_and_other_searches_wait():
    with serving([STORM]) as server:
        setting = set_up(server)
        first, second = make.search(engine=Engine.GDELT), make.search("other words", engine=Engine.GDELT)
        run(first)
        run(second)

    setting.refresh_from_db()
    rest = (setting.rest_until - timezone.now()).total_seconds()
    assert 80 < rest <= 90
    assert (len(server.asked), first.tries, second.tries) == (1, 0, 0)
    assert second.due_at > timezone.now()


def test_the_requests_and_the_money_of_a_day_are_rows_and_end():
    with serving(lambda _path, _query: Said(ARTICLES)) as server:
        setting = set_up(server, Engine.SEARXNG, daily_quota=2, cost=Decimal("0.5"), daily_budget=Decimal(9))
        for words in ("one", "two", "three"):
            search = run(make.search(words, engine=Engine.SEARXNG))

    today = ProviderSetting.objects.with_today().get(pk=setting.pk)
    assert (today.sent, today.spent, len(server.asked)) == (2, Decimal(1), 2)
    assert search.trouble == "The requests of today are used up: 2."
    assert search.due_at > timezone.now()


def test_a_budget_that_the_next_request_would_exceed_ends_the_day():
    with serving(lambda _path, _query: Said({})) as server:
        set_up(server, Engine.SEARXNG, cost=Decimal("0.6"), daily_budget=Decimal(1))
        run(make.search("one", engine=Engine.SEARXNG))
        search = run(make.search("two", engine=Engine.SEARXNG))

    assert (len(server.asked), search.trouble) == (1, "The budget of today is used up.")


def test_pages_that_overlap_give_each_result_once_and_a_page_that_repeats_is_the_last():
    rows = [{"url": f"https://a.example/{number}", "title": "T"} for number in range(8)]
    pages = {"1": rows[:6], "2": rows[3:]}
    with serving(lambda _path, query: Said({"results": pages[query["pageno"][0]]})) as server:
        set_up(server, Engine.SEARXNG)
        search = run(make.search(engine=Engine.SEARXNG))

    assert (search.found, [hit.rank for hit in search.hits.all()]) == (8, list(range(1, 9)))
    assert [request.results for request in search.requests.order_by("pk")] == [6, 5]


def test_a_second_page_that_fails_takes_nothing_from_the_first():
    rows = [{"url": f"https://a.example/{number}"} for number in range(6)]
    with serving([Said({"results": rows}), STORM]) as server:
        set_up(server, Engine.SEARXNG)
        search = run(make.search(engine=Engine.SEARXNG))

    assert (search.found, search.answered_at is not None) == (6, True)
    assert "come back later" in search.trouble
    assert search.requests.filter(outcome=ProviderOutcome.BUSY).count() == 1


def test_a_private_address_among_the_results_is_never_a_document():
    rows = [{"url": "http://10.0.0.1/x"}, {"url": "javascript:alert(1)"}, {"url": "https://a.example/?utm_source=x"}]
    with serving([Said({"articles": [*rows, {"url": "https://a.example/"}]})]) as server:
        set_up(server)
        search = run(make.search(engine=Engine.GDELT))

    assert [hit.document.url for hit in search.hits.all()] == ["https://a.example/"]


def test_a_provider_that_was_switched_off_is_asked_nothing_more():
    with serving([]) as server:
        setting = set_up(server)
        ProviderSetting.objects.filter(pk=setting.pk).update(is_on=False)
        search = run(make.search(engine=Engine.GDELT))

    assert (server.asked, search.trouble) == ([], "The desk has switched this provider off.")
