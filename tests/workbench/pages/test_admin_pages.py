from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from sources.models import Feed
from tests import make
from workbench.desk.models import User
from workbench.pages.admin_pages import CappedPaginator
from workbench.pages.admin_site import RecordAdmin

pytestmark = pytest.mark.django_db


class Few(CappedPaginator):
    most = 3


@pytest.mark.parametrize(("rows", "amount", "pages"), [(2, "2", 1), (3, "3", 2), (4, "more than 3", 2)])
def test_rows_are_counted_up_to_a_limit_and_all_that_are_counted_have_a_page(rows, amount, pages):
    for _row in range(rows):
        make.viewer()

    paginator = Few(User.objects.order_by("pk"), 2)

    assert (str(paginator.amount), paginator.num_pages) == (amount, pages)
    assert len(paginator.page(pages)) == min(rows, 3) - 2 * (pages - 1)


def test_a_list_says_that_it_has_more_rows_than_it_counted(client, monkeypatch):
    monkeypatch.setattr(CappedPaginator, "most", 1)
    make.viewer()
    client.force_login(make.admin())

    shown = BeautifulSoup(client.get(reverse("admin:workbench_user_changelist")).content, "lxml")

    assert shown.select_one(".paginator").get_text(" ", strip=True).startswith("more than 1 ")


@pytest.mark.parametrize(("query", "filters"), [("", None), ("?q=reader&all=", "q=reader&all=")])
def test_a_link_of_a_list_leads_to_its_row_and_keeps_the_filters(client, query, filters):
    person = make.viewer(username="reader")
    client.force_login(make.admin())

    page = BeautifulSoup(client.get(reverse("admin:workbench_user_changelist") + query).content, "lxml")
    link = urlsplit(next(each["href"] for each in page.select("#result_list a") if each.text == "reader"))

    assert link.path == reverse("admin:workbench_user_change", args=[person.pk])
    assert parse_qs(link.query).get("_changelist_filters") == (filters and [filters])


@pytest.mark.parametrize(("most", "is_done"), [(1, False), (2, True)])
def test_an_action_takes_all_rows_of_a_list_only_where_they_are_counted(client, monkeypatch, most, is_done):
    monkeypatch.setattr(CappedPaginator, "most", most)
    feeds = [make.feed(trouble="No answer.", due_at=None) for _feed in range(2)]
    client.force_login(make.admin())
    url = reverse("admin:sources_feed_changelist")
    sent = {"action": "try_again", "select_across": "1", "_selected_action": [feeds[0].pk]}

    answer = client.post(url, sent, follow=True)

    assert ("more rows than one action takes" in answer.text) is not is_done
    assert [bool(feed.due_at) for feed in Feed.objects.order_by("pk")] == [is_done, is_done]


@pytest.mark.parametrize(("most", "offers"), [(1, False), (60, True)])
def test_to_select_all_rows_is_offered_only_where_they_are_counted(client, monkeypatch, most, offers):
    monkeypatch.setattr(CappedPaginator, "most", most)
    monkeypatch.setattr(RecordAdmin, "list_per_page", 1)
    for _feed in range(2):
        make.feed()
    client.force_login(make.admin())

    page = BeautifulSoup(client.get(reverse("admin:sources_feed_changelist")).content, "lxml")

    assert page.select_one(".action-counter")
    assert bool(page.select_one(".actions .question")) is offers
