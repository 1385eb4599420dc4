from datetime import timedelta

import pytest
from django.conf import settings
from django.core.checks import run_checks

from sources import tasks
from sources.models import Feed
from tests import databases
from workbench.celery import app
from workbench.desk import checks, declarations
from workbench.runner import paths

app.finalize()  # it reads the timetables once: not while one is patched here
PLACEHOLDER = settings.CONTACT_PLACEHOLDER


def said(messages):
    return [(message.id, message.msg) for message in messages]


def test_the_house_as_it_stands_has_nothing_to_say():
    assert [message for message in run_checks() if message.id.startswith("workbench.")] == []


def test_a_timetable_that_names_no_task_is_told(monkeypatch, request):
    monkeypatch.setitem(tasks.TIMETABLE, "sources.tasks.guess", 5)
    monkeypatch.setitem(tasks.TIMETABLE, "sources.gathering.polling.poll", 5)
    declarations.timetable.cache_clear()
    request.addfinalizer(declarations.timetable.cache_clear)

    assert said(checks.the_clock_knows_its_tasks()) == [
        ("workbench.E001", "The timetable names sources.tasks.guess, which is no task."),
        ("workbench.E001", "The timetable names sources.gathering.polling.poll, which is no task."),
    ]


def test_work_that_no_pulse_takes_is_told(monkeypatch):
    monkeypatch.setattr(Feed, "task", "sources.tasks.guess")

    assert said(checks.every_kind_of_work_has_a_task()) == [
        ("workbench.E002", "Feed is work, but the timetable does not name its task 'sources.tasks.guess'.")
    ]


def test_the_sample_is_told_of_before_others_reach_it(settings):
    settings.SAMPLE = True
    with_it = said(checks.the_sample_stays_at_home())

    settings.SAMPLE = False

    assert ([key for key, _text in with_it], checks.the_sample_stays_at_home()) == (["workbench.E006"], [])


@pytest.mark.parametrize(
    ("sample", "contact", "ids"),
    [
        (True, PLACEHOLDER, []),
        (False, PLACEHOLDER, ["workbench.W003"]),
        (False, "https://desk.example/crawler", []),
    ],
)
def test_a_crawler_that_does_not_say_whose_it_is_is_told(settings, sample, contact, ids):
    settings.SAMPLE, settings.CRAWLER_CONTACT = sample, contact

    assert [key for key, _text in said(checks.publishers_can_reach_the_desk())] == ids


@pytest.mark.parametrize(("seconds", "ids"), [(30, ["workbench.W002"]), (90, ["workbench.W002"]), (91, [])])
def test_a_lease_that_ends_before_its_task_is_told(settings, seconds, ids):
    settings.WORK_LEASE = timedelta(seconds=seconds)

    assert [key for key, _text in said(checks.a_lease_outlasts_its_task())] == ids


@pytest.mark.parametrize(
    ("host", "allowed", "ids"),
    [
        ("captures.desk.example", ["desk.example"], []),
        ("captures.example:8443", ["desk.example"], []),
        ("", ["*"], []),
        ("desk.example", ["desk.example"], ["workbench.E004"]),
        ("Captures.desk.example:8443", [".desk.example"], ["workbench.E004"]),
        ("captures.example", ["*"], ["workbench.E004"]),
        ("https://captures.example", ["desk.example"], ["workbench.E003"]),
        ("captures.example; x", ["desk.example"], ["workbench.E003"]),
    ],
)
def test_captured_pages_at_a_host_of_the_workbench_are_told(settings, host, allowed, ids):
    settings.ARCHIVE_HOST, settings.ALLOWED_HOSTS = host, allowed

    assert [key for key, _text in said(checks.captured_pages_have_a_host_of_their_own())] == ids


@pytest.mark.parametrize(
    ("database", "own_key", "storage", "folder", "ids"),
    [
        ("embedded", True, "", "archive", []),
        ("elsewhere", True, "", "archive", ["workbench.W004", "workbench.W005"]),
        ("elsewhere", False, "", "archive", ["workbench.W005"]),
        ("elsewhere", False, "s3://captures/desk", "archive", []),
        ("elsewhere", False, "", "shared", []),
    ],
)
def test_what_other_machines_would_lack_is_told(settings, database, own_key, storage, folder, ids):
    urls = {"embedded": paths.database_url(settings.VAR), "elsewhere": "postgres://desk@database.desk.example/desk"}
    settings.DATABASE_URL, settings.SECRET_KEY_IS_OURS = urls[database], own_key
    settings.ARCHIVE_STORAGE, settings.ARCHIVE_FOLDER = storage, settings.VAR / folder

    assert [key for key, _text in said(checks.machines_share_what_they_must())] == ids


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "url", "ids"),
    [
        ("Desk of Arvel", "https://desk.arvel", []),
        ("Verification desk", "https://desk.arvel", ["workbench.W010"]),
        ("Verification desk", "http://127.0.0.1:8000", ["workbench.W010", "workbench.W010"]),
    ],
)
def test_what_reports_would_print_as_a_placeholder_is_told(settings, name, url, ids):
    settings.DESK_NAME, settings.DESK_URL = name, url

    assert [key for key, _text in said(checks.reports_can_be_published())] == ids


@pytest.mark.parametrize(
    ("allowed", "earlier", "ids"),
    [
        (["desk.arvel"], [], []),
        (["desk.arvel"], ["https://old.arvel", "http://desk.arvel"], []),
        (["localhost"], [], ["workbench.W011"]),
        (["desk.arvel"], ["old.arvel"], ["workbench.E012"]),
        (["desk.arvel"], ["https://desk.arvel"], ["workbench.W013"]),
    ],
)
def test_a_printed_address_that_does_not_answer_is_told(settings, allowed, earlier, ids):
    settings.ALLOWED_HOSTS, settings.EARLIER_URLS = allowed, earlier

    assert [key for key, _text in said(checks.printed_addresses_answer())] == ids


@pytest.mark.django_db
def test_a_database_user_that_may_do_too_much_is_told_and_the_app_role_is_not():
    as_app = checks.the_database_refuses_what_no_program_needs()
    with databases.unbound():
        (warning,) = checks.the_database_refuses_what_no_program_needs()

    assert (as_app, warning.id) == ([], "workbench.W006")
    assert "it is a superuser" in warning.msg
