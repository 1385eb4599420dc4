"""``manage.py flush``: Django’s command, by the owner of the tables: the app role may not empty them."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush

from workbench.desk import owner


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        """Empty the tables, as far as no trigger refuses."""
        with owner.acting():
            super().handle(**options)
