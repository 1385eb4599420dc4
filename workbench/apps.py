"""The ground floor as a Django app, and its admin site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from celery.signals import beat_init, celeryd_init
from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _

from workbench.celery import app, set_timetable
from workbench.desk import declarations
from workbench.desk.declarations import DeskApp
from workbench.runner import file_modes


class WorkbenchConfig(DeskApp):
    name = "workbench"
    verbose_name = _("Workbench")

    acts = "workbench.desk.vocabulary.ACTS"
    admin_changes = "workbench.admin.CHANGES"
    two_people_rules = "workbench.desk.vocabulary.DeskRule"
    verbs = "workbench.desk.vocabulary.DeskVerb"
    notification_events = "workbench.desk.vocabulary.DeskEvent"
    tellings = "workbench.desk.tellings.TELLINGS"
    channel_events = "workbench.desk.vocabulary.DeskChannelEvent"
    channel_tellings = "workbench.desk.tellings.CHANNEL_TELLINGS"
    log_facts = "workbench.desk.log_facts.LOG_FACTS"
    log_rows = "workbench.desk.log_facts.LOG_ROWS"
    seals = "workbench.desk.sealed_models.SEALS"
    log_checks = "workbench.desk.log_checks.CHECKS"
    search_sections = "workbench.pages.search_sections.SECTIONS"
    set_up_steps = "workbench.pages.set_up.STEPS"
    tabs = "workbench.pages.tabs.TABS"
    timetable = "workbench.tasks.TIMETABLE"
    health_checks = "workbench.desk.health.CHECKS"

    def ready(self) -> None:
        """Register the system checks; give the clock its timetable once Celery knows all tasks."""
        from workbench.desk import checks  # noqa: F401, PLC0415 -- registers the checks once the apps are loaded

        app.on_after_finalize.connect(_give_timetable)
        celeryd_init.connect(_keep_private)
        beat_init.connect(_keep_private)


def _give_timetable(**_sent: Any) -> None:
    var = Path(settings.VAR)
    var.mkdir(mode=0o700, parents=True, exist_ok=True)  # the clock keeps its file there, and may be alone on a machine
    set_timetable(declarations.timetable())


def _keep_private(**_sent: Any) -> None:
    file_modes.keep_private(Path(settings.VAR), settings.ARCHIVE_FOLDER)


class WorkbenchAdminConfig(AdminConfig):
    default_site = "workbench.pages.admin_site.WorkbenchAdminSite"
