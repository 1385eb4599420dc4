"""The claims app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = _("Claims and review")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have claims held against the log when all of it is checked."""
        from claims import log_check  # noqa: PLC0415 -- needs the models
        from workbench.desk import audit  # noqa: PLC0415 -- needs the models

        audit.check_further(log_check.check)
