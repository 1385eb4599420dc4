"""The ground floor as a Django app, and its admin site."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class WorkbenchConfig(AppConfig):
    name = "workbench"
    verbose_name = _("Workbench")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks."""
        from workbench.desk import checks  # noqa: F401, PLC0415 -- registers the checks once the apps are loaded


class WorkbenchAdminConfig(AdminConfig):
    default_site = "workbench.pages.admin_site.WorkbenchAdminSite"
