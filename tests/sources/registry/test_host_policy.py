from datetime import timedelta

import pytest

from sources.models import HostPolicy
from sources.registry import host_policy
from tests import make
from tests.refusing import refused
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db

TEN = timedelta(seconds=10)


def test_an_editor_decides_how_a_host_is_visited_and_the_log_says_why():
    edith = make.editor()

    policy = host_policy.set_policy(" https://News.Example:443/a ", by=edith, note=" They asked us. ", delay=TEN)

    entry = LogEntry.objects.get()
    assert (policy.host, policy.seconds, policy.denied, policy.note) == ("news.example", 10, False, "They asked us.")
    assert (entry.actor, entry.verb) == (edith, "decided on a host")


def test_a_new_decision_takes_the_place_of_the_one_before_which_stays_in_the_log():
    host_policy.set_policy("news.example", by=make.editor(), note="They asked us.", delay=TEN)

    host_policy.set_policy("news.example", by=make.admin(), note="They sued us.", denied=True)

    policy = HostPolicy.objects.get()
    assert (policy.denied, policy.delay, policy.note) == (True, None, "They sued us.")
    assert '"before": {"delay": 10.0, "denied": false, "note": "They asked us."}' in LogEntry.objects.latest("pk").facts


@pytest.mark.parametrize("person", [make.viewer, make.reporter, make.reviewer])
def test_only_editors_and_administrators_decide(person):
    with pytest.raises(NotPermitted):
        host_policy.set_policy("news.example", by=person(), note="No.", denied=True)


@pytest.mark.parametrize(
    ("host", "note", "delay", "code", "field"),
    [
        ("news.example", " ", TEN, "no_reason", "note"),
        ("", "Why.", TEN, "not_a_site", "host"),
        ("two words", "Why.", TEN, "not_a_site", "host"),
        ("x", "Why.", TEN, "not_a_site", "host"),
        ("http://localhost:8000/", "Why.", TEN, "not_a_site", "host"),
        ("user@news.example", "Why.", TEN, "not_a_site", "host"),
        ("news.example", "Why.", timedelta(seconds=0.1), "out_of_range", "delay"),
        ("news.example", "Why.", timedelta(hours=2), "out_of_range", "delay"),
        ("news.example", "Why.", -TEN, "out_of_range", "delay"),
    ],
)
def test_what_makes_no_sense_is_refused(host, note, delay, code, field):
    with refused(code, field):
        host_policy.set_policy(host, by=make.editor(), note=note, delay=delay)

    assert not HostPolicy.objects.exists()


def test_what_decides_nothing_is_refused_and_lifts_what_was_decided():
    edith, usual = make.editor(), {"note": "As usual.", "delay": None, "denied": False}
    with refused("as_usual"):
        host_policy.set_policy("news.example", by=edith, **usual)
    host_policy.set_policy("news.example", by=edith, note="They asked us.", delay=TEN)

    below = host_policy.set_policy("sport.news.example", by=edith, **usual)
    again = host_policy.set_policy("news.example", by=edith, **usual)

    assert [(policy.delay, policy.denied) for policy in (below, again)] == [(None, False)] * 2


@pytest.mark.parametrize(
    ("host", "decided"),
    [
        ("news.example", "news.example"),
        ("www.news.example", "news.example"),
        ("live.www.news.example:8080", "news.example"),
        ("sport.news.example", "sport.news.example"),
        ("other.example", None),
        ("mynews.example", None),
        ("127.0.0.1:8101", "127.0.0.1:8101"),
        ("127.0.0.1", None),
        ("[::1]:8101", None),
    ],
)
def test_a_decision_holds_for_a_host_and_all_below_it_and_the_nearest_counts(host, decided):
    for name in ("news.example", "sport.news.example", "127.0.0.1:8101"):
        make.host_policy(name)

    found = HostPolicy.objects.of_host(host)

    assert (found.host if found else None) == decided
