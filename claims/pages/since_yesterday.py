"""What happened at the desk since yesterday: pages captured, cited pages edited, decided claims seen again.

Each part looks at the newest rows alone, so it costs the same on a desk that has run for years.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import ngettext

from claims.models import Appearance, ClaimLink, Evidence
from claims.models.vocabulary import ClaimRelation, Status
from sources.models import Capture, Touch
from sources.models.vocabulary import Fate
from workbench.desk.compiled_queries import CompiledQuery, moment

MOST_COUNTED = 500  # pages
MOST_NAMED = 3  # edited pages, and claims
LOOKED_AT = 200  # of the newest touches and links
RECENT = timedelta(days=3)
SAME = (ClaimRelation.SAME, ClaimRelation.VARIANT, ClaimRelation.TRANSLATION)


@dataclass(frozen=True)
class SeenRow:
    """Something that happened: what to say of it, and where it is; ``language`` is that of words of others."""

    text: str
    url: str
    language: str = ""


@dataclass(frozen=True)
class SinceYesterday:
    """What happened; ``gathered`` is empty where no page was."""

    gathered: str
    edited: list[SeenRow]
    again: list[SeenRow]

    def __bool__(self) -> bool:
        return bool(self.gathered or self.edited or self.again)


def happened() -> SinceYesterday:
    """Return what happened since yesterday morning, as far as the reader sees it."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    return SinceYesterday(_gathered(since), _edited(since), _again(since))


def _gathered(since: datetime) -> str:
    amount = _captures.counted(since.isoformat(), most=MOST_COUNTED)
    text = ngettext("%(number)s page captured", "%(number)s pages captured", amount.number)
    return text % {"number": amount} if amount else ""


def _edited(since: datetime) -> list[SeenRow]:
    """Return the pages of which a cited passage was edited or is gone."""
    found: dict[int, SeenRow] = {}
    for touch in _touches(most=LOOKED_AT):
        if touch.change.compared_at >= since:
            document = touch.change.after.capture.document
            row = SeenRow(str(document), touch.change.get_absolute_url(), touch.change.after.language)
            found.setdefault(document.pk, row)
    return list(found.values())[:MOST_NAMED]


def _again(since: datetime) -> list[SeenRow]:
    """Return the decided claims to which a person linked a newer one that says the same."""
    found = {link.other: None for link in _links(most=LOOKED_AT) if link.settled_at and link.settled_at >= since}
    return [SeenRow(str(claim), claim.get_absolute_url(), claim.language) for claim in found][:MOST_NAMED]


@CompiledQuery
def _captures(since: str) -> QuerySet[Any]:
    """Captures since a moment among the newest ones: there is no index of times."""
    newest = Capture.objects.order_by("-pk").values("pk")[: MOST_COUNTED + 1]
    return Capture.objects.filter(pk__in=newest, taken_at__gte=moment(since))


@CompiledQuery
def _touches() -> QuerySet[Touch]:
    """Touches of passages on which a claim rests that the reader sees: others would tell them of restricted claims."""
    cited = Evidence.objects.filter(passage=OuterRef("passage")).confirmed()
    appeared = Appearance.objects.filter(passage=OuterRef("passage")).standing_firm()
    recent = Touch.objects.filter(change__compared_at__gte=Now() - RECENT).exclude(fate=Fate.MOVED)
    recent = recent.filter(Exists(cited) | Exists(appeared))
    return recent.select_related("change__after__capture__document").defer("change__after__text").order_by("-pk")


@CompiledQuery
def _links() -> QuerySet[ClaimLink]:
    """Links of new claims to decided ones."""
    rows = ClaimLink.objects.standing_firm().filter(relation__in=SAME, other__status=Status.DECIDED)
    return rows.filter(settled_at__gte=Now() - RECENT).select_related("other").order_by("-pk")
