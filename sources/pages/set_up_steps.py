"""The step of the set-up that belongs to sources: whom the desk follows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy, ngettext

from sources.models import Feed
from sources.models.vocabulary import SourceAct
from workbench.desk.declarations import SetUpStep


def feeds_there() -> str:
    """Return how many feeds the desk follows, where there are any."""
    number = Feed.objects.filter(stopped_at=None, parent=None).count()
    return ngettext("%(number)d feed", "%(number)d feeds", number) % {"number": number} if number else ""


STEPS = [
    SetUpStep(
        "sources:starter",
        gettext_lazy("Sources and feeds"),
        gettext_lazy("Choose from the starter pack by country and language, or bring a list (OPML or CSV)."),
        SourceAct.GATHER,
        30,
        feeds_there,
        gettext_lazy("Add sources and feeds"),
    ),
]
