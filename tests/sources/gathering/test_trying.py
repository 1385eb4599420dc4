from datetime import timedelta

import pytest

from benchmarks.provider_server import PAGE, STORM, Said, serving
from sources.gathering import providing, searching, streaming
from sources.gathering.providing import SetUp
from sources.models import ProviderRequest, ProviderSetting, Search
from sources.models.vocabulary import Engine
from tests import make
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db
ONCE = timedelta(seconds=0.001)
GOOD = Said({"results": []})


def set_up(server, engine=Engine.SEARXNG, **facts):
    return providing.set_up(SetUp(engine, is_on=True, address=server.url, **facts), by=make.admin())


def try_out(setting):
    drain(ProviderSetting.objects.filter(pk=setting.pk), streaming.poll, budget=ONCE)
    setting.refresh_from_db()
    return setting


def search(setting):
    row = make.search("Arvel bridge", engine=setting.engine)
    drain(Search.objects.filter(pk=row.pk), searching.run, budget=ONCE)
    row.refresh_from_db()
    setting.refresh_from_db()
    return row


@pytest.mark.parametrize("end", ["", "/", "/search", "/search/"])
def test_a_provider_is_tried_once_it_is_set_up(end):
    with serving(lambda _path, _query: GOOD) as server:
        server.url += end
        setting = try_out(set_up(server))

    assert [path for path, _query, _headers in server.asked] == ["/search"]
    assert (setting.trouble, setting.due_at, ProviderRequest.objects.get().outcome) == ("", None, "ok")


@pytest.mark.parametrize(
    ("answer", "said"), [(PAGE, "sent no JSON"), (Said(b"", 404), "HTTP 404"), (Said(b"", 500), "HTTP 500")]
)
def test_a_provider_says_what_is_wrong_with_it_and_is_tried_again(answer, said):
    with serving(lambda _path, _query: answer) as server:
        setting = try_out(set_up(server))

    assert said in setting.trouble
    assert setting.due_at is not None


def test_a_provider_that_is_off_is_not_tried():
    with serving([]) as server:
        setting = providing.set_up(SetUp(Engine.SEARXNG, address=server.url), by=make.admin())

    assert (setting.due_at, server.asked) == (None, [])


def test_a_failed_search_has_its_provider_tried_and_runs_again_once_that_is_well():
    answers = [PAGE]
    with serving(lambda _path, _query: answers[0]) as server:
        setting = make.provider_setting(Engine.SEARXNG, address=server.url)
        failed = search(setting)
        doubted = setting.due_at
        broken = try_out(setting).trouble
        failed_at = failed.due_at
        answers[0] = GOOD
        setting.ask()
        ProviderSetting.objects.filter(pk=setting.pk).update(trouble=broken)
        well = try_out(setting)

    failed.refresh_from_db()
    assert doubted is not None
    assert ("no JSON" in broken, well.trouble) == (True, "")
    assert failed.due_at < failed_at


def test_a_busy_provider_is_in_no_doubt_and_a_doubted_one_is_tried_seldom():
    with serving(lambda _path, _query: STORM) as server:
        busy = make.provider_setting(Engine.SEARXNG, address=server.url)
        search(busy)
    with serving(lambda _path, _query: PAGE) as server:
        tried = make.provider_setting(Engine.BRAVE, address=server.url)
        make.provider_request(tried, search=None)
        search(tried)

    assert (busy.due_at, tried.due_at) == (None, None)
