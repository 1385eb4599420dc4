import gzip
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from benchmarks.provider_server import FAULTS, Said, serving
from sources.gathering import providing, streaming
from sources.gathering.providing import SetUp
from sources.models import Document, FactCheck, ProviderRequest, ProviderSetting
from sources.models.vocabulary import Engine
from tests import make
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR = tmp_path


def review(number, **changes):
    return {
        "@type": "ClaimReview", "url": f"https://checks.example/{number}", "claimReviewed": f"Claim {number} on Arvel",
        "author": {"name": "Checks"}, "reviewRating": {"alternateName": "False"}, **changes,
    }  # fmt: skip


def feed(*reviews):
    return {"@type": "DataFeed", "dataFeedElement": [{"item": [each]} for each in reviews]}


def poll(engine, answers, *, steps=1, **columns):
    """Poll a provider so many steps, and return it with the server that answered."""
    with serving(answers) as server:
        setting = providing.set_up(SetUp(engine, is_on=True, address=f"{server.url}/feed"), by=make.admin())
        ProviderSetting.objects.filter(pk=setting.pk).update(**columns)
        for _step in range(steps):
            ProviderSetting.objects.filter(pk=setting.pk).update(due_at=timezone.now(), rest_until=None)
            drain(ProviderSetting.objects.filter(pk=setting.pk), streaming.poll, budget=timedelta(seconds=0.01))
    setting.refresh_from_db()
    return setting, server


def test_the_feed_is_kept_once_however_often_it_is_read():
    answer = Said(feed(review(1), review(2), review(2), {"@type": "Article"}), headers={"ETag": '"a"'})

    setting, _server = poll(Engine.CLAIMREVIEW, lambda _path, _query: answer, steps=4)

    assert sorted(FactCheck.objects.values_list("claim", flat=True)) == ["Claim 1 on Arvel", "Claim 2 on Arvel"]
    assert (setting.trouble, setting.records_read, ProviderRequest.objects.count()) == ("", 0, 2)
    assert setting.due_at > timezone.now() + timedelta(hours=23)


def test_a_feed_that_has_not_changed_is_not_sent_again():
    answers = [Said(feed(review(1)), headers={"ETag": '"a"'}), Said(b"", 304)]

    setting, server = poll(Engine.CLAIMREVIEW, answers, steps=3)

    assert server.asked[1][2]["If-None-Match"] == '"a"'
    assert (setting.trouble, FactCheck.objects.count()) == ("", 1)


def test_a_feed_that_is_cut_off_counts_as_far_as_it_goes():
    body = json.dumps(feed(review(1), review(2))).encode()

    setting, _server = poll(Engine.CLAIMREVIEW, lambda _path, _query: Said(body[:-40]), steps=2)

    assert (FactCheck.objects.count(), setting.trouble) == (1, "The feed of fact-checks is damaged or cut off.")


@pytest.mark.parametrize("fault", ["503", "403", "500", "redirect to a private address"])
def test_a_fault_of_the_feed_is_kept_and_leaves_no_file(fault, tmp_path):
    setting, _server = poll(Engine.CLAIMREVIEW, [FAULTS[fault][0]])

    assert ProviderRequest.objects.get().outcome == FAULTS[fault][1]
    assert setting.trouble
    assert list(tmp_path.iterdir()) == []


def in_turn(*answers):
    """Give one answer after the other, and then no file."""
    left = list(answers)
    return lambda _path, _query: left.pop(0) if left else Said(b"", 404)


def minute(*titles):
    rows = [{"url": f"https://a.example/{title}", "title": f"Arvel bridge {title}", "lang": "en"} for title in titles]
    return Said(gzip.compress("\n".join(map(json.dumps, rows)).encode()), kind="application/gzip")


def test_the_stream_gives_each_search_what_bears_on_it_and_skips_minutes_without_a_file():
    search = make.search("Arvel bridge", engine=Engine.GAL, due_at=None)
    other = make.search("something else", engine=Engine.GAL, due_at=None)
    start = timezone.now() - streaming.LAG - timedelta(minutes=3)

    setting, server = poll(Engine.GAL, in_turn(minute("one"), Said(b"", 404), minute("two")), polled_to=start)

    search.refresh_from_db()
    other.refresh_from_db()
    assert (search.found, search.answered_at is not None, other.answered_at) == (2, True, None)
    assert Document.objects.count() == 2
    assert len(server.asked) >= 3
    assert setting.polled_to > start


def test_a_search_is_answered_once_the_minute_in_which_it_was_asked_was_read():
    search = make.search("something else", engine=Engine.GAL, due_at=None)
    type(search).objects.filter(pk=search.pk).update(asked_at=timezone.now() - timedelta(minutes=30))

    poll(Engine.GAL, in_turn(), polled_to=timezone.now() - streaming.LAG - timedelta(minutes=2))

    search.refresh_from_db()
    assert (search.found, search.answered_at is not None) == (0, True)


def test_a_damaged_minute_does_not_stop_the_stream():
    search = make.search("Arvel bridge", engine=Engine.GAL, due_at=None)
    start = timezone.now() - streaming.LAG - timedelta(minutes=2, seconds=30)

    setting, _server = poll(Engine.GAL, in_turn(Said(b"<html>"), minute("one")), polled_to=start)

    search.refresh_from_db()
    assert (search.found, setting.trouble) == (1, "The file of this minute is damaged.")


def test_a_provider_that_is_off_is_not_polled():
    setting, server = poll(Engine.GAL, [], is_on=False)

    assert (server.asked, setting.due_at) == ([], None)
