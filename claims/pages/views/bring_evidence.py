"""Add evidence to a claim: a link, files or a text; then pick passages in them, or note what a file shows."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims import giving_files
from claims.evidence import weighing
from claims.models import Claim, Evidence
from claims.models.vocabulary import ClaimAct, Stance
from claims.pages.forms.evidence import AddEvidenceForm
from claims.pages.forms.weigh import NoteForm
from claims.pages.views.claim import load
from sources.capturing import bringing, fetching
from sources.capturing.bringing import Brought, StatedOrigin
from sources.models import Document
from sources.models.vocabulary import SourceAct
from sources.pages.bring_form import came_before, came_up, documents_of, kept_message
from sources.pages.upload_handler import takes_files
from sources.reading import noting, pasting
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.pages.forms import form_page, sent, show_refusal, submit
from workbench.pages.http import Request

MOST_LATELY = 10


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def bring_evidence(request: Request, pk: int) -> HttpResponse:
    """Keep what a person adds for a claim, a link, files or a text, and lead to the passages in it."""
    require(request.user, ClaimAct.WEIGH)
    require(request.user, SourceAct.GATHER)
    claim, data = load(pk), sent(request)
    form = AddEvidenceForm(data, request.FILES or None)
    is_whole = request.method == "POST" and form.is_valid()
    if request.method == "POST":
        found = _kept_for(claim, request, form.said()) if is_whole else came_up(request)
    else:
        found = came_before(request.user, data or request.GET)
    written = _given(claim, form, request) if is_whole else None
    if request.method == "POST" and not (found or written or form.errors):
        form.add_error("files", _("Give an address, a file or a text."))
    elif is_whole and not form.errors and all(each.document for each in found):
        return _to_passages(request, claim, [*([written] if written else []), *documents_of(found)], form.said())
    lately = bringing.lately_by(request.user, MOST_LATELY)
    return form_page(request, "claims/bring_evidence.html", form, {"claim": claim, "found": found, "lately": lately})


@require_http_methods(["GET", "HEAD", "POST"])
def note_file(request: Request, pk: int, document: int) -> HttpResponse:
    """Cite a file by a note on what it shows: as evidence for the claim, in the person's own words."""
    require(request.user, ClaimAct.WEIGH)
    claim, row = load(pk), get_object_or_404(Document, pk=document)
    form = NoteForm(sent(request))

    @transaction.atomic
    def activity(text: str, stance: str) -> Evidence:
        passage = noting.note(row, text, by=request.user)
        return weighing.add_evidence(claim, passage, by=request.user, stance=Stance(stance))

    evidence = submit(request, form, activity, done=_("Your note on the file is evidence now."))
    if evidence is not None:
        return redirect(evidence)
    context = {"claim": claim, "title": _("Note what the file shows"), "quoted": str(row)}
    return form_page(request, "claims/one_form.html", form, context)


def _given(claim: Claim, form: AddEvidenceForm, request: Request) -> Document | None:
    """Return the page or the text that was given; the form says what is wrong with it."""
    try:
        return _written(claim, form, request)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return None


@transaction.atomic
def _written(claim: Claim, form: AddEvidenceForm, request: Request) -> Document | None:
    """Have the page fetched, or keep the text, for a claim: nobody sees it who may not see the claim."""
    url, pasted = form.cleaned_data["url"], form.cleaned_data["pasted"].strip()
    if pasted:
        document = pasting.keep_pasted(pasted, by=request.user, url=url).capture.document
    elif url:
        document = fetching.ask(url, by=request.user)
    else:
        return None
    giving_files.give_files(claim, [document], by=request.user)
    return document


def _to_passages(request: Request, claim: Claim, documents: list[Document], said: StatedOrigin) -> HttpResponse:
    """Lead to the passages of what was added; where it is more than one thing, to the list of what came up."""
    messages.success(request, kept_message(len(documents), said))
    if len(documents) == 1:
        return redirect("claims:pick", claim.pk, documents[0].pk)
    return redirect(f"{reverse('claims:bring_evidence', args=[claim.pk])}?{_query(documents)}")


@transaction.atomic
def _kept_for(claim: Claim, request: Request, said: StatedOrigin) -> list[Brought]:
    """Keep the files of a form that is sent for a claim: nobody sees one of them who may not see the claim."""
    found = came_up(request, said)
    giving_files.give_files(claim, documents_of(found), by=request.user)
    return found


def _query(documents: list[Document]) -> str:
    return urlencode([("brought", document.pk) for document in documents])
