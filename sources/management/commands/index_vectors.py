"""``manage.py index_vectors``: build the vector indexes now, as after an upgrade or a change of the embedding model."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from sources.reading import reembedding


class Command(BaseCommand):
    help = "Build the indexes of vectors. A million vectors take about a quarter of an hour; nobody has to wait for it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build what is missing, and say what there is."""
        names = reembedding.index_all()
        self.stdout.write("\n".join(names) if names else "No index: this PostgreSQL has no pgvector, or no model runs.")
