"""``manage.py migrate``: Django’s command, by the owner of the tables, who then gives the app role its rights."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from workbench.desk import app_role, owner


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, and settle the rights unless it only looks."""
        with owner.acting():
            super().handle(*args, **options)
            if options["plan"] or options["check_unapplied"] or options["database"] != DEFAULT_DB_ALIAS:
                return
            for statement in app_role.settle():
                self.stderr.write(f"An administrator of the database server should run: {statement};")
