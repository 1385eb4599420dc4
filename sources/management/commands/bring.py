"""``manage.py bring``: bring files to the desk from the command line, in the name of a person."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware, make_aware

from sources.capturing import bringing
from sources.capturing.bringing import StatedOrigin
from sources.models import Document
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted


class Command(BaseCommand):
    help = "Keep files as captures that a person brought; workers read them. One that is refused stops no other."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files, who brings them, and where this person says they come from."""
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
        parser.add_argument("--by", metavar="USERNAME", required=True, help="who brings the files")
        parser.add_argument("--from", dest="url", metavar="ADDRESS", default="", help="where they are said to be from")
        parser.add_argument("--account", default="", help="the account or person they are said to be from")
        parser.add_argument("--seen", metavar="TIME", default="", help="when they were seen there: 2026-11-26T14:30")
        parser.add_argument("--how", default="", help="how they were obtained")
        parser.add_argument("--instead-of", metavar="DOCUMENT", type=int, help="a document that could not be fetched")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring each file; print its document. Raise ``CommandError`` with the files that were refused."""
        try:
            by = User.objects.get(username=options["by"])
            instead_of = Document.objects.get(pk=options["instead_of"]) if options["instead_of"] else None
        except (User.DoesNotExist, Document.DoesNotExist) as problem:
            raise CommandError(str(problem)) from problem
        said = StatedOrigin(options["url"], options["account"], _time(options["seen"]), options["how"])
        problems = []
        for path in options["files"]:
            try:
                with path.open("rb") as file:
                    document = bringing.bring(file, path.name, by=by, said=said, instead_of=instead_of)
            except (OSError, Refusal, NotPermitted) as problem:
                problems.append(f"{path}: {problem}")
            else:
                self.stdout.write(f"{path}: document {document.pk}, {document.url}")
        if problems:
            raise CommandError("\n".join(problems))


def _time(text: str) -> Any:
    if not text:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"{text} is no time. Write it as 2026-11-26T14:30.")
    return found if is_aware(found) else make_aware(found)
