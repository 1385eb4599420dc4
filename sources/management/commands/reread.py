"""``manage.py reread``: extract text again from captures that only an older reader has read."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sources.models import Document
from sources.reading import rereading
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted


class Command(BaseCommand):
    help = "Have captures whose newest reading is by an older reader read again; workers do it, and no reading is lost."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the document whose removed text is wanted, and who asks for it."""
        parser.add_argument("--removed", metavar="DOCUMENT", type=int, help="extract its removed text again")
        parser.add_argument("--by", metavar="USERNAME", help="who asks for the removed text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the readings due."""
        if options["removed"] is not None:
            self._put_back(options["removed"], options["by"])
            return
        self.stdout.write(f"{rereading.reread()} captures are due to be read again.")

    def _put_back(self, key: int, username: str | None) -> None:
        try:
            document, by = Document.objects.get(pk=key), User.objects.get(username=username)
            rereading.put_back(document, by=by)
        except (Document.DoesNotExist, User.DoesNotExist, Refusal, NotPermitted) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"The removed text of document {key} is due to be extracted again.")
