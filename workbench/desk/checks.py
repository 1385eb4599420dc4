"""System checks for ``manage.py check``, beyond Django’s: timetable, lease, hosts, sample, machines, database."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 -- Django's name
from django.db import DatabaseError
from django.http.request import split_domain_port, validate_host
from django.utils.module_loading import import_string

from workbench.desk import app_role, declarations
from workbench.desk.work_queue import Work
from workbench.runner import paths


@register
def the_clock_knows_its_tasks(**_: Any) -> list[CheckMessage]:
    """Every name in the timetable is a task that a worker knows."""
    return [
        Error(f"The timetable names {name}, which is no task.", id="workbench.E001")
        for name in declarations.timetable()
        if not _is_task(name)
    ]


@register
def every_kind_of_work_has_a_task(**_: Any) -> list[CheckMessage]:
    """Every kind of row that is work names the task that takes it."""
    kinds = [model for model in apps.get_models() if issubclass(model, Work)]
    return [
        Error(f"{kind.__name__} is work, but the timetable does not name its task {kind.task!r}.", id="workbench.E002")
        for kind in kinds
        if kind.task not in declarations.timetable()
    ]


@register
def a_lease_outlasts_its_task(**_: Any) -> list[CheckMessage]:
    """A lease shorter than the time limit of a task would let a second worker do the same work."""
    lease, limit = settings.WORK_LEASE.total_seconds(), settings.CELERY_TASK_TIME_LIMIT
    if lease > limit:
        return []
    return [
        Warning(f"WORKBENCH_LEASE is {lease:g} s: set it above the limit of a task, {limit} s.", id="workbench.W002")
    ]


@register(Tags.security)
def captured_pages_have_a_host_of_their_own(**_: Any) -> list[CheckMessage]:
    """Captured pages need a host name of their own, so that they never meet the session of a signed-in person."""
    host = settings.ARCHIVE_HOST
    name, _port = split_domain_port(host)
    if host and not name:
        return [Error(f"WORKBENCH_ARCHIVE_HOST is no host name: {host!r}.", id="workbench.E003")]
    if name and validate_host(name, settings.ALLOWED_HOSTS):
        return [Error(f"WORKBENCH_ARCHIVE_HOST is one of ALLOWED_HOSTS: {name}.", id="workbench.E004")]
    return []


@register(Tags.security, deploy=True)
def the_sample_stays_at_home(**_: Any) -> list[CheckMessage]:
    """The sample case opens loopback addresses and has known passwords: never on a server that others can reach."""
    if settings.SAMPLE:
        return [Warning("The sample case is on: unset WORKBENCH_SAMPLE on a real server.", id="workbench.W001")]
    return []


@register(deploy=True)
def publishers_can_reach_the_desk(**_: Any) -> list[CheckMessage]:
    """A publisher must be able to complain about our visits; the sample visits only ourselves."""
    if settings.SAMPLE or settings.CRAWLER_CONTACT != settings.CONTACT_PLACEHOLDER:
        return []
    return [Warning("WORKBENCH_CONTACT is not set: publishers cannot see who visits them.", id="workbench.W003")]


@register(Tags.security, deploy=True)
def machines_share_what_they_must(**_: Any) -> list[CheckMessage]:
    """Where other machines may use the same database, they need the same secret key and the same archive.

    A key made on one machine signs people out at every other. A folder that nobody named is on one machine only.
    """
    if paths.database_url(settings.VAR) == settings.DATABASE_URL:
        return []
    found: list[CheckMessage] = []
    if settings.SECRET_KEY_IS_OURS:
        found.append(Warning("SECRET_KEY is not set: each machine makes its own.", id="workbench.W004"))
    if not settings.ARCHIVE_STORAGE and settings.ARCHIVE_FOLDER == settings.VAR / "archive":
        problem = "ARCHIVE_STORAGE is not set: each machine keeps captures in its own data folder."
        hint = "Name a bucket, or a folder that all machines share; with one machine, name its own folder."
        found.append(Warning(problem, hint=hint, id="workbench.W005"))
    return found


@register(Tags.security, deploy=True)
def the_database_refuses_what_no_program_needs(**_: Any) -> list[CheckMessage]:
    """A fault in a program must not drop a table, switch triggers off, or read files of the database server."""
    try:
        spare = app_role.too_much()
    except DatabaseError:
        return []  # it does not answer, and whoever starts the workbench will see that
    return [Warning(app_role.warning(spare), id="workbench.W006")] if spare else []


def _is_task(name: str) -> bool:
    try:
        return hasattr(import_string(name), "delay")
    except ImportError:
        return False
