"""``manage.py expire``: show which old texts a rule would remove, or have them removed once."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from sources.models import RetentionRule
from sources.reading import expiring
from sources.reading.expiring import Preview
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted


class Command(BaseCommand):
    help = "Have texts removed that are older than some months and that nothing rests on; workers do it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the age, who orders it, and whether only to show what would go."""
        parser.add_argument("--months", type=int, help="the age; a dry run takes that of the rule in force")
        parser.add_argument("--dry-run", action="store_true", help="only show what would be removed")
        parser.add_argument("--by", metavar="USERNAME", help="the administrator who orders it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what would be removed; unless it is a dry run, have it removed."""
        standing = RetentionRule.objects.standing()
        months = options["months"] or (standing.months if standing and options["dry_run"] else None)
        if not months:
            raise CommandError("Say how old the texts are: --months.")
        if not options["dry_run"]:
            self._order(months, options["by"])
            return
        for line in _lines(expiring.preview(months)):
            self.stdout.write(line)

    def _order(self, months: int, username: str | None) -> None:
        try:
            expiring.set_rule(months, by=User.objects.get(username=username), once=True)
        except (User.DoesNotExist, Refusal, NotPermitted) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Workers now remove texts older than {months} months that nothing rests on.")


def _lines(found: Preview) -> Iterator[str]:
    yield f"{found.looked} texts are older than {found.months} months; something rests on {found.kept} of them."
    size = str(filesizeformat(found.bytes)).replace("\xa0", " ")
    yield f"{found.texts} texts with {found.passages} passages would go, about {size} of the database."
    if found.oldest and found.newest:
        yield f"Extracted between {found.oldest:%Y-%m-%d} and {found.newest:%Y-%m-%d}. For example:"
    for reading in found.examples:
        yield f"  {reading.read_at:%Y-%m-%d} {reading.capture.document.url}"
