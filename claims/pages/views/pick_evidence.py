"""The page to pick a passage of a document as evidence manually."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from claims.evidence import weighing
from claims.models import Claim, Evidence
from claims.models.vocabulary import ClaimAct, Stance
from claims.pages import badges
from claims.pages.forms.weigh import PickForm
from claims.pages.pick_pages import on_page
from claims.pages.views.claim import load
from sources.models import Document, MarkedPlace, Passage, Reading, TextRemoval
from sources.pages import media_section
from sources.reading.newest import is_awaited, newest_text
from workbench.desk.roles import require
from workbench.pages.badges import Badge
from workbench.pages.forms import form_page, sent, submit
from workbench.pages.http import Request, number


@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: Request, pk: int, document: int) -> HttpResponse:
    """Add a passage of a document to the claim as evidence, whether a machine suggested it or not."""
    require(request.user, ClaimAct.WEIGH)
    claim, row = load(pk), get_object_or_404(Document.objects.select_related("source"), pk=document)
    reading = newest_text(row)
    passages = _passages(row, reading)
    form = PickForm(sent(request), passages=passages)

    def activity(passage: Passage, stance: str, note: str) -> Evidence:
        seen = request.POST.get(f"seen-{passage.pk}", "")
        return weighing.add_evidence(claim, passage, by=request.user, stance=Stance(stance), note=note, seen=seen)

    evidence = submit(request, form, activity)
    if evidence is not None:
        return redirect(evidence)
    shown, pick_page = on_page(request, reading, passages)
    context = {
        "claim": claim,
        "document": row,
        "reading": reading,
        "pick_page": pick_page,
        "is_removed": reading is None and TextRemoval.objects.newest_of(row) is not None,
        "waits": is_awaited(row),
        "passages": _with_evidence(claim, shown),
        "chosen": number(str(form.data.get("passage", ""))),
        **(media_section.seen(request, row) if reading is None else {}),
    }
    return form_page(request, "claims/pick.html", form, context)


def _passages(document: Document, reading: Reading | None) -> QuerySet[Passage]:
    """Return the passages of a reading, and the places that people marked in the picture or recording."""
    marked = MarkedPlace.objects.filter(passage__reading__capture__document=document)
    keys = list(marked.values_list("passage", flat=True))  # as keys: the database would read all passages else
    rows = Passage.objects.filter(Q(reading=reading) | Q(pk__in=keys))
    return rows.select_related("marked").order_by("reading", "start")


def _with_evidence(claim: Claim, passages: QuerySet[Passage]) -> list[tuple[Passage, Badge | None, str]]:
    """Return the passages, each with what is known of it as evidence for the claim, and its version."""
    known = {
        row.passage_id: (badges.of_evidence(row), row.version) for row in claim.evidence.filter(passage__in=passages)
    }
    return [(passage, *known.get(passage.pk, (None, ""))) for passage in passages]
