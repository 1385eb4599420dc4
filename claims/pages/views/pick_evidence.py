"""The page to pick a passage of a document as evidence manually."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from claims.evidence import weighing
from claims.models import Claim, Evidence
from claims.models.vocabulary import ClaimAct, Stance
from claims.pages import badges
from claims.pages.forms.weigh import PickForm
from claims.pages.views.claim import load
from sources.models import Document, Passage, Reading, TextRemoval
from sources.models.document import NOTE
from workbench.desk.roles import require
from workbench.pages.badges import Badge
from workbench.pages.forms import form_page, sent, submit
from workbench.pages.http import Request, number


@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: Request, pk: int, document: int) -> HttpResponse:
    """Add a passage of a document to the claim as evidence, whether a machine suggested it or not."""
    require(request.user, ClaimAct.WEIGH)
    claim, row = load(pk), get_object_or_404(Document.objects.select_related("source"), pk=document)
    reading = _newest_reading(row)
    passages = reading.passages.order_by("start") if reading else Passage.objects.none()
    form = PickForm(sent(request), passages=passages)

    def activity(passage: Passage, stance: str, note: str) -> Evidence:
        seen = request.POST.get(f"seen-{passage.pk}", "")
        return weighing.add_evidence(claim, passage, by=request.user, stance=Stance(stance), note=note, seen=seen)

    evidence = submit(request, form, activity)
    if evidence is not None:
        return redirect(evidence)
    context = {
        "claim": claim,
        "document": row,
        "reading": reading,
        "is_removed": reading is None and TextRemoval.objects.newest_of(row) is not None,
        "waits": Reading.objects.filter(capture__document=row, read_at=None).exists(),
        "passages": _with_evidence(claim, passages),
        "chosen": number(str(form.data.get("passage", ""))),
    }
    return form_page(request, "claims/pick.html", form, context)


def _newest_reading(document: Document) -> Reading | None:
    readings = Reading.objects.filter(capture__document=document, read_at__isnull=False).exclude(text="")
    readings = readings.exclude(reader__startswith=NOTE)
    return readings.order_by("-capture__taken_at", "-pk").first()


def _with_evidence(claim: Claim, passages: QuerySet[Passage]) -> list[tuple[Passage, Badge | None, str]]:
    """Return the passages, each with what is known of it as evidence for the claim, and its version."""
    known = {
        row.passage_id: (badges.of_evidence(row), row.version) for row in claim.evidence.filter(passage__in=passages)
    }
    return [(passage, *known.get(passage.pk, (None, ""))) for passage in passages]
