"""Check every claim with its reviews and reports against its log."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import log_check
from claims.models import Claim
from workbench.desk.audit import Fault


class Command(BaseCommand):
    help = "Check every claim with its reviews and reports against its log, and fail if any differs from it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many claims were checked; raise ``CommandError`` with the faults if there are any."""
        number = 0
        faults: list[Fault] = log_check.gone()
        for claim in Claim.objects.order_by("pk").iterator():
            number += 1
            faults += log_check.faults(claim)
        if faults:
            raise CommandError("\n".join(f"{fault.chain}, entry {fault.seq}: {fault.problem}" for fault in faults))
        self.stdout.write(f"Claims checked: {number}. No errors found.")
