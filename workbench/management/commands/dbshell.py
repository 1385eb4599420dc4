"""`manage.py dbshell`: Django's command, with the psql of the embedded PostgreSQL where the system has none."""

from __future__ import annotations

import os
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import dbshell
from django.db import connections

from workbench.runner import postgres_client


class Command(dbshell.Command):
    def handle(self, **options: Any) -> None:
        """Open psql on the database as the user of the programs."""
        try:
            found = postgres_client.find("psql").parent
        except postgres_client.ClientFailed as problem:
            raise CommandError(str(problem)) from problem
        os.environ["PATH"] = f"{found}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        database = connections[options["database"]]
        database.settings_dict = postgres_client.reachable(database.settings_dict)
        super().handle(**options)
