"""A page on which a person picks evidence out of a document by hand."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from claims.evidence import weighing
from claims.models import Claim, Evidence
from claims.models.vocabulary import ClaimAct, Stance
from claims.pages.forms.weigh import PickForm
from claims.pages.views.claim import load
from sources.models import Document, Passage, Reading
from workbench.desk.roles import require
from workbench.pages.http import UNPROCESSABLE, Request


@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: Request, pk: int, document: int) -> HttpResponse:
    """Add a passage of a document to the claim as evidence, whether a machine suggested it or not."""
    require(request.user, ClaimAct.WEIGH)
    claim, row = load(pk), get_object_or_404(Document.objects.select_related("source"), pk=document)
    reading = _newest_reading(row)
    passages = reading.passages.order_by("start") if reading else Passage.objects.none()
    form = PickForm(request.POST or None, passages=passages)
    if form.is_valid():
        given = form.cleaned_data
        try:
            evidence = weighing.add_evidence(
                claim, given["passage"], by=request.user, stance=Stance(given["stance"]), note=given["note"]
            )
        except weighing.NotWeighed as refusal:
            messages.error(request, str(refusal))
            return redirect(claim)
        return redirect(evidence)
    context = {
        "form": form,
        "claim": claim,
        "document": row,
        "reading": reading,
        "passages": _with_evidence(claim, passages),
        "chosen": request.POST.get("passage", ""),
    }
    return render(request, "claims/pick.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


def _newest_reading(document: Document) -> Reading | None:
    readings = Reading.objects.filter(capture__document=document, read_at__isnull=False).exclude(text="")
    return readings.order_by("-capture__taken_at", "-pk").first()


def _with_evidence(claim: Claim, passages: QuerySet[Passage]) -> list[tuple[Passage, Evidence | None]]:
    """Return the passages, each with what is known of it as evidence for the claim."""
    known = {row.passage_id: row for row in claim.evidence.filter(passage__in=passages)}
    return [(passage, known.get(passage.pk)) for passage in passages]
